"""Estonian VAT (käibemaks)."""

from datetime import date
from decimal import Decimal

from countries.ee.lower_rates import LOWER_RATES
from countries.ee.rates import RATES
from countries.ee.reverse_charges import REVERSE_CHARGES
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
    title="Käibemaksuseadus (KMS) § 3 lg 4",
    url="https://www.riigiteataja.ee/akt/KMS",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "Goods too, says the table of vatcalc.com; the paragraph and the condition are "
        "from memory."
    ),
)
_SMALL = Source(
    title="Käibemaksuseadus (KMS) § 19",
    url="https://www.riigiteataja.ee/akt/KMS",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="EUR 40 000 at vatcalc.com (2025) and alphex.eu; the days from memory.",
)
_ID = Source(
    title="Käibemaksuseadus (KMS)",
    url="https://www.riigiteataja.ee/akt/KMS",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Form as python-stdnum's stdnum.ee.kmkr knows it.",
)

VAT = VatSystem(
    code="EE",
    country="Estonia",
    name="Käibemaks (KM)",
    currencies=(
        Currency(code="EUR", since=date(2011, 1, 1)),
        Currency(code="EEK", until=date(2010, 12, 31)),
    ),
    identifier=Identifier(
        name="Käibemaksukohustuslase number (KMKR)",
        prefix="EE",
        pattern="EE[0-9]{9}",
        source=_ID,
    ),
    rates=RATES,
    declared_since=date(2004, 5, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    reverse_charges=REVERSE_CHARGES,
    foreign_suppliers=(
        ForeignSuppliers(
            goods=True,
            services=True,
            unless_registered=True,
            source=_FOREIGN,
        ),
    ),
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(40000),
            currency="EUR",
            since=date(2018, 1, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(16000),
            currency="EUR",
            since=date(2011, 1, 1),
            until=date(2017, 12, 31),
            source=_SMALL,
        ),
    ),
    small_business=(
        SmallBusiness(
            note="Müüja ei ole käibemaksukohustuslane (KMS § 19)",
            source=_SMALL,
        ),
    ),
    notes={
        "contracts": (
            "Contracts concluded before 2023-05-01 for stays and the press kept "
            "older rates for a time."
        ),
        "reverse charge": (
            "A reverse charge of metal products (since 2017) is remembered, its "
            "codes and whether it still holds are not: not declared."
        ),
    },
)
