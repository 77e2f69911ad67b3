"""What the law asks of a business: structured invoices, in time, kept for years."""

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


class Anchor(StrEnum):
    """From when a retention period is counted."""

    CALENDAR_YEAR_END = "calendar_year_end"
    FISCAL_YEAR_END = "fiscal_year_end"


class DocumentKind(StrEnum):
    """What a document is about, where the law keeps some longer than others."""

    INVOICE = "invoice"
    """Every invoice and credit note."""
    IMMOVABLE_PROPERTY = "immovable_property"
    """Those about land and buildings, whose input tax is adjusted over many years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long a kind of document stays, and from when that is counted.

    Attributes:
        years: Full years after the anchor.
        source: The act.
        anchor: From when the years are counted.
        kind: Which documents.
        since: First day of issue it covers; None when it is older than we go.
        until: Last day of issue it covers; None while in force.
    """

    years: int
    source: Source
    anchor: Anchor = Anchor.CALENDAR_YEAR_END
    kind: DocumentKind = DocumentKind.INVOICE
    since: datetime.date | None = None
    until: datetime.date | None = None

    def covers(self, issue_date: datetime.date) -> bool:
        """True when documents issued on the day fall under this period."""
        began = self.since is None or self.since <= issue_date
        return began and (self.until is None or issue_date <= self.until)

    def keep_until(
        self, issue_date: datetime.date, *, fiscal_year_end: tuple[int, int] = (12, 31)
    ) -> datetime.date:
        """Return the last day on which the document must still exist.

        Args:
            issue_date: BT-2.
            fiscal_year_end: Month and day on which the entity's business year ends; matters only
                where the law counts from there.
        """
        month, day = (12, 31)
        if self.anchor is Anchor.FISCAL_YEAR_END:
            month, day = fiscal_year_end
        ends_next_year = (issue_date.month, issue_date.day) > (month, day)
        year = issue_date.year + self.years + (1 if ends_next_year else 0)
        year = min(year, datetime.MAXYEAR)  # a date typed wrong is no reason to fail
        return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))
