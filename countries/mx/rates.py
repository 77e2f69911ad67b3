"""VAT rates of Mexico, newest first within each name."""

from datetime import date
from decimal import Decimal

from countries.mx.sources import BORDER, RATE, ZERO
from countries.vat.system import STANDARD, Rate

RATES = (
    Rate(name=STANDARD, percent=Decimal(16), since=date(2010, 1, 1), source=RATE),
    Rate(
        name=STANDARD,
        percent=Decimal(15),
        since=date(1995, 4, 1),
        until=date(2009, 12, 31),
        source=RATE,
    ),
    Rate(name="zero", percent=Decimal(0), since=date(1981, 1, 1), source=ZERO),
    # By place of delivery, which no code tells; today it is a credit that leaves 8 per cent.
    Rate(
        name="border",
        percent=Decimal(11),
        since=date(2010, 1, 1),
        until=date(2013, 12, 31),
        source=BORDER,
    ),
    Rate(
        name="border",
        percent=Decimal(10),
        since=date(1995, 4, 1),
        until=date(2009, 12, 31),
        source=BORDER,
    ),
)
