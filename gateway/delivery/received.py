"""Whether somebody may have received a document on the ways of this feature."""

from uuid import UUID

from gateway.delivery.tables import email, share_link
from gateway.kit.tenancy import TenantTransaction


def is_about_to_be_mailed(tx: TenantTransaction, document_id: UUID) -> bool:
    """Tell whether an e-mail with a document is still to leave. Asked under the same lock."""
    waiting = tx.select(email, email.c.id).where(
        email.c.document_id == document_id, email.c.state.in_(("queued", "sending"))
    )
    return tx.execute(waiting.limit(1)).first() is not None


def why_received(tx: TenantTransaction, document_id: UUID) -> str | None:
    """Return why a document may be with somebody already; None when it is with nobody.

    Asked under the document's lock, which a mail is queued under as well.
    """
    posted = tx.select(email, email.c.id).where(
        email.c.document_id == document_id,
        email.c.state.in_(("queued", "sending", "sent", "unknown")),
    )
    if tx.execute(posted.limit(1)).first() is not None:
        return "An e-mail with it is on its way, or there already."
    seen = tx.select(share_link, share_link.c.id).where(
        share_link.c.document_id == document_id, share_link.c.views > 0
    )
    if tx.execute(seen.limit(1)).first() is not None:
        return "Its shared page was opened."
    return None
