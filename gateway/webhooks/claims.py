"""Taking deliveries off the queue to send them, and giving them back.

`sending` is committed before anything is sent, with the end of the lease; a row that is still
there then belongs to who takes it next.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.tenancy import Environment, Tenant, TenantTransaction
from gateway.webhooks.tables import endpoint, queue


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that somebody took to send it.

    Attributes:
        account_id: Whose.
        entity_id: The entity the event is about; none for the trial of an account's endpoint.
        environment: Whose.
        delivery_id: What.
        endpoint_id: To whom.
        attempts: Failures since it was queued.
        claims: The fence: who has an older number has lost it.
        abandoned: Somebody took it before and did not come back.
    """

    account_id: UUID
    entity_id: UUID | None
    environment: Environment
    delivery_id: UUID
    endpoint_id: UUID
    attempts: int
    claims: int
    abandoned: bool

    @property
    def tenant(self) -> Tenant:
        """In whose name it is sent."""
        entities = () if self.entity_id is None else (self.entity_id,)
        return Tenant(self.account_id, entities, self.environment, account_wide=True)


_CLAIMED = tuple(
    queue.c[name] for name in Claim.__dataclass_fields__ if name not in {"claims", "abandoned"}
)


def claim(  # noqa: PLR0913 - who may be claimed
    tx: TenantTransaction,
    *,
    now: datetime.datetime,
    lease: timedelta,
    only: Sequence[UUID] | None,
    but: Sequence[UUID],
    limit: int,
) -> list[Claim]:
    """Take what is due, the oldest of each endpoint, in a transaction of the worker.

    A row that is being sent is due when its lease has ended.

    Args:
        tx: The transaction; what it took is taken when it commits.
        now: The present moment.
        lease: How long the rows are ours.
        only: Of these endpoints alone.
        but: Of these endpoints none.
        limit: Rows at most.
    """
    first = (
        tx.select(queue, *_CLAIMED, queue.c.claims, queue.c.state)
        .where(queue.c.endpoint_id == endpoint.c.id, queue.c.due_at <= now)
        .order_by(queue.c.due_at, queue.c.delivery_id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .correlate(endpoint)
        .lateral()
    )
    paused = endpoint.c.paused_until
    query = (
        tx.select(endpoint, *first.c)
        .join(first, sa.true())
        .where(endpoint.c.enabled, endpoint.c.deleted_at.is_(None), endpoint.c.id.not_in(but))
        .where(paused.is_(None) | (paused <= now))
        .limit(limit)
    )
    if only is not None:
        query = query.where(endpoint.c.id.in_(only))
    rows = tx.execute(query).all()
    for row in rows:
        tx.execute(
            tx.update(queue)
            .where(queue.c.account_id == row.account_id, queue.c.delivery_id == row.delivery_id)
            .values(state="sending", due_at=now + lease, claims=queue.c.claims + 1)
        )
    return [
        Claim(
            account_id=row.account_id,
            entity_id=row.entity_id,
            environment=row.environment,
            delivery_id=row.delivery_id,
            endpoint_id=row.endpoint_id,
            attempts=row.attempts,
            claims=row.claims + 1,
            abandoned=row.state == "sending",
        )
        for row in rows
    ]


def hold(tx: TenantTransaction, claimed: Claim) -> bool:
    """Lock a claimed row; return False when somebody else has claimed it since."""
    query = tx.select(queue, queue.c.claims).where(queue.c.delivery_id == claimed.delivery_id)
    found = tx.execute(query.with_for_update()).scalar_one_or_none()
    return found == claimed.claims


def put_off(tx: TenantTransaction, claimed: Claim, due_at: datetime.datetime) -> None:
    """Queue a held row for its next attempt."""
    tx.execute(
        tx.update(queue)
        .where(queue.c.delivery_id == claimed.delivery_id)
        .values(state="queued", due_at=due_at, attempts=claimed.attempts + 1)
    )


def take_off(tx: TenantTransaction, delivery_id: UUID) -> None:
    """Take a delivery off the queue."""
    tx.execute(tx.delete(queue).where(queue.c.delivery_id == delivery_id))
