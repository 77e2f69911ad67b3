"""Queries on what batches ask; every one of them goes through the tenant filter."""

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.tenancy import TenantTransaction
from gateway.vies.tables import vat_batch_item

_C = vat_batch_item.c
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Item:
    """A number of a batch.

    Attributes:
        position: From 0, in the order of the request.
        given: As it was written.
        number: As it is asked; where it cannot be read, as it was written.
        customer_id: Whose number it is, in a batch of customers.
        state: queued or done.
        outcome: What came of it, once it is done.
        fault: Why it is unknown, or was at the last attempt.
        detail: What is to be said of that.
        from_cache: Whether it was known already.
        attempts: How often it was asked in vain.
        next_try_at: Not before; None: at once.
        check_id: The last answer.
    """

    position: int
    given: str
    number: str
    customer_id: UUID | None
    state: str
    outcome: str | None
    fault: str | None
    detail: str | None
    from_cache: bool
    attempts: int
    next_try_at: datetime.datetime | None
    check_id: UUID | None


_COLUMNS = tuple(_C[name] for name in Item.__dataclass_fields__)


def insert(tx: TenantTransaction, job_id: UUID, items: Sequence[Mapping[str, Any]]) -> None:
    """Add all items of a batch."""
    rows = [{"job_id": job_id, "position": place, **one} for place, one in enumerate(items)]
    for begin in range(0, len(rows), _AT_ONCE):
        tx.execute(tx.insert(vat_batch_item), rows[begin : begin + _AT_ONCE])


def waiting(tx: TenantTransaction, job_id: UUID) -> list[Item]:
    """Return the items that are not done, in order."""
    query = tx.select(vat_batch_item, *_COLUMNS).where(_C.job_id == job_id, _C.state == "queued")
    return [Item(*row) for row in tx.execute(query.order_by(_C.position))]


def update(
    tx: TenantTransaction, job_id: UUID, positions: Collection[int], values: Mapping[str, Any]
) -> None:
    """Note what came of items that are not done."""
    rows = tx.update(vat_batch_item).where(
        _C.job_id == job_id, _C.position.in_(list(positions)), _C.state == "queued"
    )
    tx.execute(rows.values(**values))


def page(
    tx: TenantTransaction, job_id: UUID, *, outcome: str | None, after: int, limit: int
) -> list[Item]:
    """Return up to `limit` items from a position on, in order."""
    query = tx.select(vat_batch_item, *_COLUMNS).where(_C.job_id == job_id, _C.position >= after)
    if outcome is not None:
        query = query.where(_C.outcome == outcome)
    return [Item(*row) for row in tx.execute(query.order_by(_C.position).limit(limit))]


def every(tx: TenantTransaction, job_id: UUID) -> Iterator[list[Item]]:
    """Yield all items in order, many at a time."""
    after = 0
    while found := page(tx, job_id, outcome=None, after=after, limit=_AT_ONCE):
        yield found
        after = found[-1].position + 1


def counts(tx: TenantTransaction, job_id: UUID) -> dict[tuple[str | None, str | None], int]:
    """Return how many items have which outcome and fault; no outcome while they wait."""
    query = (
        tx.select(vat_batch_item, _C.outcome, _C.fault, sa.func.count())
        .where(_C.job_id == job_id)
        .group_by(_C.outcome, _C.fault)
    )
    return {(row[0], row[1]): row[2] for row in tx.execute(query)}
