"""VAT of Norway (merverdiavgift); Svalbard and Jan Mayen are outside it."""

from datetime import date
from decimal import Decimal

from countries.no.exemptions import EXEMPTIONS
from countries.no.lower_rates import LOWER_RATES
from countries.no.rates import RATES
from countries.no.sources import NUMBER, PAID_BY_BUYER, REGISTRATION
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
        what="Gold of a fineness of 325 or more by its weight",
        cn=("7108", "7112"),
        asks="whether it is gold by weight of at least 325 thousandths",
        since=date(2013, 1, 1),
        source=PAID_BY_BUYER,
    ),
)

VAT = VatSystem(
    code="NO",
    country="Norway",
    name="Merverdiavgift (MVA)",
    currencies=(Currency(code="NOK"),),
    identifier=Identifier(
        name="Organisasjonsnummer med MVA", prefix="NO", pattern=r"NO\d{9}MVA", source=NUMBER
    ),
    rates=RATES,
    declared_since=date(2007, 1, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    exemptions=EXEMPTIONS,
    reverse_charges=_REVERSE_CHARGES,
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(50000),
            currency="NOK",
            applies_to="turnover of twelve months",
            source=REGISTRATION,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(140000),
            currency="NOK",
            applies_to="charities and institutions of public benefit",
            source=REGISTRATION,
        ),
    ),
    notes={
        "climate quotas": (
            "The buyer owes the tax on climate quotas (§ 11-1, second paragraph); no "
            "code names them."
        ),
        "food served": "Food bears 15 per cent when it is taken away, 25 when it is served.",
        "second-hand cars": (
            "The sale of a used car that bears the fee of re-registration bears no VAT "
            "(§ 6-8); no code tells a used car."
        ),
        "Svalbard": "Svalbard and Jan Mayen are outside the area of the tax (§ 1-2).",
        "water": (
            "Bills of 2025 may be split by halves between 25 and 15 per cent, whatever "
            "the day of delivery."
        ),
    },
)
