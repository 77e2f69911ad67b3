"""Queries on documents; every one of them goes through the tenant filter."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from gateway.documents.tables import document
from gateway.kinds import DocumentKind
from gateway.kit.tenancy import TenantTransaction

_ONE_NUMBER = "document_entity_id_number_key"  # as PostgreSQL names it


class NumberUsedError(Exception):
    """Another document of the series has this number; the transaction cannot go on."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A row of `document`."""

    account_id: UUID
    entity_id: UUID
    id: UUID
    kind: DocumentKind
    state: str
    profile: str | None
    series_id: UUID | None
    sequence: int | None
    number: str | None
    issue_date: datetime.date | None
    body: str
    invoice: Mapping[str, Any] | None
    report: Mapping[str, Any] | None
    content_sha256: bytes | None
    retain_until: datetime.date | None
    metadata: Mapping[str, str]
    version: int
    created_at: datetime.datetime
    updated_at: datetime.datetime
    issued_at: datetime.datetime | None
    currency_code: str | None
    total_without_vat: Decimal | None
    total_vat: Decimal | None
    total_with_vat: Decimal | None
    amount_due: Decimal | None
    due_date: datetime.date | None
    customer_id: UUID | None
    customer_name: str | None
    amount_paid: Decimal
    sent_at: datetime.datetime | None
    voided_at: datetime.datetime | None
    void_reason: str | None


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list may be narrowed to."""

    kinds: tuple[DocumentKind, ...] = tuple(DocumentKind)
    state: str | None = None
    number: str | None = None
    metadata: Mapping[str, str] | None = None


def _row(row: sa.Row[Any]) -> DocumentRow:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    return DocumentRow(**{**values, "kind": DocumentKind(values["kind"])})


def insert(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Add a draft."""
    tx.execute(tx.insert(document, **values))


def get(
    tx: TenantTransaction, document_id: UUID, kinds: Sequence[DocumentKind], *, lock: bool = False
) -> DocumentRow | None:
    """Return one document; with `lock`, nobody else can change it until the transaction ends."""
    query = tx.select(document).where(document.c.id == document_id, document.c.kind.in_(kinds))
    if lock:
        query = query.with_for_update()
    row = tx.execute(query).one_or_none()
    return None if row is None else _row(row)


def page(
    tx: TenantTransaction, wanted: Filter, *, before: UUID | None, limit: int
) -> list[DocumentRow]:
    """Return up to `limit` documents, newest first, older than `before`."""
    query = tx.select(document).where(document.c.kind.in_(wanted.kinds))
    if wanted.state is not None:
        query = query.where(document.c.state == wanted.state)
    if wanted.number is not None:
        query = query.where(document.c.number == wanted.number)
    if wanted.metadata:
        query = query.where(document.c["metadata"].contains(dict(wanted.metadata)))
    if before is not None:
        query = query.where(document.c.id < before)
    query = query.order_by(document.c.id.desc()).limit(limit)
    return [_row(row) for row in tx.execute(query)]


def update(tx: TenantTransaction, document_id: UUID, values: Mapping[str, Any]) -> None:
    """Change a document; the database refuses what an issued one may not change.

    Raises:
        NumberUsedError: The number is used, also by a transaction that committed just now.
    """
    statement = (
        tx.update(document)
        .where(document.c.id == document_id)
        .values(**values, version=document.c.version + 1)
    )
    try:
        tx.execute(statement)
    except IntegrityError as error:
        cause = error.orig
        if isinstance(cause, psycopg.Error) and cause.diag.constraint_name == _ONE_NUMBER:
            raise NumberUsedError from None
        raise
