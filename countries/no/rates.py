"""VAT rates of Norway, newest first within each name."""

from datetime import date
from decimal import Decimal

from countries.no.sources import RATE, ZERO
from countries.vat.system import STANDARD, Rate

RATES = (
    Rate(name=STANDARD, percent=Decimal(25), since=date(2005, 1, 1), source=RATE),
    Rate(name="reduced", percent=Decimal(15), since=date(2012, 1, 1), source=RATE),
    Rate(
        name="reduced",
        percent=Decimal(14),
        since=date(2007, 1, 1),
        until=date(2011, 12, 31),
        source=RATE,
    ),
    Rate(name="second reduced", percent=Decimal(12), since=date(2021, 10, 1), source=RATE),
    Rate(
        name="second reduced",
        percent=Decimal(6),
        since=date(2020, 4, 1),
        until=date(2021, 9, 30),
        source=RATE,
    ),
    Rate(
        name="second reduced",
        percent=Decimal(12),
        since=date(2018, 1, 1),
        until=date(2020, 3, 31),
        source=RATE,
    ),
    Rate(
        name="second reduced",
        percent=Decimal(10),
        since=date(2016, 1, 1),
        until=date(2017, 12, 31),
        source=RATE,
    ),
    Rate(
        name="second reduced",
        percent=Decimal(8),
        since=date(2006, 1, 1),
        until=date(2015, 12, 31),
        source=RATE,
    ),
    # Only what fishermen sell to or through their sales organisations (§ 5-8).
    Rate(name="raw fish", percent=Decimal("11.11"), since=date(2005, 1, 1), source=RATE),
    Rate(name="zero", percent=Decimal(0), since=date(2005, 1, 1), source=ZERO),
)
