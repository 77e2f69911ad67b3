"""When a deadline is spoken of: at 50, 80 and 100 % of its time. Pure."""

import datetime
from dataclasses import dataclass
from typing import Literal

Kind = Literal["send", "verdict", "answer", "offline"]
"""What must have happened by then: the bytes are with the other side, by the law's day whatever
they wait for (`offline`) or by ours (`send`); it has judged (`verdict`). `answer` is nobody's
duty: silence beyond it is odd."""

SHARES = (50, 80, 100)


@dataclass(frozen=True, slots=True)
class Alert:
    """What is to be said now, and when next.

    Attributes:
        share: The highest share that has passed; None: nothing to say.
        next_at: When there is something to say again; None after the last.
    """

    share: int | None
    next_at: datetime.datetime | None


def shares_of(kind: Kind) -> tuple[int, ...]:
    """Return at which shares a kind is spoken of."""
    return (100,) if kind == "answer" else SHARES


def alert(
    kind: Kind,
    started: datetime.datetime,
    due: datetime.datetime,
    alerted: int,
    now: datetime.datetime,
) -> Alert:
    """Return what is to be said of a deadline now; of several shares that passed, the last.

    Args:
        kind: Of the deadline.
        started: When it began.
        due: When it ends.
        alerted: The highest share that was spoken of before.
        now: The moment.
    """
    share, following = None, None
    for one in shares_of(kind):
        at = started + (due - started) * one / 100
        if at > now:
            following = at
            break
        if one > alerted:
            share = one
    return Alert(share, following)
