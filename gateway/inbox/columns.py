"""What of a received invoice is listed, filtered and compared by."""

import datetime
from decimal import Decimal
from typing import Any

from gateway.conversions.views import invoice_json
from gateway.inbox.parties import keys_of, supplier_of
from gateway.inbox.reading import MOST, Read

_LONGEST = 300  # characters of a text: what is longer is in the invoice, and no index takes it
_MOST_DIGITS = 60
_AMOUNTS = ("total_without_vat", "total_vat", "total_with_vat", "amount_due")


def columns_of(made: Read, now: datetime.datetime) -> dict[str, Any]:
    """Return the values of the row for what was read in a document."""
    report = dict(made.report)
    findings = report["findings"]
    report |= {"findings": findings[:MOST], "finding_count": len(findings)}
    values: dict[str, Any] = {
        "state": made.state,
        "verdict": made.verdict,
        "source": made.source,
        "profile": made.profile,
        "report": report,
        "misaddressed": False,
        "number": None,
        "issue_date": None,
        "supplier_keys": [],
        "read_at": now,
        "updated_at": now,
    }
    invoice = made.invoice
    if invoice is None:
        return values
    supplier = supplier_of(invoice)
    totals = invoice.totals
    return {
        **values,
        "type_code": _text(invoice.type_code),
        "number": _text(invoice.number),
        "issue_date": invoice.issue_date,
        "due_date": invoice.payment_due_date,
        "supplier_name": _text(supplier.name),
        "supplier_keys": [key[:_LONGEST] for key in keys_of(supplier)],
        "currency_code": _text(invoice.currency_code),
        **{name: _amount(getattr(totals, name)) for name in _AMOUNTS},
        "semantic_hash": made.hash,
        "invoice": invoice_json(invoice),
    }


def _text(value: str | None) -> str | None:
    return None if value is None else value[:_LONGEST]


def _amount(value: Decimal | None) -> Decimal | None:
    """Return an amount that a column holds; one of a hundred thousand digits stays in the text."""
    if value is None or not value.is_finite():
        return None
    _, digits, exponent = value.as_tuple()
    fits = len(digits) + abs(int(exponent)) <= _MOST_DIGITS
    return value if fits else None
