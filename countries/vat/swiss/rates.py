"""The rates, newest first within each name."""

from datetime import date
from decimal import Decimal

from countries.sources import Source
from countries.vat.system import STANDARD, Rate


def rates(rate: Source) -> tuple[Rate, ...]:
    """Return the rates, newest first within each name, each with the article of an act."""
    return (
        Rate(name=STANDARD, percent=Decimal("8.1"), since=date(2024, 1, 1), source=rate),
        Rate(
            name=STANDARD,
            percent=Decimal("7.7"),
            since=date(2018, 1, 1),
            until=date(2023, 12, 31),
            source=rate,
        ),
        Rate(
            name=STANDARD,
            percent=Decimal(8),
            since=date(2011, 1, 1),
            until=date(2017, 12, 31),
            source=rate,
        ),
        Rate(
            name=STANDARD,
            percent=Decimal("7.6"),
            since=date(2001, 1, 1),
            until=date(2010, 12, 31),
            source=rate,
        ),
        Rate(name="reduced", percent=Decimal("2.6"), since=date(2024, 1, 1), source=rate),
        # Not lowered in 2018 with the others.
        Rate(
            name="reduced",
            percent=Decimal("2.5"),
            since=date(2011, 1, 1),
            until=date(2023, 12, 31),
            source=rate,
        ),
        Rate(
            name="reduced",
            percent=Decimal("2.4"),
            since=date(2001, 1, 1),
            until=date(2010, 12, 31),
            source=rate,
        ),
        Rate(name="second reduced", percent=Decimal("3.8"), since=date(2024, 1, 1), source=rate),
        Rate(
            name="second reduced",
            percent=Decimal("3.7"),
            since=date(2018, 1, 1),
            until=date(2023, 12, 31),
            source=rate,
        ),
        Rate(
            name="second reduced",
            percent=Decimal("3.8"),
            since=date(2011, 1, 1),
            until=date(2017, 12, 31),
            source=rate,
        ),
        Rate(
            name="second reduced",
            percent=Decimal("3.6"),
            since=date(2001, 1, 1),
            until=date(2010, 12, 31),
            source=rate,
        ),
    )
