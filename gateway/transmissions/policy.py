"""How patient the worker is. The retry rule lives here. Pure."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

Chance = Callable[[], float]
"""Draws from [0, 1): `secrets.SystemRandom().random`, or a seeded one in tests."""

FAREWELL_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Policy:
    """The worker's times.

    Attributes:
        lease_seconds: How long a lane stays with a worker that does not renew.
        renew_seconds: How often it renews.
        poll_seconds: How often it looks for due work without a hint.
        threads: Lanes worked on at a time.
        burst: Rows of one lane before others get their turn.
        first_delay: Mean-doubling backoff begins here ...
        longest_delay: ... and stays here.
        escalate_after: An outcome unknown for so long needs a person.
        poison_after: So many internal failures on one row, and it is stuck.
        failures: So many connection failures in a row, and an endpoint is left alone ...
        pause: ... for so long; then one message tries.
        flight: After this time a trial on the wire is taken for dead.
        longest_pause: What waits for an endpoint looks at least so often whether it is back.
        farewell_seconds: How long a worker that ends waits for wires to close what they keep open.
    """

    lease_seconds: float = 15
    renew_seconds: float = 5
    poll_seconds: float = 1
    threads: int = 4
    burst: int = 50
    first_delay: timedelta = timedelta(seconds=1)
    longest_delay: timedelta = timedelta(hours=1)
    escalate_after: timedelta = timedelta(minutes=15)
    poison_after: int = 5
    failures: int = 5
    pause: timedelta = timedelta(seconds=60)
    flight: timedelta = timedelta(minutes=2)
    longest_pause: timedelta = timedelta(minutes=15)
    farewell_seconds: float = FAREWELL_SECONDS

    def pause_of(self, openings: int) -> timedelta:
        """Return how long an endpoint is left alone: always the same; one trial costs little."""
        del openings
        return self.pause

    def retry_at(
        self,
        now: datetime.datetime,
        failures: int,
        chance: Chance,
        retry_after: float | None = None,
    ) -> datetime.datetime:
        """Return when to try again: exponential backoff with full jitter.

        Args:
            now: The moment of the failure.
            failures: How many there were before it.
            chance: The jitter.
            retry_after: Seconds the other side asked for; a lower bound, up to `longest_delay`.
        """
        doublings = min(failures, 32)  # beyond, the cap has long been reached
        ceiling: timedelta = min(self.longest_delay, self.first_delay * 2**doublings)
        delay: timedelta = ceiling * chance()
        if retry_after is not None:
            asked = timedelta(seconds=min(retry_after, self.longest_delay.total_seconds()))
            delay = max(delay, asked)
        return now + delay
