"""What exports hold of documents: the issued bytes, PDFs, and what a bundle says of them."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from gateway.archive.sealed import Sealing
from gateway.archive.service import Archive
from gateway.delivery.renditions import Renditions
from gateway.documents.bundled import Told, told
from gateway.documents.service import Documents
from gateway.kit import clock
from gateway.kit.tenancy import TenantTransaction


@dataclass(frozen=True, slots=True)
class Contents:
    """Where the files of documents come from; a transaction sees one document's entity.

    Attributes:
        archive: Holds the issued bytes.
        rendition: Draws a document once in its entity's look; returns the same PDF ever after.
        told: Says what a document is and what happened to it until a moment.
        sealing: Returns what seals containers in the entity's name at a moment.
    """

    archive: Archive
    rendition: Callable[[TenantTransaction, UUID], bytes]
    told: Callable[[TenantTransaction, UUID, datetime.datetime], Told]
    sealing: Callable[[TenantTransaction, datetime.datetime], Sealing]


def contents_of(documents: Documents, renditions: Renditions) -> Contents:
    """Return what exports hold of the documents of this installation."""

    def drawn(tx: TenantTransaction, document_id: UUID) -> bytes:
        return renditions.pdf(tx, documents.get(tx, document_id), clock.now()).content

    def said(tx: TenantTransaction, document_id: UUID, until: datetime.datetime) -> Told:
        return told(documents, tx, documents.get(tx, document_id), until)

    return Contents(documents.archive, drawn, said, documents.issuer.seals.container)
