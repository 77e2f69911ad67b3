"""A circuit breaker: closed, open, or half-open with one trial. Pure.

Closed, everybody asks. After some failures in a row it opens, and nobody does. When its time is
over one question tries: an answer closes it, a failure opens it again. Who uses it keeps it in the
database, so that it is one breaker for all processes.
"""

import datetime
from dataclasses import dataclass, replace
from typing import Literal, Protocol

Word = Literal["closed", "open", "half_open"]


class Patience(Protocol):
    """How patient a breaker is."""

    @property
    def failures(self) -> int:
        """So many failures in a row open it."""
        ...

    @property
    def flight(self) -> datetime.timedelta:
        """After this time a trial on the wire is taken for dead."""
        ...

    def pause_of(self, openings: int) -> datetime.timedelta:
        """Return how long it stays open the n-th time in a row, counted from 1."""
        ...


@dataclass(frozen=True, slots=True)
class Breaker:
    """Where a breaker stands.

    Attributes:
        failures: In a row, while it is closed.
        openings: How often in a row it opened without an answer between.
        open_until: Until when nobody asks; None while it is closed.
        probe_until: Until when the trial counts as being on the wire.
    """

    failures: int = 0
    openings: int = 0
    open_until: datetime.datetime | None = None
    probe_until: datetime.datetime | None = None

    def word(self, now: datetime.datetime) -> Word:
        """Return its state."""
        if self.open_until is None:
            return "closed"
        return "open" if now < self.open_until else "half_open"

    def is_tried(self, now: datetime.datetime) -> bool:
        """Tell whether the one trial is on the wire."""
        return self.probe_until is not None and now < self.probe_until

    def begun(self, now: datetime.datetime, patience: Patience) -> "Breaker":
        """Return it after a question was let through; half-open, that one is the trial."""
        if self.word(now) != "half_open":
            return self
        return replace(self, probe_until=now + patience.flight)

    def answered(self, *, trial: bool) -> "Breaker":
        """Return it after an answer. While it is open only the trial's counts: others are old."""
        return Breaker() if trial or self.open_until is None else self

    def failed(self, now: datetime.datetime, patience: Patience, *, trial: bool) -> "Breaker":
        """Return it after a failure. While it is open only the trial's counts: others are old."""
        if self.open_until is not None and not trial:
            return self
        failures = self.failures + 1
        if not trial and failures < patience.failures:
            return replace(self, failures=failures)
        openings = self.openings + 1
        return Breaker(failures, openings, now + patience.pause_of(openings))

    def untold(self, *, trial: bool) -> "Breaker":
        """Return it after a question that said nothing about the lane: the trial is free again."""
        return replace(self, probe_until=None) if trial else self
