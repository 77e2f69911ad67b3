"""xs:date, xs:dateTime, xs:time and xs:dayTimeDuration (XML Schema 1.1 part 2, section 3.3).

The calendar is the Gregorian one, extended in both directions, with a year 0000; Python's own
dates end with 9999. What has no time zone is compared as if it were in UTC, the implicit one.
"""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Final, Self

from typing_extensions import override

from formats.validation.runtime.arithmetic import EXACT
from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.numbers import SPACE

_NANOS: Final = 1_000_000_000
_DAY: Final = 86_400
_DAY_NANOS: Final = _DAY * _NANOS
_LAST_YEAR: Final = "2147483647"  # of Saxon's
_MOST_OFFSET = 14 * 60

_ZONE = r"(?:(Z)|([+-])(0[0-9]|1[0-4]):([0-5][0-9]))?"
_YMD = r"(-?(?:[1-9][0-9]{3,}|0[0-9]{3}))-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_HMS = r"([01][0-9]|2[0-4]):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]+))?"
_DATE = re.compile(_YMD + _ZONE)
_TIME = re.compile(_HMS + _ZONE)
_DATE_TIME = re.compile(f"{_YMD}T{_HMS}{_ZONE}")
_DURATION = re.compile(
    r"(-?)P(?=[0-9T])(?:([0-9]+)D)?"
    r"(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?"
)
_LENGTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """What a date, a time and both have in common.

    Attributes:
        day: Days since 1970-01-01, as written; 0 of a time.
        nanos: Nanoseconds since midnight, as written.
        offset: Minutes the time zone is ahead of UTC; None without one.
    """

    day: int
    nanos: int
    offset: int | None

    name: ClassVar[str] = ""

    @property
    def instant(self) -> int:
        """The nanosecond in UTC, for comparison; without a time zone it is taken for UTC."""
        return self.day * _DAY_NANOS + self.nanos - (self.offset or 0) * 60 * _NANOS

    @override
    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.instant == other.instant

    @override
    def __hash__(self) -> int:
        return hash(self.instant)

    def __lt__(self, other: Self) -> bool:
        return self.instant < other.instant

    def __gt__(self, other: Self) -> bool:
        return self.instant > other.instant

    def __le__(self, other: Self) -> bool:
        return self.instant <= other.instant

    def __ge__(self, other: Self) -> bool:
        return self.instant >= other.instant

    def written(self) -> "DateTime":
        """Return the moment as written, as a dateTime."""
        return DateTime(self.day, self.nanos, self.offset)


@dataclass(frozen=True, slots=True, eq=False)
class Date(Moment):
    """An xs:date."""

    name = "xs:date"

    @override
    def __str__(self) -> str:
        return _written_day(self.day) + _written_zone(self.offset)


@dataclass(frozen=True, slots=True, eq=False)
class DateTime(Moment):
    """An xs:dateTime."""

    name = "xs:dateTime"

    @override
    def __str__(self) -> str:
        clock = _written_clock(self.nanos)
        return f"{_written_day(self.day)}T{clock}{_written_zone(self.offset)}"


@dataclass(frozen=True, slots=True, eq=False)
class Time(Moment):
    """An xs:time."""

    name = "xs:time"

    @override
    def __str__(self) -> str:
        return _written_clock(self.nanos) + _written_zone(self.offset)


@dataclass(frozen=True, slots=True, order=True)
class DayTimeDuration:
    """An xs:dayTimeDuration, in seconds."""

    seconds: Decimal

    name: ClassVar[str] = "xs:dayTimeDuration"

    @override
    def __str__(self) -> str:
        whole = int(self.seconds.copy_abs())
        fraction = format(self.seconds, "f").partition(".")[2].rstrip("0")
        minutes, seconds = divmod(whole, 60)
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        text = f"{days}D" if days else ""
        if hours or minutes or seconds or fraction:
            text += "T" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
            if seconds or fraction:
                text += f"{seconds}.{fraction}S" if fraction else f"{seconds}S"
        return f"{'-' if self.seconds < 0 else ''}P{text or 'T0S'}"


def date_of(text: str) -> Date:
    """Return the xs:date a text says.

    Raises:
        DynamicError: FORG0001, it is no date; FODT0001, its year is too large.
    """
    match = _DATE.fullmatch(text.strip(SPACE))
    if match is None:
        raise _unreadable(text, "xs:date")
    year, month, day, *zone = match.groups()
    return Date(_day_of(text, year, month, day), 0, _offset(*zone))


