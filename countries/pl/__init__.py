"""Poland (PL).

VAT is VAT (podatek od towarów i usług), the tax office the KAS. Invoices between businesses are
issued by KSeF, as FA(3); what is wrong is corrected by a faktura korygująca and nothing else.
"""

from datetime import date

from stdnum.pl import nip, regon

from countries.base import (
    Address,
    Anchor,
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
    Retention,
    Source,
    Voiding,
)
from countries.pl.rules import RULES, check
from countries.pl.vat import VAT

_READ_ON = date(2026, 11, 21)
_URL = "https://isap.sejm.gov.pl/"
_KSEF_ACT = Source(
    title="Ustawa o podatku od towarów i usług, art. 106ga-106gb; ustawa z 5 sierpnia 2025 (KSeF)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="The days of 2026 and 2027 are in several sources; who is left out is from memory.",
)
_ACT_106I = Source(
    title="Ustawa o podatku od towarów i usług, art. 106i ust. 1",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
)
_ACT_106J = Source(
    title="Ustawa o podatku od towarów i usług, art. 106j",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="KSeF knows no cancellation: what it has numbered is corrected, what it refused was never"
    " issued. A credit note and a"
    " corrective invoice are both written as a faktura korygująca (KOR), over the difference"
    " (ust. 2 pkt 5).",
)
_ACT_112 = Source(
    title="Ustawa o podatku od towarów i usług, art. 112, 112aa; Ordynacja podatkowa, art. 70",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.C,
    note="The issuer's own duty ends with the tax: five years after the year in which it was due.",
)
_KSEF_KEEPS = Source(
    title="Ustawa o podatku od towarów i usług, art. 106na",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.C,
    note="KSeF keeps its invoices ten years from the end of the year of issue; what is kept here"
    " stays as long, so that both can be compared.",
)


def _with_prefix(number: str) -> bool:
    """Tell whether a NIP is right, which is written with or without PL."""
    return bool(nip.is_valid(number))


COUNTRY = Country(
    code="PL",
    name="Poland",
    native_name="Polska",
    currency="PLN",
    timezone="Europe/Warsaw",
    rates=VAT.rates,
    identifiers=(
        Identifier(
            name="NIP",
            kind=NumberKind.VAT,
            scheme="9945",
            is_valid=_with_prefix,
            compact=nip.compact,
        ),
        Identifier(
            name="REGON",
            kind=NumberKind.COMPANY,
            scheme=None,
            is_valid=regon.is_valid,
            compact=regon.compact,
        ),
    ),
    addresses=(Address(scheme="9945", kind=NumberKind.VAT, prefix="PL"),),
    mandates=(
        Mandate(
            flow=Flow.B2B,
            since=date(2026, 2, 1),
            formats=("FA(3)",),
            profiles=("ksef-fa-3",),
            channel="pl-ksef",
            applies_to="businesses with more than 200 million PLN of sales in 2024",
            source=_KSEF_ACT,
        ),
        Mandate(
            flow=Flow.B2B,
            since=date(2026, 2, 1),
            duty=Duty.RECEIVE,
            formats=("FA(3)",),
            profiles=("ksef-fa-3",),
            channel="pl-ksef",
            source=_KSEF_ACT,
        ),
        Mandate(
            flow=Flow.B2B,
            since=date(2026, 4, 1),
            formats=("FA(3)",),
            profiles=("ksef-fa-3",),
            channel="pl-ksef",
            applies_to="all others; those below 10,000 PLN a month from 2027-01-01",
            source=_KSEF_ACT,
        ),
    ),
    retention=(
        Retention(years=10, source=_KSEF_KEEPS),
        Retention(years=5, anchor=Anchor.TAX_DUE_YEAR_END, due_day=25, source=_ACT_112),
    ),
    deadlines=(Deadline(months=1, day=15, source=_ACT_106I),),
    corrections=(
        Corrections(
            methods=(CorrectionMethod.CREDIT_NOTE, CorrectionMethod.CORRECTIVE_INVOICE),
            voiding=Voiding.REFUSED,
            corrective_code="384",
            by_difference=("ksef-fa-3",),
            source=_ACT_106J,
        ),
    ),
    check=check,
    rules=RULES,
    notes={
        "numbers": "The VAT identifier is PL and the NIP; a NIP alone is not valid abroad.",
        "retention": "Own duty and KSeF's differ; see the source.",
    },
)
