"""How long an entity must keep a document: its country's rules, and what it says of itself."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Self

from countries.base import Basis, Country, Kept, RecordKind, Subject
from countries.registry import COUNTRIES
from countries.retention import CALENDAR_YEAR
from formats.en16931 import Invoice
from gateway.kinds import DocumentKind

_KINDS: Mapping[DocumentKind, RecordKind] = MappingProxyType(
    {
        DocumentKind.CREDIT_NOTE: RecordKind.CREDIT_NOTE,
        DocumentKind.SELF_BILLED_INVOICE: RecordKind.RECEIVED,
        DocumentKind.SELF_BILLED_CREDIT_NOTE: RecordKind.RECEIVED,
        DocumentKind.ESTIMATE: RecordKind.BUSINESS_LETTER,
        DocumentKind.PROFORMA: RecordKind.BUSINESS_LETTER,
        DocumentKind.ORDER: RecordKind.BUSINESS_LETTER,
    }
)
"""What law calls our kinds. Delivery notes and receipts show what happened, so they are kept like
invoices, as is all that is not named."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """An entity as one who must keep documents.

    Attributes:
        country: Its country's declaration; None where nobody has declared it yet.
        fiscal_year_end: Month and day on which its business year ends.
        subjects: What all its documents are about.
        told: Whether an authority is told of what it issues: those records are kept, too.
    """

    country: Country | None
    fiscal_year_end: tuple[int, int] = CALENDAR_YEAR
    subjects: frozenset[Subject] = frozenset()
    told: bool = False

    @classmethod
    def of(cls, country: Country | None, settings: Mapping[str, Any]) -> Self:
        """Return an entity as its settings, as stored, describe it."""
        own = settings.get("retention") or {}
        ended = own.get("fiscal_year_end")
        month, day = map(int, ended.split("-")) if ended else CALENDAR_YEAR
        return cls(
            country=country,
            fiscal_year_end=(month, day),
            subjects=frozenset(map(Subject, own.get("subjects") or ())),
            told=bool(settings.get("fiscalization")),
        )

    def issued(
        self,
        kind: DocumentKind,
        issue_date: datetime.date,
        tax_point: datetime.date | None = None,
        subjects: Collection[Subject] = (),
    ) -> Basis:
        """Return what law must know of a document that the entity issued.

        Args:
            kind: Its kind.
            issue_date: BT-2.
            tax_point: See `tax_point_of`.
            subjects: What it is about, beside what all are about.
        """
        kinds = {_KINDS.get(kind, RecordKind.INVOICE)}
        if self.told and kind.fiscal:
            kinds.add(RecordKind.FISCAL_RECORD)
        return Basis(
            issued=issue_date,
            kinds=frozenset(kinds),
            subjects=self.subjects | frozenset(subjects),
            tax_point=tax_point,
            fiscal_year_end=self.fiscal_year_end,
        )

    def received(self, day: datetime.date, subjects: Collection[Subject] = ()) -> Basis:
        """Return what law must know of a document that came.

        Args:
            day: The day it came, or a later one that it bears.
            subjects: What it is about, beside what all are about.
        """
        return Basis(
            issued=day,
            kinds=frozenset({RecordKind.RECEIVED}),
            subjects=self.subjects | frozenset(subjects),
            fiscal_year_end=self.fiscal_year_end,
        )

    def kept(self, basis: Basis, on: datetime.date) -> Kept:
        """Return how long a document is kept by the law of a day, and by which rule.

        In a country that nobody has declared yet the strictest of all rules holds: keeping too
        long can be mended, destroying too early cannot. (Live documents need a declared country.)
        """
        if self.country is not None:
            return self.country.kept(basis, on)
        every = (declared.kept(basis, on) for declared in COUNTRIES.values())
        return max(every, key=lambda found: found.until)


def tax_point_of(invoice: Invoice) -> datetime.date | None:
    """Return the last day on which tax of the invoice can have arisen; None where it names none.

    BT-7, the day of delivery (BT-72) and the end of the period (BT-74): the later, the longer.
    """
    delivery = invoice.delivery_information
    period = None if delivery is None else delivery.invoicing_period
    days = (
        invoice.value_added_tax_point_date,
        None if delivery is None else delivery.actual_delivery_date,
        None if period is None else period.end_date,
    )
    return max((day for day in days if day is not None), default=None)
