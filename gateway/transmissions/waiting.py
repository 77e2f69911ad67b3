"""What a transmission waits for, and until when."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from uuid import UUID

from countries.calendars import ends
from gateway.events import service as events
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions import heads, suffering
from gateway.transmissions.axes import AxisState, Business, Regulatory, Transport
from gateway.transmissions.conduct import Conduct
from gateway.transmissions.control import pauses
from gateway.transmissions.heads import AHEAD
from gateway.transmissions.policy import Policy
from gateway.transmissions.queue import TO_SEND
from gateway.transmissions.service import TransmissionView
from gateway.transmissions.suffering import Suffered
from gateway.transmissions.tables import outbox, transmission


@dataclass(frozen=True, slots=True)
class Place:
    """The row of the outbox that moves a transmission.

    Attributes:
        id: Its place in the queue.
        transmission_id: Which transmission.
        lane: Where it queues.
        state: As in `tables.outbox`.
        due_at: When somebody acts next; None when nobody does.
        attempts: Failures since it came into this state.
        claimed_at: When its bytes were last put on the wire.
        created_at: When it was queued.
        resumed_at: When a person last had it sent again.
        reason: Why it waits, a code.
        waits_for: The endpoint whose circuit breaker is open, if that is what it waits for.
        traceparent: The trace it belongs to.
    """

    id: int
    transmission_id: UUID
    lane: str
    state: str
    due_at: datetime.datetime | None
    attempts: int
    claimed_at: datetime.datetime | None
    created_at: datetime.datetime
    resumed_at: datetime.datetime | None
    reason: str | None
    waits_for: str | None
    traceparent: str | None

    @property
    def channel(self) -> str:
        """By which wire it goes."""
        return self.lane.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Behind:
    """The message that is in the way: the first unfinished one of an ordered lane.

    Attributes:
        transmission_id: Which.
        document_id: The document it carries.
        next: What that one waits for.
    """

    transmission_id: UUID
    document_id: UUID
    next: "Waiting"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What happens next.

    Attributes:
        what: A key of `WORDS`.
        next_at: When we act next.
        until: When patience ends, and a person is asked or the asking stops.
        reason: Why it was not done already, a code.
        endpoint: Whose circuit breaker is open.
        behind: What is in its way, where it waits for its turn.
        outage: What its authority announced, where that counts for it.
    """

    what: str
    next_at: datetime.datetime | None = None
    until: datetime.datetime | None = None
    reason: str | None = None
    endpoint: str | None = None
    behind: Behind | None = None
    outage: Suffered | None = None


WORDS = {
    "turn": "It waits for its turn: an earlier message of the same sender is not finished.",
    "send": "It waits to be sent.",
    "paused": "It waits until the operator lets its channel go on.",
    "breaker": "It waits until the other side can be reached again.",
    "answer": "Its bytes are on the wire, and the answer is awaited.",
    "question": "Nobody knows whether its bytes arrived: the other side is asked before anything.",
    "verdict": "It arrived, and the verdict is awaited.",
    "buyer": "The verdict is known; the buyer's answer is asked for a while longer.",
    "person": "Nothing happens until a person acts.",
    "nothing": "Nothing more is expected to happen by itself.",
}
"""What each means, for people."""

_COLUMNS = [outbox.c[one.name] for one in fields(Place)]
_NOWHERE = AxisState(Transport.QUEUED, Regulatory.PENDING, Business.NONE)


_UNSENT = TO_SEND | {"stuck"}
_NOT_THERE = {
    Transport.QUEUED,
    Transport.DEFERRED,
    Transport.FAILED_RETRYABLE,
    Transport.SUBMITTING,
    Transport.OUTCOME_UNKNOWN,
}


def next_steps(
    tx: TenantTransaction, views: Sequence[TransmissionView], conduct: Conduct | None = None
) -> dict[UUID, Waiting]:
    """Return what happens next to each transmission.

    Args:
        tx: Sees them.
        views: Which, and where they stand.
        conduct: How their wire behaves, where that is known; else no end is told.
    """
    if not views:
        return {}
    held = _places(tx, [one.id for one in views])
    stopped = pauses.stopped(tx)
    first = _heads(tx, {one.lane for one in held.values() if one.state in AHEAD}, stopped)
    told = suffering.of(tx, {one.channel for one in held.values()})
    found = {}
    for one in views:
        place = held.get(one.id)
        state = AxisState(one.transport, one.regulatory, one.business)
        ahead = None if place is None else first.get(place.lane)
        if place is None or ahead is None or ahead.transmission_id == one.id:
            ahead = None
        paused = place is not None and place.channel in stopped
        step = waiting(place, state, conduct, behind=ahead, paused=paused)
        if place is not None and place.state in _UNSENT and place.channel in told:
            announced = told[place.channel]
            outage = suffering.suffered(place.channel, place.created_at, announced)
            step = step if outage is None else replace(step, until=outage.until, outage=outage)
        found[one.id] = step
    return found


