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


def due(tx: TenantTransaction, route: Route, lane: str, now: datetime.datetime) -> list[QueuedRow]:
    """Return the next rows of a lane: first what must be asked about, then what is to be sent.

    On an ordered lane only the first unfinished row counts, due or not: nothing may overtake it,
    and a stuck one stops the lane. (What waits for its verdict was delivered in order.)
    """
    held = _held_back(tx, route, lane, now)
    query = tx.select(outbox, *_COLUMNS).where(outbox.c.lane == lane)
    is_due = outbox.c.due_at <= now
    waiting = query.where(outbox.c.state == "sent", is_due).order_by(outbox.c.id)
    if "sent" in held:
        waiting = waiting.where(sa.false())
    if route.ordered:
        first = query.where(outbox.c.state.in_((*_UNFINISHED, "stuck"))).order_by(outbox.c.id)
        rows = [QueuedRow(*row) for row in tx.execute(first.limit(1))]
        rows = [row for row in rows if row.due_at is not None and row.due_at <= now]
        rows = [row for row in rows if row.state not in held]
    else:
        urgency = sa.case((outbox.c.state.in_(sorted(TO_SEND)), 1), else_=0)
        states = [state for state in _UNFINISHED if state not in held]
        unfinished = query.where(outbox.c.state.in_(states), is_due)
        ordered = unfinished.order_by(urgency, outbox.c.id).limit(_ROWS)
        rows = [QueuedRow(*row) for row in tx.execute(ordered)]
    return rows or [QueuedRow(*row) for row in tx.execute(waiting.limit(_ROWS))]


def _held_back(
    tx: TenantTransaction, route: Route, lane: str, now: datetime.datetime
) -> frozenset[str]:
    """Return the states of rows that are left alone: the whole lane waits, or its channel."""
    if pauses.is_paused(tx, route.channel):
        return frozenset({*_UNFINISHED, "sent"})
    query = sa.select(lanes.c.send_after, lanes.c.ask_after).where(lanes.c.key == lane)
    found = tx.execute(query).one_or_none()
    states: set[str] = set()
    if found is not None and found.send_after is not None and found.send_after > now:
        states |= TO_SEND
    if found is not None and found.ask_after is not None and found.ask_after > now:
        states |= _ASKED
    return frozenset(states)


def hold(tx: TenantTransaction, row: QueuedRow, expected: str | None = None) -> bool:
    """Lock a row; return False when it is not in the expected state (default: as it was read)."""
    query = tx.select(outbox, outbox.c.state).where(outbox.c.id == row.id).with_for_update()
    state: str = tx.execute(query).scalar_one()
    return state == (expected or row.state)
