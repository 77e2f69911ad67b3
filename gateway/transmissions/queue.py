"""Reading the outbox: which row of a lane is next."""

import datetime
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.transmissions.routes import Route
from gateway.transmissions.tables import outbox

_UNFINISHED = ("sending", "unknown", "queued")
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

    def tenant(self, route: Route) -> Tenant:
        """Return the tenant whose row it is."""
        return Tenant(self.account_id, (self.entity_id,), route.environment)


_COLUMNS = tuple(outbox.c[name] for name in QueuedRow.__dataclass_fields__)


def due(tx: TenantTransaction, route: Route, lane: str, now: datetime.datetime) -> list[QueuedRow]:
    """Return the next rows of a lane: first what must be asked about, then what is to be sent.

    On an ordered lane only the first unfinished row counts, due or not: nothing may overtake it,
    and a stuck one stops the lane. (What waits for its verdict was delivered in order.)
    """
    query = tx.select(outbox, *_COLUMNS).where(outbox.c.lane == lane)
    is_due = outbox.c.due_at <= now
    waiting = query.where(outbox.c.state == "sent", is_due).order_by(outbox.c.id)
    if route.ordered:
        first = query.where(outbox.c.state.in_((*_UNFINISHED, "stuck"))).order_by(outbox.c.id)
        rows = [QueuedRow(*row) for row in tx.execute(first.limit(1))]
        rows = [row for row in rows if row.due_at is not None and row.due_at <= now]
    else:
        urgency = sa.case((outbox.c.state == "queued", 1), else_=0)
        unfinished = query.where(outbox.c.state.in_(_UNFINISHED), is_due)
        ordered = unfinished.order_by(urgency, outbox.c.id).limit(_ROWS)
        rows = [QueuedRow(*row) for row in tx.execute(ordered)]
    return rows or [QueuedRow(*row) for row in tx.execute(waiting.limit(_ROWS))]


def hold(tx: TenantTransaction, row: QueuedRow, expected: str | None = None) -> bool:
    """Lock a row; return False when it is not in the expected state (default: as it was read)."""
    query = tx.select(outbox, outbox.c.state).where(outbox.c.id == row.id).with_for_update()
    state: str = tx.execute(query).scalar_one()
    return state == (expected or row.state)
