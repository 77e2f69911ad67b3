"""Czech VAT (DPH)."""

from datetime import date
from decimal import Decimal

from countries.cz.lower_goods import LOWER_GOODS
from countries.cz.lower_services import LOWER_SERVICES
from countries.cz.rates import RATES
from countries.cz.reverse_charges import REVERSE_CHARGES
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
    title="Zákon č. 235/2004 Sb., § 108",
    url="https://www.zakonyprolidi.cz/cs/2004-235",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "Goods too, says the table of vatcalc.com; the paragraph and the condition are "
        "from memory."
    ),
)
_SMALL = Source(
    title="Zákon č. 235/2004 Sb., § 6",
    url="https://www.zakonyprolidi.cz/cs/2004-235",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "Rise from 1 to 2 million at bdo.global, 2 million at vatcalc.com (2025); the "
        "sentence from memory."
    ),
)
_ID = Source(
    title="Zákon č. 280/2009 Sb., daňový řád, § 130",
    url="https://www.zakonyprolidi.cz/cs/2009-280",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Form as python-stdnum's stdnum.cz.dic knows it.",
)

VAT = VatSystem(
    code="CZ",
    country="Czechia",
    name="Daň z přidané hodnoty (DPH)",
    currencies=(Currency(code="CZK"),),
    identifier=Identifier(
        name="Daňové identifikační číslo (DIČ)",
        prefix="CZ",
        pattern="CZ[0-9]{8,10}",
        source=_ID,
    ),
    rates=RATES,
    declared_since=date(2004, 5, 1),
    lower_rates=LOWER_GOODS + LOWER_SERVICES,
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
            amount=Decimal(2000000),
            currency="CZK",
            since=date(2023, 1, 1),
            source=_SMALL,
        ),
        Threshold(
            kind=ThresholdKind.SMALL_BUSINESS,
            amount=Decimal(1000000),
            currency="CZK",
            until=date(2022, 12, 31),
            source=_SMALL,
        ),
    ),
    small_business=(
        SmallBusiness(
            note="Nejsem plátce DPH (§ 6 zákona č. 235/2004 Sb.)",
            source=_SMALL,
        ),
    ),
    notes={
        "thresholds": (
            "Since 2025 the calendar year counts, and from CZK 2 536 500 on a "
            "business is registered the next day."
        ),
        "drinks": (
            "That drinks without alcohol in restaurants come down to 12 % was proposed "
            "in 2026 together with the new register of sales; it was not enacted when "
            "read (2026-02-27). A list of easytax.co that gives 2026-01-01 is wrong."
        ),
        "medicines": "A zero rate of prescribed medicines was announced, not found enacted.",
        "reverse charge": "Not declared, for want of codes: emission allowances.",
    },
)
