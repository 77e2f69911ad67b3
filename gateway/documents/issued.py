"""Whether an entity has issued anything: asked by those who may not know documents."""

from gateway.documents.tables import document
from gateway.kit.tenancy import TenantTransaction


def any_issued(tx: TenantTransaction) -> bool:
    """Tell whether the transaction's entity has issued a document, of any kind."""
    issued = tx.select(document, document.c.id).where(document.c.issued_at.is_not(None))
    return tx.execute(issued.limit(1)).first() is not None
