"""By when a message must be sent after what its authority announced, as a row says it. Pure."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from countries.calendars import Span, ends
from countries.outages import Announced, NoMoment, as_if_over
from gateway.transmissions.conduct import Offline
from gateway.transmissions.deadlines.alerts import Kind, alert, shares_of

LOOK_AGAIN = timedelta(hours=1)
"""How often a deadline is counted anew while nobody can say when it ends."""

Sure = Literal["known", "open", "none"]


@dataclass(frozen=True, slots=True)
class Counted:
    """When a deadline ends.

    Attributes:
        due: When; where it is `open`, the earliest that it can be.
        sure: `known`; `open`: an announced outage goes on, and nobody can say yet; `none`: nothing
            need be done any more.
        mode: In which mode of its country's law the document counts as issued, if that knows any.
    """

    due: datetime.datetime
    sure: Sure = "known"
    mode: str | None = None


def plain(span: Span, began: datetime.datetime) -> Counted:
    """Return when a deadline ends that nothing moves."""
    return Counted(ends(span, began))


def counted(
    offline: Offline,
    began: datetime.datetime,
    announced: Sequence[Announced],
    now: datetime.datetime,
) -> Counted:
    """Return by when what was issued at a moment must be sent, as far as that can be said now."""
    grace = offline.grace(began, announced)
    if isinstance(grace.until, datetime.datetime):
        return Counted(grace.until, mode=grace.mode)
    if grace.until is NoMoment.NO_DUTY:
        return Counted(ends(offline.within, began), "none", grace.mode)
    soonest = offline.grace(began, as_if_over(announced, max(now, began))).until
    due = soonest if isinstance(soonest, datetime.datetime) else ends(offline.within, began)
    return Counted(due, "open", grace.mode)


def still_alerted(
    kind: Kind,
    started: datetime.datetime,
    due: datetime.datetime,
    alerted: int,
    now: datetime.datetime,
) -> int:
    """Return the share that counts as spoken of after a deadline moved.

    What lies ahead again is spoken of again when it comes; what was said of a share that has
    passed by the new count too is not repeated.
    """
    if due <= started:
        return alerted
    passed = [one for one in shares_of(kind) if started + (due - started) * one / 100 <= now]
    return min(alerted, max(passed, default=0))


def next_look(
    end: Counted, kind: Kind, began: datetime.datetime, now: datetime.datetime
) -> datetime.datetime | None:
    """Return when a deadline is looked at first; None: never."""
    if end.sure == "none":
        return None
    if end.sure == "open":
        return now + LOOK_AGAIN
    return alert(kind, began, end.due, 0, began).next_at or now
