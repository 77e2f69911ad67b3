"""Croatia (HR).

VAT is PDV, the tax authority Porezna uprava. Since 2026 businesses send each other structured
invoices (eRačun) and report them (Fiskalizacija 2.0); invoices to consumers, and those paid in
cash or by card, are told to CIS when they are issued ("fiskalizacija u prometu gotovinom").
"""

from datetime import date

from stdnum.hr import oib

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
from countries.hr.rules import RULES, check
from countries.hr.vat import VAT

_READ_ON = date(2026, 11, 21)
_URL = "https://narodne-novine.nn.hr/"
_FISCAL_ACT = Source(
    title="Zakon o fiskalizaciji (NN 89/25)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="The days of 2026 and 2027 are in several sources; the act itself was not at hand.",
)
_VAT_ACT_81 = Source(
    title="Zakon o porezu na dodanu vrijednost (NN 73/13), članak 78.; Directive 2006/112/EC,"
    " Art. 222",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
)
_ACCOUNTING_ACT = Source(
    title="Zakon o računovodstvu, članak 10.",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="Eleven years for bookkeeping documents, from the last day of the business year.",
)
_ORIGINAL_FORM = Source(
    title="Zakon o fiskalizaciji (NN 89/25)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.C,
    note="Six years in the original form, for eRačun; from when they count was not read.",
)
_CORRECTIONS = Source(
    title="Zakon o porezu na dodanu vrijednost (NN 73/13), članak 79.; Directive 2006/112/EC,"
    " Art. 219",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.C,
    note="A cash invoice that CIS was told of is taken back by one below zero (storno); voiding"
    " what nobody received is not provided for.",
)
_ERACUN = ("UBL 2.1 as HR CIUS", "CII as HR CIUS")

COUNTRY = Country(
    code="HR",
    name="Croatia",
    native_name="Hrvatska",
    currency="EUR",
    timezone="Europe/Zagreb",
    rates=VAT.rates,
    identifiers=(
        Identifier(
            name="OIB",
            kind=NumberKind.VAT,
            scheme="9934",
            is_valid=oib.is_valid,
            compact=oib.compact,
        ),
    ),
    addresses=(Address(scheme="9934", kind=NumberKind.VAT),),
    mandates=(
        Mandate(
            flow=Flow.B2C,
            since=date(2013, 1, 1),
            formats=("RacunZahtjev of CIS, beside the invoice",),
            profiles=(),
            channel="hr-cis",
            applies_to="invoices paid in cash or by card; of consumers all, since 2026-01-01",
            source=_FISCAL_ACT,
        ),
        Mandate(
            flow=Flow.B2B,
            since=date(2026, 1, 1),
            formats=_ERACUN,
            profiles=("hr-cius",),
            channel="hr-eracun",
            applies_to="taxable persons for VAT",
            source=_FISCAL_ACT,
        ),
        Mandate(
            flow=Flow.B2B,
            duty=Duty.RECEIVE,
            since=date(2026, 1, 1),
            formats=_ERACUN,
            profiles=("hr-cius",),
            channel="hr-eracun",
            source=_FISCAL_ACT,
        ),
        Mandate(
            flow=Flow.B2B,
            since=date(2027, 1, 1),
            formats=_ERACUN,
            profiles=("hr-cius",),
            channel="hr-eracun",
            applies_to="all others",
            source=_FISCAL_ACT,
        ),
    ),
    retention=(
        Retention(years=11, anchor=Anchor.FISCAL_YEAR_END, source=_ACCOUNTING_ACT),
        Retention(years=6, source=_ORIGINAL_FORM),
    ),
    deadlines=(
        Deadline(
            months=1,
            day=15,
            applies_to="intra-Community supplies and services taxed at the customer",
            source=_VAT_ACT_81,
        ),
    ),
    corrections=(
        Corrections(
            methods=(CorrectionMethod.CREDIT_NOTE,),
            voiding=Voiding.NEVER,
            source=_CORRECTIONS,
        ),
    ),
    check=check,
    rules=RULES,
    notes={
        "numbers": "The VAT identifier is HR and the OIB; everybody has an OIB, who is no taxable"
        " person for VAT, too.",
        "mandates": "eRačun and its reports (Fiskalizacija 2.0) are declared, not built; cash"
        " invoices are: see docs/hr-cis.md.",
    },
)
