"""Germany (DE).

VAT is Umsatzsteuer. Since 2025 every business must be able to receive structured invoices, from
2027 and 2028 on it must issue them; there is no state channel between businesses. Public bodies
are addressed by their Leitweg-ID.
"""

from datetime import date

from stdnum.de import handelsregisternummer, leitweg, stnr
from stdnum.de import vat as ust_idnr

from countries.base import (
    Address,
    Confidence,
    CorrectionMethod,
    Corrections,
    Country,
    Deadline,
    Duty,
    Flow,
    Identifier,
    Mandate,
    NumberKind,
    RecordKind,
    Retention,
    Safekeeping,
    Source,
    Subject,
    Voiding,
)
from countries.de.rules import RULES, check
from countries.de.vat import VAT

_READ_ON = date(2026, 11, 20)
_B2B_ACT = Source(
    title="Umsatzsteuergesetz (UStG) § 14 and § 27 Abs. 38 (Wachstumschancengesetz)",
    url="https://www.gesetze-im-internet.de/ustg_1980/__14.html",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="Dates in two sources; the paragraph of the transition is from memory.",
)
_B2G_ACT = Source(
    title="E-Rechnungsverordnung (ERechV)",
    url="https://www.gesetze-im-internet.de/",
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="Start from memory. Federal bodies receive over OZG-RE since ZRE closed on 2025-09-19.",
)
_RETENTION = Source(
    title="Umsatzsteuergesetz (UStG) § 14b Abs. 1 and § 27 Abs. 40",
    url="https://www.gesetze-im-internet.de/ustg_1980/__14b.html",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="Viertes Bürokratieentlastungsgesetz, read in NWB's commentary and three tax advisers.",
)
_SAFEKEEPING = Source(
    title="Umsatzsteuergesetz (UStG) § 14b Abs. 2; Abgabenordnung (AO) § 146 Abs. 2a",
    url="https://www.gesetze-im-internet.de/ustg_1980/__14b.html",
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="Place and conditions in one secondary overview; the paragraphs are from memory.",
)
_IMMOVABLE = Source(
    title="Umsatzsteuergesetz (UStG) § 15a; Abgabenordnung (AO) § 169",
    url="https://www.gesetze-im-internet.de/ustg_1980/__15a.html",
    read_on=_READ_ON,
    confidence=Confidence.C,
    note=(
        "No text names a number: the period does not end before the tax of the last of ten "
        "adjustment years can no longer be assessed, which is about five years later."
    ),
)
_TEN_YEARS = Source(
    title="Umsatzsteuergesetz (UStG) § 14b Abs. 1, as in force until 2024; § 27 Abs. 40",
    url="https://www.gesetze-im-internet.de/ustg_1980/__14b.html",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The same commentary and tax advisers as for the eight years.",
)
_LETTERS = Source(
    title="Handelsgesetzbuch (HGB) § 257 Abs. 4; Abgabenordnung (AO) § 147 Abs. 3",
    url="https://www.gesetze-im-internet.de/ao_1977/__147.html",
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="Six years for commercial letters. Delivery notes may go sooner; we do not say so.",
)
_CAPITAL_GOODS = Source(
    title="Umsatzsteuergesetz (UStG) § 15a; Abgabenordnung (AO) § 169",
    url="https://www.gesetze-im-internet.de/ustg_1980/__15a.html",
    read_on=_READ_ON,
    confidence=Confidence.C,
    note="No text names a number: five years in which the tax is adjusted, and about five more.",
)

_ISSUED = ("XRechnung", "ZUGFeRD 2.0.1 or newer (not MINIMUM, BASIC WL)", "EN 16931 syntaxes")

