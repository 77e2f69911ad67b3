"""The PDFs of an export: those that are handed out one by one, in their entity's look."""

from uuid import UUID

from gateway.delivery.renditions import Renditions
from gateway.documents.service import Documents
from gateway.exports.service import Rendition
from gateway.kit import clock
from gateway.kit.tenancy import TenantTransaction


def branded(documents: Documents, renditions: Renditions) -> Rendition:
    """Return what draws a document once, and returns the same bytes ever after."""

    def drawn(tx: TenantTransaction, document_id: UUID) -> bytes:
        return renditions.pdf(tx, documents.get(tx, document_id), clock.now()).content

    return drawn
