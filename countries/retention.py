"""How long the law has a document kept, from when that is counted, and which rule says so.

A country declares rules (`Retention`); a document is described by the facts that they turn on
(`Basis`). `kept` applies every rule that covers it and takes the longest: keeping too long can be
mended, destroying too early cannot.
"""

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from countries.sources import Source


class Anchor(StrEnum):
    """From when a period is counted."""

    CALENDAR_YEAR_END = "calendar_year_end"
    """The end of the calendar year of issue."""
    FISCAL_YEAR_END = "fiscal_year_end"
    """The end of the business year of issue."""
    FISCAL_YEAR_CALENDAR_END = "fiscal_year_calendar_end"
    """The end of the calendar year in which the business year of issue ends."""
    FIRST_OF_JULY = "first_of_july"
    """1 July of the calendar year after the one in which the business year of issue ends."""
    ISSUE = "issue"
    """The day of issue."""
    TAX_PERIOD_END = "tax_period_end"
    """The end of the calendar quarter of the tax point. Who declares by the month ends earlier; no
    document says who does."""
    TAX_DUE = "tax_due"
    """The day on which that quarter's tax is due: `due_day` of the month after it."""
    TAX_DUE_YEAR_END = "tax_due_year_end"
    """The end of the calendar year of that day."""


class RecordKind(StrEnum):
    """What a document is, where the law keeps some longer than others."""

    INVOICE = "invoice"
    """An invoice the entity issued, and all that has no rule of its own."""
    CREDIT_NOTE = "credit_note"
    RECEIVED = "received"
    """An invoice to the entity, also one that it wrote for its supplier."""
    FISCAL_RECORD = "fiscal_record"
    """What an authority was told when the document was issued."""
    BUSINESS_LETTER = "business_letter"
    """Offers, orders, proformas: they show no transaction that took place."""


class Subject(StrEnum):
    """What a document is about, where its tax is adjusted over many years."""

    IMMOVABLE_PROPERTY = "immovable_property"
    """Land and buildings."""
    CAPITAL_GOODS = "capital_goods"
    """Other assets that serve for years."""


CALENDAR_YEAR = (12, 31)
"""The end of a business year that is the calendar year: month and day."""

