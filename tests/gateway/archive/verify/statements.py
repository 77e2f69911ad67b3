"""What a bundle states of an invoice, as the gateway does, for the tests of the verifier."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from formats.en16931 import Invoice
from formats.en16931.codes.documents import CREDIT_NOTE_TYPES

TOTALS = ("total_without_vat", "total_vat", "total_with_vat", "amount_due")


def statement(invoice: Invoice) -> dict[str, Any]:
    """Return what `document.json` says of an invoice's content."""
    kind = "invoice"
    if invoice.type_code in CREDIT_NOTE_TYPES:
        kind = "credit_note"
    elif invoice.type_code == "386":
        kind = "advance_invoice"
    row = invoice.model_dump(mode="json", exclude_none=True)
    totals = {name: getattr(invoice.totals, name) for name in TOTALS}
    return {
        "kind": kind,
        "number": invoice.number,
        "issue_date": row.get("issue_date"),
        "currency_code": invoice.currency_code,
        "totals": {name: _amount(value) for name, value in totals.items()},
        "seller": _party(row.get("seller", {})),
        "buyer": _party(row.get("buyer", {})),
    }


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _party(party: Mapping[str, Any]) -> dict[str, Any]:
    return {name: party[name] for name in ("name", "vat_identifier") if name in party}


def changed(document: Mapping[str, Any], pointer: str, value: object) -> dict[str, Any]:
    """Return a statement with one member changed; None takes it out."""
    name, _, rest = pointer[1:].partition("/")
    inner = changed(document[name], f"/{rest}", value) if rest else value
    return {key: one for key, one in {**document, name: inner}.items() if one is not None}
