"""Days and moments as callers write them: ISO 8601, in full.

By itself pydantic also takes numbers, and texts of digits, for seconds since 1970: `?from=3` would
be an hour of that year, and nobody would be told.
"""

import datetime
import re
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator

_BEGINNING = re.compile(r"\d{4}-\d\d-\d\d")


def _spelled(value: object) -> object:
    if isinstance(value, datetime.date) or value is None:
        return value
    if not isinstance(value, str) or _BEGINNING.match(value) is None:
        raise ValueError('must be written like "2026-11-30" or "2026-11-30T08:00:00Z"')
    return value


_MARGIN = datetime.timedelta(days=2)
_FIRST = datetime.datetime.min.replace(tzinfo=datetime.UTC) + _MARGIN
_LAST = datetime.datetime.max.replace(tzinfo=datetime.UTC) - _MARGIN


def _bounded(value: datetime.datetime) -> datetime.datetime:
    """Refuse what is in no year from 1 to 9999 in some time zone: it could not be written."""
    if not _FIRST <= value <= _LAST:
        raise ValueError("must lie between 0001-01-03 and 9999-12-29")
    return value


Day = Annotated[datetime.date, BeforeValidator(_spelled)]
"""A calendar day: `2026-11-30`."""

Moment = Annotated[AwareDatetime, BeforeValidator(_spelled), AfterValidator(_bounded)]
"""A moment with its offset: `2026-11-30T08:00:00Z`; in every time zone it can be written in."""
