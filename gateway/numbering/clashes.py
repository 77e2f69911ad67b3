"""Series of one entity that could give the same number, which the database would then refuse.

A refusal at that moment is for good: the count goes back with it, and meets the number again.
"""

import datetime
from collections.abc import Iterable
from uuid import UUID

from gateway import number_patterns
from gateway.number_patterns import Names
from gateway.numbering.counter import NewSeries, SeriesRow
from gateway.problems import InvalidPart

FIX = "write {code}, or other letters, so that no number is given twice"


def with_series(
    new: NewSeries, others: Iterable[SeriesRow], *, own: UUID | None = None, pointer: str
) -> list[InvalidPart]:
    """Return what is wrong with a new series beside those that an entity has.

    Args:
        new: The series to be.
        others: The entity's series; one of the same code that gave no number does not count.
        own: The series that is changed.
        pointer: Where the pattern stands in the request.
    """
    return [
        _clash(f"series {other.code}", pointer)
        for other in others
        if other.id != own
        and other.kind == "gapless"
        and ((other.places or other.counter_id) if other.archived_at else other.code != new.code)
        and number_patterns.could_meet(_seen(new), (other.pattern, other.names))
    ]


def is_of_the_past(other: SeriesRow, new: NewSeries, today: datetime.date) -> bool:
    """Tell whether a series gave its last number before the year that a new one begins in.

    Where numbers begin again every year and do not say which, those of last year are free: what
    was archived may be followed by a series of the same pattern.
    """
    apart = number_patterns.unnamed_period(new.pattern, new.reset, today)
    last = other.last_issue_date
    return bool(apart and other.archived_at and last is not None and last.year < today.year)


def with_plans(new: NewSeries, plans: Iterable[NewSeries], *, pointer: str) -> list[InvalidPart]:
    """Return what is wrong with a series beside others that are planned for the same entity."""
    return [
        _clash(f"series {other.code}", pointer)
        for other in plans
        if other.code != new.code and number_patterns.could_meet(_seen(new), _seen(other))
    ]


def _seen(new: NewSeries) -> tuple[str, Names]:
    return new.pattern, Names(new.code, new.premise, new.device)


def _clash(whose: str, pointer: str) -> InvalidPart:
    return {
        "pointer": pointer,
        "message": f"could make a number that {whose} makes too",
        "fix": FIX,
    }
