"""What retention asks of received documents: all of them, and to keep one longer."""

import datetime
from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from gateway.inbox import repository
from gateway.inbox.repository import ReceivedRow
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction

__all__ = [
    "ReceivedRow",
    "any_there",
    "destroy",
    "hindrance",
    "keep_longer",
    "lock",
    "over",
    "page",
    "some",
]


def any_there(tx: TenantTransaction) -> bool:
    """Tell whether the transaction's entity has received what was not destroyed."""
    return repository.any_there(tx)


def page(tx: TenantTransaction, after: UUID | None, limit: int) -> list[ReceivedRow]:
    """Return received documents, oldest first, later than one; nobody changes them meanwhile."""
    return repository.page_of_kept(tx, after, limit)


def some(tx: TenantTransaction, ids: Collection[UUID]) -> list[ReceivedRow]:
    """Return those of several ids that are received documents of the entity."""
    return repository.some(tx, ids)


def over(
    tx: TenantTransaction, today: datetime.date, before: UUID | None, limit: int
) -> list[ReceivedRow]:
    """Return one page of the documents whose last day is past, newest first."""
    return repository.page_of_over(tx, today, before, limit)


def keep_longer(
    tx: TenantTransaction, row: ReceivedRow, until: datetime.date, now: datetime.datetime
) -> None:
    """Keep a received document until a later day; PostgreSQL refuses an earlier one."""
    repository.update(tx, row.id, {"retain_until": until, "updated_at": now})


def lock(tx: TenantTransaction, received_id: UUID) -> ReceivedRow | None:
    """Return a received document that was not destroyed, locked."""
    row = repository.get(tx, received_id, lock=True)
    return None if row is None or row.destroyed_at is not None else row


_DESTROY = sa.text("call destroy_received(:entity, :received, :public, :moment)")
_WORK = sa.text(
    "select exists (select from inbox_work where entity_id = :entity and received_id = :received)"
)


def destroy(tx: TenantTransaction, received_id: UUID, now: datetime.datetime) -> None:
    """Blank all that the database says of a received document; its number and digest stay.

    PostgreSQL refuses it on the last day or before.
    """
    asked = {"entity": tx.entity_id, "received": received_id, "moment": now}
    tx.execute(_DESTROY, asked | {"public": public_id("rcv", received_id)})


def hindrance(tx: TenantTransaction, received_id: UUID) -> str | None:
    """Return `unfinished` for one that is still to be read or answered, or None."""
    asked = {"entity": tx.entity_id, "received": received_id}
    return "unfinished" if tx.execute(_WORK, asked).scalar_one() else None
