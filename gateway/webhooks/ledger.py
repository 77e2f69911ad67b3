"""Queries on messages, deliveries and the queue."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.tenancy import TenantTransaction
from gateway.webhooks.tables import delivery, message, queue

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


_COLUMNS = tuple(delivery.c[name] for name in DeliveryRow.__dataclass_fields__ if name != "due_at")
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


def forget(tx: TenantTransaction, before: datetime.datetime, limit: int) -> int:
    """Delete old settled deliveries and messages nobody waits for; return how many rows."""
    old = (
        tx.select(delivery, delivery.c.id)
        .where(delivery.c.state != "pending", delivery.c.created_at < before)
        .limit(limit)
    )
    settled = tx.execute(tx.delete(delivery).where(delivery.c.id.in_(old))).rowcount
    used = tx.select(delivery, delivery.c.id).where(delivery.c.message_id == message.c.id)
    spent = (
        tx.select(message, message.c.id)
        .where(message.c.created_at < before, ~used.correlate(message).exists())
        .limit(limit)
    )
    return settled + tx.execute(tx.delete(message).where(message.c.id.in_(spent))).rowcount


def _deliveries(tx: TenantTransaction, endpoint_id: UUID) -> sa.Select[*tuple[Any, ...]]:
    waiting = queue.c.delivery_id == delivery.c.id
    return (
        tx.select(delivery, *_COLUMNS, queue.c.due_at)
        .outerjoin(queue, sa.and_(queue.c.account_id == delivery.c.account_id, waiting))
        .where(delivery.c.endpoint_id == endpoint_id)
    )
