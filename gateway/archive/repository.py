"""Queries of the archive: entries of a tenant, and the installation's one log."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import Row, func, insert, or_, select, text, tuple_

from gateway.archive.evidence import ArchiveEntry
from gateway.archive.merkle import Growth, Position
from gateway.archive.tables import archive_entry, log_checkpoint, log_head, log_node
from gateway.kit.tenancy import TenantTransaction

_SUBJECT = func.coalesce(archive_entry.c.document_id, archive_entry.c.received_id)
_FIELDS = tuple(
    _SUBJECT.label(name) if name == "document_id" else archive_entry.c[name]
    for name in ArchiveEntry.__dataclass_fields__
)

# One round trip while the head is locked.
_GROW = text("""
with nodes as (
  insert into log_node (level, index, hash)
  select * from unnest(cast(:levels as smallint[]), cast(:indexes as bigint[]),
                       cast(:hashes as bytea[]))
), noted as (
  insert into log_checkpoint (size, root, note, at) values (:size, :root, :note, :at)
)
update log_head set size = :size, root = :root where id = 1 and size = :before
""")


def entries(transaction: TenantTransaction, document_id: UUID) -> tuple[ArchiveEntry, ...]:
    """Return the evidence of a document, issued or received, in the order of the log."""
    columns = archive_entry.c
    statement = (
        transaction.select(archive_entry, *_FIELDS)
        .where(or_(columns.document_id == document_id, columns.received_id == document_id))
        .order_by(archive_entry.c.log_index)
    )
    return tuple(map(_entry, transaction.execute(statement)))


def entry(transaction: TenantTransaction, entry_id: UUID) -> ArchiveEntry | None:
    """Return one entry, if this tenant has it."""
    statement = transaction.select(archive_entry, *_FIELDS).where(archive_entry.c.id == entry_id)
    row = transaction.execute(statement).one_or_none()
    return None if row is None else _entry(row)


def add_entries(
    transaction: TenantTransaction, added: Sequence[ArchiveEntry], *, received: bool
) -> None:
    """Insert entries for the transaction's entity: of a document issued, or of one received."""
    owner = {"account_id": transaction.tenant.account_id, "entity_id": transaction.entity_id}
    rows = [
        owner
        | {name: getattr(one, name) for name in ArchiveEntry.__dataclass_fields__}
        | ({"document_id": None, "received_id": one.document_id} if received else {})
        for one in added
    ]
    transaction.execute(insert(archive_entry), rows)


def lock_head(transaction: TenantTransaction) -> int:
    """Take the lock under which the log grows, and return its size."""
    statement = select(log_head.c.size).where(log_head.c.id == 1).with_for_update()
    return int(transaction.execute(statement).scalar_one())


def nodes(
    transaction: TenantTransaction, positions: Iterable[Position]
) -> Mapping[Position, bytes]:
    """Return stored subtree hashes."""
    columns = log_node.c
    place = tuple_(columns.level, columns.index)
    statement = select(columns.level, columns.index, columns.hash)
    rows = transaction.execute(statement.where(place.in_(list(positions))))
    return {(level, index): bytes(value) for level, index, value in rows}


def grow(
    transaction: TenantTransaction,
    before: int,
    growth: Growth,
    note: str,
    now: datetime.datetime,
) -> None:
    """Write the new nodes, head and checkpoint; the head must be locked.

    Raises:
        RuntimeError: The head is not as it was when it was locked.
    """
    places = list(growth.nodes)
    result = transaction.execute(
        _GROW,
        {
            "levels": [level for level, _ in places],
            "indexes": [index for _, index in places],
            "hashes": [growth.nodes[place] for place in places],
            "size": growth.size,
            "root": growth.root,
            "note": note,
            "at": now,
            "before": before,
        },
    )
    if result.rowcount != 1:
        raise RuntimeError("the head of the log moved under its lock")


def newest_checkpoint(transaction: TenantTransaction) -> tuple[int, str] | None:
    """Return size and note of the newest checkpoint; None while the log is empty."""
    columns = log_checkpoint.c
    statement = select(columns.size, columns.note).order_by(columns.size.desc()).limit(1)
    row = transaction.execute(statement).one_or_none()
    return None if row is None else (int(row.size), str(row.note))


def _entry(row: Row[tuple[object, ...]]) -> ArchiveEntry:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented name
    return ArchiveEntry(**(values | {"sha256": bytes(row.sha256), "leaf": bytes(row.leaf)}))
