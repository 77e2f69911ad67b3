"""Croatian VAT (PDV)."""

from datetime import date
from decimal import Decimal

from countries.hr.lower_goods import LOWER_GOODS
from countries.hr.lower_services import LOWER_SERVICES
from countries.hr.rates import RATES
from countries.hr.reverse_charges import REVERSE_CHARGES
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
    title="Zakon o porezu na dodanu vrijednost (NN 73/13), članak 75. stavak 2.",
    url="https://narodne-novine.nn.hr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Goods too, says the table of vatcalc.com; the article is from memory.",
)
_SMALL = Source(
    title="Zakon o porezu na dodanu vrijednost (NN 73/13), članak 90.",
    url="https://narodne-novine.nn.hr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "300 000 HRK of 2018 and 40 000 EUR read at esavjetovanja.gov.hr; 60 000 EUR at "
        "vatcalc.com (2025)."
    ),
)
_ID = Source(
    title="Zakon o osobnom identifikacijskom broju (NN 60/08)",
    url="https://narodne-novine.nn.hr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Form as python-stdnum's stdnum.hr.oib knows it.",
)

VAT = VatSystem(
    code="HR",
    country="Croatia",
    name="Porez na dodanu vrijednost (PDV)",
    currencies=(
        Currency(code="EUR", since=date(2023, 1, 1)),
        Currency(code="HRK", until=date(2022, 12, 31)),
    ),
    identifier=Identifier(
        name="PDV identifikacijski broj (HR i OIB)",
        prefix="HR",
        pattern="HR[0-9]{11}",
        source=_ID,
    ),
    rates=RATES,
    declared_since=date(2009, 8, 1),
    lower_rates=LOWER_GOODS + LOWER_SERVICES,
    codes_declared=True,
    reverse_charges=REVERSE_CHARGES,
    foreign_suppliers=(
        ForeignSuppliers(goods=True, services=True, since=date(2013, 7, 1), source=_FOREIGN),
    ),
    thresholds=(
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(60000),
            currency="EUR",
            since=date(2025, 1, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(40000),
            currency="EUR",
            since=date(2023, 1, 1),
            until=date(2024, 12, 31),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(300000),
            currency="HRK",
            since=date(2018, 1, 1),
            until=date(2022, 12, 31),
            source=_SMALL,
        ),
    ),
    small_business=(
        SmallBusiness(
            note="PDV nije obračunan temeljem članka 90. Zakona o PDV-u",
            source=_SMALL,
        ),
    ),
    notes={
        "energy": (
            "5 % on gas, heat and firewood until 2026-03-31; the government proposed to "
            "prolong it by a year, without which it is 13 %. Whether parliament agreed "
            "was not found: it is asked."
        ),
        "zero rate": (
            "Until 2012 bread, milk, books and medicines bore 0 %: their codes are "
            "not declared for then."
        ),
        "reverse charge": "Not declared, for want of codes: emission allowances.",
    },
)
