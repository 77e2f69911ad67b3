"""Reading the outbox: which row of a lane is next."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.kept import Kept
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.transmissions.axes import AxisState
from gateway.transmissions.routes import Route
from gateway.transmissions.tables import outbox

Move = Callable[[AxisState], Mapping[str, Any]]
"""What becomes of a row, given the state of its transmission."""
TO_SEND = frozenset({"queued", "deferred"})
"""The states of rows whose bytes wait for their turn on the wire."""
CLOSED: Mapping[str, Any] = {
    "state": "closed",
    "due_at": None,
    "waits_for": None,
    "reason": None,
    "in_doubt": False,
}
"""What becomes of a row with which nothing more is to be done."""
WAITING = frozenset({"queued", "deferred", "unknown", "stuck"})
"""The states of rows that nobody has on the wire and that are to move on."""
_ROWS = 20
_HOLD = Kept(
    lambda tx: (
        tx.select(outbox, outbox.c.state)
        .where(outbox.c.id == sa.bindparam("of_id"))
        .with_for_update()
    )
)


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
        together: So many may go in one request with it; None: as many as the channel takes.
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
    together: int | None = None

    def tenant(self, route: Route) -> Tenant:
        """Return the tenant whose row it is."""
        return Tenant(self.account_id, (self.entity_id,), route.environment)


# Written out: this stands between every hint and the wire, and to build it takes longer than to
# carry it out. A lane that waits as a whole, and a channel that is paused, have no row to be done.
_COLUMNS = ", ".join(QueuedRow.__dataclass_fields__)
_ROW = f"select {_COLUMNS} from outbox where due_at <= :now"  # noqa: S608 - our own words alone
_LET = """
  and not exists (select from channel_pause where channel = :channel)
  and case when state in ('queued', 'deferred')
           then not exists (select from lane where key = :lane and send_after > :now)
           when state in ('unknown', 'sent')
           then not exists (select from lane where key = :lane and ask_after > :now)
           else true end
"""
_SENT = f"({_ROW} and lane = :lane and state = 'sent' {_LET} order by id limit {_ROWS})"
_IN_ORDER = sa.text(
    f"""
({_ROW} {_LET} and id = (
  select id from outbox where lane = :lane
     and state in ('queued', 'deferred', 'sending', 'unknown', 'stuck') order by id limit 1))
union all {_SENT}
"""  # noqa: S608 - our own words alone
)
_BY_URGENCY = sa.text(
    f"""
({_ROW} and lane = :lane and state in ('queued', 'deferred', 'sending', 'unknown') {_LET}
  order by state in ('queued', 'deferred'), id limit {_ROWS})
union all {_SENT}
"""
)
_NEXT = sa.text(
    f"""
select {_COLUMNS} from (
  select *, bool_and(state = any(:states) and entity_id = :entity and (
              state in ('queued', 'deferred') or claimed_at = :claimed_at or due_at <= :now))
            over (order by id) as free
    from outbox
   where lane = :lane and id > :id
     and state in ('queued', 'deferred', 'sending', 'unknown', 'stuck')
   order by id limit :most) as next
 where free order by id
"""  # noqa: S608 - our own words alone
)
_ALSO_DUE = sa.text(
    f"""
{_ROW} and lane = :lane and id <> :id and entity_id = :entity
 and state in ('queued', 'deferred') and state = any(:states) order by id limit :most
"""
)


def unless_over(move: Move) -> Move:
    """Return what becomes of a row, which is closed where nobody will ever have the message.

    The other side's final no may come before we know that anything arrived: by a signal, while
    the row is to be sent again, or asked about. Whatever was to be done then is not done.
    """

    def moved(state: AxisState) -> Mapping[str, Any]:
        return CLOSED if state.settled and not state.arrived else move(state)

    return moved


def due(tx: TenantTransaction, route: Route, lane: str, now: datetime.datetime) -> list[QueuedRow]:
    """Return the next rows of a lane: first what must be asked about, then what is to be sent.

    On an ordered lane only the first unfinished row counts, due or not: nothing may overtake it,
    and a stuck one stops the lane. (What waits for its verdict was delivered in order.)
    """
    values = {"lane": lane, "channel": route.channel, "now": now}
    rows = tx.execute(_IN_ORDER if route.ordered else _BY_URGENCY, values)
    found = [QueuedRow(*row) for row in rows]
    unfinished = [row for row in found if row.state != "sent"] or found
    return sorted(unfinished, key=lambda row: (row.state in TO_SEND, row.id))


def following(  # noqa: PLR0913 - which lane, from where on, and how many
    tx: TenantTransaction,
    route: Route,
    lane: str,
    row: QueuedRow,
    *,
    most: int,
    now: datetime.datetime,
) -> list[QueuedRow]:
    """Return the rows of a lane that may go, or went, in one request with another.

    On an ordered lane those that come next: they wait for the same, or were on the wire with it,
    and nothing else stands between. Those that are to be sent may be due or not: where the first
    may go, they may. On other lanes what is to be sent and due, of the same tenant.
    """
    values = {
        "lane": lane,
        "id": row.id,
        "entity": row.entity_id,
        "states": sorted(TO_SEND) if row.state in TO_SEND else [row.state],
        "claimed_at": row.claimed_at,
        "now": now,
        "most": most,
    }
    rows = tx.execute(_NEXT if route.ordered else _ALSO_DUE, values)
    return [QueuedRow(*found) for found in rows]


def hold(tx: TenantTransaction, row: QueuedRow, expected: str | None = None) -> bool:
    """Lock a row; return False when it is not in the expected state (default: as it was read)."""
    state: str = _HOLD(tx, of_id=row.id).scalar_one()
    return state == (expected or row.state)
