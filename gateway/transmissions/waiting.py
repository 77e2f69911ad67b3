"""What a transmission waits for, and until when. Pure but for one query."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from countries.calendars import ends
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.axes import AxisState
from gateway.transmissions.conduct import Conduct
from gateway.transmissions.policy import Policy
from gateway.transmissions.queue import TO_SEND
from gateway.transmissions.routes import ROUTES
from gateway.transmissions.tables import outbox

_AHEAD = ("queued", "deferred", "sending", "unknown", "stuck")


@dataclass(frozen=True, slots=True)
class Place:
    """The row of the outbox that moves a transmission.

    Attributes:
        id: Its place in the queue.
        lane: Where it queues.
        state: As in `tables.outbox`.
        due_at: When somebody acts next; None when nobody does.
        attempts: Failures since it came into this state.
        claimed_at: When its bytes were last put on the wire.
        created_at: When it was queued.
        reason: Why it waits, a code.
        waits_for: The endpoint whose circuit breaker is open, if that is what it waits for.
        traceparent: The trace it belongs to.
    """

    id: int
    lane: str
    state: str
    due_at: datetime.datetime | None
    attempts: int
    claimed_at: datetime.datetime | None
    created_at: datetime.datetime
    reason: str | None
    waits_for: str | None
    traceparent: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What happens next.

    Attributes:
        what: `turn`, `send`, `breaker`, `answer`, `question`, `verdict`, `buyer`, `person` or
            `nothing`.
        next_at: When we act next.
        until: When patience ends, and a person is asked or the asking stops.
        reason: Why it was not done already, a code.
        endpoint: Whose circuit breaker is open.
    """

    what: str
    next_at: datetime.datetime | None = None
    until: datetime.datetime | None = None
    reason: str | None = None
    endpoint: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return its members."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


WORDS = {
    "turn": "It waits for its turn: an earlier message of the same sender is not finished.",
    "send": "It waits to be sent.",
    "breaker": "It waits until the other side can be reached again.",
    "answer": "Its bytes are on the wire, and the answer is awaited.",
    "question": "Nobody knows whether its bytes arrived: the other side is asked before anything.",
    "verdict": "It arrived, and the verdict is awaited.",
    "buyer": "The verdict is known; the buyer's answer is asked for a while longer.",
    "person": "Nothing happens until a person acts.",
    "nothing": "Nothing more is expected to happen by itself.",
}
"""What each means, for people."""


def place(tx: TenantTransaction, transmission_id: UUID) -> Place | None:
    """Return where a transmission queues; None where it never did."""
    columns = [outbox.c[one.name] for one in fields(Place)]
    query = tx.select(outbox, *columns).where(outbox.c.transmission_id == transmission_id)
    row = tx.execute(query).one_or_none()
    return None if row is None else Place(*row)


def next_looks(
    tx: TenantTransaction, transmission_ids: Sequence[UUID]
) -> dict[UUID, datetime.datetime]:
    """Return when each transmission is acted on next; those that are not are left out."""
    query = tx.select(outbox, outbox.c.transmission_id, outbox.c.due_at).where(
        outbox.c.transmission_id.in_(list(transmission_ids)), outbox.c.due_at.is_not(None)
    )
    return {row.transmission_id: row.due_at for row in tx.execute(query)}


def is_behind(tx: TenantTransaction, held: Place) -> bool:
    """Return whether an earlier message of an ordered lane is in its way."""
    route = ROUTES.get(held.lane.partition("/")[0])
    if route is None or not route.ordered or held.state not in _AHEAD:
        return False
    query = tx.select(outbox, outbox.c.id).where(
        outbox.c.lane == held.lane, outbox.c.id < held.id, outbox.c.state.in_(_AHEAD)
    )
    return tx.execute(query.limit(1)).first() is not None


def waiting(
    held: Place | None,
    state: AxisState,
    conduct: Conduct | None,
    *,
    behind: bool = False,
    policy: Policy | None = None,
) -> Waiting:
    """Return what a transmission waits for.

    Args:
        held: Where it queues.
        state: Where it stands.
        conduct: How its wire behaves; None where that is not known here, and then no end is told.
        behind: An earlier one of its lane is in its way.
        policy: How patient the workers are.
    """
    if held is None or held.state == "closed":
        return Waiting("nothing")
    if held.state == "stuck":
        return Waiting("person", reason=held.reason)
    what, patience = _patience(held, state, conduct, policy or Policy())
    until = None if patience is None else (held.claimed_at or held.created_at) + patience
    if what == "send" and conduct is not None:
        until = ends(conduct.deadline, held.created_at)
    if behind and what == "send":
        what = "turn"
    elif held.waits_for is not None and what == "send":
        what = "breaker"
    next_at = None if what in {"answer", "turn"} else held.due_at
    return Waiting(what, next_at, until, held.reason, held.waits_for)


def _patience(
    held: Place, state: AxisState, conduct: Conduct | None, policy: Policy
) -> tuple[str, datetime.timedelta | None]:
    """Return what is next for a row that moves, and how long it may take."""
    if held.state in TO_SEND:
        return "send", None
    if held.state == "sending":
        return "answer", None
    if held.state == "unknown":
        return "question", policy.escalate_after
    if state.settled:
        return "buyer", conduct.response_within if conduct else None
    return "verdict", conduct.verdict_within if conduct else None
