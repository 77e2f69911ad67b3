"""Finding issued documents by what somebody knows of them."""

from uuid import UUID

from gateway.documents.tables import document
from gateway.kit.tenancy import TenantTransaction
from gateway.sought import Found, Sought, conditions, found, party_vat

_COLUMNS = (
    document.c.id,
    document.c.kind,
    document.c.number,
    document.c.issue_date,
    document.c.customer_name.label("party"),
    party_vat(document).label("party_vat"),
    document.c.currency_code,
    document.c.total_with_vat.label("total"),
    document.c.content_sha256.label("sha256"),
)


def find(tx: TenantTransaction, sought: Sought, *, before: UUID | None, limit: int) -> list[Found]:
    """Return up to `limit` issued documents that fit, newest first, older than `before`."""
    query = tx.select(document, *_COLUMNS).where(
        document.c.issued_at.is_not(None),
        document.c.destroyed_at.is_(None),
        *conditions(document, sought),
    )
    if sought.known_by is not None:
        query = query.where(document.c.issued_at <= sought.known_by)
    if before is not None:
        query = query.where(document.c.id < before)
    rows = tx.execute(query.order_by(document.c.id.desc()).limit(limit))
    return [found(row) for row in rows.mappings()]
