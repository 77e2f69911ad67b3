"""Finding received documents by what somebody knows of them."""

from uuid import UUID

import sqlalchemy as sa

from gateway.inbox.tables import received_arrival, received_document
from gateway.kit.tenancy import TenantTransaction
from gateway.sought import Found, Sought, conditions, found, party_vat

_MOST = 1000  # entities have one; an account with all its entities has a few
_COLUMNS = (
    received_document.c.id,
    sa.null().label("kind"),
    received_document.c.number,
    received_document.c.issue_date,
    received_document.c.supplier_name.label("party"),
    party_vat(received_document).label("party_vat"),
    received_document.c.currency_code,
    received_document.c.total_with_vat.label("total"),
    received_document.c.sha256,
)


def find(tx: TenantTransaction, sought: Sought, *, before: UUID | None, limit: int) -> list[Found]:
    """Return up to `limit` received documents that fit, newest first, older than `before`."""
    columns = received_document.c
    query = tx.select(received_document, *_COLUMNS).where(
        columns.destroyed_at.is_(None), *conditions(received_document, sought)
    )
    if sought.known_by is not None:
        query = query.where(columns.created_at <= sought.known_by)
    if before is not None:
        query = query.where(columns.id < before)
    rows = tx.execute(query.order_by(columns.id.desc()).limit(limit))
    return [found(row) for row in rows.mappings()]


def brought_by(tx: TenantTransaction, message_id: str) -> frozenset[UUID]:
    """Return what a message brought, by the name its channel gave it: KSeF's number, say."""
    columns = received_arrival.c
    query = tx.select(received_arrival, columns.received_id)
    rows = tx.execute(query.where(columns.message_id == message_id).limit(_MOST))
    return frozenset(row.received_id for row in rows)