_QUARTER = 3  # months


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What must be known of a document to say how long it is kept.

    Attributes:
        issued: BT-2; of what came, the day it came.
        kinds: What it is: more than one where its evidence is, too.
        subjects: What it is about.
        tax_point: The day its tax arose, where that is not the day of issue.
        fiscal_year_end: Month and day on which the entity's business year ends; 29 February
            stands for the last day of February.
    """

    issued: datetime.date
    kinds: frozenset[RecordKind] = frozenset({RecordKind.INVOICE})
    subjects: frozenset[Subject] = frozenset()
    tax_point: datetime.date | None = None
    fiscal_year_end: tuple[int, int] = CALENDAR_YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long documents stay, and from when that is counted.

    Attributes:
        years: Full years after the anchor.
        months: Full months beside them.
        source: The act.
        anchor: From when they are counted.
        kind: Which documents. Without meaning where there is a subject.
        subject: Documents about this, of whatever kind.
        since: First day of issue it covers; None when it is older than we go.
        until: Last day of issue it covers; None while it takes new ones in.
        enacted: First day on which this is the law; None when it is older than we go. A law may
            cover documents that were issued before it.
        repealed: Last day on which it is; None while in force.
        due_day: Day of the month on which tax is due; of `TAX_DUE` and `TAX_DUE_YEAR_END` alone.
    """

    years: int
    source: Source
    months: int = 0
    anchor: Anchor = Anchor.CALENDAR_YEAR_END
    kind: RecordKind = RecordKind.INVOICE
    subject: Subject | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    enacted: datetime.date | None = None
    repealed: datetime.date | None = None
    due_day: int = 31

    def covers(self, issued: datetime.date) -> bool:
        """True when documents issued on the day fall under this rule."""
        return _within(issued, self.since, self.until)

    def is_law_on(self, day: datetime.date) -> bool:
        """True when this was, or is, the law on a day."""
        return _within(day, self.enacted, self.repealed)

    def keep_until(self, basis: Basis) -> datetime.date:
        """Return the last day on which the document must still exist."""
        if self.anchor is Anchor.FISCAL_YEAR_END:
            month, day = basis.fiscal_year_end
            return _shifted(_fiscal_year(basis), month, day, self.years, self.months)
        begin = self._begin(basis)
        return _shifted(begin.year, begin.month, begin.day, self.years, self.months)

    def _begin(self, basis: Basis) -> datetime.date:
        begin = _day(basis.issued.year, *CALENDAR_YEAR)
        match self.anchor:
            case Anchor.FISCAL_YEAR_CALENDAR_END:
                begin = _day(_fiscal_year(basis), *CALENDAR_YEAR)
            case Anchor.FIRST_OF_JULY:
                begin = _day(_fiscal_year(basis) + 1, 7, 1)
            case Anchor.ISSUE:
                begin = basis.issued
            case Anchor.TAX_PERIOD_END:
                begin = _quarter_end(basis)
            case Anchor.TAX_DUE:
                begin = self._due(basis)
            case Anchor.TAX_DUE_YEAR_END:
                begin = _day(self._due(basis).year, *CALENDAR_YEAR)
        return begin

    def _due(self, basis: Basis) -> datetime.date:
        ended = _quarter_end(basis)
        return _shifted(ended.year, ended.month, self.due_day, 0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What one rule says of a document.

    Attributes:
        rule: The rule.
        until: The last day on which the document must still exist.
    """

    rule: Retention
    until: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How long a document is kept, and why.

    Attributes:
        terms: What each rule that applies says, the longest first; never empty.
    """

    terms: tuple[Term, ...]

    @property
    def until(self) -> datetime.date:
        """The last day on which it must still exist."""
        return self.terms[0].until

    @property
    def rule(self) -> Retention:
        """The rule that says so."""
        return self.terms[0].rule


class NoRuleError(LookupError):
    """No rule covers the document: the declaration leaves a gap."""


def kept(rules: Iterable[Retention], basis: Basis, on: datetime.date) -> Kept:
    """Return how long a document is kept by the law of a day.

    A kind without a rule of its own is kept like an ordinary invoice.

    Args:
        rules: A country's, past and present.
        basis: The document.
        on: The day whose law is asked for.

    Raises:
        NoRuleError: No rule covers it.
    """
    covering = [rule for rule in rules if rule.is_law_on(on) and rule.covers(basis.issued)]
    applying = [rule for rule in covering if rule.subject in basis.subjects]
    for kind in sorted(basis.kinds):
        plain = [rule for rule in covering if rule.subject is None]
        own = [rule for rule in plain if rule.kind is kind]
        applying += own or [rule for rule in plain if rule.kind is RecordKind.INVOICE]
    terms = {rule: Term(rule=rule, until=rule.keep_until(basis)) for rule in applying}
    if not terms:
        raise NoRuleError(f"nothing says how long what was issued on {basis.issued} is kept")
    # Stable: of two equally long ones the one of the subject, or the one declared first, is named.
    return Kept(terms=tuple(sorted(terms.values(), key=lambda term: term.until, reverse=True)))


def _within(day: datetime.date, first: datetime.date | None, last: datetime.date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _fiscal_year(basis: Basis) -> int:
    """Return the calendar year in which the business year of issue ends."""
    issued = basis.issued
    return issued.year + ((issued.month, issued.day) > basis.fiscal_year_end)


def _quarter_end(basis: Basis) -> datetime.date:
    day = max(basis.issued, basis.tax_point or basis.issued)
    month = (day.month + _QUARTER - 1) // _QUARTER * _QUARTER
    return _day(day.year, month, 31)


def _shifted(year: int, month: int, day: int, years: int, months: int) -> datetime.date:
    further, month = divmod(month - 1 + months, 12)
    return _day(year + years + further, month + 1, day)


def _day(year: int, month: int, day: int) -> datetime.date:
    """Return a day, or the last of a shorter month; a year typed wrong is no reason to fail."""
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))
