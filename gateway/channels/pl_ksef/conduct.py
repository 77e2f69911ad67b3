"""How KSeF behaves, and what it lets us do how often."""

from dataclasses import replace
from datetime import timedelta

from countries.calendars import WorkingDays
from gateway.transmissions.conduct import Batch, Conduct, Limit, Shape
from gateway.transmissions.routes import ROUTES

CHANNEL = "pl-ksef"
TEST_CHANNEL = "pl-ksef-test"

_DEADLINE = WorkingDays("PL", "Europe/Warsaw", 1)

_TEST_FACTOR = 10


def _limits(factor: int = 1) -> tuple[Limit, ...]:
    """Return buckets that keep within KSeF's sliding windows, as tokens plus what flows in.

    Sending: 10 a second, 30 a minute, 180 an hour. Batches, to be opened and closed: 10 a second,
    20 a minute, 60 an hour. Asking: what is asked of an invoice is at most
    two calls of groups with 1,200 an hour, and 10 a second the smaller one.
    """
    return (
        Limit(operation="send", scope="credential", tokens=9 * factor, seconds=9.0),
        Limit(operation="send", scope="credential", tokens=25 * factor, seconds=600.0),
        Limit(operation="batch", scope="credential", tokens=9 * factor, seconds=640.0),
        Limit(operation="ask", scope="credential", tokens=9 * factor, seconds=9.0),
        Limit(operation="ask", scope="credential", tokens=90 * factor, seconds=300.0),
    )


_MOST = 500  # of 10,000 that KSeF takes: what one request carries is claimed and held at once


def batches(least: int) -> Batch | None:
    """Return that as many as wait in a lane go in one batch; 0: each goes alone, always."""
    return Batch(most=_MOST, least=max(2, least)) if least else None


LIVE = Conduct(
    shape=Shape.POLL,
    resend_is_safe=True,  # 440 names the original, whose UPO says whether it is ours
    settle=timedelta(seconds=5),
    deadline=_DEADLINE,  # late, they are sent all the same
    verdict_within=timedelta(hours=2),
    response_within=timedelta(0),  # no word of the buyer comes back
    usual_answer=timedelta(seconds=30),
    first_ask=timedelta(seconds=1),
    longest_ask=timedelta(seconds=30),
    limits=_limits(),
    offline=ROUTES[CHANNEL].offline,
    batch=batches(20),
)
"""Production, and DEMO, which has its limits."""

TEST = replace(LIVE, limits=_limits(_TEST_FACTOR))
"""The test environment and the local KSeF: ten times as much (limity-api.md)."""
