"""How patient webhooks are: when to try again, when to give up. Pure."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime

Chance = Callable[[], float]
"""Returns a number from 0 to below 1."""

SCHEDULE = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""What lies between ten attempts: 75 h 35 min 5 s at least (Standard Webhooks)."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What can be chosen.

    Attributes:
        schedule: The least wait after each failed attempt; after the last one it is given up.
        most_jitter: Waits are longer by chance, up to twice as long and by no more than this.
        most_retry_after: The longest wait that an endpoint may ask for.
        lease: How long a delivery stays with who claimed it; longer than any attempt takes.
        threads: Attempts at a time in one process.
        most_at_once: Attempts at a time on one endpoint.
        poll_seconds: How often to look without a hint.
        batch: Events handed to endpoints in one transaction.
        keep: How long the log is kept.
    """

    schedule: tuple[timedelta, ...] = SCHEDULE
    most_jitter: timedelta = timedelta(hours=1)
    most_retry_after: timedelta = timedelta(hours=24)
    lease: timedelta = timedelta(seconds=60)
    threads: int = 32
    most_at_once: int = 8
    poll_seconds: float = 1.0
    batch: int = 200
    keep: timedelta = timedelta(days=30)

    @property
    def patience(self) -> timedelta:
        """How long an endpoint may take nothing at all before it is disabled."""
        return sum(self.schedule, timedelta())

    def retry_at(
        self, failures: int, now: datetime.datetime, chance: Chance, asked: timedelta | None
    ) -> datetime.datetime | None:
        """Return when to try again after so many failures, None when it is given up.

        Args:
            failures: Failed attempts so far, at least 1.
            now: When the last one failed.
            chance: The jitter. It only adds, so that the schedule is never shorter than it says.
            asked: What the endpoint's Retry-After asked for.
        """
        if failures > len(self.schedule):
            return None
        least = self.schedule[failures - 1]
        wait = least + min(least, self.most_jitter) * chance()
        return now + max(wait, min(asked or timedelta(), self.most_retry_after))


def retry_after(headers: Mapping[str, str], now: datetime.datetime) -> timedelta | None:
    """Return what a Retry-After header asks for: seconds, or a date (RFC 9110, 10.2.3)."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 10**7))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return max(moment - now, timedelta())
