"""Beginning deadlines: for what stands in the outbox, from what is known of its channel.

Whoever looks again names the moment of his last look: then only rows that moved since are read,
by an index, however long the queue is.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.ids import new_id
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.conduct import Conduct
from gateway.transmissions.control import outages
from gateway.transmissions.deadlines.alerts import Kind
from gateway.transmissions.deadlines.counting import Counted, counted, next_look, plain
from gateway.transmissions.deadlines.tables import channel_pace, deadline
from gateway.transmissions.routes import ROUTES
from gateway.transmissions.tables import outbox

_ENOUGH = 50  # answers, before what was observed is believed
_MOST = 500
_ODD = 2  # times as long as the latest hundredth
_TO_SEND = ("queued", "sending", "unknown", "deferred")
_MOVES = outbox.c.state.in_([sa.literal_column(f"'{one}'") for one in (*_TO_SEND, "sent")])
"""What the index of moments is about, in words that a prepared statement knows as well."""
_BEGAN: Mapping[Kind, sa.ColumnElement[datetime.datetime]] = {
    "send": sa.func.coalesce(outbox.c.resumed_at, outbox.c.created_at),
    "offline": outbox.c.created_at,
    "verdict": outbox.c.claimed_at,
    "answer": outbox.c.claimed_at,
}
OPEN_STATES = (*_TO_SEND, "stuck")
"""In which a row is not with the other side: the law's day is still ahead, or passed."""
_STATES: Mapping[Kind, tuple[str, ...]] = {
    "send": _TO_SEND,
    "offline": OPEN_STATES,
    "verdict": ("sent",),
    "answer": ("sent",),
}


_Ends = Callable[[datetime.datetime], Counted]
"""When a deadline ends that began at a moment."""


@dataclass(frozen=True, slots=True)
class _Found:
    row: sa.Row[Any]
    began: datetime.datetime


def begin(
    tx: TenantTransaction,
    channel: str,
    conduct: Conduct,
    now: datetime.datetime,
    *,
    since: datetime.datetime | None = None,
) -> bool:
    """Begin the deadlines that rows of a channel lack; return False when there are more of them.

    Args:
        tx: A worker's, without tenant.
        channel: Its name.
        conduct: How it behaves.
        now: The moment.
        since: Look at rows alone that moved after it, by the clock of the database; None: at all.
    """
    whole = True
    for kind, end in _spans(tx, channel, conduct, now):
        found = tx.execute(lacking(channel, kind, since)).all()
        if found:
            statement = postgresql.insert(deadline).on_conflict_do_nothing()
            rows = [_Found(row, row.began) for row in found]
            tx.execute(
                statement, [_values(row, channel, kind, end(row.began), now) for row in rows]
            )
        whole = whole and len(found) < _MOST
    return whole


def _spans(
    tx: TenantTransaction, channel: str, conduct: Conduct, now: datetime.datetime
) -> Iterator[tuple[Kind, _Ends]]:
    offline = conduct.offline
    if offline is None:
        yield "send", partial(plain, conduct.deadline)
    else:  # late, it is sent all the same: its day is the law's, whatever it waits for
        announced = () if offline.outages is None else outages.announced(tx, channel)
        yield "offline", lambda began: counted(offline, began, announced, now)
    yield "verdict", partial(plain, conduct.verdict_within)
    yield "answer", partial(plain, _usual(tx, channel, conduct))


def _usual(tx: TenantTransaction, channel: str, conduct: Conduct) -> datetime.timedelta:
    """Return after how long a silence is odd: as declared, or longer when answers are late."""
    columns = channel_pace.c
    query = sa.select(columns.late).where(
        columns.channel == channel,
        columns.environment == ROUTES[channel].environment,
        columns.samples >= _ENOUGH,
    )
    late: datetime.timedelta | None = tx.execute(query).scalar_one_or_none()
    return max(conduct.usual_answer, late * _ODD) if late is not None else conduct.usual_answer


def lacking(
    channel: str, kind: Kind, since: datetime.datetime | None
) -> sa.Select[tuple[UUID, UUID, UUID, datetime.datetime]]:
    """Return the query of rows that have no deadline of a kind, though they should."""
    began = _BEGAN[kind]
    begun = sa.exists().where(
        deadline.c.account_id == outbox.c.account_id,
        deadline.c.transmission_id == outbox.c.transmission_id,
        deadline.c.kind == kind,
        deadline.c.started_at == began,
    )
    query = (
        sa.select(
            outbox.c.account_id, outbox.c.entity_id, outbox.c.transmission_id, began.label("began")
        )
        .where(
            outbox.c.lane.startswith(f"{channel}/", autoescape=True),
            outbox.c.state.in_(_STATES[kind]),
            began.is_not(None),
            ~begun,
        )
        .limit(_MOST)
    )
    return query if since is None else query.where(_MOVES, outbox.c.since > since)


def _values(
    found: _Found, channel: str, kind: Kind, end: Counted, now: datetime.datetime
) -> dict[str, Any]:
    over = end.sure == "none"
    return {
        "account_id": found.row.account_id,
        "entity_id": found.row.entity_id,
        "environment": ROUTES[channel].environment,
        "id": new_id(),
        "transmission_id": found.row.transmission_id,
        "channel": channel,
        "kind": kind,
        "started_at": found.began,
        "due_at": end.due,
        "next_alert_at": next_look(end, kind, found.began, now),
        "state": "ended" if over else "open",
        "ended_at": now if over else None,
        "mode": end.mode,
    }
