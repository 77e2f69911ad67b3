"""Queries on the items of bulk jobs; every one of them goes through the tenant filter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.bulk.tables import bulk_item
from gateway.kit.kept import Kept
from gateway.kit.tenancy import TenantTransaction


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A row of `bulk_item`.

    Attributes:
        position: From 0, as in the request.
        kind: What kind of document; of an id that was given, what its prefix says.
        reference: The caller's own; of an id that was given, that id.
        body: Of the document to be made; None once that is done.
        state: queued, succeeded or failed.
        document_id: The document concerned, once it is known to be the caller's.
        number: Its legal number.
        problem: Why it failed.
    """

    position: int
    kind: str
    reference: str | None
    body: str | None
    state: str
    document_id: UUID | None
    number: str | None
    problem: Mapping[str, Any] | None


_COLUMNS = tuple(bulk_item.c[name] for name in ItemRow.__slots__)
_WAITS = (
    bulk_item.c.job_id == sa.bindparam("of_job"),
    bulk_item.c.position == sa.bindparam("of_position"),
    bulk_item.c.state == "queued",
)
_TAKE = Kept(lambda tx: tx.select(bulk_item, *_COLUMNS).where(*_WAITS).with_for_update())
_UPDATE = Kept(lambda tx: tx.update(bulk_item).where(*_WAITS))


def insert(tx: TenantTransaction, job_id: UUID, items: Sequence[Mapping[str, Any]]) -> None:
    """Add all items of a job."""
    rows = [{"position": position, **item} for position, item in enumerate(items)]
    tx.execute(tx.insert(bulk_item, job_id=job_id, state="queued"), rows)


def waiting(tx: TenantTransaction, job_id: UUID) -> list[int]:
    """Return the positions of the items that are not done, in order."""
    columns = bulk_item.c
    query = tx.select(bulk_item, columns.position).where(
        columns.job_id == job_id, columns.state == "queued"
    )
    return [row[0] for row in tx.execute(query.order_by(columns.position))]


def take(tx: TenantTransaction, job_id: UUID, position: int) -> ItemRow | None:
    """Return one item that is not done, and lock it."""
    row = _TAKE(tx, of_job=job_id, of_position=position).one_or_none()
    return None if row is None else ItemRow(*row)


def update(tx: TenantTransaction, job_id: UUID, position: int, values: Mapping[str, Any]) -> None:
    """Note what came of an item that is not done."""
    _UPDATE(tx, of_job=job_id, of_position=position, **values)


def page(
    tx: TenantTransaction, job_id: UUID, *, state: str | None, after: int, limit: int
) -> list[ItemRow]:
    """Return up to `limit` items from a position on, in order."""
    columns = bulk_item.c
    query = tx.select(bulk_item, *_COLUMNS).where(
        columns.job_id == job_id, columns.position >= after
    )
    if state is not None:
        query = query.where(columns.state == state)
    return [ItemRow(*row) for row in tx.execute(query.order_by(columns.position).limit(limit))]


def counts(tx: TenantTransaction, job_id: UUID) -> dict[str, int]:
    """Return how many items of a job are in each state."""
    columns = bulk_item.c
    query = (
        tx.select(bulk_item, columns.state, sa.func.count())
        .where(columns.job_id == job_id)
        .group_by(columns.state)
    )
    return {row[0]: row[1] for row in tx.execute(query)}
