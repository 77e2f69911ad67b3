"""Reading the outbox: which row of a lane is next."""

import datetime
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.transmissions.control import pauses
from gateway.transmissions.routes import Route
from gateway.transmissions.tables import lane as lanes
from gateway.transmissions.tables import outbox

TO_SEND = frozenset({"queued", "deferred"})
"""The states of rows whose bytes wait for their turn on the wire."""
_UNFINISHED = ("sending", "unknown", "queued", "deferred")
_ASKED = frozenset({"unknown", "sent"})
_ROWS = 20


@dataclass(frozen=True, slots=True)
class QueuedRow:
    """A row of the outbox.

    Attributes:
        id: Its place in the queue.
        account_id: Whose.
        entity_id: Whose.
        transmission_id: What.
        state: As in `tables.outbox`.
        due_at: When somebody must act; None when nobody need.
        attempts: Failures since it came into this state.
        claimed_at: When its bytes were last put on the wire.
        created_at: When it was queued.
        in_doubt: Bytes left that nobody has accounted for.
        reason: Why it waits, if that is known.
        traceparent: The trace of the request that queued it.
    """

    id: int
    account_id: UUID
    entity_id: UUID
    transmission_id: UUID
    state: str
    due_at: datetime.datetime | None
    attempts: int
    claimed_at: datetime.datetime | None
    created_at: datetime.datetime
    in_doubt: bool = False
    reason: str | None = None
    traceparent: str | None = None

    def tenant(self, route: Route) -> Tenant:
        """Return the tenant whose row it is."""
        return Tenant(self.account_id, (self.entity_id,), route.environment)


_COLUMNS = tuple(outbox.c[name] for name in QueuedRow.__dataclass_fields__)
_URGENCY = sa.case((outbox.c.state.in_(sorted(TO_SEND)), 1), else_=0)


def due(tx: TenantTransaction, route: Route, lane: str, now: datetime.datetime) -> list[QueuedRow]:
    """Return the next rows of a lane: first what must be asked about, then what is to be sent.

    On an ordered lane only the first unfinished row counts, due or not: nothing may overtake it,
    and a stuck one stops the lane. (What waits for its verdict was delivered in order.)
    """
    mine = tx.select(outbox, *_COLUMNS).where(
        outbox.c.lane == lane, outbox.c.due_at <= now, _is_let(route, lane, now)
    )
    waiting = mine.where(outbox.c.state == "sent").order_by(outbox.c.id).limit(_ROWS)
    if route.ordered:
        first = mine.where(outbox.c.id == _head(lane))
    else:
        first = mine.where(outbox.c.state.in_(_UNFINISHED)).order_by(_URGENCY, outbox.c.id)
    both = (sa.select(one.subquery()) for one in (first.limit(_ROWS), waiting))
    found = [QueuedRow(*row) for row in tx.execute(sa.union_all(*both))]
    rows = [row for row in found if row.state != "sent"] or found
    return sorted(rows, key=lambda row: (row.state in TO_SEND, row.id))


def _head(lane: str) -> sa.ScalarSelect[int]:
    """Return the first row of a lane that is not finished."""
    rows = outbox.alias("head")
    unfinished = rows.c.state.in_((*_UNFINISHED, "stuck"))
    query = sa.select(rows.c.id).where(rows.c.lane == lane, unfinished)
    return query.order_by(rows.c.id).limit(1).scalar_subquery()


def _is_let(route: Route, lane: str, now: datetime.datetime) -> sa.ColumnElement[bool]:
    """Return whether a row may be worked on: else the whole lane waits, or its channel."""
    held = sa.exists().where(lanes.c.key == lane)
    return sa.and_(
        ~pauses.paused_now(route.channel),
        sa.or_(
            outbox.c.state == "sending",
            sa.and_(outbox.c.state.in_(sorted(TO_SEND)), ~held.where(lanes.c.send_after > now)),
            sa.and_(outbox.c.state.in_(sorted(_ASKED)), ~held.where(lanes.c.ask_after > now)),
        ),
    )


def hold(tx: TenantTransaction, row: QueuedRow, expected: str | None = None) -> bool:
    """Lock a row; return False when it is not in the expected state (default: as it was read)."""
    query = tx.select(outbox, outbox.c.state).where(outbox.c.id == row.id).with_for_update()
    state: str = tx.execute(query).scalar_one()
    return state == (expected or row.state)
