"""VAT of Switzerland, which Liechtenstein shares and which is charged in Büsingen too."""

from datetime import date
from decimal import Decimal

from countries.ch.sources import ART_10, ART_21, ART_25, ART_25_4, HYGIENE, RATE, UID
from countries.vat.swiss.exemptions import exemptions
from countries.vat.swiss.lower_rates import lower_rates
from countries.vat.swiss.rates import rates
from countries.vat.system import Currency, Identifier, Threshold, ThresholdKind, VatSystem

VAT = VatSystem(
    code="CH",
    country="Switzerland",
    name=(
        "Mehrwertsteuer (MWST) / taxe sur la valeur ajoutée (TVA) / imposta sul "
        "valore aggiunto (IVA)"
    ),
    currencies=(Currency(code="CHF"),),
    identifier=Identifier(
        name="MWST-Nummer (UID)",
        prefix="CHE",
        pattern=r"CHE-?\d{3}\.?\d{3}\.?\d{3}(MWST|TVA|IVA)?",
        source=UID,
    ),
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
            applies_to="turnover in Switzerland and abroad",
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
        "customs exclusion": "In Samnaun and Sampuoir only services are taxed.",
        "Liechtenstein": "One VAT area with Switzerland: supplies between the two are domestic.",
        "plans": (
            "The Federal Council wants 0.8 points more from 2028 for ten years "
            "(January 2026); parliament and the voters have not decided, so nothing is "
            "declared."
        ),
    },
)
