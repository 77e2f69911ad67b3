"""What is still to be done for received documents: a queue that every worker may take from."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

import sqlalchemy as sa

from gateway.inbox.tables import inbox_work
from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.kit.tenancy import Environment, Tenant, TenantTransaction

Kind = Literal["read", "answer"]
"""Read a document that was stored; tell the network what was decided about it."""

_DOUBLINGS = 10
_LONGEST = datetime.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Work:
    """One thing to do, taken by this process for a while.

    Attributes:
        attempts: How often it was taken, this time included.
    """

    id: UUID
    account_id: UUID
    entity_id: UUID
    environment: Environment
    received_id: UUID
    kind: Kind
    attempts: int

    @property
    def tenant(self) -> Tenant:
        """Whose it is; done in the gateway's own name."""
        return Tenant(self.account_id, (self.entity_id,), self.environment)


def add(tx: TenantTransaction, received_id: UUID, kind: Kind, due_at: datetime.datetime) -> None:
    """Queue something in the transaction that makes it necessary."""
    values = {"id": new_id(), "received_id": received_id, "kind": kind, "due_at": due_at}
    tx.execute(tx.insert(inbox_work, **values))


def done(tx: TenantTransaction, received_id: UUID, kind: Kind) -> None:
    """Forget what is done, in the transaction that did it."""
    columns = inbox_work.c
    statement = tx.delete(inbox_work).where(
        columns.received_id == received_id, columns.kind == kind
    )
    tx.execute(statement)


def take(
    database: Database, now: datetime.datetime, patience: Mapping[Kind, datetime.timedelta]
) -> Work | None:
    """Take what is due longest, so that nobody else does while it is worked on.

    Args:
        database: Used as gw_worker, without a tenant.
        now: The moment.
        patience: How long others leave each kind alone; twice as long at each further attempt.
    """
    columns = inbox_work.c
    names = (*(name for name in Work.__slots__ if name != "attempts"), "attempts")
    with database.worker_transaction() as tx:
        query = (
            sa.select(*(columns[name] for name in names))
            .where(columns.due_at <= now)
            .order_by(columns.due_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = tx.execute(query).one_or_none()
        if row is None:
            return None
        first = patience[row.kind]
        wait = min(first * 2 ** min(row.attempts, _DOUBLINGS), max(first, _LONGEST))
        taken = sa.update(inbox_work).where(columns.id == row.id)
        tx.execute(taken.values(attempts=row.attempts + 1, due_at=now + wait))
        return Work(**{**row._mapping, "attempts": row.attempts + 1})  # noqa: SLF001 - its public name
