"""VAT rates of Serbia, newest first within each name."""

from datetime import date
from decimal import Decimal

from countries.rs.sources import RATE
from countries.vat.system import STANDARD, Rate

RATES = (
    Rate(name=STANDARD, percent=Decimal(20), since=date(2012, 10, 1), source=RATE),
    Rate(
        name=STANDARD,
        percent=Decimal(18),
        since=date(2005, 1, 1),
        until=date(2012, 9, 30),
        source=RATE,
    ),
    Rate(name="reduced", percent=Decimal(10), since=date(2014, 1, 1), source=RATE),
    Rate(
        name="reduced",
        percent=Decimal(8),
        since=date(2005, 1, 1),
        until=date(2013, 12, 31),
        source=RATE,
    ),
)
