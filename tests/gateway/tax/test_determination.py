"""The place of a seller is its country's declaration on the day of the tax point."""

import datetime
from decimal import Decimal

import pytest

from formats.en16931.determination import NOWHERE, Place
from gateway.tax.determination import place_of

DAY = datetime.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("code", "day", "rate"),
    [
        ("SI", DAY, Decimal(22)),
        ("DE", DAY, Decimal(19)),
        ("DE", datetime.date(2020, 7, 1), Decimal(16)),
        ("DE", datetime.date(2020, 12, 31), Decimal(16)),
        ("DE", datetime.date(2021, 1, 1), Decimal(19)),
        ("BE", DAY, Decimal(21)),
        ("NL", DAY, Decimal(21)),
        ("AT", DAY, Decimal(20)),
        ("PT-20", DAY, Decimal(16)),
    ],
)
def test_a_place_has_the_standard_rate_of_the_day(
    code: str, day: datetime.date, rate: Decimal
) -> None:
    assert place_of(code, day) == Place(code, rate)


def test_a_country_that_is_not_declared_is_no_place() -> None:
    assert place_of(None, DAY) == NOWHERE
    assert place_of("US", DAY) == NOWHERE
