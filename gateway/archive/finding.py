"""Finding documents by the digest of any file of their evidence."""

from uuid import UUID

from gateway.archive.tables import archive_entry
from gateway.kit.tenancy import TenantTransaction

_MOST = (
    1000  # the same bytes as evidence of many documents: a schema's report, an answer to a batch
)


def holding(tx: TenantTransaction, sha256: bytes) -> frozenset[UUID]:
    """Return the documents, issued or received, that have a file with this SHA-256 as evidence."""
    columns = archive_entry.c
    query = tx.select(archive_entry, columns.document_id, columns.received_id)
    rows = tx.execute(query.where(columns.sha256 == sha256).limit(_MOST))
    return frozenset(row.document_id or row.received_id for row in rows)
