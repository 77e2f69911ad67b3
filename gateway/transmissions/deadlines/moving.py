"""Deadlines that move: an outage is announced, ends, or was noted otherwise than it was.

What was noted makes every deadline due for a look; each is counted anew under its own lock, as it
is before anything is said of it.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa

from countries.outages import Announced
from gateway.events import service as events
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.conduct import Conduct, Offline
from gateway.transmissions.control import outages
from gateway.transmissions.deadlines.counting import LOOK_AGAIN, counted, still_alerted
from gateway.transmissions.deadlines.opening import OPEN_STATES
from gateway.transmissions.deadlines.tables import deadline
from gateway.transmissions.tables import outbox

_C = deadline.c


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be said of a deadline that moved.

    Attributes:
        reason: `outage`: another day; `outage_open`: nobody can say yet; `no_duty`: nothing need
            be done any more.
        due: The new day, where there is one.
        mode: As in `Counted`.
        once: Names what is said once, though looking again finds the same.
    """

    reason: Literal["outage", "outage_open", "no_duty"]
    due: datetime.datetime | None
    mode: str | None
    once: str | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a deadline.

    Attributes:
        due: When it ends now.
        alerted: The share that counts as spoken of.
        values: What changes in its row.
        rests: Nothing more is to be said now.
        told: What is to be said of the move; None where it did not move.
    """

    due: datetime.datetime
    alerted: int
    values: Mapping[str, Any] = field(default_factory=dict)
    rests: bool = False
    told: Told | None = None


def stir(tx: TenantTransaction, conducts: Mapping[str, Conduct], now: datetime.datetime) -> None:
    """Let every deadline be looked at now that an outage could move, be it over or ended.

    Args:
        tx: A worker's, without tenant.
        conducts: How channels behave, by name.
        now: The moment.
    """
    channels = [name for name, one in conducts.items() if one.offline and one.offline.outages]
    waits = sa.exists().where(
        outbox.c.account_id == _C.account_id,
        outbox.c.transmission_id == _C.transmission_id,
        outbox.c.state.in_(OPEN_STATES),
    )
    query = sa.update(deadline).where(
        _C.channel.in_(channels), _C.kind == "offline", _C.state != "met", waits
    )
    tx.execute(query.values(state="open", next_alert_at=now, ended_at=None))


def counted_anew(
    tx: TenantTransaction, row: sa.Row[Any], offline: Offline | None, now: datetime.datetime
) -> Moved:
    """Return when a deadline ends by what is announced now.

    Args:
        tx: Holds the deadline.
        row: It, as it is kept.
        offline: What the law allows on its channel.
        now: The moment.
    """
    if row.kind != "offline" or offline is None or offline.outages is None:
        return Moved(row.due_at, row.alerted)
    announced = outages.announced(tx, row.channel)
    end = counted(offline, row.started_at, announced, now)
    values: dict[str, Any] = {"due_at": end.due, "mode": end.mode}
    if end.sure == "none":
        values |= {"state": "ended", "ended_at": now, "next_alert_at": None}
        told = Told("no_duty", None, end.mode)
        return Moved(end.due, row.alerted, values, rests=True, told=told)
    alerted = still_alerted(row.kind, row.started_at, end.due, row.alerted, now)
    values["alerted"] = alerted
    if end.sure == "open":
        last = max((one for one in announced if one.ends is None), key=lambda one: one.begins)
        values["next_alert_at"] = now + LOOK_AGAIN
        told = Told("outage_open", None, end.mode, once=_open_key(row.id, last))
        return Moved(end.due, alerted, values, rests=True, told=told)
    once = f"deadline:{row.id}:moved:{outages.newest(tx)}:{end.due.isoformat()}"
    told = Told("outage", end.due, end.mode, once=once)
    if end.due != row.due_at:
        return Moved(end.due, alerted, values, told=told)
    opened = any(events.has(tx, _open_key(row.id, one)) for one in announced)
    return Moved(row.due_at, row.alerted, {"mode": end.mode}, told=told if opened else None)


def _open_key(deadline_id: UUID, one: Announced) -> str:
    """Return the name under which it is said, once, that an outage leaves a deadline open."""
    return f"deadline:{deadline_id}:open:{one.begins.isoformat()}"
