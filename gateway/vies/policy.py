"""How old an answer may be, how patient the asking is. Pure."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from gateway.vies.answers import Fault, Outcome
from gateway.vies.faults import TREATMENTS, Treatment

_DAY = 24 * 3600.0

Chance = Callable[[], float]
"""Draws from [0, 1): `secrets.SystemRandom().random`, or a seeded one in tests."""


class Use(StrEnum):
    """What an answer is wanted for, which says how old it may be."""

    DISPLAY = "display"
    """To show it to a person."""
    DETERMINATION = "determination"
    """To work out the tax of a document that is not issued."""
    ISSUE = "issue"
    """To issue a document that relies on it."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The times of checking; `Settings` has most of them.

    Attributes:
        display, determination, issue: How old a `valid` answer may be, by use.
        invalid: How old an `invalid` one may be, whatever the use: numbers come into force.
        failures: So many failures in a row, and a lane is left alone.
        pause: For how long at first; twice as long each time that the trial fails.
        longest_pause: No longer than this.
        state_limit: Questions on the wire to one member state at a time, over all processes.
        service_limit: The same to one service.
        flight: After this time a question on the wire is taken for dead.
        patience: How long somebody who waits for the answer waits for a free place.
        look: After this time a lane is tried again in which there was no place.
        give_up: After so long a question that nobody answers is given up.
        batch: The same for what a batch asks.
        treatments: What each fault means, and how long to wait after it.
    """

    display: timedelta = timedelta(days=7)
    determination: timedelta = timedelta(hours=24)
    issue: timedelta = timedelta(hours=24)
    invalid: timedelta = timedelta(hours=1)
    failures: int = 5
    pause: timedelta = timedelta(seconds=30)
    longest_pause: timedelta = timedelta(minutes=15)
    state_limit: int = 2
    service_limit: int = 8
    flight: timedelta = timedelta(seconds=90)
    patience: timedelta = timedelta(seconds=3)
    look: timedelta = timedelta(seconds=1)
    give_up: timedelta = timedelta(hours=72)
    batch: timedelta = timedelta(minutes=30)
    treatments: Mapping[Fault, Treatment] = field(default_factory=lambda: TREATMENTS)

    def oldest(self, use: Use) -> timedelta:
        """Return how old a `valid` answer may be for a use."""
        return {
            Use.DISPLAY: self.display,
            Use.DETERMINATION: self.determination,
            Use.ISSUE: self.issue,
        }[use]

    def serves(self, outcome: Outcome, age: timedelta, max_age: timedelta) -> bool:
        """Tell whether an answer of that age can be given again; `unknown` is no answer."""
        if outcome is Outcome.UNKNOWN:
            return False
        limit = min(max_age, self.invalid) if outcome is Outcome.INVALID else max_age
        return timedelta(0) <= age <= limit

    def pause_of(self, openings: int) -> timedelta:
        """Return how long a lane is left alone the n-th time in a row, counted from 1."""
        doublings = min(max(openings, 1) - 1, 32)
        paused: timedelta = min(self.longest_pause, self.pause * 2**doublings)
        return paused

    def retry_at(
        self,
        now: datetime.datetime,
        fault: Fault,
        failures: int,
        chance: Chance,
        retry_after: float | None = None,
    ) -> datetime.datetime | None:
        """Return when to ask again: exponential back-off with full jitter; None for never.

        Args:
            now: The moment of the failure.
            fault: What it was.
            failures: How many there were before it.
            chance: The jitter.
            retry_after: Seconds the other side asked for; a lower bound, up to a day.
        """
        treatment = self.treatments[fault]
        if not treatment.again:
            return None
        ceiling = min(treatment.longest_wait, treatment.first_wait * 2.0 ** min(failures, 32))
        wait = ceiling * chance()
        if retry_after is not None:
            wait = max(wait, min(retry_after, _DAY))
        return now + timedelta(seconds=wait)
