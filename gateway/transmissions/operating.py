"""What whoever runs the gateway sees of its queue: over all tenants, as the worker does.

Only ids and states; whoever wants more of one transmission opens a transaction of its tenant.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, fields
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.transmissions import heads
from gateway.transmissions.routes import route_of
from gateway.transmissions.tables import lane, outbox

_UNFINISHED = ("queued", "deferred", "sending", "unknown", "sent", "stuck")
_MOVING = ("queued", "deferred", "sending", "unknown", "sent")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the outbox, of whomever.

    Attributes:
        transmission_id: What.
        account_id: Whose.
        entity_id: Whose.
        lane: Where it queues.
        state: As in `tables.outbox`.
        due_at: When somebody acts next.
        attempts: Failures since it came into this state.
        reason: Why it waits.
        created_at: When it was queued.
        claimed_at: When its bytes were last put on the wire.
        action_required: Why a person must look, whatever state it is in.
    """

    transmission_id: UUID
    account_id: UUID
    entity_id: UUID
    lane: str
    state: str
    due_at: datetime.datetime | None
    attempts: int
    reason: str | None
    created_at: datetime.datetime
    claimed_at: datetime.datetime | None
    action_required: str | None

    @property
    def tenant(self) -> Tenant:
        """Whose it is."""
        return Tenant(self.account_id, (self.entity_id,), route_of(self.lane).environment)


@dataclass(frozen=True, slots=True)
class LaneRow:
    """A lane, and what waits on it.

    Attributes:
        key: Its name.
        host: Where its owner runs; None when nobody has it.
        epoch: Raised by every change of owner.
        lease_until: Until when it is the owner's without renewal.
        waiting: Rows that are not finished.
        due: Of these, rows that could be worked on now.
        oldest: Since when the first of these waits.
    """

    key: str
    host: str | None
    epoch: int | None
    lease_until: datetime.datetime | None
    waiting: int
    due: int
    oldest: datetime.datetime | None

    @property
    def channel(self) -> str:
        """Which channel it is a lane of."""
        return self.key.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Head:
    """The first unfinished row of an ordered lane: all others of the lane wait for it.

    Attributes:
        lane: Of which lane.
        transmission_id: Which.
        state: As in `tables.outbox`.
        due_at: When somebody acts on it next.
        reason: Why it waits.
    """

    lane: str
    transmission_id: UUID
    state: str
    due_at: datetime.datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; None asks for nothing.

    Attributes:
        states: Rows in one of these; neither these nor `person`: those that are not closed.
        person: Rows that wait for a person: what is stuck, and what was refused for good or
            contradicts itself though its row is closed.
        channel: Of this channel.
        entity_id: Of this entity.
        before: Queued before a moment.
    """

    states: tuple[str, ...] = ()
    person: bool = False
    channel: str | None = None
    entity_id: UUID | None = None
    before: datetime.datetime | None = None


_COLUMNS = tuple(outbox.c[one.name] for one in fields(Row))
_HEAD = tuple(outbox.c[one.name] for one in fields(Head))


def rows(tx: TenantTransaction, wanted: Wanted, *, limit: int) -> list[Row]:
    """Return up to `limit` rows of all tenants, oldest first.

    Args:
        tx: A worker's, without a tenant.
        wanted: Which.
        limit: Rows at most.
    """
    every = not wanted.states and not wanted.person
    asked: sa.ColumnElement[bool] = outbox.c.state.in_(_UNFINISHED if every else wanted.states)
    if wanted.person:
        asked = sa.or_(asked, waits_for_a_person())
    query = sa.select(*_COLUMNS).where(asked)
    if wanted.channel is not None:
        query = query.where(outbox.c.lane.startswith(f"{wanted.channel}/", autoescape=True))
    if wanted.entity_id is not None:
        query = query.where(outbox.c.entity_id == wanted.entity_id)
    if wanted.before is not None:
        query = query.where(outbox.c.created_at < wanted.before)
    return [Row(*row) for row in tx.execute(query.order_by(outbox.c.id).limit(limit))]


def waits_for_a_person() -> sa.ColumnElement[bool]:
    """Return the condition of a row of the outbox that moves on only when a person acts."""
    return sa.or_(outbox.c.state == "stuck", outbox.c.action_required.is_not(None))


def heads_of(tx: TenantTransaction, lanes: Iterable[str]) -> dict[str, Head]:
    """Return the head of each ordered lane on which something waits, by the lane's name.

    Args:
        tx: A worker's, without a tenant.
        lanes: Which.
    """
    found = tx.execute(heads.of_lanes(sa.select(*_HEAD), lanes))
    return {row.lane: Head(*row) for row in found}


def find(database: Database, transmission_id: UUID) -> Row | None:
    """Return the row of one transmission, whosever it is; None where there is none."""
    with database.worker_transaction() as tx:
        query = sa.select(*_COLUMNS).where(outbox.c.transmission_id == transmission_id)
        row = tx.execute(query).one_or_none()
    return None if row is None else Row(*row)


def lanes(tx: TenantTransaction) -> list[LaneRow]:
    """Return every lane that somebody has, or on which something waits.

    Args:
        tx: A worker's, without a tenant.
    """
    is_due = sa.and_(outbox.c.state.in_(_MOVING), outbox.c.due_at <= sa.func.clock_timestamp())
    waiting = (
        sa.select(
            outbox.c.lane.label("key"),
            sa.func.count().label("waiting"),
            sa.func.count().filter(is_due).label("due"),
            sa.func.min(outbox.c.due_at).filter(is_due).label("oldest"),
        )
        .where(outbox.c.state.in_(_UNFINISHED))
        .group_by(outbox.c.lane)
        .subquery()
    )
    key = sa.func.coalesce(lane.c.key, waiting.c.key)
    joined = sa.outerjoin(waiting, lane, waiting.c.key == lane.c.key, full=True)
    query = (
        sa.select(
            key,
            lane.c.host,
            lane.c.epoch,
            lane.c.lease_until,
            sa.func.coalesce(waiting.c.waiting, 0),
            sa.func.coalesce(waiting.c.due, 0),
            waiting.c.oldest,
        )
        .select_from(joined)
        .where(sa.or_(lane.c.owner.is_not(None), waiting.c.key.is_not(None)))
    )
    return [LaneRow(*row) for row in tx.execute(query.order_by(key))]
