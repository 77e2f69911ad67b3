"""Queries on documents by how long they are kept, and by whom they name."""

import datetime
from uuid import UUID

from gateway.documents.repository import DocumentRow, read
from gateway.documents.tables import document
from gateway.kit.tenancy import TenantTransaction


def page_of_kept(tx: TenantTransaction, after: UUID | None, limit: int) -> list[DocumentRow]:
    """Return up to `limit` issued documents, oldest first, later than `after`; locked."""
    query = tx.select(document).where(
        document.c.issued_at.is_not(None), document.c.destroyed_at.is_(None)
    )
    if after is not None:
        query = query.where(document.c.id > after)
    query = query.order_by(document.c.id).limit(limit).with_for_update()
    return [read(row) for row in tx.execute(query)]


def page_of_over(
    tx: TenantTransaction, today: datetime.date, before: UUID | None, limit: int
) -> list[DocumentRow]:
    """Return up to `limit` issued documents whose last day is past, newest first."""
    query = tx.select(document).where(
        document.c.retain_until < today, document.c.destroyed_at.is_(None)
    )
    if before is not None:
        query = query.where(document.c.id < before)
    query = query.order_by(document.c.id.desc()).limit(limit)
    return [read(row) for row in tx.execute(query)]


def page_of_customer(
    tx: TenantTransaction, customer_id: UUID, after: UUID | None, limit: int
) -> list[DocumentRow]:
    """Return up to `limit` issued documents of a customer, oldest first, later than `after`.

    Destroyed ones name nobody.
    """
    query = tx.select(document).where(
        document.c.customer_id == customer_id, document.c.issued_at.is_not(None)
    )
    if after is not None:
        query = query.where(document.c.id > after)
    return [read(row) for row in tx.execute(query.order_by(document.c.id).limit(limit))]


def drafts_of_customer(tx: TenantTransaction, customer_id: UUID) -> list[DocumentRow]:
    """Return the drafts that name a customer, deleted ones too, oldest first; locked."""
    query = tx.select(document).where(
        document.c.customer_id == customer_id, document.c.state == "draft"
    )
    return [read(row) for row in tx.execute(query.order_by(document.c.id).with_for_update())]
