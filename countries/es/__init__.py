"""Spain (ES).

VAT is IVA on the mainland and the Balearic Islands, the tax agency the AEAT. What is wrong is
corrected by a factura rectificativa; programs that issue invoices keep a chain of records of them
(VeriFactu, `countries/es/chain.py`), from 2027 on. Public bodies take Facturae through FACe.
"""

from datetime import date
from types import MappingProxyType

from stdnum.es import nif

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
from countries.es.rules import RULES, check
from countries.es.vat import VAT

_READ_ON = date(2026, 11, 21)
_URL = "https://www.boe.es/"
_B2G_ACT = Source(
    title="Ley 25/2013, artículo 4",
    url="https://www.boe.es/buscar/act.php?id=BOE-A-2013-13722",
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="Invoices of 5,000 EUR or less may be left out by each body.",
)
_BILLING = "https://www.boe.es/buscar/act.php?id=BOE-A-2012-14696"
_ISSUE = Source(
    title="Real Decreto 1619/2012, artículo 11",
    url=_BILLING,
    read_on=_READ_ON,
    confidence=Confidence.M,
)
_RECTIFY = Source(
    title="Real Decreto 1619/2012, artículo 15; Real Decreto 1007/2023",
    url=_BILLING,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="By differences or in place of the first. What should never have been issued is"
    " cancelled by a record of its own where the AEAT is told of invoices (VeriFactu).",
)
_KEPT = Source(
    title="Código de Comercio, artículo 30",
    url="https://www.boe.es/buscar/act.php?id=BOE-A-1885-6627",
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="Six years from the last entry in the books: the end of the business year is taken.",
)
_ASSESSED = Source(
    title="Ley 58/2003, artículos 66, 67 y 70",
    url="https://www.boe.es/buscar/act.php?id=BOE-A-2003-23186",
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="Four years from the end of the time to declare: the 30th after the quarter is taken.",
)
_KEPT_LONGER = Source(
    title="Ley 37/1992, artículos 107 y 165",
    url="https://www.boe.es/buscar/act.php?id=BOE-A-1992-28740",
    read_on=_READ_ON,
    confidence=Confidence.C,
    note="No text names a number: nine years after the year of purchase in which its tax is"
    " adjusted (four for other capital goods), and five more; a year is added for safety.",
)

COUNTRY = Country(
    code="ES",
    name="Spain",
    native_name="España",
    currency="EUR",
    timezone="Europe/Madrid",
    # A post code begins with the number of its province: Las Palmas, Santa Cruz de Tenerife.
    zones=MappingProxyType({"35": "Atlantic/Canary", "38": "Atlantic/Canary"}),
    rates=VAT.rates,
    identifiers=(
        Identifier(
            name="NIF",
            kind=NumberKind.VAT,
            scheme="9920",
            is_valid=nif.is_valid,
            compact=nif.compact,
        ),
    ),
    addresses=(Address(scheme="9920", kind=NumberKind.VAT, prefix="ES"),),
    mandates=(
        Mandate(
            flow=Flow.B2G,
            since=date(2015, 1, 15),
            formats=("Facturae 3.2.1", "Facturae 3.2.2"),
            profiles=("facturae-3-2-2",),
            channel="es-face",
            source=_B2G_ACT,
        ),
    ),
    retention=(
        Retention(years=6, anchor=Anchor.FISCAL_YEAR_END, source=_KEPT),
        Retention(years=4, anchor=Anchor.TAX_DUE, due_day=30, source=_ASSESSED),
        Retention(years=15, subject=Subject.IMMOVABLE_PROPERTY, source=_KEPT_LONGER),
        Retention(years=10, subject=Subject.CAPITAL_GOODS, source=_KEPT_LONGER),
    ),
    deadlines=(Deadline(months=1, day=15, applies_to="supplies to businesses", source=_ISSUE),),
    corrections=(
        Corrections(
            methods=(CorrectionMethod.CREDIT_NOTE, CorrectionMethod.CORRECTIVE_INVOICE),
            voiding=Voiding.NEVER,
            source=_RECTIFY,
        ),
    ),
    check=check,
    rules=RULES,
    notes={
        "numbers": "The VAT identifier is ES and the NIF; a NIF alone is not valid abroad.",
        "records": (
            "VeriFactu binds companies from 2027-01-01 and all others from 2027-07-01, but for"
            " who is in SII or TicketBAI (confidence M); it is no e-invoice."
        ),
        "mandates": (
            "Real Decreto 238/2026 on invoices between businesses waits for an order that nobody"
            " here has read, so it is not declared."
        ),
    },
)
