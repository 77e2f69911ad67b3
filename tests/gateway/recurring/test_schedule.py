"""The calendar of a schedule."""

import datetime
import itertools
from datetime import date

import hypothesis.strategies as st
import pytest
from hypothesis import assume, given

from countries.registry import COUNTRIES
from gateway.recurring.making import Seat
from gateway.recurring.schedule import Frequency, Schedule

FREQUENCIES: tuple[Frequency, ...] = ("daily", "weekly", "monthly", "quarterly", "yearly")
BY_MONTH = {"monthly": 1, "quarterly": 3, "yearly": 12}


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    frequency = draw(st.sampled_from(FREQUENCIES))
    return Schedule(
        frequency,
        draw(st.integers(1, 40)),
        draw(st.dates(date(2000, 1, 1), date(2200, 12, 31))),
        draw(st.none() | st.integers(1, 31)) if frequency in BY_MONTH else None,
    )


def test_a_31st_is_the_last_day_of_shorter_months_and_comes_back() -> None:
    days = Schedule("monthly", 1, date(2027, 12, 31)).first(5, date(2027, 12, 31))
    assert [day.isoformat() for day in days] == [
        "2027-12-31",
        "2028-01-31",
        "2028-02-29",
        "2028-03-31",
        "2028-04-30",
    ]


def test_a_29th_of_february_is_a_28th_in_common_years() -> None:
    days = Schedule("yearly", 1, date(2024, 2, 29)).first(5, date(2024, 1, 1))
    assert [day.isoformat() for day in days] == [
        "2024-02-29",
        "2025-02-28",
        "2026-02-28",
        "2027-02-28",
        "2028-02-29",
    ]


@pytest.mark.parametrize(
    ("start", "day", "first"),
    [
        (date(2026, 11, 21), 1, date(2026, 12, 1)),
        (date(2026, 11, 21), 21, date(2026, 11, 21)),
        (date(2026, 11, 21), 31, date(2026, 11, 30)),
        (date(2026, 11, 30), 31, date(2026, 11, 30)),
        (date(2026, 12, 31), 30, date(2027, 1, 30)),
    ],
)
def test_the_first_day_is_the_first_such_day_that_is_not_before_the_start(
    start: date, day: int, first: date
) -> None:
    assert Schedule("monthly", 1, start, day).next_from(start) == first


def test_the_end_is_part_of_it() -> None:
    schedule = Schedule("weekly", 2, date(2026, 11, 2), None, date(2026, 11, 30))
    assert schedule.first(9, date(2026, 1, 1)) == (
        date(2026, 11, 2),
        date(2026, 11, 16),
        date(2026, 11, 30),
    )
    assert schedule.next_from(date(2026, 12, 1)) is None


def test_a_schedule_ends_with_the_calendar() -> None:
    assert len(Schedule("yearly", 1000, date(8999, 5, 5)).first(9, date(9000, 1, 1))) == 0
    assert Schedule("daily", 1000, date(9000, 1, 1)).first(10**3, date(9990, 1, 1))


@given(schedules(), st.dates(date(2000, 1, 1), date(2300, 1, 1)))
def test_days_follow_each_other_at_the_distance_of_the_schedule(
    schedule: Schedule, day: date
) -> None:
    found = schedule.first(8, day)
    assert all(one >= max(day, schedule.start_date) for one in found)
    for earlier, later in itertools.pairwise(found):
        if schedule.frequency in BY_MONTH:
            months = later.year * 12 + later.month - earlier.year * 12 - earlier.month
            assert months == BY_MONTH[schedule.frequency] * schedule.interval
        else:
            length = 7 if schedule.frequency == "weekly" else 1
            assert (later - earlier).days == length * schedule.interval


@given(schedules(), st.dates(date(2000, 1, 1), date(2300, 1, 1)))
def test_no_day_is_skipped_wherever_one_begins_to_look(schedule: Schedule, day: date) -> None:
    number = schedule.number_from(day)
    assert schedule.day(number) >= day
    assert number == 0 or schedule.day(number - 1) < day


@given(schedules(), st.integers(0, 60))
def test_a_day_of_a_month_is_the_wanted_one_or_the_last(schedule: Schedule, number: int) -> None:
    assume(schedule.frequency in BY_MONTH)
    found = schedule.day(number)
    wanted = schedule.day_of_month or schedule.start_date.day
    tomorrow = found + datetime.timedelta(days=1)
    assert found.day == wanted or (found.day < wanted and tomorrow.month != found.month)


@given(
    st.sampled_from(sorted({one.timezone for one in COUNTRIES.values()})),
    st.dates(date(2001, 1, 1), date(2100, 1, 1)),
)
def test_a_day_begins_when_it_is_that_day_there_and_not_before(zone: str, day: date) -> None:
    country = next(one for one in COUNTRIES.values() if one.timezone == zone)
    seat = Seat(country.zone, "en")
    begins = seat.begin(day)
    assert seat.today(begins) == day
    assert seat.today(begins - datetime.timedelta(seconds=1)) < day
