"""Netherlands (NL).

VAT is btw, the register of businesses the KvK. Public bodies receive structured invoices; there
is no duty between businesses and no plan for one.
"""

from datetime import date

from stdnum.nl import btw

from countries.base import (
    Address,
    Anchor,
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
    Source,
    Subject,
    Voiding,
)
from countries.nl.numbers import compact, is_kvk, is_oin
from countries.nl.rules import RULES, check
from countries.nl.vat import VAT

_READ_ON = date(2026, 11, 20)
_PORTAL = "https://wetten.overheid.nl/"
_RETENTION = Source(
    title="Algemene wet inzake rijksbelastingen, artikel 52; Wet OB 1968, artikel 34a",
    url=_PORTAL,
    read_on=_READ_ON,
    confidence=Confidence.B,
)

COUNTRY = Country(
    code="NL",
    name="Netherlands",
    native_name="Nederland",
    currency="EUR",
    timezone="Europe/Amsterdam",
    rates=VAT.rates,
    identifiers=(
        Identifier(
            name="btw-id",
            kind=NumberKind.VAT,
            scheme="9944",
            is_valid=btw.is_valid,
            compact=btw.compact,
        ),
        Identifier(
            name="KvK-nummer",
            kind=NumberKind.COMPANY,
            scheme="0106",
            is_valid=is_kvk,
            compact=compact,
        ),
        Identifier(
            name="OIN",
            kind=NumberKind.COMPANY,
            scheme="0190",
            is_valid=is_oin,
            compact=compact,
        ),
    ),
    addresses=(
        Address(scheme="0106", kind=NumberKind.COMPANY),
        Address(scheme="0190", kind=NumberKind.COMPANY),
        Address(scheme="9944", kind=NumberKind.VAT, prefix="NL"),
    ),
    mandates=(
        Mandate(
            flow=Flow.B2G,
            since=date(2019, 4, 18),
            formats=("NLCIUS (SI-UBL 2.0)", "Peppol BIS Billing 3.0"),
            profiles=("peppol-bis-3",),
            channel="peppol",
            applies_to="public bodies must receive; central government asks for it in contracts",
            source=Source(
                title="Directive 2014/55/EU; Aanbestedingswet 2012",
                url=_PORTAL,
                read_on=_READ_ON,
                confidence=Confidence.M,
                note="That it is B2G only is in one source; the day is from memory.",
            ),
        ),
    ),
    retention=(
        Retention(years=7, anchor=Anchor.FISCAL_YEAR_END, source=_RETENTION),
        Retention(
            years=10,
            anchor=Anchor.FISCAL_YEAR_END,
            subject=Subject.IMMOVABLE_PROPERTY,
            source=_RETENTION,
        ),
    ),
    deadlines=(
        Deadline(
            months=1,
            day=15,
            source=Source(
                title="Wet op de omzetbelasting 1968, artikel 34g",
                url=_PORTAL,
                read_on=_READ_ON,
                confidence=Confidence.B,
                note="The fifteenth of the next month: read at wesselman-info.nl (2018).",
            ),
        ),
    ),
    corrections=(
        Corrections(
            methods=(CorrectionMethod.CREDIT_NOTE,),
            voiding=Voiding.UNSENT,
            source=Source(
                title="Wet op de omzetbelasting 1968, artikel 35; Directive 2006/112/EC, Art. 219",
                url=_PORTAL,
                read_on=_READ_ON,
                confidence=Confidence.C,
                note=(
                    "One source says credit note; the article is from memory. "
                    "Voiding what nobody received is from memory."
                ),
            ),
        ),
    ),
    check=check,
    rules=RULES,
    notes={
        "numbers": "Since 2020 a sole trader's btw-id no longer holds his citizen number.",
        "rates": "0 % is category Z: no rate to check.",
        "retention": "Counted from the end of the business year; calendar year if none is known.",
    },
)
