"""Beginning deadlines: for what stands in the outbox, from what is known of its channel."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from countries.calendars import Span, ends
from gateway.kit.ids import new_id
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.conduct import Conduct
from gateway.transmissions.deadlines.alerts import Kind, alert
from gateway.transmissions.deadlines.tables import channel_pace, deadline
from gateway.transmissions.routes import ROUTES
from gateway.transmissions.tables import outbox

_ENOUGH = 50  # answers, before what was observed is believed
_MOST = 500
_ODD = 2  # times as long as the latest hundredth
_TO_SEND = ("queued", "sending", "unknown", "deferred")
_STATES: Mapping[Kind, tuple[str, ...]] = {
    "send": _TO_SEND,
    "offline": ("deferred",),
    "verdict": ("sent",),
    "answer": ("sent",),
}


@dataclass(frozen=True, slots=True)
class _Found:
    row: sa.Row[Any]
    began: datetime.datetime


def begin(tx: TenantTransaction, channel: str, conduct: Conduct, now: datetime.datetime) -> int:
    """Begin the deadlines that rows of a channel lack; return how many.

    Args:
        tx: A worker's, without tenant.
        channel: Its name.
        conduct: How it behaves.
        now: The moment.
    """
    begun = 0
    for kind, span in _spans(tx, channel, conduct):
        values = [
            _values(found, channel, kind, span, now) for found in _lacking(tx, channel, kind)
        ]
        if values:
            statement = postgresql.insert(deadline).on_conflict_do_nothing()
            tx.execute(statement, values)
            begun += len(values)
    return begun


def _spans(tx: TenantTransaction, channel: str, conduct: Conduct) -> Iterator[tuple[Kind, Span]]:
    yield "send", conduct.deadline
    if conduct.offline is not None:
        yield "offline", conduct.offline.within
    yield "verdict", conduct.verdict_within
    yield "answer", _usual(tx, channel, conduct)


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


def _lacking(tx: TenantTransaction, channel: str, kind: Kind) -> list[_Found]:
    began = outbox.c.created_at if kind in {"send", "offline"} else outbox.c.claimed_at
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
    return [_Found(row, row.began) for row in tx.execute(query)]


def _values(
    found: _Found, channel: str, kind: Kind, span: Span, now: datetime.datetime
) -> dict[str, Any]:
    due = ends(span, found.began)
    first = alert(kind, found.began, due, 0, found.began).next_at
    return {
        "account_id": found.row.account_id,
        "entity_id": found.row.entity_id,
        "environment": ROUTES[channel].environment,
        "id": new_id(),
        "transmission_id": found.row.transmission_id,
        "channel": channel,
        "kind": kind,
        "started_at": found.began,
        "due_at": due,
        "next_alert_at": first or now,
        "state": "open",
    }
