"""Bulgarian VAT (ДДС)."""

from datetime import date
from decimal import Decimal

from countries.bg.lower_rates import LOWER_RATES
from countries.bg.rates import RATES
from countries.bg.reverse_charges import REVERSE_CHARGES
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
    title="Закон за данък върху добавената стойност (ЗДДС), чл. 82, ал. 2",
    url="https://lex.bg/bg/laws/ldoc/2135533201",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "No goods but installed ones, says the table of vatcalc.com; the article is from memory."
    ),
)
_SMALL = Source(
    title="Закон за данък върху добавената стойност (ЗДДС), чл. 96 и чл. 113, ал. 9",
    url="https://lex.bg/bg/laws/ldoc/2135533201",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note=(
        "BGN 166 000 of 2025 at easytax.co; BGN 100 000 at vatcalc.com (2025), 50 000 at "
        "vatupdate.com (2019); that 100 000 came back on 2025-04-01, 2026 and the "
        "sentence from memory."
    ),
)
_ID = Source(
    title="Закон за данък върху добавената стойност (ЗДДС), чл. 94",
    url="https://lex.bg/bg/laws/ldoc/2135533201",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Form as python-stdnum's stdnum.bg.vat knows it.",
)

VAT = VatSystem(
    code="BG",
    country="Bulgaria",
    name="Данък върху добавената стойност (ДДС)",
    currencies=(
        Currency(code="EUR", since=date(2026, 1, 1)),
        Currency(code="BGN", until=date(2025, 12, 31)),
    ),
    identifier=Identifier(
        name="Идентификационен номер по ДДС",
        prefix="BG",
        pattern="BG[0-9]{9,10}",
        source=_ID,
    ),
    rates=RATES,
    declared_since=date(2007, 1, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    reverse_charges=REVERSE_CHARGES,
    foreign_suppliers=(ForeignSuppliers(goods=False, services=True, source=_FOREIGN),),
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(51130),
            currency="EUR",
            since=date(2026, 1, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(100000),
            currency="BGN",
            since=date(2025, 4, 1),
            until=date(2025, 12, 31),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(166000),
            currency="BGN",
            since=date(2025, 1, 1),
            until=date(2025, 3, 31),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(100000),
            currency="BGN",
            since=date(2023, 1, 1),
            until=date(2024, 12, 31),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(50000),
            currency="BGN",
            until=date(2022, 12, 31),
            source=_SMALL,
        ),
    ),
    small_business=(
        SmallBusiness(
            note="Основание за неначисляване на ДДС: чл. 113, ал. 9 от ЗДДС",
            source=_SMALL,
        ),
    ),
    notes={
        "small business": (
            "Directive (EU) 2020/285 holds since 2026-01-01 only (ДВ бр. "
            "115/2025), when the rules of compulsory registration changed: "
            "kik-info.com, trudipravo.bg. The amount of 2026 is from memory."
        ),
        "tour operators": (
            "9 % on excursions (2020-07 to 2024-06 at least) has no code of its "
            "own beside the margin scheme: not declared."
        ),
        "foreign suppliers": (
            "For goods only where they are installed or are gas, electricity, heat or cold."
        ),
        "reverse charge": "Gas and electricity between dealers: not known.",
    },
)
