"""By when what was issued without KSeF must be sent: the ministry's own example, and each rule."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countries.outages import Announced, NoMoment, Outage, as_if_over
from countries.pl.offline import grace

WARSAW = ZoneInfo("Europe/Warsaw")
UNAVAILABILITY, FAILURE, TOTAL = Outage.UNAVAILABILITY, Outage.FAILURE, Outage.TOTAL_FAILURE


def at(day: int, hour: int = 12, month: int = 7) -> datetime.datetime:
    return datetime.datetime(2025, month, day, hour, tzinfo=WARSAW)


def end_of(day: int, month: int = 7) -> datetime.datetime:
    """Return the end of a day: the next midnight."""
    return at(day, 0, month) + datetime.timedelta(days=1)


def outage(first: int, last: int | None = None, kind: Outage = FAILURE) -> Announced:
    return Announced(kind, at(first, 9), None if last is None else at(last, 18))


def test_the_ministry_s_own_example() -> None:
    issued = at(8)
    assert grace(issued, []).until == end_of(9)
    assert grace(issued, [outage(9)]).until is NoMoment.OPEN_END
    assert grace(issued, [outage(9, 12)]).until == end_of(22)
    assert {grace(issued, found).mode for found in ([], [outage(9)])} == {"offline24"}


@pytest.mark.parametrize(
    ("outages", "due"),
    [
        ([outage(10, 11)], end_of(9)),  # announced when the time was over
        ([outage(1, 7)], end_of(9)),  # over before it was issued
        ([outage(8, 10, UNAVAILABILITY)], end_of(11)),
        ([outage(9, 10, UNAVAILABILITY)], end_of(9)),  # it was issued before that
        ([outage(7, 10)], end_of(21)),
        ([outage(7, 10), outage(17, 18)], end_of(29)),  # counted anew
        ([outage(17, 18), outage(7, 10)], end_of(29)),
        ([outage(7, 10), outage(22, 23)], end_of(21)),  # too late for that
        ([outage(8, 10, UNAVAILABILITY), outage(11, 14)], end_of(23)),
        ([outage(7, 20), outage(9, 10)], end_of(29)),  # none shortens another
        ([outage(7, 20), outage(8, 10, UNAVAILABILITY)], end_of(29)),
        ([outage(7), outage(9, 10)], NoMoment.OPEN_END),
        ([outage(8, kind=UNAVAILABILITY), outage(9, 10)], NoMoment.OPEN_END),
        ([outage(7, 10), outage(17)], NoMoment.OPEN_END),
        ([outage(7, 10, TOTAL)], NoMoment.NO_DUTY),
        ([outage(9, 10, TOTAL)], NoMoment.NO_DUTY),
        ([outage(10, 11, TOTAL)], end_of(9)),
        ([outage(7, 10), outage(15, 16, TOTAL)], NoMoment.NO_DUTY),
        ([outage(7), outage(15, 16, TOTAL)], NoMoment.NO_DUTY),
    ],
)
def test_what_is_announced_gives_more_time(outages: list[Announced], due: object) -> None:
    assert grace(at(8), outages).until == due


def test_weekends_and_holidays_do_not_count() -> None:
    before_assumption = at(14, month=8)
    assert grace(before_assumption, []).until == end_of(18, month=8)


@pytest.mark.parametrize(
    ("outages", "mode"),
    [
        ([], "offline24"),
        ([outage(9, 12)], "offline24"),  # it has more time, and was issued before
        ([outage(8, 9, UNAVAILABILITY)], "unavailability"),
        ([outage(8, 9, UNAVAILABILITY), outage(7, 9)], "failure"),
        ([outage(7, 9), outage(8, 9, TOTAL)], "total_failure"),
    ],
)
def test_the_mode_is_that_of_the_moment_of_issue(outages: list[Announced], mode: str) -> None:
    assert grace(at(8), outages).mode == mode


_MOMENTS = st.integers(0, 24 * 90).map(lambda hours: at(1, 0, 6) + datetime.timedelta(hours=hours))
_OUTAGES = st.lists(
    st.builds(
        lambda kind, begins, hours: Announced(
            kind, begins, None if hours is None else begins + datetime.timedelta(hours=hours)
        ),
        st.sampled_from([UNAVAILABILITY, FAILURE]),
        _MOMENTS,
        st.none() | st.integers(1, 300),
    ),
    max_size=5,
)


@given(issued=_MOMENTS, outages=_OUTAGES, more=_OUTAGES)
def test_nothing_that_is_announced_takes_time_away(
    issued: datetime.datetime, outages: list[Announced], more: list[Announced]
) -> None:
    least, most = grace(issued, outages).until, grace(issued, [*outages, *more]).until
    if isinstance(most, datetime.datetime):
        assert isinstance(least, datetime.datetime)
        assert least <= most


@given(issued=_MOMENTS, outages=_OUTAGES, now=_MOMENTS)
def test_as_if_all_were_over_there_is_a_moment_and_it_is_the_earliest(
    issued: datetime.datetime, outages: list[Announced], now: datetime.datetime
) -> None:
    soonest = grace(issued, as_if_over(outages, max(now, issued))).until
    assert isinstance(soonest, datetime.datetime)
    later = as_if_over(outages, max(now, issued) + datetime.timedelta(days=3))
    found = grace(issued, later).until
    assert isinstance(found, datetime.datetime)
    assert soonest <= found
