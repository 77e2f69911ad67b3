"""Days that Croatia takes: HR-BR-2, -4, -40, -41, -44, -45, -48 to -52."""

import re
from collections.abc import Iterator
from datetime import date

from formats.cius.roots import is_credit_note
from formats.en16931.model import Invoice
from formats.en16931.rules.base import fatal, missing
from formats.findings import Finding

RULES = frozenset(f"HR-BR-{number}" for number in (2, 4, 40, 41, 44, 45, 48, 49, 50, 51, 52))

_FIRST_INVOICE = date(2026, 1, 1)
_FIRST = date(1900, 1, 1)
_END = date(2100, 1, 1)
_TIME = re.compile("[0-9]{2}:[0-9]{2}:[0-9]{2}")

_Day = tuple[str, str, str, date | None]


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return the days and times that are missing or out of range."""
    return (*_issued(invoice), *_due(invoice), *_others(invoice))


def _issued(invoice: Invoice) -> Iterator[Finding]:
    day = invoice.issue_date
    if day is None or not _FIRST_INVOICE <= day <= _END:
        yield fatal(
            "HR-BR-40",
            "/issue_date",
            "BT-2",
            f"The invoice is dated {day or 'never'} (BT-2); eRačun begins on {_FIRST_INVOICE}.",
            f"Date it {_FIRST_INVOICE} or later.",
        )
    time = invoice.extensions.issue_time if invoice.extensions else None
    if time is None or not _TIME.fullmatch(str(time)):
        yield missing("HR-BR-2", "/extensions/issue_time", "HR-BT-2", "time of issue (hh:mm:ss)")


def _due(invoice: Invoice) -> Iterator[Finding]:
    due, amount = invoice.payment_due_date, invoice.totals.amount_due
    if amount is not None and is_credit_note(invoice):
        amount = -amount  # what a credit note gives back is not to be paid
    if amount is not None and amount <= 0:
        return
    if due is None or amount is None:
        yield missing("HR-BR-4", "/payment_due_date", "BT-9", "due date of what is to be paid")
    if due is None or not _FIRST <= due < _END:
        yield _out_of_range("HR-BR-41", "/payment_due_date", "BT-9", due)


def _others(invoice: Invoice) -> Iterator[Finding]:
    for rule, pointer, term, day in _days(invoice):
        if day is not None and not _FIRST <= day < _END:
            yield _out_of_range(rule, pointer, term, day)
    for number, reference in enumerate(invoice.preceding_invoice_references):
        day = reference.issue_date
        if day is None or not _FIRST <= day < _END:
            where = f"/preceding_invoice_references/{number}/issue_date"
            yield _out_of_range("HR-BR-45", where, "BT-26", day)


def _days(invoice: Invoice) -> Iterator[_Day]:
    point = invoice.value_added_tax_point_date
    yield "HR-BR-48", "/value_added_tax_point_date", "BT-7", point
    delivery = invoice.delivery_information
    if delivery is not None:
        where = "/delivery_information"
        yield "HR-BR-44", f"{where}/actual_delivery_date", "BT-72", delivery.actual_delivery_date
        period = delivery.invoicing_period
        if period is not None:
            where = f"{where}/invoicing_period"
            yield "HR-BR-49", f"{where}/start_date", "BT-73", period.start_date
            yield "HR-BR-50", f"{where}/end_date", "BT-74", period.end_date
    for number, line in enumerate(invoice.lines):
        if line.period is not None:
            where = f"/lines/{number}/period"
            yield "HR-BR-51", f"{where}/start_date", "BT-134", line.period.start_date
            yield "HR-BR-52", f"{where}/end_date", "BT-135", line.period.end_date


def _out_of_range(rule: str, pointer: str, term: str, day: date | None) -> Finding:
    return fatal(
        rule,
        pointer,
        term,
        f"{term} is {day or 'missing'}; Croatia takes days from {_FIRST} until {_END}.",
        "Correct the day.",
    )
