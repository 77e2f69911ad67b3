"""Goods and services tax of Australia; what it calls GST-free is at the zero rate here."""

from datetime import date
from decimal import Decimal

from countries.au.exemptions import EXEMPTIONS
from countries.au.lower_rates import LOWER_RATES
from countries.au.rates import RATES
from countries.au.sources import METALS, NUMBER, THRESHOLD
from countries.vat.system import (
    Currency,
    Identifier,
    ReverseCharge,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_REVERSE_CHARGES = (
    ReverseCharge(
        what="Gold, silver and platinum",
        cn=("7106", "7108", "7110", "7112"),
        asks=(
            "whether its metal makes up most of its price (the threshold test), and it "
            "is not bullion for investment"
        ),
        since=date(2017, 4, 1),
        source=METALS,
    ),
)

VAT = VatSystem(
    code="AU",
    country="Australia",
    name="Goods and Services Tax (GST)",
    currencies=(Currency(code="AUD"),),
    identifier=Identifier(
        name="Australian Business Number (ABN)", prefix="", pattern=r"\d{11}", source=NUMBER
    ),
    rates=RATES,
    declared_since=date(2000, 7, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    exemptions=EXEMPTIONS,
    reverse_charges=_REVERSE_CHARGES,
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(75000),
            currency="AUD",
            since=date(2007, 7, 1),
            source=THRESHOLD,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(150000),
            currency="AUD",
            applies_to="bodies without profit",
            since=date(2007, 7, 1),
            source=THRESHOLD,
        ),
    ),
    notes={
        "GST-free": (
            "Is declared as the rate `zero`: no tax on the sale, and credit for what "
            "was bought. Input-taxed supplies are the exempt ones."
        ),
        "restaurants": (
            "Food eaten where it is sold, and hot food taken away, bears the standard rate."
        ),
        "taxis": "Must register from the first dollar.",
    },
)
