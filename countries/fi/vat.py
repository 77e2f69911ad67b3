"""Finnish VAT (arvonlisävero)."""

from datetime import date
from decimal import Decimal

from countries.fi.lower_rates import LOWER_RATES
from countries.fi.rates import RATES
from countries.fi.reverse_charges import REVERSE_CHARGES
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
    title="Arvonlisäverolaki (1501/1993) 9 §",
    url="https://www.finlex.fi/fi/laki/ajantasa/1993/19931501",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Goods too, says the table of vatcalc.com; the condition is from memory.",
)
_SMALL = Source(
    title="Arvonlisäverolaki (1501/1993) 3 §",
    url="https://www.finlex.fi/fi/laki/ajantasa/1993/19931501",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "20 000 at vatcalc.com (2025), 15 000 at vero.fi (2021), 10 000 at vatupdate.com "
        "(2019); the sentence from memory."
    ),
)
_ID = Source(
    title="Yritys- ja yhteisötietolaki (244/2001)",
    url="https://www.finlex.fi/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Form as python-stdnum's stdnum.fi.alv knows it.",
)

VAT = VatSystem(
    code="FI",
    country="Finland",
    name="Arvonlisävero (ALV) / Mervärdesskatt (moms)",
    currencies=(Currency(code="EUR"),),
    identifier=Identifier(
        name="Arvonlisäverotunniste (ALV-numero)",
        prefix="FI",
        pattern="FI[0-9]{8}",
        source=_ID,
    ),
    rates=RATES,
    declared_since=date(1998, 1, 1),
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
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(20000),
            currency="EUR",
            since=date(2025, 1, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(15000),
            currency="EUR",
            since=date(2021, 1, 1),
            until=date(2024, 12, 31),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(10000),
            currency="EUR",
            since=date(2016, 1, 1),
            until=date(2020, 12, 31),
            source=_SMALL,
        ),
    ),
    small_business=(
        SmallBusiness(
            note="Ei arvonlisäveroa, vähäinen liiketoiminta (AVL 3 §)",
            source=_SMALL,
        ),
    ),
    notes={
        "territories": ("Åland is outside the territory of the tax for supplies to and from it."),
        "sweets": (
            "The move of sweets and chocolate to the standard rate was announced and given up."
        ),
        "newspapers": (
            "Of 10 % nothing is left since 2026 but newspapers and journals; single "
            "copies were said to bear the standard rate: read again."
        ),
        "reverse charge": "Not declared, for want of codes: emission allowances.",
        "foreign suppliers": (
            "Not for letting of immovable property, events, and passengers carried."
        ),
    },
)
