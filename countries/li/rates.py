"""VAT rates of Liechtenstein, newest first within each name."""

from datetime import date
from decimal import Decimal

from countries.li.sources import RATE
from countries.vat.system import STANDARD, Rate

RATES = (
    Rate(name=STANDARD, percent=Decimal("8.1"), since=date(2024, 1, 1), source=RATE),
    Rate(
        name=STANDARD,
        percent=Decimal("7.7"),
        since=date(2018, 1, 1),
        until=date(2023, 12, 31),
        source=RATE,
    ),
    Rate(
        name=STANDARD,
        percent=Decimal(8),
        since=date(2011, 1, 1),
        until=date(2017, 12, 31),
        source=RATE,
    ),
    Rate(
        name=STANDARD,
        percent=Decimal("7.6"),
        since=date(2001, 1, 1),
        until=date(2010, 12, 31),
        source=RATE,
    ),
    Rate(name="reduced", percent=Decimal("2.6"), since=date(2024, 1, 1), source=RATE),
    # Not lowered in 2018 with the others.
    Rate(
        name="reduced",
        percent=Decimal("2.5"),
        since=date(2011, 1, 1),
        until=date(2023, 12, 31),
        source=RATE,
    ),
    Rate(
        name="reduced",
        percent=Decimal("2.4"),
        since=date(2001, 1, 1),
        until=date(2010, 12, 31),
        source=RATE,
    ),
    Rate(name="second reduced", percent=Decimal("3.8"), since=date(2024, 1, 1), source=RATE),
    Rate(
        name="second reduced",
        percent=Decimal("3.7"),
        since=date(2018, 1, 1),
        until=date(2023, 12, 31),
        source=RATE,
    ),
    Rate(
        name="second reduced",
        percent=Decimal("3.8"),
        since=date(2011, 1, 1),
        until=date(2017, 12, 31),
        source=RATE,
    ),
    Rate(
        name="second reduced",
        percent=Decimal("3.6"),
        since=date(2001, 1, 1),
        until=date(2010, 12, 31),
        source=RATE,
    ),
)
