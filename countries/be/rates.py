"""VAT rates of Belgium, newest first."""

from datetime import date
from decimal import Decimal

from countries.base import Confidence, Rate, Source

_SOURCE = Source(
    title="Koninklijk besluit nr. 20 / Arrêté royal n° 20 (20 July 1970)",
    url="https://finance.belgium.be/en/enterprises/vat/vat-obligation/rates-and-calculation/vat-rates",
    read_on=date(2026, 11, 20),
    confidence=Confidence.A,
    note=(
        "Read in thevatman.eu and vatcalculator.eu (from 1971) and GOBL's Belgian regime, whose "
        "dates in 2011 are when its source was made, not when the rates began."
    ),
)

RATES = (
    Rate(
        name="standard",
        percent=Decimal(21),
        since=date(1996, 1, 1),
        source=_SOURCE,
    ),
    Rate(
        name="standard",
        percent=Decimal("20.5"),
        since=date(1994, 1, 1),
        until=date(1995, 12, 31),
        source=_SOURCE,
    ),
    # Restaurants, social housing, some fuels and tyres.
    Rate(
        name="intermediate",
        percent=Decimal(12),
        since=date(1992, 4, 1),
        source=_SOURCE,
    ),
    Rate(
        name="reduced",
        percent=Decimal(6),
        since=date(1971, 1, 1),
        source=_SOURCE,
    ),
)
