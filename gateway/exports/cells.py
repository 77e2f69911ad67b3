"""The columns of CSV and XLSX."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gateway.exports.repository import ExportedDocument
from gateway.kit.ids import public_id
from gateway.sheets.cells import Value

METADATA = "metadata."
"""In front of the name of a column that holds metadata."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: Its heading.
        of: Its value, of a document and, in an export of lines, of one of its lines.
    """

    name: str
    of: Callable[[ExportedDocument, Mapping[str, Any]], Value]


def _public(document: ExportedDocument) -> str:
    return public_id(document.kind.prefix, document.id)


def _open(document: ExportedDocument) -> Decimal | None:
    if document.amount_due is None:
        return None
    due = document.amount_due - document.amount_credited - document.amount_paid
    return max(due, Decimal()) if document.state == "issued" else Decimal()


def _digest(document: ExportedDocument) -> str | None:
    return None if document.content_sha256 is None else document.content_sha256.hex()


def _customer(document: ExportedDocument) -> str | None:
    return None if document.customer_id is None else public_id("cus", document.customer_id)


def _amount(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


_DOCUMENT = (
    Column("document_id", lambda d, _: _public(d)),
    Column("entity_id", lambda d, _: public_id("ent", d.entity_id)),
    Column("kind", lambda d, _: d.kind.value),
    Column("number", lambda d, _: d.number),
    Column("state", lambda d, _: d.state),
    Column("issue_date", lambda d, _: d.issue_date),
)
_DOCUMENTS = (
    *_DOCUMENT,
    Column("type_code", lambda d, _: d.type_code),
    Column("due_date", lambda d, _: d.due_date),
    Column("currency_code", lambda d, _: d.currency_code),
    Column("total_without_vat", lambda d, _: d.total_without_vat),
    Column("total_vat", lambda d, _: d.total_vat),
    Column("total_with_vat", lambda d, _: d.total_with_vat),
    Column("amount_due", lambda d, _: d.amount_due),
    Column("amount_paid", lambda d, _: d.amount_paid),
    Column("amount_credited", lambda d, _: d.amount_credited),
    Column("amount_open", lambda d, _: _open(d)),
    Column("customer_id", lambda d, _: _customer(d)),
    Column("customer_name", lambda d, _: d.customer_name),
    Column("customer_vat_identifier", lambda d, _: d.customer_vat_identifier),
    Column("buyer_reference", lambda d, _: d.buyer_reference),
    Column("issued_at", lambda d, _: d.issued_at),
    Column("sent_at", lambda d, _: d.sent_at),
    Column("voided_at", lambda d, _: d.voided_at),
    Column("sha256", lambda d, _: _digest(d)),
)
_LINES = (
    *_DOCUMENT,
    Column("currency_code", lambda d, _: d.currency_code),
    Column("customer_name", lambda d, _: d.customer_name),
    Column("line", lambda _, line: line.get("identifier")),
    Column("item_name", lambda _, line: line.get("item_name")),
    Column("item_description", lambda _, line: line.get("item_description")),
    Column("quantity", lambda _, line: _amount(line.get("invoiced_quantity"))),
    Column("unit_code", lambda _, line: line.get("unit_code")),
    Column("net_price", lambda _, line: _amount(line.get("item_net_price"))),
    Column("net_amount", lambda _, line: _amount(line.get("net_amount"))),
    Column("vat_category_code", lambda _, line: line.get("vat_category_code")),
    Column("vat_rate", lambda _, line: _amount(line.get("vat_rate"))),
)


def columns(*, lines: bool, metadata: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns of an export, with one for each name of metadata at the end."""
    own = tuple(Column(METADATA + name, _metadata(name)) for name in metadata)
    return (_LINES if lines else _DOCUMENTS) + own


def rows(
    document: ExportedDocument, columns: Sequence[Column], *, lines: bool
) -> Iterator[list[Value]]:
    """Yield the rows of a document: one, or one for each of its lines."""
    parts: Sequence[Mapping[str, Any]] = [{}]
    if lines:
        parts = (document.invoice or {}).get("lines", [])
    for part in parts:
        yield [column.of(document, part) for column in columns]


def _metadata(name: str) -> Callable[[ExportedDocument, Mapping[str, Any]], Value]:
    return lambda document, _: document.metadata.get(name)
