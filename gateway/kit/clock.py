"""The time. Nothing else in the project asks the machine what time it is."""

import datetime
from zoneinfo import ZoneInfo


def now() -> datetime.datetime:
    """Return the present moment, in UTC and aware."""
    return datetime.datetime.now(datetime.UTC)


MAX_SKEW = datetime.timedelta(seconds=5)
"""How far our clock may be from the database's: due times are compared with both."""


def agree(before: datetime.datetime, at: datetime.datetime, after: datetime.datetime) -> bool:
    """Tell whether our clock and the database's do.

    Args:
        before: What ours said before the database was asked.
        at: What the database's said.
        after: What ours said when the answer was there.
    """
    return before - MAX_SKEW <= at <= after + MAX_SKEW


def today(timezone: str) -> datetime.date:
    """Return the calendar day it is now in an IANA time zone, e.g. `Europe/Ljubljana`.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: The zone has no data on this machine.
    """
    return now().astimezone(ZoneInfo(timezone)).date()


def written(moment: datetime.datetime) -> str:
    """Write a moment as the API does: ISO 8601 in UTC, ending in Z.

    It is how pydantic writes one too, so an answer made by hand and one made from a model agree.
    """
    return moment.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
