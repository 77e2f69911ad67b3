"""How full the queue is: figures over all tenants together, for those who run the gateway."""

import datetime
from dataclasses import dataclass

import sqlalchemy as sa

from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.operating import waits_for_a_person
from gateway.transmissions.tables import lane, outbox

_WAITING = ("queued", "deferred", "sending", "unknown", "sent")


@dataclass(frozen=True, slots=True)
class RowFigures:
    """The rows of one channel in one state.

    Attributes:
        channel: Which.
        state: As in `tables.outbox`; what is closed is not counted.
        rows: How many.
        oldest: When the oldest of them was put on the wire, or else queued.
    """

    channel: str
    state: str
    rows: int
    oldest: datetime.datetime


@dataclass(frozen=True, slots=True)
class LaneFigures:
    """The lanes of one channel.

    Attributes:
        channel: Which.
        due: How many have something to do.
        oldest: Since when the first of these waits.
        taken: How many somebody works on.
    """

    channel: str
    due: int
    oldest: datetime.datetime | None
    taken: int


def rows(tx: TenantTransaction) -> list[RowFigures]:
    """Return how many rows of the outbox are in which state.

    Args:
        tx: A worker's, without a tenant.
    """
    channel = _channel(outbox.c.lane)
    begun = sa.func.coalesce(outbox.c.claimed_at, outbox.c.created_at)
    queries = [
        sa.select(channel, outbox.c.state, sa.func.count(), sa.func.min(begun))
        .where(condition)
        .group_by(channel, outbox.c.state)
        for condition in (
            outbox.c.state.in_(_WAITING),
            outbox.c.state == "stuck",
        )
    ]  # two, as each has an index of its own
    return [RowFigures(*row) for query in queries for row in tx.execute(query)]


def for_people(tx: TenantTransaction) -> dict[str, int]:
    """Return how many rows of each channel wait for a person, in whatever state.

    Args:
        tx: A worker's, without a tenant.
    """
    channel = _channel(outbox.c.lane)
    query = sa.select(channel, sa.func.count()).where(waits_for_a_person()).group_by(channel)
    return {row[0]: row[1] for row in tx.execute(query)}


def lanes(tx: TenantTransaction) -> list[LaneFigures]:
    """Return how many lanes have work, and how many are worked on.

    Args:
        tx: A worker's, without a tenant.
    """
    channel = _channel(outbox.c.lane)
    waiting = (
        sa.select(channel, sa.func.count(outbox.c.lane.distinct()), sa.func.min(outbox.c.due_at))
        .where(outbox.c.state.in_(_WAITING), outbox.c.due_at <= sa.func.clock_timestamp())
        .group_by(channel)
    )
    due = {row[0]: (row[1], row[2]) for row in tx.execute(waiting)}
    key = _channel(lane.c.key)
    owned = sa.select(key, sa.func.count()).where(lane.c.owner.is_not(None)).group_by(key)
    taken = {row[0]: row[1] for row in tx.execute(owned)}
    return [
        LaneFigures(name, *due.get(name, (0, None)), taken.get(name, 0))
        for name in sorted(due.keys() | taken.keys())
    ]


def _channel(name: sa.Column[str]) -> sa.ColumnElement[str]:
    """Return the channel of a lane: its name begins with it."""
    return sa.func.split_part(name, "/", 1)
