"""Queries about heads of the log elsewhere: attempts, cosignatures, and what is witnessed here."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on, insert

from gateway.archive.checkpoint import Checkpoint
from gateway.archive.cosignatures import Cosignature
from gateway.archive.tables import log_anchor, log_checkpoint, log_cosignature, log_witnessed
from gateway.kit.ids import new_id
from gateway.kit.tenancy import TenantTransaction

_A, _C, _W = log_anchor.c, log_cosignature.c, log_witnessed.c
_NEWEST = 1000


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to leave a head of the log with somebody else.

    Attributes:
        kind: `witness`, `file`, `webhook`, `e-mail` or `time-stamp`.
        target: Who, in words that every reader may see.
        size: Leaves of the head.
        root: Its root.
        note: The signed checkpoint that was left there.
        outcome: `done`, `failed`, or `contradicted`: what is there is not this log.
        detail: What was said, for the operator.
        receipt: What was given for it: a time stamp, a cosignature; None: nothing.
        at: When.
    """

    kind: str
    target: str
    size: int
    root: bytes
    note: str
    outcome: str
    detail: str
    receipt: bytes | None
    at: datetime.datetime


_FIELDS = tuple(_A[name] for name in Attempt.__dataclass_fields__)


def note_attempt(transaction: TenantTransaction, one: Attempt) -> None:
    """Record an attempt."""
    values = {name: getattr(one, name) for name in Attempt.__dataclass_fields__}
    transaction.execute(insert(log_anchor).values(id=new_id(), **values))


def attempts_at(
    transaction: TenantTransaction, kind: str, target: str, limit: int
) -> tuple[Attempt, ...]:
    """Return the newest attempts at one place, the newest first."""
    query = select(*_FIELDS).where(_A.kind == kind, _A.target == target)
    rows = transaction.execute(query.order_by(_A.id.desc()).limit(limit))
    return tuple(Attempt(*row) for row in rows)


def attempts(
    transaction: TenantTransaction, *, limit: int, done: bool = False
) -> tuple[tuple[UUID, Attempt], ...]:
    """Return attempts anywhere, the newest first.

    Args:
        transaction: Any.
        limit: The most.
        done: Only those that came to something.
    """
    query = select(_A.id, *_FIELDS)
    if done:
        query = query.where(_A.outcome == "done")
    rows = transaction.execute(query.order_by(_A.id.desc()).limit(limit))
    return tuple((row[0], Attempt(*row[1:])) for row in rows)


def newest_done(transaction: TenantTransaction, *, within: int) -> tuple[Attempt, ...]:
    """Return the newest head that each place has, of up to `within` leaves, by size and place.

    A place that has none of the newest thousand heads is left out.
    """
    newest = (
        select(*_FIELDS, _A.id)
        .where(_A.outcome == "done", _A.size <= within)
        .order_by(_A.size.desc(), _A.id.desc())
        .limit(_NEWEST)
        .subquery()
    )
    fields = newest.c
    query = (
        select(*(fields[name] for name in Attempt.__dataclass_fields__))
        .ext(distinct_on(fields.kind, fields.target))
        .order_by(fields.kind, fields.target, fields.size.desc(), fields.id.desc())
    )
    found = [Attempt(*row) for row in transaction.execute(query)]
    return tuple(sorted(found, key=lambda one: (one.size, one.kind, one.target)))


def keep_cosignature(
    transaction: TenantTransaction, head: Checkpoint, one: Cosignature, now: datetime.datetime
) -> None:
    """Keep a cosignature of a head; the first of a witness stays."""
    transaction.execute(
        insert(log_cosignature)
        .values(
            size=head.size,
            root=head.root,
            witness=one.witness.name,
            key_id=one.witness.key_id,
            line=one.line,
            at=now,
        )
        .on_conflict_do_nothing()
    )


def cosigned(
    transaction: TenantTransaction, *, at_least: int = 0
) -> tuple[int, str, tuple[str, ...]] | None:
    """Return size, note and cosignature lines of the newest head that a witness cosigned.

    Args:
        transaction: Any.
        at_least: How many leaves it must have.
    """
    query = (
        select(log_checkpoint.c.size, log_checkpoint.c.note)
        .join(log_cosignature, _C.size == log_checkpoint.c.size)
        .where(_C.root == log_checkpoint.c.root, log_checkpoint.c.size >= at_least)
        .order_by(log_checkpoint.c.size.desc())
        .limit(1)
    )
    row = transaction.execute(query).one_or_none()
    if row is None:
        return None
    return int(row.size), str(row.note), lines(transaction, row.size)


def lines(transaction: TenantTransaction, size: int) -> tuple[str, ...]:
    """Return the cosignature lines that belong under the checkpoint of a size."""
    query = (
        select(_C.line)
        .join(log_checkpoint, _C.size == log_checkpoint.c.size)
        .where(_C.size == size, _C.root == log_checkpoint.c.root)
        .order_by(_C.witness, _C.key_id)
    )
    return tuple(str(line) for (line,) in transaction.execute(query))


def cosigned_by(transaction: TenantTransaction, name: str, key_id: bytes) -> int:
    """Return the size of the newest head that a witness cosigned; 0 when it never did."""
    query = select(_C.size).where(_C.witness == name, _C.key_id == key_id)
    found = transaction.execute(query.order_by(_C.size.desc()).limit(1)).scalar()
    return int(found or 0)


def witnessed(transaction: TenantTransaction) -> Sequence[tuple[Checkpoint, datetime.datetime]]:
    """Return the newest checkpoint cosigned of each log that this installation is a witness of."""
    query = select(_W.note, _W.cosigned_at).order_by(_W.origin)
    rows = transaction.execute(query)
    return [(Checkpoint.read(note), at) for note, at in rows]


def lock_witnessed(
    transaction: TenantTransaction, empty: Checkpoint, now: datetime.datetime
) -> tuple[int, bytes]:
    """Lock what is known of a log until the end of the transaction; return its size and root.

    Args:
        transaction: As gw_worker.
        empty: What is known of a log that was never seen: no leaves.
        now: When.
    """
    transaction.execute(
        insert(log_witnessed)
        .values(
            origin=empty.origin,
            size=empty.size,
            root=empty.root,
            note=empty.text() + "\n",
            cosigned_at=now,
        )
        .on_conflict_do_nothing()
    )
    query = select(_W.size, _W.root).where(_W.origin == empty.origin).with_for_update()
    row = transaction.execute(query).one()
    return int(row.size), bytes(row.root)


def move_witnessed(
    transaction: TenantTransaction, head: Checkpoint, note: str, now: datetime.datetime
) -> None:
    """Note the newest checkpoint of a log whose row is locked."""
    transaction.execute(
        log_witnessed.update()
        .where(_W.origin == head.origin)
        .values(size=head.size, root=head.root, note=note, cosigned_at=now)
    )
