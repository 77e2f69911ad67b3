"""Queries of exports: issued documents in the order of their ids, page by page."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.exports.schemas import ExportInput
from gateway.exports.tables import archive_entry, document
from gateway.kinds import DocumentKind
from gateway.kit.tenancy import TenantTransaction
from gateway.reports.counting import stands

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents an export is of.

    Attributes:
        given: What the caller asked for.
        as_of: Only what was issued by then: what comes later does not change the export.
        within: In place of that, of a bundle: only what the first so many leaves of the log hold,
            and do not certify as destroyed. A moment would not do: a document may be committed, or
            destroyed, after the bundle's head was taken.
    """

    given: ExportInput
    as_of: datetime.datetime
    within: int | None = None


@dataclass(frozen=True, slots=True)
class ExportedDocument:
    """An issued document as exports read it.

    Attributes:
        counts: Whether totals count it: neither voided nor replaced.
        invoice: The canonical invoice, where the export needs it.
    """

    entity_id: UUID
    id: UUID
    kind: DocumentKind
    state: str
    number: str | None
    issue_date: datetime.date | None
    due_date: datetime.date | None
    issued_at: datetime.datetime | None
    sent_at: datetime.datetime | None
    voided_at: datetime.datetime | None
    currency_code: str | None
    total_without_vat: Decimal | None
    total_vat: Decimal | None
    total_with_vat: Decimal | None
    amount_due: Decimal | None
    amount_paid: Decimal
    amount_credited: Decimal
    customer_id: UUID | None
    customer_name: str | None
    content_sha256: bytes | None
    metadata: Mapping[str, str]
    type_code: str | None
    buyer_reference: str | None
    customer_vat_identifier: str | None
    counts: bool
    invoice: Mapping[str, Any] | None


_OF_INVOICE: Mapping[str, Path] = {
    "type_code": ("type_code",),
    "buyer_reference": ("buyer_reference",),
    "customer_vat_identifier": ("buyer", "vat_identifier"),
}
_COLUMNS = tuple(
    name for name in ExportedDocument.__slots__ if name not in {*_OF_INVOICE, "counts", "invoice"}
)


def count(tx: TenantTransaction, wanted: Wanted) -> int:
    """Return how many documents there are."""
    query = tx.select(document, sa.func.count()).where(_condition(tx, wanted))
    return int(tx.execute(query).scalar_one())


def metadata_names(tx: TenantTransaction, wanted: Wanted) -> tuple[str, ...]:
    """Return the names of all metadata of the documents, in order."""
    name = sa.func.jsonb_object_keys(document.c.metadata)
    query = tx.select(document, name).where(_condition(tx, wanted)).distinct()
    return tuple(sorted(row[0] for row in tx.execute(query)))


def page(
    tx: TenantTransaction,
    wanted: Wanted,
    *,
    after: UUID | None,
    limit: int,
    with_invoice: bool,
) -> list[ExportedDocument]:
    """Return up to `limit` documents with ids greater than `after`, in the order of ids."""
    columns: list[sa.ColumnElement[Any]] = [document.c[name] for name in _COLUMNS]
    columns += [document.c.invoice[path].astext for path in _OF_INVOICE.values()]
    columns.append(
        sa.and_(document.c.state != "voided", stands(tx, document.c.id, document.c.kind))
    )
    columns.append(document.c.invoice if with_invoice else sa.null())
    query = tx.select(document, *columns).where(_condition(tx, wanted))
    if after is not None:
        query = query.where(document.c.id > after)
    found = []
    for row in tx.execute(query.order_by(document.c.id).limit(limit)):
        values = dict(zip((*_COLUMNS, *_OF_INVOICE, "counts", "invoice"), row, strict=True))
        found.append(ExportedDocument(**{**values, "kind": DocumentKind(values["kind"])}))
    return found


def _condition(tx: TenantTransaction, wanted: Wanted) -> sa.ColumnElement[bool]:
    c, given = document.c, wanted.given
    conditions: list[sa.ColumnElement[bool]] = [
        c.issue_date.is_not(None),
        c.state.in_(given.states),
    ]
    if wanted.within is None:
        conditions += [c.issued_at <= wanted.as_of, c.destroyed_at.is_(None)]
    else:
        conditions += [
            _logged(tx, "document", wanted.within),
            sa.not_(_logged(tx, "destruction-certificate", wanted.within)),
        ]
    if given.kinds is not None:
        conditions.append(c.kind.in_([kind.value for kind in given.kinds]))
    if given.since is not None:
        conditions.append(c.issue_date >= given.since)
    if given.until is not None:
        conditions.append(c.issue_date <= given.until)
    if given.metadata:
        conditions.append(c.metadata.contains(dict(given.metadata)))
    return sa.and_(*conditions)


def _logged(tx: TenantTransaction, role: str, within: int) -> sa.ColumnElement[bool]:
    """Return whether the first leaves of the log have evidence of this role of a document."""
    entry = archive_entry.c
    query = tx.select(archive_entry, entry.document_id).where(
        entry.entity_id == document.c.entity_id,
        entry.document_id == document.c.id,
        entry.role == role,
        entry.log_index < within,
    )
    return query.correlate(document).exists()
