"""What chains say of one document, or of one digest; the other queries are in `repository`."""

from uuid import UUID

from gateway.chains.repository import RecordRow
from gateway.chains.tables import chain_record
from gateway.kit.tenancy import TenantTransaction

_COLUMNS = tuple(chain_record.c[name] for name in RecordRow.__dataclass_fields__)


def of_document(tx: TenantTransaction, document_id: UUID) -> list[RecordRow]:
    """Return every record of a document, in the order they were made."""
    query = tx.select(chain_record, *_COLUMNS).where(chain_record.c.document_id == document_id)
    rows = tx.execute(query.order_by(chain_record.c.id)).mappings()
    return [RecordRow(**row) for row in rows]


def cancels(tx: TenantTransaction, document_id: UUID, record: bytes) -> bool:
    """Tell whether a record of a document says that it should never have been issued."""
    query = tx.select(chain_record, chain_record.c.id).where(
        chain_record.c.document_id == document_id,
        chain_record.c.kind == "cancel",
        chain_record.c.record == record,
    )
    return tx.execute(query).first() is not None


def called(tx: TenantTransaction, chain_key: str, digest: str) -> RecordRow | None:
    """Return the record of a key, in whichever of its chains, that a successor names so."""
    query = (
        tx.select(chain_record, *_COLUMNS)
        .where(chain_record.c.chain_key == chain_key, chain_record.c.digest == digest)
        .limit(1)
    )
    row = tx.execute(query).mappings().one_or_none()
    return None if row is None else RecordRow(**row)
