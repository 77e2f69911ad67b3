"""Belgium (BE).

One number for everything: the enterprise number, with BE in front it is the VAT number. Since
2026 businesses must send each other structured invoices, by default over Peppol.
"""

from datetime import date

from stdnum.be import vat as enterprise_number

from countries.base import (
    Address,
    Confidence,
    CorrectionMethod,
    Corrections,
    Country,
    Deadline,
    Flow,
    Identifier,
    Mandate,
    NumberKind,
    Retention,
    Safekeeping,
    Source,
    Subject,
    Voiding,
)
from countries.be.rules import RULES, check
from countries.be.vat import VAT

_B2B_ACT = Source(
    title="Wet / Loi 6 February 2024 (structured electronic invoices), VAT Code Article 53",
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 20),
    confidence=Confidence.A,
    note="Start and fines (from 2026-04-01) in two sources; the act's date is from memory.",
)
_B2G_ACT = Source(
    title="Koninklijk besluit / Arrêté royal 9 March 2022 (invoices in public procurement)",
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 20),
    confidence=Confidence.B,
    note="Month and threshold in one source; the day and the act's date are from memory.",
)
_TEN_YEARS = Source(
    title="Wet / Loi 20 November 2022, VAT Code Article 60",
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 20),
    confidence=Confidence.B,
    note="Three Belgian sources say 10 years; two European overviews of 2026 still say 7.",
)
_SEVEN_YEARS = Source(
    title="VAT Code Article 60 § 4, as in force until 2022",
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 20),
    confidence=Confidence.A,
    note="Seven years from 1 January after the date; read at merak.eu and in the article's text.",
)
_SAFEKEEPING = Source(
    title="VAT Code Article 60 § 3",
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 20),
    confidence=Confidence.C,
    note=(
        "One overview: in Belgium or fully online. That it stops at the Union's border is"
        " Directive 2006/112/EC, Article 249, from memory."
    ),
)
_IMMOVABLE = Source(
    title="VAT Code Article 60 and Royal Decree no. 3 (adjustment of input tax)",
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 20),
    confidence=Confidence.B,
    note="15 years, 25 for buildings let with VAT: an invoice does not say which, so the longer.",
)
_DEADLINE = Source(
    title="Koninklijk besluit nr. 1 / Arrêté royal n° 1, Article 4",
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 20),
    confidence=Confidence.M,
)

COUNTRY = Country(
    code="BE",
    name="Belgium",
    native_name="België / Belgique / Belgien",
    currency="EUR",
    timezone="Europe/Brussels",
    rates=VAT.rates,
    identifiers=(
        Identifier(
            name="BTW-nummer / numéro de TVA",
            kind=NumberKind.VAT,
            scheme="9925",
            is_valid=enterprise_number.is_valid,
            compact=enterprise_number.compact,
        ),
        Identifier(
            name="ondernemingsnummer / numéro d'entreprise",
            kind=NumberKind.COMPANY,
            scheme="0208",
            is_valid=enterprise_number.is_valid,
            compact=enterprise_number.compact,
        ),
    ),
    addresses=(
        Address(scheme="0208", kind=NumberKind.COMPANY),
        Address(scheme="0208", kind=NumberKind.VAT),  # the same ten digits
    ),
    mandates=(
        Mandate(
            flow=Flow.B2G,
            since=date(2024, 3, 1),
            formats=("Peppol BIS Billing 3.0",),
            profiles=("peppol-bis-3",),
            channel="peppol",
            applies_to="contracts above 3 000 EUR",
            source=_B2G_ACT,
        ),
        Mandate(
            flow=Flow.B2B,
            since=date(2026, 1, 1),
            formats=("Peppol BIS Billing 3.0", "another EN 16931 format by agreement"),
            profiles=("peppol-bis-3", "peppol-bis-3-self-billing", "en16931-ubl"),
            channel="peppol",
            applies_to="businesses established in Belgium that are registered for VAT",
            source=_B2B_ACT,
        ),
    ),
    retention=(
        Retention(years=10, since=date(2023, 1, 1), source=_TEN_YEARS),
        Retention(years=7, until=date(2022, 12, 31), source=_SEVEN_YEARS),
        Retention(years=25, subject=Subject.IMMOVABLE_PROPERTY, source=_IMMOVABLE),
    ),
    safekeeping=(
        Safekeeping(
            union=True, condition="where all of it can be read online", source=_SAFEKEEPING
        ),
    ),
    deadlines=(Deadline(months=1, day=15, source=_DEADLINE),),
    corrections=(
        Corrections(
            methods=(CorrectionMethod.CREDIT_NOTE,),
            voiding=Voiding.UNSENT,
            source=Source(
                title=(
                    "Koninklijk besluit nr. 1 / Arrêté royal n° 1, Article 12; "
                    "Directive 2006/112/EC, Art. 219"
                ),
                url="https://www.ejustice.just.fgov.be/",
                read_on=date(2026, 11, 20),
                confidence=Confidence.C,
                note=(
                    "One source says a credit note over the same channel; the "
                    "article is from memory. Voiding what nobody received is from"
                    " memory."
                ),
            ),
        ),
    ),
    check=check,
    rules=RULES,
    notes={
        "retention": (
            "7 (two European overviews) against 10 since the law of 2022-11-20 (three Belgian "
            "sources): 10 is declared, for documents issued from 2023-01-01."
        ),
        "rates": "0 % (newspapers, recovered materials) is category Z, without a rate to check.",
        "mandates": "A fifth corner (reporting) is planned for about 2028 and is not law.",
    },
)