COUNTRY = Country(
    code="DE",
    name="Germany",
    native_name="Deutschland",
    currency="EUR",
    timezone="Europe/Berlin",
    rates=VAT.rates,
    identifiers=(
        Identifier(
            name="USt-IdNr.",
            kind=NumberKind.VAT,
            scheme="9930",
            is_valid=ust_idnr.is_valid,
            compact=ust_idnr.compact,
        ),
        Identifier(
            name="Steuernummer",
            kind=NumberKind.TAX,
            scheme=None,
            is_valid=stnr.is_valid,
            compact=stnr.compact,
        ),
        Identifier(
            name="Handelsregisternummer",
            kind=NumberKind.COMPANY,
            scheme=None,
            is_valid=handelsregisternummer.is_valid,
            compact=handelsregisternummer.compact,
        ),
        Identifier(
            name="Leitweg-ID",
            kind=NumberKind.ROUTING,
            scheme="0204",
            is_valid=leitweg.is_valid,
            compact=leitweg.compact,
        ),
    ),
    addresses=(Address(scheme="9930", kind=NumberKind.VAT, prefix="DE"),),
    mandates=(
        Mandate(
            flow=Flow.B2G,
            since=date(2020, 11, 27),
            formats=("XRechnung", "Peppol BIS Billing 3.0"),
            profiles=("peppol-bis-3",),
            channel="peppol",
            applies_to="federal bodies; the states have their own dates",
            source=_B2G_ACT,
        ),
        Mandate(
            flow=Flow.B2B,
            duty=Duty.RECEIVE,
            since=date(2025, 1, 1),
            formats=_ISSUED,
            profiles=("peppol-bis-3", "en16931-ubl"),
            channel="any",
            source=_B2B_ACT,
        ),
        Mandate(
            flow=Flow.B2B,
            since=date(2027, 1, 1),
            formats=_ISSUED,
            profiles=("peppol-bis-3", "en16931-ubl"),
            channel="any",
            applies_to="turnover above 800 000 EUR in the year before",
            source=_B2B_ACT,
        ),
        Mandate(
            flow=Flow.B2B,
            since=date(2028, 1, 1),
            formats=_ISSUED,
            profiles=("peppol-bis-3", "en16931-ubl"),
            channel="any",
            source=_B2B_ACT,
        ),
    ),
    retention=(
        Retention(years=8, since=date(2015, 1, 1), enacted=date(2025, 1, 1), source=_RETENTION),
        Retention(
            years=10, since=date(2015, 1, 1), repealed=date(2024, 12, 31), source=_TEN_YEARS
        ),
        Retention(years=10, until=date(2014, 12, 31), source=_TEN_YEARS),
        Retention(years=6, kind=RecordKind.BUSINESS_LETTER, source=_LETTERS),
        Retention(years=15, subject=Subject.IMMOVABLE_PROPERTY, source=_IMMOVABLE),
        Retention(years=10, subject=Subject.CAPITAL_GOODS, source=_CAPITAL_GOODS),
    ),
    safekeeping=(
        Safekeeping(
            union=True,
            condition="where all of it can be read online, and the tax office was told",
            source=_SAFEKEEPING,
        ),
    ),
    deadlines=(
        Deadline(
            months=6,
            day=None,
            source=Source(
                title="Umsatzsteuergesetz (UStG) § 14 Abs. 2",
                url="https://www.gesetze-im-internet.de/ustg_1980/__14.html",
                read_on=_READ_ON,
                confidence=Confidence.M,
            ),
        ),
    ),
    corrections=(
        Corrections(
            methods=(
                CorrectionMethod.CREDIT_NOTE,
                CorrectionMethod.CORRECTIVE_INVOICE,
            ),
            voiding=Voiding.UNSENT,
            corrective_code="384",
            source=Source(
                title=(
                    "Umsatzsteuer-Durchführungsverordnung (UStDV) § 31 Abs. 5; "
                    "Umsatzsteuergesetz (UStG) § 14 Abs. 6"
                ),
                url="https://www.gesetze-im-internet.de/ustdv_1980/__31.html",
                read_on=_READ_ON,
                confidence=Confidence.B,
                note=(
                    "381 and 384 with BG-3 in two sources (DE-R-026). Voiding "
                    "what nobody received is from memory."
                ),
            ),
        ),
    ),
    check=check,
    rules=RULES,
    notes={
        "retention": (
            "8 years since 2025, also for invoices whose 10 years were still running then, that "
            "is those issued from 2015 on; asked for a day of 2024 it is 10. Sources differ on "
            "the day that counts (30 October or 31 December 2024). Institutions supervised by "
            "BaFin kept the 10 years a year longer."
        ),
        "rates": "0 % is for photovoltaics only (UStG § 12 Abs. 3), in category Z.",
        "profiles": "XRechnung and ZUGFeRD are accepted by law and not written by us yet.",
    },
)
