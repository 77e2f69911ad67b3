"""Danish VAT (moms)."""

from datetime import date
from decimal import Decimal

from countries.dk.lower_rates import LOWER_RATES
from countries.dk.rates import RATES
from countries.dk.reverse_charges import REVERSE_CHARGES
from countries.sources import Confidence, Source
from countries.vat.system import (
    Currency,
    Exemption,
    ForeignSuppliers,
    Identifier,
    SmallBusiness,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_EXEMPT = Source(
    title="Momsloven, § 13",
    url="https://www.retsinformation.dk/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory.",
)
_FOREIGN = Source(
    title="Momsloven, § 46, stk. 1, nr. 2 og 3",
    url="https://www.retsinformation.dk/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "No goods but installed ones, says the table of vatcalc.com; the numbers are from memory."
    ),
)
_SMALL = Source(
    title="Momsloven, § 48",
    url="https://www.retsinformation.dk/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Amount at vatcalc.com (2025) and vatupdate.com (2019).",
)
_ID = Source(
    title="Momsloven, § 47; lov om Det Centrale Virksomhedsregister",
    url="https://www.retsinformation.dk/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Form as python-stdnum's stdnum.dk.cvr knows it.",
)

VAT = VatSystem(
    code="DK",
    country="Denmark",
    name="Merværdiafgift (moms)",
    currencies=(Currency(code="DKK"),),
    identifier=Identifier(
        name="SE-nummer / CVR-nummer",
        prefix="DK",
        pattern="DK[1-9][0-9]{7}",
        source=_ID,
    ),
    rates=RATES,
    declared_since=date(1992, 1, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    exemptions=(
        Exemption(
            what="Transport of passengers, coaches for tourists excepted",
            cpa=(
                *("49.10.1", "49.31", "49.32.11", "49.39.1", "49.39.20", "50.10.1"),
                *("50.30.1", "51.10.1"),
            ),
            source=_EXEMPT,
        ),
        Exemption(
            what="Works of authors, composers and performers", cpa=("90.03",), source=_EXEMPT
        ),
        Exemption(what="Funerals", cpa=("96.03",), source=_EXEMPT),
    ),
    reverse_charges=REVERSE_CHARGES,
    foreign_suppliers=(ForeignSuppliers(goods=False, services=True, source=_FOREIGN),),
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(50000),
            currency="DKK",
            source=_SMALL,
        ),
    ),
    small_business=(
        SmallBusiness(
            note="Fritaget for moms, jf. momslovens § 48",
            source=_SMALL,
        ),
    ),
    notes={
        "books": "From when in 2026 books are free of tax was not found: it is asked.",
        "art": (
            "The first sale by the artist is taxed on a fifth of the price, 5 % in effect: "
            "not declared."
        ),
        "foreign suppliers": (
            "For goods only where they are installed or are gas, electricity, heat or cold."
        ),
        "reverse charge": "Not declared, for want of codes: emission allowances.",
    },
)
