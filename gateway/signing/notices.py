"""When to tell that a certificate expires: 60, 30, 14, 7 and 1 days before, and when it has."""

import datetime

DAYS = (60, 30, 14, 7, 1, 0)
"""How many days before; 0: it has expired."""


def first(not_after: datetime.datetime, now: datetime.datetime) -> datetime.datetime | None:
    """Return when to tell first, of a certificate that comes in now; None: it is too late.

    What is nearer than a step when it comes in is told at once, as the step it is past.
    """
    if not_after <= now:
        return None
    steps = [not_after - datetime.timedelta(days=days) for days in DAYS]
    return max(now, steps[0])


def step(not_after: datetime.datetime, now: datetime.datetime) -> int | None:
    """Return the step that a certificate has reached: the least of `DAYS`; None: none yet."""
    left = not_after - now
    reached = [days for days in DAYS if left <= datetime.timedelta(days=days)]
    return min(reached, default=None)


def after(not_after: datetime.datetime, now: datetime.datetime) -> datetime.datetime | None:
    """Return when to tell next; None: there is nothing more to say."""
    steps = [not_after - datetime.timedelta(days=days) for days in DAYS]
    return min((one for one in steps if one > now), default=None)
