"""VAT of Liechtenstein: its own act, with the rates and the practice of Switzerland."""

from datetime import date
from decimal import Decimal

from countries.li.sources import ART_10, ART_21, ART_25, ART_25_4, HYGIENE, RATE, UID
from countries.vat.swiss.exemptions import exemptions
from countries.vat.swiss.lower_rates import lower_rates
from countries.vat.swiss.rates import rates
from countries.vat.system import Currency, Identifier, Threshold, ThresholdKind, VatSystem

VAT = VatSystem(
    code="LI",
    country="Liechtenstein",
    name="Mehrwertsteuer (MWST)",
    currencies=(Currency(code="CHF"),),
    identifier=Identifier(name="MWST-Nummer", prefix="LI", pattern=r"LI\d{5}", source=UID),
    rates=rates(RATE),
    declared_since=date(2001, 1, 1),
    lower_rates=lower_rates(ART_25, ART_25_4, HYGIENE),
    codes_declared=True,
    exemptions=exemptions(ART_21),
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(100000),
            currency="CHF",
            applies_to="turnover in Liechtenstein, Switzerland and abroad",
            source=ART_10,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(250000),
            currency="CHF",
            applies_to="clubs without profit and charities",
            since=date(2023, 1, 1),
            source=ART_10,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(150000),
            currency="CHF",
            applies_to="clubs without profit and charities",
            until=date(2022, 12, 31),
            source=ART_10,
        ),
    ),
    notes={
        "acquisition tax": (
            "The customer owes the tax (Bezugsteuer, Art. 45) on what he buys from "
            "suppliers abroad, and since 2025-01-01 on emission rights and "
            "certificates bought at home, which no code names."
        ),
        "breakfast": (
            "The special rate holds for the night and the breakfast; other meals bear "
            "the standard rate, food taken away the reduced one."
        ),
        "options": (
            "Most exempt services may be taxed by option (Art. 22), with the tax shown "
            "on the invoice; not finance, insurance, gambling and dwellings."
        ),
        "Switzerland": (
            "One VAT area with Switzerland (treaty of 28 October 1994): supplies "
            "between the two are domestic."
        ),
        "plans": ("Switzerland plans 0.8 points more from 2028, on which nobody has voted yet."),
    },
)
