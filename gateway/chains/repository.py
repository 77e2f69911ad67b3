"""Queries on chains and their records; every one of them goes through the tenant filter."""

import datetime
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.chains.tables import chain, chain_record
from gateway.kit.ids import new_id
from gateway.kit.kept import Added, Kept
from gateway.kit.tenancy import TenantTransaction

FIRST_USE = "first record"
"""Why a chain was opened that nobody re-seeded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainRow:
    """A chain.

    Attributes:
        chain_key: `<scheme>/<what the scheme counts in>`.
        owner: Whose it is for the authority; empty until its first record says so.
        generation: Counts the chains under one key; all but the last are closed.
        state: `open`: it grows; `halted`: it must not, for now; `closed`: it has a successor.
        first_sequence: The place of its first record.
        first_previous: What that one names as its predecessor.
        next_sequence: The place of its next record.
        last_digest: What that one will name.
        last_record: Its newest record; None while it has none.
        last_at: The newest record's moment.
        void_from: What stands from this place on the authority will never have: it refused the
            record there for good, or a successor has taken over before it.
    """

    entity_id: UUID
    id: UUID
    chain_key: str
    generation: int
    state: Literal["open", "halted", "closed"]
    first_sequence: int
    first_previous: str
    next_sequence: int
    last_digest: str
    last_record: UUID | None
    last_at: datetime.datetime | None
    opened_at: datetime.datetime
    opened_because: str
    owner: str = ""
    halted_at: datetime.datetime | None = None
    halted_because: str | None = None
    closed_at: datetime.datetime | None = None
    closed_because: str | None = None
    void_from: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """One record of a chain; it never changes.

    Attributes:
        sequence: Its place in the chain.
        digest: What its successor names.
        previous: The digest of its predecessor; for the first of a chain what the law says.
        document_id: What it is about.
        kind: What it says of that: `issue`; later `mend`, `cancel`.
        record: The exact bytes that the digest is computed from.
        at: Its moment, as the bytes say.
    """

    id: UUID
    chain_id: UUID
    chain_key: str
    sequence: int
    digest: str
    previous: str
    document_id: UUID | None
    kind: str
    record: bytes
    at: datetime.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignRow:
    """A record as the authority has it.

    Attributes:
        number: Of the document; empty where the authority does not say.
        registration: What the authority calls it; empty likewise.
    """

    chain_key: str
    sequence: int
    digest: str
    number: str = ""
    registration: str = ""


_CHAIN = tuple(chain.c[name] for name in ChainRow.__dataclass_fields__)
_RECORD = tuple(chain_record.c[name] for name in RecordRow.__dataclass_fields__)


def _open(tx: TenantTransaction) -> sa.Select[*tuple[Any, ...]]:
    return tx.select(chain, *_CHAIN).where(
        chain.c.chain_key == sa.bindparam("of_key"), chain.c.state != "closed"
    )


def _places(tx: TenantTransaction) -> sa.Select[*tuple[Any, ...]]:
    records = chain_record.c
    shown = (chain.c.id, chain.c.chain_key, chain.c.state, records.sequence)
    query = tx.select(chain, *shown).join(chain_record, records.chain_id == chain.c.id)
    query = query.where(records.document_id == sa.bindparam("of_document"))
    return query.order_by(records.id.desc()).limit(1)


_CURRENT = Kept(_open)
_HOLD = Kept(lambda tx: _open(tx).with_for_update())
_PLACE = Kept(_places)
_ADD = Added(chain_record)
_RECORD_OF = Kept(
    lambda tx: tx.select(chain_record, *_RECORD).where(chain_record.c.id == sa.bindparam("of_id"))
)


def hold(tx: TenantTransaction, chain_key: str, now: datetime.datetime) -> ChainRow:
    """Lock the current chain of a key until the transaction ends; open the first one."""
    row = _current(tx, chain_key, lock=True)
    if row is None:
        first = ChainRow(
            entity_id=tx.entity_id,
            id=new_id(),
            chain_key=chain_key,
            generation=1,
            state="open",
            first_sequence=1,
            first_previous="",
            next_sequence=1,
            last_digest="",
            last_record=None,
            last_at=None,
            opened_at=now,
            opened_because=FIRST_USE,
        )
        begin(tx, first)  # or somebody else did, and we wait for him
        row = _current(tx, chain_key, lock=True)
    if row is None:
        raise AssertionError(f"the chain {chain_key} was closed without a successor")
    return row


def begin(tx: TenantTransaction, row: ChainRow) -> None:
    """Add a chain, unless its key has a current one, or one of this generation."""
    values = asdict(row) | {"account_id": tx.tenant.account_id}
    tx.execute(postgresql.insert(chain).values(values).on_conflict_do_nothing())


def current(tx: TenantTransaction, chain_key: str) -> ChainRow | None:
    """Return the chain of a key that is not closed."""
    return _current(tx, chain_key, lock=False)


def add(tx: TenantTransaction, record: RecordRow) -> None:
    """Add a record to a chain that is held, and move the chain's head to it."""
    _ADD(tx, **asdict(record))
    tx.execute(
        tx.update(chain)
        .where(chain.c.id == record.chain_id)
        .values(
            next_sequence=record.sequence + 1,
            last_digest=record.digest,
            last_record=record.id,
            last_at=record.at,
        )
    )


