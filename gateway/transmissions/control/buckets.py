"""Token buckets in the database: fair between lanes, and nobody waits busily.

A bucket is the generic cell rate algorithm: one moment says when it is full again. A lane that
finds it empty draws a ticket, its place in the line, and is told when to come back; while others
hold tickets nobody who comes later is served before them, however many rows he has.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.conduct import Limit
from gateway.transmissions.control.tables import bucket, ticket

_FORGOTTEN = timedelta(minutes=1)  # and ten tokens: a ticket nobody came with


@dataclass(frozen=True, slots=True)
class Bucket:
    """A limit of somebody.

    Attributes:
        key: Whose, and for what.
        limit: How much it holds.
    """

    key: str
    limit: Limit

    @property
    def interval(self) -> timedelta:
        """Return how long one token takes to come back."""
        return timedelta(seconds=self.limit.seconds / self.limit.tokens)


def take(
    tx: TenantTransaction, buckets: Sequence[Bucket], lane: str, now: datetime.datetime
) -> tuple[Bucket, datetime.datetime] | None:
    """Take a token of each bucket, or of none.

    Args:
        tx: A short transaction: the buckets stay locked until its end.
        buckets: All that must have a token.
        lane: Who wants it.
        now: The moment.

    Returns:
        None when all were taken; else the bucket that makes us wait the longest, and until when.
    """
    found: list[tuple[Bucket, datetime.datetime, datetime.datetime]] = []
    waits: list[tuple[datetime.datetime, Bucket]] = []
    for one in sorted(buckets, key=lambda each: each.key):
        next_at, queue_at = _locked(tx, one, now)
        found.append((one, next_at, queue_at))
        until = _place(tx, one, lane, next_at, queue_at, now)
        if until is not None:
            waits.append((until, one))
    if waits:
        until, slowest = max(waits, key=lambda wait: wait[0])
        return slowest, until
    for one, next_at, _ in found:
        tx.execute(sa.delete(ticket).where(ticket.c.bucket == one.key, ticket.c.lane == lane))
        _keep(tx, one, now, next_at=max(next_at, now) + one.interval)
    return None


def _place(  # noqa: PLR0913, PLR0917 - the bucket and who stands before it
    tx: TenantTransaction,
    one: Bucket,
    lane: str,
    next_at: datetime.datetime,
    queue_at: datetime.datetime,
    now: datetime.datetime,
) -> datetime.datetime | None:
    """Return until when a lane must wait, with a ticket in its hand; None when it is its turn."""
    free_at = next_at - one.interval * (one.limit.tokens - 1)
    stale = now - _FORGOTTEN - 10 * one.interval
    tx.execute(sa.delete(ticket).where(ticket.c.bucket == one.key, ticket.c.at < stale))
    held: datetime.datetime | None = tx.execute(
        sa.select(ticket.c.at).where(ticket.c.bucket == one.key, ticket.c.lane == lane)
    ).scalar_one_or_none()
    if held is None:
        if free_at <= now and queue_at <= now:
            return None
        at = max(free_at, queue_at, now)
        tx.execute(sa.insert(ticket).values(bucket=one.key, lane=lane, at=at))
        _keep(tx, one, now, queue_at=at + one.interval)
        return at
    if held > now:
        return held
    if free_at <= now:
        return None
    before = sa.select(sa.func.count()).select_from(ticket)
    rank: int = tx.execute(
        before.where(
            ticket.c.bucket == one.key,
            sa.tuple_(ticket.c.at, ticket.c.lane) < sa.tuple_(sa.literal(held), sa.literal(lane)),
        )
    ).scalar_one()
    return free_at + one.interval * rank


def _locked(
    tx: TenantTransaction, one: Bucket, now: datetime.datetime
) -> tuple[datetime.datetime, datetime.datetime]:
    row = postgresql.insert(bucket).values(key=one.key, next_at=now, queue_at=now, updated_at=now)
    tx.execute(row.on_conflict_do_nothing())
    query = sa.select(bucket.c.next_at, bucket.c.queue_at).where(bucket.c.key == one.key)
    found = tx.execute(query.with_for_update()).one()
    # No bucket is emptier than empty: beyond that only a wrong clock can have written it.
    empty = now + one.interval * one.limit.tokens
    line = sa.select(sa.func.count()).select_from(ticket).where(ticket.c.bucket == one.key)
    if max(found.next_at, found.queue_at) <= empty:
        return found.next_at, found.queue_at
    last = empty + one.interval * (tx.execute(line).scalar_one() + 1)
    return min(found.next_at, empty), min(found.queue_at, last)


def _keep(
    tx: TenantTransaction, one: Bucket, now: datetime.datetime, **moments: datetime.datetime
) -> None:
    query = sa.update(bucket).where(bucket.c.key == one.key)
    tx.execute(query.values(updated_at=now, **moments))
