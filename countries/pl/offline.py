"""By when an invoice that was issued without KSeF must be sent to it, and in which mode it counts.

Everybody may issue offline (offline24), and has the next working day. What the ministry announces
gives more time: an unavailability the next working day after its end, to what was issued in it; a
failure seven, also to what still has time when it begins, and counted anew from each that begins
before they are over. After a total failure nothing need be sent. Of outages that overlap the one
counts that gives more. Sources: VAT act, art. 106nda, 106ne, 106nf, 106ng, 106nh;
CIRFMF/ksef-docs, tryby-offline.md.
"""

import datetime
from collections.abc import Sequence

from countries.calendars import WorkingDays, ends
from countries.outages import Announced, Grace, NoMoment, Outage, holding

OFFLINE24 = "offline24"
"""The mode of who issues offline though nothing was announced."""

NEXT_DAY = WorkingDays("PL", "Europe/Warsaw", 1)
_SEVEN_DAYS = WorkingDays("PL", "Europe/Warsaw", 7)

_STRONGEST_FIRST = (Outage.TOTAL_FAILURE, Outage.FAILURE, Outage.UNAVAILABILITY)
_After = datetime.datetime | NoMoment


def grace(issued: datetime.datetime, outages: Sequence[Announced]) -> Grace:
    """Return by when an invoice must be sent, and its mode.

    Args:
        issued: When it was issued.
        outages: All that was announced, in any order.
    """
    mode = _mode(issued, outages)
    due: _After = ends(NEXT_DAY, issued)
    for one in sorted(outages, key=lambda each: each.begins):
        inside = one.holds(issued)
        comes_in_time = one.begins > issued and (isinstance(due, NoMoment) or one.begins < due)
        if not inside and not comes_in_time:
            continue
        if one.kind is Outage.TOTAL_FAILURE:
            return Grace(NoMoment.NO_DUTY, mode)
        if one.kind is Outage.FAILURE:
            due = _later(due, _after(one, _SEVEN_DAYS))
        elif inside:
            due = _later(due, _after(one, NEXT_DAY))
    return Grace(due, mode)


def _mode(issued: datetime.datetime, outages: Sequence[Announced]) -> str:
    kinds = {one.kind for one in holding(outages, issued)}
    return next((kind.value for kind in _STRONGEST_FIRST if kind in kinds), OFFLINE24)


def _after(one: Announced, days: WorkingDays) -> _After:
    return NoMoment.OPEN_END if one.ends is None else ends(days, one.ends)


def _later(one: _After, other: _After) -> _After:
    if isinstance(one, NoMoment) or isinstance(other, NoMoment):
        return NoMoment.OPEN_END
    return max(one, other)
