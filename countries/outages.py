"""Outages that an authority announces, and what they do to the time for what was issued. Pure."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, StrEnum


class Outage(StrEnum):
    """What is announced; what it means is each country's law."""

    UNAVAILABILITY = "unavailability"
    FAILURE = "failure"
    TOTAL_FAILURE = "total_failure"


@dataclass(frozen=True, slots=True)
class Announced:
    """An outage that was announced.

    Attributes:
        kind: Which.
        begins: When it began.
        ends: When it ended; None: it goes on.
    """

    kind: Outage
    begins: datetime.datetime
    ends: datetime.datetime | None = None

    def holds(self, moment: datetime.datetime) -> bool:
        """Tell whether a moment is in it."""
        return self.begins <= moment and (self.ends is None or moment < self.ends)


class NoMoment(Enum):
    """Why there is no moment by which something must be done."""

    OPEN_END = "open_end"
    """An outage goes on: nobody can say yet."""

    NO_DUTY = "no_duty"
    """It need not be done any more."""


@dataclass(frozen=True, slots=True)
class Grace:
    """How much time there is for a document.

    Attributes:
        until: By when its authority must have it.
        mode: In which mode it counts as issued, in a word of its country's law; None where the law
            has one alone.
    """

    until: datetime.datetime | NoMoment
    mode: str | None = None


OutageRule = Callable[[datetime.datetime, Sequence[Announced]], Grace]
"""What a country makes of all that was announced, in any order, for what was issued then."""


def as_if_over(outages: Iterable[Announced], now: datetime.datetime) -> tuple[Announced, ...]:
    """Return what was announced as if all of it ended now at the latest: the least it gives."""
    return tuple(
        one if one.ends is not None else replace(one, ends=max(one.begins, now)) for one in outages
    )


def holding(outages: Iterable[Announced], moment: datetime.datetime) -> tuple[Announced, ...]:
    """Return the outages in which a moment is."""
    return tuple(one for one in outages if one.holds(moment))
