"""VAT rates of the United Kingdom, newest first within each name."""

from datetime import date
from decimal import Decimal

from countries.gb.sources import HOSPITALITY, RATE, REDUCED, ZERO
from countries.vat.system import STANDARD, Rate

RATES = (
    Rate(name=STANDARD, percent=Decimal(20), since=date(2011, 1, 4), source=RATE),
    Rate(
        name=STANDARD,
        percent=Decimal("17.5"),
        since=date(2010, 1, 1),
        until=date(2011, 1, 3),
        source=RATE,
    ),
    Rate(
        name=STANDARD,
        percent=Decimal(15),
        since=date(2008, 12, 1),
        until=date(2009, 12, 31),
        source=RATE,
    ),
    Rate(
        name=STANDARD,
        percent=Decimal("17.5"),
        since=date(1991, 4, 1),
        until=date(2008, 11, 30),
        source=RATE,
    ),
    Rate(name="reduced", percent=Decimal(5), since=date(1997, 9, 1), source=REDUCED),
    # The way back from 5 to 20 per cent for hotels, restaurants and attractions.
    Rate(
        name="second reduced",
        percent=Decimal("12.5"),
        since=date(2021, 10, 1),
        until=date(2022, 3, 31),
        source=HOSPITALITY,
    ),
    Rate(name="zero", percent=Decimal(0), since=date(1973, 4, 1), source=ZERO),
)
