"""Which evidence a store is to be told of, and whose it is; who knows until when asks here."""

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from gateway.archive.tables import archive_entry, archive_told
from gateway.kit.tenancy import TenantTransaction

_COLUMNS = archive_entry.c
_THERE = _COLUMNS.destroyed_at.is_(None)
_DOCUMENT = sa.func.coalesce(_COLUMNS.document_id, _COLUMNS.received_id)


class Fresh(NamedTuple):
    """An entry that the store was not told of.

    Attributes:
        log_index: Its leaf.
        owner: The entity.
        document_id: Issued or received.
    """

    log_index: int
    owner: UUID
    document_id: UUID


def fresh(tx: TenantTransaction, most: int) -> Sequence[Fresh]:
    """Return the next entries in the order of the log, for a worker in nobody's name."""
    place = sa.select(archive_told.c.next_index).scalar_subquery()
    query = (
        sa.select(_COLUMNS.log_index, _COLUMNS.entity_id, _DOCUMENT)
        .where(_COLUMNS.log_index >= place)
        .order_by(_COLUMNS.log_index)
        .limit(most)
    )
    return [Fresh(*row) for row in tx.execute(query)]


def told(tx: TenantTransaction, log_index: int) -> None:
    """Remember that the store was told of everything up to this leaf, and of this one."""
    tx.execute(sa.update(archive_told).values(next_index=log_index + 1))


def digests_of(tx: TenantTransaction, documents: Collection[UUID]) -> frozenset[bytes]:
    """Return the digests of all evidence of documents, issued or received."""
    query = tx.select(archive_entry, _COLUMNS.sha256).where(
        sa.or_(_COLUMNS.document_id.in_(documents), _COLUMNS.received_id.in_(documents)),
        _THERE,
    )
    return frozenset(bytes(digest) for (digest,) in tx.execute(query))


def digests_after(tx: TenantTransaction, after: bytes, most: int) -> Sequence[bytes]:
    """Return the entity's next digests, in order."""
    query = (
        tx.select(archive_entry, _COLUMNS.sha256)
        .where(_COLUMNS.sha256 > after, _THERE)
        .distinct()
        .order_by(_COLUMNS.sha256)
        .limit(most)
    )
    return [bytes(digest) for (digest,) in tx.execute(query)]


def naming(tx: TenantTransaction, digests: Collection[bytes]) -> Sequence[tuple[bytes, UUID]]:
    """Return each digest with every document of the entity that has it in its evidence."""
    query = tx.select(archive_entry, _COLUMNS.sha256, _DOCUMENT).where(
        _COLUMNS.sha256.in_(digests), _THERE
    )
    return [(bytes(digest), document) for digest, document in tx.execute(query.distinct())]
