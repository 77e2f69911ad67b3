"""Queries on erasures."""

import datetime
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.database import Database
from gateway.kit.shelf import Shelf
from gateway.kit.tenancy import ActorKind, Environment, Tenant, TenantTransaction
from gateway.retention.tables import erasure

State = Literal["requested", "approved", "rejected", "done"]


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """A row of `erasure`: what somebody asked to erase about a customer, and what became of it.

    Attributes:
        requested_hand: Who holds what asked for it (`Actor.hand`).
        expires_at: Until then it can be approved.
        due_at: When it is looked next whether the last day of a document is over.
    """

    account_id: UUID
    entity_id: UUID
    id: UUID
    environment: Environment
    customer_id: UUID
    state: State
    reason: str | None
    requested_at: datetime.datetime
    requested_by_kind: ActorKind
    requested_by: str | None
    requested_hand: str
    expires_at: datetime.datetime
    decided_at: datetime.datetime | None
    decided_by_kind: ActorKind | None
    decided_by: str | None
    decided_hand: str | None
    decision_reason: str | None
    due_at: datetime.datetime | None
    done_at: datetime.datetime | None


ERASURES = Shelf(erasure, ErasureRow)


def open_of(tx: TenantTransaction, customer_id: UUID, now: datetime.datetime) -> ErasureRow | None:
    """Return the erasure of a customer that is asked for or goes on."""
    columns = erasure.c
    still = sa.or_(
        columns.state == "approved",
        sa.and_(columns.state == "requested", columns.expires_at > now),
    )
    return next(iter(ERASURES.rows(tx, columns.customer_id == customer_id, still)), None)


def page(tx: TenantTransaction, before: UUID | None, limit: int) -> list[ErasureRow]:
    """Return one page of erasures, newest first."""
    query = tx.select(erasure)
    if before is not None:
        query = query.where(erasure.c.id < before)
    query = query.order_by(erasure.c.id.desc()).limit(limit)
    return [ERASURES.read(row) for row in tx.execute(query)]


def take(
    database: Database, now: datetime.datetime, again: datetime.datetime
) -> tuple[Tenant, UUID] | None:
    """Take the erasure that is due longest, and whose it is; others look at it again later."""
    columns = erasure.c
    with database.worker_transaction() as tx:
        query = (
            sa.select(columns.account_id, columns.entity_id, columns.environment, columns.id)
            .where(columns.due_at <= now)
            .order_by(columns.due_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = tx.execute(query).one_or_none()
        if row is None:
            return None
        taken = sa.update(erasure).where(columns.entity_id == row.entity_id, columns.id == row.id)
        tx.execute(taken.values(due_at=again))
        return Tenant(row.account_id, (row.entity_id,), row.environment), row.id
