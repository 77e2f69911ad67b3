"""What of an entity is not finished: what is on its way, what waits, what was only begun."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kinds import DocumentKind
from gateway.kit.database import metadata
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction

_NAMED = 100  # of each kind


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What is not finished, of one kind.

    Attributes:
        kind: `transmission`, `job`, `intake`, `inbox_work`, `email` or `draft`.
        number: How many.
        ids: Public ids of the first hundred.
        stays: What this installation must finish before the entity can leave it; the others go
            with the entity as they are, or are left.
    """

    kind: str
    number: int
    ids: tuple[str, ...]
    stays: bool

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "kind": self.kind,
            "number": self.number,
            "ids": list(self.ids),
            "hinders": self.stays,
        }


def unfinished(tx: TenantTransaction, besides: UUID | None = None) -> tuple[Unfinished, ...]:
    """Return what of the transaction's entity is not finished.

    Args:
        tx: Of one entity.
        besides: A job that does not count: the one that asks.
    """
    return tuple(one for one in _all(tx, besides) if one.number)


def _all(tx: TenantTransaction, besides: UUID | None) -> Iterator[Unfinished]:
    outbox, job, intake = _table("outbox"), _table("job"), _table("intake")
    yield _found(tx, "transmission", outbox.c.transmission_id, outbox.c.state != "closed", "trn")
    own = job.c.id == besides if besides is not None else sa.false()
    running = sa.and_(
        job.c.entity_id == tx.entity_id, job.c.state.in_(("queued", "running")), ~own
    )
    yield _found(tx, "job", job.c.id, running, "job")
    yield _found(tx, "intake", intake.c.id, intake.c.state == "queued", "itk")
    work = _table("inbox_work")
    yield _found(tx, "inbox_work", work.c.received_id, sa.true(), "rcv")
    email, document = _table("email"), _table("document")
    waits = email.c.state.in_(("queued", "sending"))
    yield _found(tx, "email", email.c.id, waits, "eml")
    drafts = sa.and_(document.c.state == "draft", document.c.deleted_at.is_(None))
    yield _found(tx, "draft", document.c.id, drafts, "", stays=False)


def _table(name: str) -> sa.Table:
    return metadata.tables[name]


def _found(  # noqa: PLR0913 - a query, and what to call what it finds
    tx: TenantTransaction,
    kind: str,
    column: sa.Column[Any],
    condition: sa.ColumnElement[bool],
    prefix: str,
    *,
    stays: bool = True,
) -> Unfinished:
    table = column.table
    if not isinstance(table, sa.Table):
        raise TypeError("the column is of no table")
    number = tx.execute(tx.select(table, sa.func.count()).where(condition)).scalar_one()
    columns = [column] if prefix else [column, table.c.kind]
    some = tx.select(table, *columns).where(condition).order_by(column).limit(_NAMED)
    ids = tuple(
        public_id(prefix or DocumentKind(row[1]).prefix, row[0]) for row in tx.execute(some)
    )
    return Unfinished(kind, int(number), ids, stays)
