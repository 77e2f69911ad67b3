"""Queries of the archive: entries of a tenant, and the installation's one log."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
from gateway.archive.merkle import HASH_SIZE, Growth, Position, frontier
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
    "entity_index": BigInteger(),
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
), own_nodes as (
  insert into entity_log_node (account_id, entity_id, level, index, hash)
  select :account_id, :entity_id, * from unnest(cast(:own_levels as smallint[]),
    cast(:own_indexes as bigint[]), cast(:own_hashes as bytea[]))
), own as (
  insert into entity_log (account_id, entity_id, size, edge)
  values (:account_id, :entity_id, :own_size, :own_edge)
  on conflict (entity_id) do update set size = excluded.size, edge = excluded.edge
)
update log_head set size = :size, root = :root where id = 1 and size = :before
returning (select array_agg(distinct e.sha256) from archive_entry e
            where e.entity_id = any(:added_entity_id) and e.sha256 = any(:added_sha256)
              and e.destroyed_at is not null)
""").bindparams(  # noqa: S608 - our own words alone
    *(bindparam(f"added_{name}", type_=ARRAY(kind)) for name, kind in _ADDED.items())
)
_HEAD = text("select size from log_head where id = 1 for update")
_NODES = text("""
select level, index, hash
  from unnest(cast(:levels as smallint[]), cast(:indexes as bigint[])) as place (level, index)
  join log_node using (level, index)
""")
# The entity's log is read with them: after the lock, in the statement that everybody waits for.
_EDGES = text("""
select level, index, hash
  from unnest(cast(:levels as smallint[]), cast(:indexes as bigint[])) as place (level, index)
  join log_node using (level, index)
union all
select cast(-1 as smallint), size, edge from entity_log where entity_id = :entity_id
""")
_STRETCH = text("""
select hash from log_node where level = :level and index >= :first and index < :first + :width
 order by index
""")


@dataclass(frozen=True, slots=True)
class EntityGrowth:
    """What is written when the log of an entity grows.

    Attributes:
        size: Leaves then.
        edge: The subtrees it is made of then, the largest first.
        nodes: The subtrees that were completed.
    """

    size: int
    edge: bytes
    nodes: Mapping[Position, bytes]


@dataclass(frozen=True, slots=True)
class EntityEdge:
    """Where the log of an entity grows.

    Attributes:
        size: Its leaves.
        edge: Hashes of the complete subtrees it is made of, the largest first.
    """

    size: int = 0
    edge: bytes = b""

    @property
    def nodes(self) -> Mapping[Position, bytes]:
        """The hashes at the frontier."""
        hashes = (self.edge[at : at + HASH_SIZE] for at in range(0, len(self.edge), HASH_SIZE))
        return dict(zip(frontier(self.size), hashes, strict=True))

    def grown(self, growth: Growth) -> EntityGrowth:
        """Return what is written after a growth."""
        known = {**self.nodes, **growth.nodes}
        edge = b"".join(known[place] for place in frontier(growth.size))
        return EntityGrowth(growth.size, edge, growth.nodes)


def entries(transaction: TenantTransaction, document_id: UUID) -> tuple[ArchiveEntry, ...]:
    """Return the evidence of a document, issued or received, in the order of the log."""
    columns = archive_entry.c
    statement = (
        transaction.select(archive_entry, *_FIELDS)
        .where(or_(columns.document_id == document_id, columns.received_id == document_id))
        .order_by(archive_entry.c.log_index)
    )
    return tuple(map(_entry, transaction.execute(statement)))


def entries_about_entity(transaction: TenantTransaction) -> tuple[ArchiveEntry, ...]:
    """Return the evidence about the transaction's entity itself, in the order of the log."""
    columns = archive_entry.c
    statement = (
        transaction.select(archive_entry, *_FIELDS)
        .where(columns.entity_id == transaction.entity_id)
        .where(columns.document_id.is_(None), columns.received_id.is_(None))
        .order_by(columns.log_index)
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


def edges(
    transaction: TenantTransaction, positions: Iterable[Position]
) -> tuple[Mapping[Position, bytes], EntityEdge]:
    """Return stored subtree hashes, and where the log of the transaction's entity grows."""
    places = list(positions)
    asked = {
        "levels": [level for level, _ in places],
        "indexes": [index for _, index in places],
        "entity_id": transaction.entity_id,
    }
    found = {
        (level, index): bytes(value) for level, index, value in transaction.execute(_EDGES, asked)
    }
    own = EntityEdge()
    for level, size in [place for place in found if place[0] < 0]:
        own = EntityEdge(size, found.pop((level, size)))
    return found, own


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
    entity: EntityGrowth,
    note: str,
    now: datetime.datetime,
    added: Mapping[str, Sequence[object]],
) -> tuple[bytes, ...]:
    """Write entries (as `columns`), new nodes, head and checkpoint; the head must be locked.

    Returns:
        Digests of those whose bytes the entity had once before, and had destroyed.

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
            "account_id": transaction.tenant.account_id,
            "entity_id": transaction.entity_id,
            "own_levels": [level for level, _ in entity.nodes],
            "own_indexes": [index for _, index in entity.nodes],
            "own_hashes": list(entity.nodes.values()),
            "own_size": entity.size,
            "own_edge": entity.edge,
            **{f"added_{name}": values for name, values in added.items()},
        },
    )
    row = result.one_or_none()
    if row is None:
        raise RuntimeError("the head of the log moved under its lock")
    return tuple(map(bytes, row[0] or ()))


def mark_destroyed(
    transaction: TenantTransaction, ids: Sequence[UUID], moment: datetime.datetime
) -> None:
    """Note that entries of a destroyed document have no bytes."""
    statement = transaction.update(archive_entry).where(archive_entry.c.id.in_(ids))
    transaction.execute(statement.values(destroyed_at=moment))


def destroyed(transaction: TenantTransaction, document_id: UUID) -> tuple[ArchiveEntry, ...]:
    """Return the entries of a document whose bytes are to be destroyed, or were."""
    return tuple(one for one in entries(transaction, document_id) if one.destroyed_at is not None)


def living(transaction: TenantTransaction, digest: bytes) -> bool:
    """Tell whether an entry of the entity still names bytes that must be there."""
    columns = archive_entry.c
    query = transaction.select(archive_entry, columns.id).where(
        columns.sha256 == digest, columns.destroyed_at.is_(None)
    )
    return transaction.execute(query.limit(1)).one_or_none() is not None


def newest_checkpoint(transaction: TenantTransaction) -> tuple[int, str] | None:
    """Return size and note of the newest checkpoint; None while the log is empty."""
    columns = log_checkpoint.c
    statement = select(columns.size, columns.note).order_by(columns.size.desc()).limit(1)
    row = transaction.execute(statement).one_or_none()
    return None if row is None else (int(row.size), str(row.note))


def _entry(row: Row[tuple[object, ...]]) -> ArchiveEntry:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented name
    return ArchiveEntry(**(values | {"sha256": bytes(row.sha256), "leaf": bytes(row.leaf)}))
