"""Working days: which days offices are open, by country, and spans of time that count them.

Public holidays come from the library `holidays`, which knows their law by year; here is only what
deadlines need. A country or year that it does not know has weekends and no holidays, which makes a
deadline early, never late. Pure.
"""

import datetime
import functools
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import holidays


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """So many working days, ending with the last of them.

    Attributes:
        country: ISO 3166-1, two letters.
        zone: In which the country's days begin and end.
        days: How many, counted from the day after the one on which it begins.
    """

    country: str
    zone: str
    days: int


@dataclass(frozen=True, slots=True)
class DayOfNextMonth:
    """Until the end of a day of the month after, as reports for a month are due.

    Attributes:
        zone: In which days begin and end.
        day: 1 to 28.
    """

    zone: str
    day: int


_SUPPORTED = frozenset(holidays.list_supported_countries())

Span = timedelta | WorkingDays | DayOfNextMonth
"""How long a law, or an agreement, gives somebody."""


def is_working_day(country: str, day: datetime.date) -> bool:
    """Tell whether offices are open: neither weekend nor public holiday of the whole country."""
    return _calendar(country, day.year).is_working_day(day)


def add_working_days(country: str, day: datetime.date, count: int) -> datetime.date:
    """Return the `count`-th working day after a day; with 0 the day itself, or the next one open.

    Raises:
        ValueError: `count` is negative.
    """
    if count < 0:
        raise ValueError("working days are counted forward")
    while count or not is_working_day(country, day):
        day += timedelta(days=1)
        if count and is_working_day(country, day):
            count -= 1
    return day


def ends(span: Span, began: datetime.datetime) -> datetime.datetime:
    """Return the moment (UTC) at which a span is over; exclusive, where it ends with a day.

    Args:
        span: How long.
        began: When, with a zone.
    """
    match span:
        case timedelta():
            return began.astimezone(datetime.UTC) + span
        case WorkingDays():
            zone = ZoneInfo(span.zone)
            last = add_working_days(span.country, began.astimezone(zone).date(), span.days)
            return _after(last, zone)
        case DayOfNextMonth():
            zone = ZoneInfo(span.zone)
            day = began.astimezone(zone).date()
            year, month = divmod(day.year * 12 + day.month, 12)
            return _after(datetime.date(year, month + 1, span.day), zone)


def _after(day: datetime.date, zone: ZoneInfo) -> datetime.datetime:
    midnight = datetime.datetime.combine(day + timedelta(days=1), datetime.time(), zone)
    return midnight.astimezone(datetime.UTC)


@functools.lru_cache(maxsize=512)
def _calendar(country: str, year: int) -> holidays.HolidayBase:
    if country not in _SUPPORTED:
        return holidays.HolidayBase(years=year)
    return holidays.country_holidays(country, years=year)
