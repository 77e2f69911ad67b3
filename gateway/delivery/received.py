"""Whether somebody may have received a document on the ways of this feature."""

from uuid import UUID

from gateway.delivery.tables import email, share_link
from gateway.kit.tenancy import TenantTransaction

_LEAVING = ("queued", "sending")


def why_received(tx: TenantTransaction, document_id: UUID, *, leaving: bool = False) -> str | None:
    """Return why a document may be with somebody already; None when it is with nobody.

    Asked under the document's lock, which a mail is queued under as well. With `leaving` only what
    is still to leave counts.
    """
    posted = tx.select(email, email.c.id).where(
        email.c.document_id == document_id,
        email.c.state.in_(_LEAVING if leaving else (*_LEAVING, "sent", "unknown")),
    )
    if tx.execute(posted.limit(1)).first() is not None:
        return "An e-mail with it is on its way, or there already."
    if leaving:
        return None
    seen = tx.select(share_link, share_link.c.id).where(
        share_link.c.document_id == document_id, share_link.c.views > 0
    )
    if tx.execute(seen.limit(1)).first() is not None:
        return "Its shared page was opened."
    return None
