"""The time. Nothing else in the project asks the machine what time it is."""

import datetime
from zoneinfo import ZoneInfo


def now() -> datetime.datetime:
    """Return the present moment, in UTC and aware."""
    return datetime.datetime.now(datetime.UTC)


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
