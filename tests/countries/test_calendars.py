"""Working days by country, and what spans of them end with."""

import datetime
from datetime import UTC, date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countries.calendars import (
    DayOfNextMonth,
    WorkingDays,
    add_working_days,
    ends,
    is_working_day,
)
from countries.registry import COUNTRIES
from countries.terms import TERMS


@pytest.mark.parametrize(
    ("country", "day", "open_"),
    [
        ("SI", date(2026, 2, 8), False),  # Prešeren's day, a Sunday
        ("SI", date(2026, 6, 25), False),  # Statehood day, a Thursday
        ("SI", date(2026, 6, 26), True),
        ("PL", date(2026, 11, 11), False),  # Independence day, a Wednesday
        ("HR", date(2026, 6, 22), False),  # Day of the antifascist struggle
        ("PL", date(2024, 12, 24), True),  # a holiday by the law of 2025 only
        ("PL", date(2025, 12, 24), False),
        ("SA", date(2026, 6, 5), False),  # the weekend is Friday and Saturday
        ("SA", date(2026, 6, 7), True),  # and Sunday is a day of work
        ("DE", date(2026, 10, 3), False),
        ("DE", date(2026, 6, 4), True),  # Corpus Christi is a holiday of some states only
    ],
)
def test_days_of_work(country: str, day: date, open_: bool) -> None:  # noqa: FBT001 - a column
    assert is_working_day(country, day) is open_


@pytest.mark.parametrize(
    ("country", "day", "count", "expected"),
    [
        ("SI", date(2026, 6, 24), 1, date(2026, 6, 26)),  # over Statehood day
        ("SI", date(2026, 6, 24), 2, date(2026, 6, 29)),  # and a weekend
        ("PL", date(2026, 12, 23), 1, date(2026, 12, 28)),
        ("SI", date(2026, 6, 27), 0, date(2026, 6, 29)),
        ("SI", date(2026, 6, 26), 0, date(2026, 6, 26)),
    ],
)
def test_counting(country: str, day: date, count: int, expected: date) -> None:
    assert add_working_days(country, day, count) == expected


@given(
    st.sampled_from(sorted(COUNTRIES)),
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    st.integers(1, 12),
)
def test_so_many_days_of_work_lie_between(country: str, day: date, count: int) -> None:
    end = add_working_days(country, day, count)
    between = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(is_working_day(country, one) for one in between) == count
    assert is_working_day(country, end)


def test_backward_is_refused() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_working_days("SI", date(2026, 1, 5), -1)


def test_a_span_ends_with_the_day_where_the_authority_is() -> None:
    began = datetime.datetime(2026, 3, 26, 23, 30, tzinfo=UTC)  # the 27th in Ljubljana, a Friday
    # Summer time begins on the 29th: the night to Wednesday is at 22:00 UTC.
    assert ends(WorkingDays("SI", "Europe/Ljubljana", 2), began) == datetime.datetime(
        2026, 3, 31, 22, tzinfo=UTC
    )
    assert ends(timedelta(hours=24), began) == began + timedelta(hours=24)
    assert ends(DayOfNextMonth("Europe/Lisbon", 5), began) == datetime.datetime(
        2026, 4, 5, 23, tzinfo=UTC
    )
    december = datetime.datetime(2026, 12, 31, 12, tzinfo=UTC)
    assert ends(DayOfNextMonth("Europe/Lisbon", 5), december) == datetime.datetime(
        2027, 1, 6, tzinfo=UTC
    )


def test_every_term_ends_after_it_begins() -> None:
    now = datetime.datetime(2026, 12, 24, 12, tzinfo=UTC)
    assert len(TERMS) == 17
    for term in TERMS.values():
        assert now < ends(term.span, now) < now + timedelta(days=40), term.id
