"""What the law asks of a business: structured invoices, in time."""

import calendar
import datetime
from dataclasses import dataclass
from enum import StrEnum

from countries.sources import Source


class Flow(StrEnum):
    """Who sells to whom; mandates differ by it."""

    B2B = "b2b"
    B2G = "b2g"
    B2C = "b2c"


class Duty(StrEnum):
    """What a mandate asks of a business."""

    ISSUE = "issue"
    RECEIVE = "receive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """From a day on, invoices of a flow must be issued (or accepted) in a structured format.

    Attributes:
        flow: Who sells to whom.
        duty: To issue or to receive.
        since: The first day of the duty.
        formats: What the law accepts, in its own words.
        profiles: Those of them that we can write, by the ids of `formats.registry`.
        channel: How they travel: `peppol`, `si-ujp` ...; `any` when the law leaves it open.
        applies_to: Whom it binds, when not everybody.
        source: The act.
    """

    flow: Flow
    duty: Duty = Duty.ISSUE
    since: datetime.date
    formats: tuple[str, ...]
    profiles: tuple[str, ...]
    channel: str
    applies_to: str = ""
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """By when an invoice must be issued after the supply.

    Attributes:
        months: Months after the month (or day) of the supply.
        day: Day of that month; None counts the months from the day of the supply itself.
        since: The first day of supply that the rule covers; None when it is older than we go.
        applies_to: Which supplies, when not all.
        source: The act.
    """

    months: int
    day: int | None
    since: datetime.date | None = None
    applies_to: str = ""
    source: Source

    def last_day(self, supplied_on: datetime.date) -> datetime.date:
        """Return the last day on which the invoice is still in time."""
        months = supplied_on.year * 12 + supplied_on.month - 1 + self.months
        year, month = divmod(months, 12)
        length = calendar.monthrange(year, month + 1)[1]
        return datetime.date(year, month + 1, min(self.day or supplied_on.day, length))
