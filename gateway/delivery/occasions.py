"""Occasions: for which due dates a day brings something to tell or to remind of."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

LATEST = 7
"""Days after which a reminder that was missed is not sent any more."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that happens once to every document that is not paid.

    Attributes:
        name: As it is noted.
        earliest: It has come for documents that are due on this day or later ...
        latest: ... and on this day or earlier.
    """

    name: str
    earliest: datetime.date
    latest: datetime.date


def overdue(thresholds: Iterable[int], today: datetime.date) -> list[Occasion]:
    """Return the occasions of telling that a document is so many days late."""
    return [
        Occasion(f"overdue:{day}", datetime.date.min, _ago(today, max(day, 1)))
        for day in thresholds
    ]


def reminders(after: Iterable[int], before: Iterable[int], today: datetime.date) -> list[Occasion]:
    """Return the occasions of reminding so many days after the due date, or before it."""
    return [
        *(Occasion(f"after:{n}", _ago(today, n + LATEST), _ago(today, n)) for n in after),
        *(
            Occasion(f"before:{n}", _ago(today, min(LATEST - n, 0)), _ago(today, -n))
            for n in before
        ),
    ]


def _ago(today: datetime.date, days: int) -> datetime.date:
    return today - datetime.timedelta(days)
