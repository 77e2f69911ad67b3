"""Which shares of a deadline count as spoken of after it moved."""

from datetime import UTC, datetime, timedelta

import pytest

from countries.outages import Announced, Grace, NoMoment, Outage
from gateway.transmissions.conduct import Offline
from gateway.transmissions.deadlines.counting import counted, still_alerted

BEGAN = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("alerted", "passed", "expected"),
    [
        (100, 0.1, 0),  # all of it lies ahead again
        (100, 0.6, 50),  # what has passed is not said twice
        (100, 1.2, 100),
        (50, 0.9, 50),  # 80 % was never spoken of
        (0, 0.9, 0),
    ],
)
def test_what_lies_ahead_again_is_spoken_of_again(
    alerted: int, passed: float, expected: int
) -> None:
    due, now = BEGAN + 10 * HOUR, BEGAN + 10 * HOUR * passed
    assert still_alerted("offline", BEGAN, due, alerted, now) == expected


def test_without_a_law_about_outages_the_time_is_as_it_is() -> None:
    offline = Offline(after=HOUR, within=48 * HOUR)
    failure = Announced(Outage.FAILURE, BEGAN - HOUR)
    found = counted(offline, BEGAN, [failure], BEGAN + HOUR)
    assert (found.due, found.sure, found.mode) == (BEGAN + 48 * HOUR, "known", None)


@pytest.mark.parametrize(("until", "sure"), [(NoMoment.NO_DUTY, "none"), (BEGAN + HOUR, "known")])
def test_the_law_of_a_country_decides(until: datetime | NoMoment, sure: str) -> None:
    offline = Offline(after=HOUR, within=48 * HOUR, outages=lambda _, __: Grace(until, "m"))
    found = counted(offline, BEGAN, [], BEGAN + HOUR)
    assert (found.sure, found.mode) == (sure, "m")