def date_time_of(text: str) -> DateTime:
    """Return the xs:dateTime a text says; 24:00:00 is the next midnight.

    Raises:
        DynamicError: FORG0001, it is none; FODT0001, its year is too large.
    """
    match = _DATE_TIME.fullmatch(text.strip(SPACE))
    if match is None:
        raise _unreadable(text, "xs:dateTime")
    year, month, day, hour, minute, second, fraction, *zone = match.groups()
    nanos = _nanos(text, hour, minute, second, fraction)
    date = _day_of(text, year, month, day)
    return DateTime(date + nanos // _DAY_NANOS, nanos % _DAY_NANOS, _offset(*zone))


def time_of(text: str) -> Time:
    """Return the xs:time a text says.

    Raises:
        DynamicError: FORG0001, it is no time.
    """
    match = _TIME.fullmatch(text.strip(SPACE))
    if match is None:
        raise _unreadable(text, "xs:time")
    hour, minute, second, fraction, *zone = match.groups()
    return Time(0, _nanos(text, hour, minute, second, fraction) % _DAY_NANOS, _offset(*zone))


def duration_of(text: str) -> DayTimeDuration:
    """Return the xs:dayTimeDuration a text says.

    Raises:
        DynamicError: FORG0001, it is none.
    """
    match = _DURATION.fullmatch(text.strip(SPACE))
    if match is None:
        raise _unreadable(text, "xs:dayTimeDuration")
    sign, days, hours, minutes, seconds = match.groups()
    parts = (days, _DAY), (hours, 3600), (minutes, 60), (seconds, 1)
    total = Decimal(0)
    for part, unit in parts:
        if part:
            total = EXACT.fma(Decimal(part), unit, total)
    return DayTimeDuration(total.copy_negate() if sign and total else total)


def current(now: datetime.datetime) -> DateTime:
    """Return fn:current-dateTime for a moment with a time zone."""
    offset = now.utcoffset()
    if offset is None:
        raise ValueError("now needs a time zone")
    since = now.replace(tzinfo=None) - datetime.datetime(1970, 1, 1)  # noqa: DTZ001 - as written
    nanos = (since.seconds * 1_000_000 + since.microseconds) * 1000
    return DateTime(since.days, nanos, int(offset.total_seconds()) // 60)


def date_part(moment: Moment) -> Date:
    """Return the date of a dateTime, in its own time zone."""
    return Date(moment.day, 0, moment.offset)


def adjusted(moment: Date | DateTime, zone: DayTimeDuration | None) -> Date | DateTime:
    """Return the moment in another time zone, without one for None.

    Implements adjust-date-to-timezone and adjust-dateTime-to-timezone (section 10.7); with one
    argument they take the implicit time zone, `UTC`.

    Raises:
        DynamicError: FODT0003, no time zone is as far from UTC.
    """
    kind = type(moment)
    if zone is None:
        return kind(moment.day, moment.nanos, None)
    if zone.seconds.copy_abs() > _MOST_OFFSET * 60 or zone.seconds % 60:
        raise DynamicError("FODT0003", f"{zone} is no time zone")
    offset = int(zone.seconds) // 60
    if moment.offset is None:
        return kind(moment.day, moment.nanos, offset)
    local = moment.instant + offset * 60 * _NANOS
    day, nanos = divmod(local, _DAY_NANOS)
    return kind(day, 0 if kind is Date else nanos, offset)


UTC: Final = DayTimeDuration(Decimal(0))


def calendar(day: int) -> tuple[int, int, int]:
    """Return year, month and day of the month of a number of days since 1970-01-01."""
    # Years that begin in March, in eras of 400 of them: leap days come last.
    era, of_era = divmod(day + 719_468, 146_097)
    year = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    from_march = (5 * of_year + 2) // 153
    month = from_march + 3 if from_march < 10 else from_march - 9  # noqa: PLR2004 - January
    return (
        year + era * 400 + (month <= _FEBRUARY),
        month,
        of_year - (153 * from_march + 2) // 5 + 1,
    )


def _day_of(text: str, year: str, month: str, day: str) -> int:
    # Not read into a number before it is known to be a short one.
    if len(year) > len(_LAST_YEAR) + 1 or abs(int(year)) > int(_LAST_YEAR):
        raise DynamicError("FODT0001", f"the year of {text[:40]} is too large")
    y, m, d = int(year), int(month), int(day)
    leap = y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)
    if d > _LENGTHS[m - 1] or (m == _FEBRUARY and d > 28 + leap):
        raise _unreadable(text, "xs:date")
    era_year = y - (m <= _FEBRUARY)
    era, of_era = divmod(era_year, 400)
    of_year = (153 * (m - 3 if m > _FEBRUARY else m + 9) + 2) // 5 + d - 1
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


def _nanos(text: str, hour: str, minute: str, second: str, fraction: str | None) -> int:
    nanos = int((fraction or "")[:9].ljust(9, "0"))
    whole = (int(hour) * 60 + int(minute)) * 60 + int(second)
    if whole * _NANOS + nanos > _DAY_NANOS:
        raise _unreadable(text, "xs:time")
    return whole * _NANOS + nanos


def _offset(
    zulu: str | None, sign: str | None, hours: str | None, minutes: str | None
) -> int | None:
    if zulu:
        return 0
    if not hours or not minutes:
        return None
    offset = int(hours) * 60 + int(minutes)
    return -offset if sign == "-" else offset


def _unreadable(text: str, kind: str) -> DynamicError:
    return DynamicError("FORG0001", f'"{text[:40]}" is not an {kind}')


def _written_day(day: int) -> str:
    year, month, of_month = calendar(day)
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{of_month:02}"


def _written_clock(nanos: int) -> str:
    seconds, fraction = divmod(nanos, _NANOS)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    text = f"{hour:02}:{minute:02}:{second:02}"
    return f"{text}.{fraction:09}".rstrip("0") if fraction else text


def _written_zone(offset: int | None) -> str:
    if offset is None:
        return ""
    if not offset:
        return "Z"
    hours, minutes = divmod(abs(offset), 60)
    return f"{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}"
