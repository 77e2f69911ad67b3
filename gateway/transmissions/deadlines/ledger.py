"""Deadlines for others: what ends them, and what there is."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.kept import Kept
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.axes import AxisState
from gateway.transmissions.deadlines.alerts import Kind
from gateway.transmissions.deadlines.tables import deadline
from gateway.transmissions.tables import transmission

_C = deadline.c
_AT_ARRIVAL: tuple[Kind, ...] = ("send", "offline")
_AT_VERDICT: tuple[Kind, ...] = ("verdict", "answer")
_FOLLOW = Kept(
    lambda tx: (
        tx.update(deadline)
        .where(
            _C.transmission_id == sa.bindparam("of_id"),
            _C.ended_at.is_(None),
            _C.kind == sa.any_(sa.bindparam("kinds", type_=postgresql.ARRAY(sa.Text))),
        )
        .values(state=sa.case((_C.state == "missed", "missed"), else_=sa.bindparam("word")))
    )
)


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A deadline as its tenant sees it."""

    id: UUID
    transmission_id: UUID
    channel: str
    kind: Kind
    started_at: datetime.datetime
    due_at: datetime.datetime
    alerted: int
    state: str
    ended_at: datetime.datetime | None
    mode: str | None
    retried: bool
    """It counts from when a person had the transmission sent again, not from its issue."""


_OF_TRANSMISSION = sa.and_(
    transmission.c.account_id == _C.account_id, transmission.c.id == _C.transmission_id
)
_COLUMNS = (
    *(_C[name] for name in DeadlineRow.__dataclass_fields__ if name != "retried"),
    sa.and_(_C.kind == "send", _C.started_at > transmission.c.created_at).label("retried"),
)


def done(kind: Kind, state: AxisState) -> bool:
    """Tell whether what a deadline is about has happened, or cannot happen any more."""
    return state.settled or (state.arrived and kind in _AT_ARRIVAL)


def follow(
    tx: TenantTransaction, transmission_id: UUID, state: AxisState, now: datetime.datetime
) -> None:
    """End the deadlines of a transmission that its new state fulfils, or makes pointless."""
    kinds = [kind for kind in (*_AT_ARRIVAL, *_AT_VERDICT) if done(kind, state)]
    if not kinds:
        return
    word = "met" if state.arrived else "ended"
    _FOLLOW(tx, of_id=transmission_id, kinds=kinds, word=word, next_alert_at=None, ended_at=now)


def restart(tx: TenantTransaction, transmission_id: UUID, now: datetime.datetime) -> None:
    """End the time a transmission had to be sent: a person has it sent again, with new time.

    What the law allows after an outage (`offline`) counts from the issue, and goes on.
    """
    tx.execute(
        tx.update(deadline)
        .where(_C.transmission_id == transmission_id, _C.ended_at.is_(None), _C.kind == "send")
        .values(
            state=sa.case((_C.state == "missed", "missed"), else_="ended"),
            next_alert_at=None,
            ended_at=now,
        )
    )


def of_transmission(tx: TenantTransaction, transmission_id: UUID) -> list[DeadlineRow]:
    """Return the deadlines of a transmission, the next one due first."""
    query = tx.select(deadline, *_COLUMNS).join(transmission, _OF_TRANSMISSION)
    query = query.where(_C.transmission_id == transmission_id)
    return [DeadlineRow(*row) for row in tx.execute(query.order_by(_C.due_at, _C.id))]


def page(
    tx: TenantTransaction,
    *,
    state: str | None,
    after: DeadlineRow | None,
    limit: int,
) -> Sequence[tuple[DeadlineRow, UUID]]:
    """Return up to `limit` deadlines, the next one due first, each with its document."""
    query = (
        tx.select(deadline, *_COLUMNS, transmission.c.document_id)
        .join(transmission, _OF_TRANSMISSION)
        .order_by(_C.due_at, _C.id)
        .limit(limit)
    )
    if state is not None:
        query = query.where(_C.state == state)
    if after is not None:
        query = query.where(sa.tuple_(_C.due_at, _C.id) > sa.tuple_(after.due_at, after.id))
    return [(DeadlineRow(*row[:-1]), row[-1]) for row in tx.execute(query)]


def get(tx: TenantTransaction, deadline_id: UUID) -> DeadlineRow | None:
    """Return one."""
    query = tx.select(deadline, *_COLUMNS).join(transmission, _OF_TRANSMISSION)
    row = tx.execute(query.where(_C.id == deadline_id)).one_or_none()
    return None if row is None else DeadlineRow(*row)
