"""Sales tax and service tax of Malaysia (SST), which stand in the place of a VAT."""

from datetime import date
from decimal import Decimal

from countries.my.exemptions import EXEMPTIONS
from countries.my.lower_rates import LOWER_RATES
from countries.my.rates import RATES
from countries.my.sources import NUMBER, SCOPE, SERVICE
from countries.vat.system import Currency, Identifier, Threshold, ThresholdKind, VatSystem

VAT = VatSystem(
    code="MY",
    country="Malaysia",
    name="Cukai Jualan dan Cukai Perkhidmatan (SST)",
    currencies=(Currency(code="MYR"),),
    identifier=Identifier(
        name="SST registration number", prefix="", pattern=r"[A-Z]\d{2}-\d{4}-\d{8}", source=NUMBER
    ),
    rates=RATES,
    declared_since=date(2015, 4, 1),
    lower_rates=LOWER_RATES,
    codes_declared=False,
    exemptions=EXEMPTIONS,
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(500000),
            currency="MYR",
            applies_to="most taxable services, and manufacturers",
            since=date(2018, 9, 1),
            source=SERVICE,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(1500000),
            currency="MYR",
            applies_to="construction, private health care, and food and drinks served",
            since=date(2025, 7, 1),
            source=SCOPE,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(1000000),
            currency="MYR",
            applies_to="leasing and rental, financial services",
            since=date(2025, 7, 1),
            source=SCOPE,
        ),
    ),
    notes={
        "how it is modelled": (
            "Two taxes of one stage. `standard` and `reduced` are the service tax, on "
            "the services of a list; `sales tax` and `reduced sales tax` are charged "
            "once, by the registered manufacturer or at importation, so that every "
            "other sale of goods bears none: goods ask for that. A service that no "
            "code names bears no service tax unless it is on the list."
        ),
        "before 2018": (
            "From 2015-04-01 to 2018-08-31 a goods and services tax; what it put at "
            "zero or exempted is not declared."
        ),
        "exemptions between businesses": (
            "Some services to businesses that charge service tax on the same service "
            "are exempt; no code tells."
        ),
    },
)
