"""On which days a schedule falls: pure calendar, counted from its first day.

The n-th day is computed from the first and never from the one before, so that a 31st stays a 31st
after a short month: 31 January, 28 February, 31 March.
"""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from typing import Literal

Frequency = Literal["daily", "weekly", "monthly", "quarterly", "yearly"]

_DAYS = {"daily": 1, "weekly": 7}
_MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
_FIRST, _LAST = datetime.date(1900, 1, 1), datetime.date(9998, 12, 31)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Days, at regular distances.

    Attributes:
        frequency: The unit.
        interval: How many units from one day to the next.
        start_date: No day before it; the first one unless `day_of_month` says otherwise.
        day_of_month: For months, quarters and years; the last of the month where it has no such
            day. None: that of `start_date`.
        end_date: No day after it.
    """

    frequency: Frequency
    interval: int
    start_date: datetime.date
    day_of_month: int | None = None
    end_date: datetime.date | None = None

    def day(self, number: int) -> datetime.date:
        """Return a day by its number, 0 the first; also negative ones, of before the start.

        Raises:
            OverflowError: It is in no year that can be written.
        """
        if self.frequency in _DAYS:
            distance = _DAYS[self.frequency] * self.interval * number
            return self.start_date + datetime.timedelta(days=distance)
        return self._of_month(self._first_month() + self._step() * number)

    def number_from(self, day: datetime.date) -> int:
        """Return the number of the first day of the schedule that is not before this one."""
        if self.frequency in _DAYS:
            distance = (day - self.start_date).days
            return max(0, -(-distance // (_DAYS[self.frequency] * self.interval)))
        number = max(0, (_months(day) - self._first_month()) // self._step())
        return number if self.day(number) >= day else number + 1

    def next_from(self, day: datetime.date) -> datetime.date | None:
        """Return the first day of the schedule that is not before this one; None: it is over."""
        return next(self.days_from(day), None)

    def days_from(self, day: datetime.date) -> Iterator[datetime.date]:
        """Yield the days of the schedule that are not before this one, in order."""
        last = min(self.end_date or _LAST, _LAST)
        for number in count(self.number_from(day)):
            try:
                found = self.day(number)
            except OverflowError:
                return
            if found > last:
                return
            yield found

    def first(self, limit: int, day: datetime.date) -> tuple[datetime.date, ...]:
        """Return so many days, at most, from this one on."""
        return tuple(islice(self.days_from(day), limit))

    def _step(self) -> int:
        return _MONTHS[self.frequency] * self.interval

    def _first_month(self) -> int:
        month = _months(self.start_date)
        return month if self._of_month(month) >= self.start_date else month + 1

    def _of_month(self, months: int) -> datetime.date:
        year, month = divmod(months, 12)
        if not _FIRST.year <= year <= _LAST.year:
            raise OverflowError("no such year")
        wanted = self.day_of_month or self.start_date.day
        return datetime.date(year, month + 1, min(wanted, calendar.monthrange(year, month + 1)[1]))


def _months(day: datetime.date) -> int:
    return day.year * 12 + day.month - 1
