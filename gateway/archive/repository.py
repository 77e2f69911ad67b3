"""Queries of the archive: entries of a tenant, and the installation's one log."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    DateTime,
    LargeBinary,
    Row,
    Text,
    Uuid,
    bindparam,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeEngine

from gateway.archive.evidence import ArchiveEntry
from gateway.archive.merkle import Growth, Position
from gateway.archive.tables import archive_entry, log_checkpoint
from gateway.kit.tenancy import TenantTransaction

_SUBJECT = func.coalesce(archive_entry.c.document_id, archive_entry.c.received_id)
_FIELDS = tuple(
    _SUBJECT.label(name) if name == "document_id" else archive_entry.c[name]
    for name in ArchiveEntry.__dataclass_fields__
)

# One round trip while the head is locked.
_ADDED: Mapping[str, TypeEngine[Any]] = {
    "account_id": Uuid(),
    "entity_id": Uuid(),
    "id": Uuid(),
    "document_id": Uuid(),
    "received_id": Uuid(),
    "role": Text(),
    "name": Text(),
    "media_type": Text(),
    "size": BigInteger(),
    "sha256": LargeBinary(),
    "leaf": LargeBinary(),
    "log_index": BigInteger(),
    "at": DateTime(timezone=True),
}
_GROW = text(f"""
with entries as (
  insert into archive_entry ({", ".join(_ADDED)})
  select * from unnest({", ".join(f":added_{name}" for name in _ADDED)})
), nodes as (
  insert into log_node (level, index, hash)
  select * from unnest(cast(:levels as smallint[]), cast(:indexes as bigint[]),
                       cast(:hashes as bytea[]))
), noted as (
  insert into log_checkpoint (size, root, note, at) values (:size, :root, :note, :at)
)
update log_head set size = :size, root = :root where id = 1 and size = :before
""").bindparams(  # noqa: S608 - our own words alone
    *(bindparam(f"added_{name}", type_=ARRAY(kind)) for name, kind in _ADDED.items())
)
_HEAD = text("select size from log_head where id = 1 for update")
_NODES = text("""
select level, index, hash
  from unnest(cast(:levels as smallint[]), cast(:indexes as bigint[])) as place (level, index)
  join log_node using (level, index)
""")

_STRETCH = text("""
select hash from log_node where level = :level and index >= :first and index < :first + :width
 order by index
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


def columns(
    transaction: TenantTransaction, added: Sequence[ArchiveEntry], *, received: bool
) -> Mapping[str, Sequence[object]]:
    """Return entries of the transaction's entity, issued or received, column by column."""
    subjects = [one.document_id for one in added]
    nothing = [None] * len(added)
    whose: dict[str, Sequence[object]] = {
        "account_id": [transaction.tenant.account_id] * len(added),
        "entity_id": [transaction.entity_id] * len(added),
        "document_id": nothing if received else subjects,
        "received_id": subjects if received else nothing,
    }
    return {
        name: whose[name] if name in whose else [getattr(one, name) for one in added]
        for name in _ADDED
    }


def lock_head(transaction: TenantTransaction) -> int:
    """Take the lock under which the log grows, and return its size."""
    return int(transaction.execute(_HEAD).scalar_one())


def nodes(
    transaction: TenantTransaction, positions: Iterable[Position]
) -> Mapping[Position, bytes]:
    """Return stored subtree hashes."""
    places = list(positions)
    asked = {
        "levels": [level for level, _ in places],
        "indexes": [index for _, index in places],
    }
    rows = transaction.execute(_NODES, asked)
    return {(level, index): bytes(value) for level, index, value in rows}


def stretch(
    transaction: TenantTransaction, level: int, first: int, width: int
) -> tuple[bytes, ...]:
    """Return hashes that stand beside each other in a level; fewer when there are no more."""
    asked = {"level": level, "first": first, "width": width}
    return tuple(bytes(value) for (value,) in transaction.execute(_STRETCH, asked))


def grow(  # noqa: PLR0913 - all that one statement writes
    transaction: TenantTransaction,
    *,
    before: int,
    growth: Growth,
    note: str,
    now: datetime.datetime,
    added: Mapping[str, Sequence[object]],
) -> None:
    """Write entries (as `columns`), new nodes, head and checkpoint; the head must be locked.

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
            **{f"added_{name}": values for name, values in added.items()},
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