def with_next_steps(
    tx: TenantTransaction, found: Mapping[UUID, tuple[TransmissionView, ...]]
) -> dict[UUID, tuple[TransmissionView, ...]]:
    """Return transmissions with what happens next to each that has not arrived."""
    steps = next_steps(
        tx, [one for sent in found.values() for one in sent if one.transport in _NOT_THERE]
    )
    ahead = {step.behind.document_id for step in steps.values() if step.behind}
    prefixes = events.document_prefixes(tx, ahead)
    return {
        document: tuple(
            replace(one, waiting=as_json(steps[one.id], prefixes)) if one.id in steps else one
            for one in sent
        )
        for document, sent in found.items()
    }


def _places(tx: TenantTransaction, transmission_ids: Iterable[UUID]) -> dict[UUID, Place]:
    """Return where transmissions queue; those that never did are left out."""
    query = tx.select(outbox, *_COLUMNS).where(outbox.c.transmission_id.in_([*transmission_ids]))
    return {row.transmission_id: Place(*row) for row in tx.execute(query)}


def _heads(
    tx: TenantTransaction, lanes: Iterable[str], stopped: frozenset[str]
) -> dict[str, Behind]:
    """Return the first unfinished message of each ordered lane."""
    if not heads.ordered(lanes := list(lanes)):
        return {}
    query = heads.of_lanes(tx.select(outbox, *_COLUMNS), lanes)
    first = [Place(*row) for row in tx.execute(query)]
    carried = tx.select(transmission, transmission.c.id, transmission.c.document_id)
    carried = carried.where(transmission.c.id.in_([one.transmission_id for one in first]))
    documents = {row.id: row.document_id for row in tx.execute(carried)}
    return {
        one.lane: Behind(
            one.transmission_id,
            documents[one.transmission_id],
            waiting(one, _NOWHERE, None, paused=one.channel in stopped),
        )
        for one in first
    }


def waiting(  # noqa: PLR0913 - all that decides
    held: Place | None,
    state: AxisState,
    conduct: Conduct | None,
    *,
    behind: Behind | None = None,
    paused: bool = False,
    policy: Policy | None = None,
) -> Waiting:
    """Return what a transmission waits for. Pure.

    Args:
        held: Where it queues.
        state: Where it stands.
        conduct: How its wire behaves; None where that is not known here, and then no end is told.
        behind: An earlier one of its lane that is in its way.
        paused: Its channel was stopped by the operator.
        policy: How patient the workers are.
    """
    if held is None or held.state == "closed":
        return Waiting("nothing")
    if held.state == "stuck":
        return Waiting("person", reason=held.reason)
    what, patience = _patience(held, state, conduct, policy or Policy())
    until = None if patience is None else (held.claimed_at or held.created_at) + patience
    if what == "send" and conduct is not None:
        until = _latest(held, conduct)
    if behind is not None and what == "send":
        return Waiting("turn", None, until, held.reason, behind=behind)
    if paused and what in {"send", "question"}:
        return Waiting("paused", None, until, held.reason)
    if held.waits_for is not None and what == "send":
        what = "breaker"
    next_at = None if what == "answer" or paused else held.due_at
    return Waiting(what, next_at, until, held.reason, held.waits_for)


def _latest(held: Place, conduct: Conduct) -> datetime.datetime:
    """Return when at the latest it must be sent: a person who has it sent again gives more time.

    The time that the law gives after an outage counts from the issue, whoever says what.
    """
    if conduct.offline is not None:
        return ends(conduct.offline.within, held.created_at)
    return ends(conduct.deadline, held.resumed_at or held.created_at)


def as_json(step: Waiting, prefixes: Mapping[UUID, str]) -> dict[str, Any]:
    """Return what happens next as the API shows it.

    Args:
        step: What happens.
        prefixes: Of the ids of documents.
    """
    ahead = step.behind
    return {
        "what": step.what,
        "meaning": WORDS[step.what],
        "next_at": step.next_at and written(step.next_at),
        "until": step.until and written(step.until),
        "reason": step.reason,
        "endpoint": step.endpoint,
        "outage": step.outage and suffering.as_json(step.outage),
        "behind": ahead
        and {
            "transmission_id": public_id("trn", ahead.transmission_id),
            "document_id": public_id(prefixes[ahead.document_id], ahead.document_id),
            "what": ahead.next.what,
            "meaning": WORDS[ahead.next.what],
            "next_at": ahead.next.next_at and written(ahead.next.next_at),
            "reason": ahead.next.reason,
        },
    }


def sentence(step: Waiting, behind: str | None = None) -> str:
    """Say what happens next.

    Args:
        step: What happens.
        behind: The id of the document in the way.
    """
    moments = {"Next at": step.next_at, "Patience ends": step.until}
    parts = [WORDS[step.what]]
    parts += [f"{word} {written(moment)}." for word, moment in moments.items() if moment]
    if step.reason:
        parts.append(f"Reason: {step.reason}.")
    if step.outage is not None:
        parts.append(suffering.sentence(step.outage))
    if step.behind is not None:
        parts.append(f"It is behind {behind}. Of that one: {sentence(step.behind.next)}")
    return " ".join(parts)


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
