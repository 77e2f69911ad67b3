"""Words in a document that say the time it is for: `Rent {{month_name}} {{year}}`.

`{{month_name-1}}` is that of the occurrence before, `{{year+1}}` that of the next. They are looked
for in every text of the body, and nowhere else.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from gateway.recurring.schedule import Schedule

_PLACEHOLDER = re.compile(r"\{\{ *([A-Za-z_]*) *([+-] *\d{1,3})? *\}\}")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One day of a schedule, as texts speak of it.

    Attributes:
        date: The day.
        number: Which document of the schedule it is, from 1.
        schedule: The schedule.
        language: Of the names of months, e.g. `de` or `sl-SI`.
    """

    date: datetime.date
    number: int
    schedule: Schedule
    language: str

    def moved(self, distance: int) -> "Occurrence":
        """Return the one so many occurrences later, or earlier."""
        day = self.schedule.day(self.schedule.number_from(self.date) + distance)
        return Occurrence(day, self.number + distance, self.schedule, self.language)

    @property
    def ends(self) -> datetime.date:
        """The last day before the next occurrence."""
        return self.moved(1).date - datetime.timedelta(days=1)

    @property
    def month_name(self) -> str:
        """The name of the month, as it stands alone."""
        try:
            locale = Locale.parse(self.language.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            locale = Locale("en")
        return format_date(self.date, "LLLL", locale)

    @property
    def quarter(self) -> int:
        """The quarter of the year."""
        return (self.date.month + 2) // 3

    @property
    def period(self) -> str:
        """The time between two occurrences, in the words that fit the schedule."""
        year, week, _ = self.date.isocalendar()
        if self.schedule.interval > 1:
            return f"{self.date.isoformat()} - {self.ends.isoformat()}"
        return {
            "daily": self.date.isoformat(),
            "weekly": f"{year}-W{week:02}",
            "monthly": f"{self.month_name} {self.date.year}",
            "quarterly": f"Q{self.quarter} {self.date.year}",
            "yearly": str(self.date.year),
        }[self.schedule.frequency]


NAMES: Mapping[str, Callable[[Occurrence], object]] = MappingProxyType(
    {
        "date": lambda one: one.date.isoformat(),
        "day": lambda one: f"{one.date.day:02}",
        "week": lambda one: f"{one.date.isocalendar().week:02}",
        "month": lambda one: f"{one.date.month:02}",
        "month_name": lambda one: one.month_name,
        "quarter": lambda one: one.quarter,
        "year": lambda one: f"{one.date.year:04}",
        "period": lambda one: one.period,
        "period_start": lambda one: one.date.isoformat(),
        "period_end": lambda one: one.ends.isoformat(),
        "number": lambda one: one.number,
    }
)
"""Every placeholder, and what stands for it."""


def resolve(value: Any, occurrence: Occurrence) -> Any:  # noqa: ANN401 - any JSON
    """Return a JSON value with what its texts' placeholders stand for."""
    if isinstance(value, str):
        return _PLACEHOLDER.sub(lambda match: _said(match, occurrence), value)
    if isinstance(value, Mapping):
        return {name: resolve(inner, occurrence) for name, inner in value.items()}
    if isinstance(value, list):
        return [resolve(inner, occurrence) for inner in value]
    return value


def unknown(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any JSON
    """Yield where a text has a placeholder that stands for nothing, and its name."""
    if isinstance(value, str):
        for match in _PLACEHOLDER.finditer(value):
            if match[1] not in NAMES:
                yield pointer, match[1]
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from unknown(inner, f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from unknown(inner, f"{pointer}/{number}")


def _said(match: re.Match[str], occurrence: Occurrence) -> str:
    say = NAMES.get(match[1])
    if say is None:
        return match[0]
    distance = int((match[2] or "0").replace(" ", ""))
    try:
        return str(say(occurrence.moved(distance) if distance else occurrence))
    except OverflowError:  # in no year that can be written
        return match[0]
