"""The rates of Belgian VAT."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import Rate

_RATES = Source(
    title="Koninklijk besluit nr. 20 / Arrêté royal n° 20 (20 July 1970)",
    url="https://finance.belgium.be/en/enterprises/vat/vat-obligation/rates-and-calculation/vat-rates",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "Read in thevatman.eu and vatcalculator.eu (from 1971) and GOBL's Belgian regime, "
        "whose dates in 2011 are when its source was made, not when the rates began."
    ),
)
_ZERO = Source(
    title=(
        "Koninklijk besluit nr. 20 / Arrêté royal n° 20 (zero rate of newspapers and "
        "recovered materials)"
    ),
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory.",
)
_PARKING = Source(
    title=(
        "Koninklijk besluit nr. 20 / Arrêté royal n° 20, tabel B / tableau B; Directive "
        "2006/112/EC, Article 118"
    ),
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note=(
        "Parking rate of 12 % in the Commission's lists of 2014 and 2017; 12 % on coal "
        "read in daardaar.be (2016). Whether it still holds in 2026 was not found."
    ),
)

RATES = (
    Rate(name="standard", percent=Decimal(21), since=date(1996, 1, 1), source=_RATES),
    Rate(
        name="standard",
        percent=Decimal("20.5"),
        since=date(1994, 1, 1),
        until=date(1995, 12, 31),
        source=_RATES,
    ),
    # Restaurants, social housing, and since 2026-03 stays.
    Rate(name="second reduced", percent=Decimal(12), since=date(1992, 4, 1), source=_RATES),
    Rate(name="reduced", percent=Decimal(6), since=date(1971, 1, 1), source=_RATES),
    Rate(name="parking", percent=Decimal(12), since=date(1992, 4, 1), source=_PARKING),
    Rate(name="zero", percent=Decimal(0), since=date(1971, 1, 1), source=_ZERO),
)
