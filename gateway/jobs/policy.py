"""How patient jobs are."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """How often a job is tried, and what counts as a dead worker.

    Attributes:
        threads: Jobs that one process does at the same time.
        poll_seconds: How often it looks for work without a hint.
        attempts: How often a handler may fail before the job has failed.
        begun: How often a job may be begun at all: one whose worker dies each time ends, too.
        first_delay: How long after the first failure it is tried again; then four times as long
            each time.
        longest_delay: No longer than this.
        heartbeat_seconds: How often a worker says that it lives.
        dead_seconds: A worker that has not said so for this long is dead: others take its jobs.
        rescue_seconds: How often somebody looks for jobs of dead workers.
        stop_seconds: How long to wait, when told to stop, for jobs that do not say how far they
            are.
    """

    threads: int = 4
    poll_seconds: float = 1
    attempts: int = 6
    begun: int = 20
    first_delay: datetime.timedelta = datetime.timedelta(seconds=5)
    longest_delay: datetime.timedelta = datetime.timedelta(minutes=30)
    heartbeat_seconds: float = 2
    dead_seconds: float = 10
    rescue_seconds: float = 2
    stop_seconds: float = 30

    def delay(self, attempt: int) -> datetime.timedelta:
        """Return how long to wait after a failed attempt, counted from 1."""
        factor = int(4 ** min(attempt - 1, 10))
        return min(self.first_delay * factor, self.longest_delay)
