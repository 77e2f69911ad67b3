"""What KSeF lets us do how often: our buckets never let more through than its windows."""

import datetime

import pytest

from gateway.channels.pl_ksef import CHANNEL, LIVE, TEST
from gateway.sandbox.ksef.routes import LIMITS
from gateway.transmissions.conduct import Conduct, Operation
from gateway.transmissions.routes import ROUTES

PERIODS = (1.0, 60.0, 3600.0)


@pytest.mark.parametrize(("conduct", "factor"), [(LIVE, 1), (TEST, 10)])
@pytest.mark.parametrize(
    ("operation", "group"),
    [
        ("send", "invoiceSend"),
        ("batch", "batchSession"),
        ("ask", "sessionMisc"),
        ("ask", "invoiceStatus"),
    ],
)
def test_no_window_of_ksef_is_exceeded(
    conduct: Conduct, factor: int, operation: Operation, group: str
) -> None:
    buckets = [one for one in conduct.limits if one.operation == operation]
    for most, period in zip(LIMITS[group], PERIODS, strict=True):
        assert most is not None
        passed = min(one.tokens + period * one.tokens / one.seconds for one in buckets)
        assert passed <= most * factor, (period, passed)


def test_what_is_issued_offline_is_sent_on_the_next_working_day() -> None:
    friday = datetime.datetime(2026, 11, 20, 15, tzinfo=datetime.UTC)
    monday = datetime.datetime(2026, 11, 23, 23, tzinfo=datetime.UTC)
    route = ROUTES[CHANNEL]
    assert route.latest(friday) == monday
    before_independence_day = datetime.datetime(2026, 11, 10, 15, tzinfo=datetime.UTC)
    latest = route.latest(before_independence_day)
    assert latest is not None
    assert latest.day == 12
