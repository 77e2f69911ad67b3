"""Hungarian VAT (áfa)."""

from datetime import date
from decimal import Decimal

from countries.hu.lower_rates import LOWER_RATES
from countries.hu.rates import RATES
from countries.hu.reverse_charges import REVERSE_CHARGES
from countries.sources import Confidence, Source
from countries.vat.system import (
    Currency,
    ForeignSuppliers,
    Identifier,
    SmallBusiness,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_FOREIGN = Source(
    title="Áfa tv. 140. §",
    url="https://njt.hu/jogszabaly/2007-127-00-00",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "No goods but installed ones, says the table of vatcalc.com; the paragraph is from memory."
    ),
)
_SMALL = Source(
    title="Áfa tv. XIII. fejezet, 188. §",
    url="https://njt.hu/jogszabaly/2007-127-00-00",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "18 million of 2025 and 20, 22, 24 million from 2026 on at acounto.com; older "
        "ones from memory."
    ),
)
_ID = Source(
    title="2017. évi CL. törvény az adózás rendjéről",
    url="https://njt.hu/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Form as python-stdnum's stdnum.hu.anum knows it.",
)

VAT = VatSystem(
    code="HU",
    country="Hungary",
    name="Általános forgalmi adó (áfa)",
    currencies=(Currency(code="HUF"),),
    identifier=Identifier(
        name="Közösségi adószám",
        prefix="HU",
        pattern="HU[0-9]{8}",
        source=_ID,
    ),
    rates=RATES,
    declared_since=date(2006, 1, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    reverse_charges=REVERSE_CHARGES,
    foreign_suppliers=(ForeignSuppliers(goods=False, services=True, source=_FOREIGN),),
    thresholds=(
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(20000000),
            currency="HUF",
            since=date(2026, 1, 1),
            until=date(2026, 12, 31),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(22000000),
            currency="HUF",
            since=date(2027, 1, 1),
            until=date(2027, 12, 31),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(24000000),
            currency="HUF",
            since=date(2028, 1, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(18000000),
            currency="HUF",
            since=date(2025, 1, 1),
            until=date(2025, 12, 31),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(12000000),
            currency="HUF",
            since=date(2019, 1, 1),
            until=date(2024, 12, 31),
            source=_SMALL,
        ),
    ),
    small_business=(
        SmallBusiness(
            note="Alanyi adómentes (Áfa tv. XIII. fejezet)",
            source=_SMALL,
        ),
    ),
    notes={
        "nomenclature": (
            "The law names customs codes of the Combined Nomenclature of 2018 (Áfa tv. 257/I. §)."
        ),
        "milk": (
            "What is fresh, long-life, or a substitute of breast milk is told by the "
            "law's text, not by its codes."
        ),
        "foreign suppliers": (
            "For goods only where they are installed or are gas, electricity, heat or cold."
        ),
        "reverse charge": (
            "Not declared, for want of codes: emission allowances, goods given "
            "as security, sales in insolvency above HUF 100 000."
        ),
    },
)