def give(tx: TenantTransaction, chain_id: UUID, owner: str) -> None:
    """Say whose a chain is for the authority.

    Raises:
        IntegrityError: He has another of the scheme that is not closed.
    """
    tx.execute(tx.update(chain).where(chain.c.id == chain_id).values(owner=owner))


def is_owned(tx: TenantTransaction, scheme: str, owner: str, *, but_of: Collection[UUID]) -> bool:
    """Tell whether an owner has a chain of a scheme that is not closed, of any tenant.

    Args:
        tx: A worker's, without a tenant.
        scheme: Which.
        owner: Whose.
        but_of: Entities whose chains do not count.
    """
    query = sa.select(chain.c.id).where(
        sa.func.split_part(chain.c.chain_key, "/", 1) == scheme,
        chain.c.owner == owner,
        chain.c.state != "closed",
        chain.c.entity_id.not_in(but_of),
    )
    return tx.execute(query.limit(1)).first() is not None


def halt(tx: TenantTransaction, chain_key: str, reason: str, now: datetime.datetime) -> bool:
    """Halt the open chain of a key; False when none is open."""
    changed = tx.execute(
        tx.update(chain)
        .where(chain.c.chain_key == chain_key, chain.c.state == "open")
        .values(state="halted", halted_at=now, halted_because=reason)
    )
    return changed.rowcount > 0


def reopen(tx: TenantTransaction, chain_id: UUID) -> None:
    """Let a chain that is held, and was halted, grow again."""
    tx.execute(
        tx.update(chain)
        .where(chain.c.id == chain_id)
        .values(state="open", halted_at=None, halted_because=None)
    )


def close(
    tx: TenantTransaction,
    chain_id: UUID,
    reason: str,
    now: datetime.datetime,
    *,
    void_from: int | None = None,
) -> None:
    """Close a chain that is held, for good."""
    tx.execute(
        tx.update(chain)
        .where(chain.c.id == chain_id)
        .values(state="closed", closed_at=now, closed_because=reason, void_from=void_from)
    )


def void(tx: TenantTransaction, chain_id: UUID, place: int) -> None:
    """Note that the authority will never have what stands from a place on."""
    first = sa.func.least(sa.func.coalesce(chain.c.void_from, place), place)
    tx.execute(tx.update(chain).where(chain.c.id == chain_id).values(void_from=first))


def listed(tx: TenantTransaction, chain_key: str | None = None) -> list[ChainRow]:
    """Return the entity's chains, or those of one key, in order of key and generation."""
    query = tx.select(chain, *_CHAIN).order_by(chain.c.chain_key, chain.c.generation)
    if chain_key is not None:
        query = query.where(chain.c.chain_key == chain_key)
    return [_chain(row) for row in tx.execute(query)]


def get(tx: TenantTransaction, chain_id: UUID) -> ChainRow | None:
    """Return one chain."""
    row = tx.execute(tx.select(chain, *_CHAIN).where(chain.c.id == chain_id)).one_or_none()
    return None if row is None else _chain(row)


def records(
    tx: TenantTransaction, chain_id: UUID, *, after: int = 0, limit: int
) -> list[RecordRow]:
    """Return records of a chain in order, from behind a place."""
    query = (
        tx.select(chain_record, *_RECORD)
        .where(chain_record.c.chain_id == chain_id, chain_record.c.sequence > after)
        .order_by(chain_record.c.sequence)
        .limit(limit)
    )
    return [_record(row) for row in tx.execute(query)]


def record(tx: TenantTransaction, record_id: UUID) -> RecordRow | None:
    """Return one record."""
    row = _RECORD_OF(tx, of_id=record_id).one_or_none()
    return None if row is None else _record(row)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the newest record of a document stands: in which chain, at which place."""

    chain_id: UUID
    chain_key: str
    state: Literal["open", "halted", "closed"]
    sequence: int


def place_of(tx: TenantTransaction, document_id: UUID) -> Place | None:
    """Return where a document's newest record stands; None when it has none."""
    row = _PLACE(tx, of_document=document_id).one_or_none()
    return None if row is None else Place(*row)


def digests(tx: TenantTransaction, chain_id: UUID, places: Collection[int]) -> dict[int, str]:
    """Return the digests of a chain's records at some places; those it has not are left out."""
    query = tx.select(chain_record, chain_record.c.sequence, chain_record.c.digest).where(
        chain_record.c.chain_id == chain_id, chain_record.c.sequence.in_(list(places))
    )
    return {row.sequence: row.digest for row in tx.execute(query)}


def _current(tx: TenantTransaction, chain_key: str, *, lock: bool) -> ChainRow | None:
    row = (_HOLD if lock else _CURRENT)(tx, of_key=chain_key).one_or_none()
    return None if row is None else _chain(row)


def _chain(row: sa.Row[Any]) -> ChainRow:
    return ChainRow(**dict(row._mapping))  # noqa: SLF001 - SQLAlchemy's public name for it


def _record(row: sa.Row[Any]) -> RecordRow:
    return RecordRow(**dict(row._mapping))  # noqa: SLF001 - the same
