"""Queries on messages, deliveries and the queue."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.tenancy import Environment, Tenant, TenantTransaction
from gateway.webhooks.tables import delivery, endpoint, message, queue

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A row of `webhook_delivery`, and when it is tried next."""

    entity_id: UUID | None
    id: UUID
    endpoint_id: UUID
    message_id: UUID
    event_id: UUID
    type: str
    event_at: datetime.datetime
    state: str
    attempts: list[dict[str, Any]]
    created_at: datetime.datetime
    updated_at: datetime.datetime
    due_at: datetime.datetime | None


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


_COLUMNS = tuple(delivery.c[name] for name in DeliveryRow.__dataclass_fields__ if name != "due_at")
_CLAIMED = tuple(
    queue.c[name] for name in Claim.__dataclass_fields__ if name not in {"claims", "abandoned"}
)
_MOST_ATTEMPTS = 50  # that the log keeps of one delivery


def add(
    tx: TenantTransaction,
    messages: Sequence[Row],
    deliveries: Sequence[Row],
    queued: Sequence[Row],
) -> None:
    """Add rows; each carries the tenant of the transaction."""
    for table, rows in ((message, messages), (delivery, deliveries), (queue, queued)):
        if rows:
            tx.execute(sa.insert(table), list(rows))


def messages_of(tx: TenantTransaction, event_ids: Iterable[UUID]) -> dict[tuple[UUID, str], UUID]:
    """Return the messages there are about events, by event and type."""
    query = tx.select(message, message.c.event_id, message.c.type, message.c.id)
    rows = tx.execute(query.where(message.c.event_id.in_(list(event_ids))))
    return {(row.event_id, row.type): row.id for row in rows}


def delivered_events(
    tx: TenantTransaction, endpoint_id: UUID, event_ids: Iterable[UUID]
) -> set[UUID]:
    """Return which events have a delivery to the endpoint."""
    query = tx.select(delivery, delivery.c.event_id).where(
        delivery.c.endpoint_id == endpoint_id, delivery.c.event_id.in_(list(event_ids))
    )
    return set(tx.execute(query).scalars())


def delivery_by_id(
    tx: TenantTransaction, endpoint_id: UUID, delivery_id: UUID
) -> DeliveryRow | None:
    """Return a delivery to an endpoint."""
    query = _deliveries(tx, endpoint_id).where(delivery.c.id == delivery_id)
    row = tx.execute(query).one_or_none()
    return None if row is None else DeliveryRow(*row)


def delivery_page(
    tx: TenantTransaction,
    endpoint_id: UUID,
    *,
    state: str | None,
    before: UUID | None,
    limit: int,
) -> list[DeliveryRow]:
    """Return up to `limit` deliveries to an endpoint, newest first, older than `before`."""
    query = _deliveries(tx, endpoint_id)
    if state is not None:
        query = query.where(delivery.c.state == state)
    if before is not None:
        query = query.where(delivery.c.id < before)
    rows = tx.execute(query.order_by(delivery.c.id.desc()).limit(limit))
    return [DeliveryRow(*row) for row in rows]


def settled_between(  # noqa: PLR0913 - the ends of a range
    tx: TenantTransaction,
    endpoint_id: UUID,
    *,
    states: Sequence[str],
    since: datetime.datetime,
    until: datetime.datetime,
    after: UUID | None,
    limit: int,
) -> list[DeliveryRow]:
    """Return deliveries of events of a span of time, in the order of their ids."""
    query = _deliveries(tx, endpoint_id).where(
        delivery.c.state.in_(states), delivery.c.event_at >= since, delivery.c.event_at < until
    )
    if after is not None:
        query = query.where(delivery.c.id > after)
    return [DeliveryRow(*row) for row in tx.execute(query.order_by(delivery.c.id).limit(limit))]


def payload(tx: TenantTransaction, message_id: UUID) -> bytes:
    """Return the bytes of a message."""
    query = tx.select(message, message.c.payload).where(message.c.id == message_id)
    found: bytes = tx.execute(query).scalar_one()
    return found


def queue_again(
    tx: TenantTransaction, rows: Sequence[DeliveryRow], environment: str, now: datetime.datetime
) -> None:
    """Begin the attempts of settled deliveries anew."""
    ids = [row.id for row in rows]
    if not ids:
        return
    tx.execute(
        tx.update(delivery).where(delivery.c.id.in_(ids)).values(state="pending", updated_at=now)
    )
    add(
        tx,
        (),
        (),
        [
            {
                "account_id": tx.tenant.account_id,
                "entity_id": row.entity_id,
                "environment": environment,
                "delivery_id": row.id,
                "endpoint_id": row.endpoint_id,
                "state": "queued",
                "due_at": now,
                "attempts": 0,
                "claims": 0,
            }
            for row in rows
        ],
    )


def hasten(tx: TenantTransaction, delivery_id: UUID, now: datetime.datetime) -> bool:
    """Make a waiting delivery due now; return False when it does not wait."""
    statement = (
        tx.update(queue)
        .where(queue.c.delivery_id == delivery_id, queue.c.state == "queued")
        .values(due_at=now)
    )
    return tx.execute(statement).rowcount == 1


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


def take_off_all(tx: TenantTransaction, endpoint_id: UUID) -> None:
    """Take all deliveries to an endpoint off the queue, and call them failed."""
    tx.execute(tx.delete(queue).where(queue.c.endpoint_id == endpoint_id))
    tx.execute(
        tx.update(delivery)
        .where(delivery.c.endpoint_id == endpoint_id, delivery.c.state == "pending")
        .values(state="failed")
    )


def record(
    tx: TenantTransaction,
    delivery_id: UUID,
    *,
    state: str,
    attempts: Sequence[Mapping[str, Any]],
    now: datetime.datetime,
) -> None:
    """Say how a delivery stands after its last attempts; the log keeps the newest."""
    query = tx.select(delivery, delivery.c.attempts).where(delivery.c.id == delivery_id)
    before: list[Mapping[str, Any]] = tx.execute(query.with_for_update()).scalar_one()
    tx.execute(
        tx.update(delivery)
        .where(delivery.c.id == delivery_id)
        .values(state=state, attempts=[*before, *attempts][-_MOST_ATTEMPTS:], updated_at=now)
    )


def _deliveries(tx: TenantTransaction, endpoint_id: UUID) -> sa.Select[*tuple[Any, ...]]:
    waiting = queue.c.delivery_id == delivery.c.id
    return (
        tx.select(delivery, *_COLUMNS, queue.c.due_at)
        .outerjoin(queue, sa.and_(queue.c.account_id == delivery.c.account_id, waiting))
        .where(delivery.c.endpoint_id == endpoint_id)
    )
