"""How the events of a transmission add up to a state, and to one word for people. Pure.

Nothing here is stored as truth: a transmission's state is `project` of what its events say, and a
document's status is `headline` of its transmissions.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from gateway.transmissions.axes import (
    TRANSITIONS,
    Action,
    AxisState,
    Business,
    Regulatory,
    Transport,
)
from gateway.transmissions.headline import HEADLINES, headline, is_final

__all__ = [
    "HEADLINES",
    "TRANSITIONS",
    "Action",
    "AxisState",
    "Business",
    "Fact",
    "Regulatory",
    "Transport",
    "gist",
    "headline",
    "is_final",
    "project",
]

_STEPS = (
    Transport.CREATED,
    Transport.PREPARED,
    Transport.SUBMITTING,
    Transport.FAILED_RETRYABLE,
    Transport.DEFERRED,
    Transport.OUTCOME_UNKNOWN,
    Transport.QUEUED,  # again, for the next attempt
)
"""The steps of one attempt, in order; a later attempt or turn comes after all of them."""
_GRANTED = (
    Regulatory.DUPLICATE_OF_ACCEPTED,
    Regulatory.ACCEPTED,
    Regulatory.ACCEPTED_WITH_WARNINGS,
    Regulatory.REPORTED,
    Regulatory.CLEARED,
    Regulatory.CANCEL_REQUESTED,
    Regulatory.CANCELLED,
)
"""The authority took it: absorbing, weakest first; only a cancellation leads on, and its refusal
back from having been asked for."""
_DENIED = (Regulatory.EXPIRED, Regulatory.REJECTED)
_AGREED = (
    Business.ACCEPTED,
    Business.COMPLETED,
    Business.PAID_PARTIALLY,
    Business.PAID,
)
"""The buyer's final words in favour, weakest first."""
_OPEN = (
    Business.ACKNOWLEDGED,
    Business.IN_PROCESS,
    Business.UNDER_QUERY,
    Business.SUSPENDED,
    Business.DISPUTED,
    Business.PARTIALLY_ACCEPTED,
    Business.CONDITIONALLY_ACCEPTED,
)
"""The buyer's words that another may follow: the latest issued counts."""
_EARLIEST = datetime.datetime.min.replace(tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class Fact:
    """What one event says. Absent axes are not touched.

    Attributes:
        transport: A step of our worker (`attempt` says which try), or proof of arrival.
        regulatory: A verdict of authority or network.
        business: A word of the buyer.
        attempt: How many times the bytes had been put on the wire, for steps of our worker.
        at: When the other side says it issued the signal (UTC); orders the buyer's open words.
        action: A person is needed; stays in force only while its reason does.
        key: Signals with the same key are the same signal.
        turn: How often the transmission had been put aside and taken up again, by a person or
            because its authority came back. What was asked for in an earlier turn is over.
        decided: What was said before on the same axis counts no more: a person states it, or the
            other side gave up what it had.
        stands: The other side refuses to cancel what it was asked to cancel: the request counts
            no more, unless it was made after that.
    """

    transport: Transport | None = None
    regulatory: Regulatory | None = None
    business: Business | None = None
    attempt: int = 0
    at: datetime.datetime | None = None
    action: Action | None = None
    key: str | None = None
    turn: int = 0
    decided: bool = False
    stands: bool = False


def project(facts: Iterable[Fact], *, initial: Regulatory = Regulatory.PENDING) -> AxisState:
    """Add facts up, in the order they arrived.

    The order matters in one case only: of two final words that contradict each other, the first
    stays and a person is asked for. Everything else gives the same state in any order, and a fact
    said twice counts once.

    Args:
        facts: What the events say.
        initial: The regulatory axis before any verdict: `not_applicable` where none is expected.
    """
    unique: dict[object, Fact] = {}
    for fact in facts:
        unique.setdefault(fact.key or fact, fact)
    known = tuple(unique.values())
    turn = max((fact.turn for fact in known), default=0)
    clashes: list[str] = []
    regulatory = _regulatory(_undecided(known, "regulatory"), initial, clashes)
    business = _business(_undecided(known, "business"), clashes)
    transport = _transport(_undecided(known, "transport"), clashes)
    action = f"{Action.CONTRADICTION}: {'; '.join(clashes)}" if clashes else None
    state = AxisState(transport, regulatory, business, action)
    if action is None:
        asked = [fact.action for fact in known if fact.action and fact.turn >= turn]
        pending = [action for action in asked if _in_force(action, state)]
        if pending:
            return AxisState(transport, regulatory, business, pending[0].value)
    return state


def gist(facts: Iterable[Fact]) -> list[Fact]:
    """Return the few facts that everything follows from.

    With them for all the others, and whatever is told later, `project` comes to the same state. A
    row that is tried for weeks tells of steps of our worker by the hundred; of these only the
    last one counts.
    """
    unique: dict[object, Fact] = {}
    for fact in facts:
        unique.setdefault(fact.key or fact, fact)
    steps = [fact for fact in unique.values() if _is_bare_step(fact)]
    last = max(steps, key=_order, default=None)
    return [fact for fact in unique.values() if fact is last or not _is_bare_step(fact)]


def _is_bare_step(fact: Fact) -> bool:
    """Tell whether a fact says how far an attempt got, and nothing else."""
    bare = Fact(transport=fact.transport, attempt=fact.attempt, turn=fact.turn)
    return fact.transport in _STEPS and fact == bare


def _order(fact: Fact) -> tuple[int, int, int]:
    """Return the place of a step among the steps."""
    return fact.turn, fact.attempt, _STEPS.index(fact.transport or Transport.CREATED)


def _undecided(
    facts: tuple[Fact, ...], axis: Literal["transport", "regulatory", "business"]
) -> tuple[Fact, ...]:
    """Leave out what a person's decision about an axis made void; the decision comes first."""
    decisions = [fact for fact in facts if fact.decided and getattr(fact, axis) is not None]
    if not decisions:
        return facts
    last = max(decisions, key=lambda fact: fact.turn)
    return (last, *(fact for fact in facts if fact.turn >= last.turn and fact is not last))


def _regulatory(facts: Sequence[Fact], initial: Regulatory, clashes: list[str]) -> Regulatory:
    said = [fact.regulatory for fact in _upheld(facts) if fact.regulatory is not None]
    granted = [word for word in said if word in _GRANTED]
    denied = [word for word in said if word in _DENIED]
    if not granted and not denied:
        return initial
    if granted and denied:
        clashes.append("the verdicts accept and refuse")
        first = next(word for word in said if word in _GRANTED or word in _DENIED)
        granted = granted if first in _GRANTED else []
    return max(granted, key=_GRANTED.index) if granted else max(denied, key=_DENIED.index)


def _upheld(facts: Sequence[Fact]) -> Sequence[Fact]:
    """Leave out requests to cancel that were refused, whichever of the two we heard of first."""
    refused = max((fact.at or _EARLIEST for fact in facts if fact.stands), default=None)
    if refused is None:
        return facts
    return [
        fact
        for fact in facts
        if fact.regulatory is not Regulatory.CANCEL_REQUESTED or (fact.at or _EARLIEST) > refused
    ]


def _business(facts: Sequence[Fact], clashes: list[str]) -> Business:
    said = [fact for fact in facts if fact.business not in {None, Business.NONE}]
    words = [fact.business for fact in said if fact.business is not None]
    agreed = [word for word in words if word in _AGREED]
    refused = Business.REJECTED in words
    if agreed and refused:
        clashes.append("the buyer accepts and rejects")
        final = [word for word in words if word in _AGREED or word is Business.REJECTED]
        if final[0] is Business.REJECTED:
            return Business.REJECTED
    if agreed:
        return max(agreed, key=_AGREED.index)
    if refused:
        return Business.REJECTED
    opened = [
        (fact.at or _EARLIEST, _OPEN.index(fact.business))
        for fact in said
        if fact.business in _OPEN
    ]
    return _OPEN[max(opened)[1]] if opened else Business.NONE


def _transport(facts: Sequence[Fact], clashes: list[str]) -> Transport:
    said = [fact.transport for fact in facts if fact.transport is not None]
    arrived = Transport.SUBMITTED in said or any(_proves_arrival(fact) for fact in facts)
    ended = [
        step
        for step in said
        if step
        in {
            Transport.DELIVERED,
            Transport.FAILED_PERMANENT,
            Transport.CANCELLED_BEFORE_SEND,
        }
    ]
    if ended:
        if len(set(ended)) > 1:
            clashes.append("it was delivered and not delivered")
        elif ended[0] is Transport.CANCELLED_BEFORE_SEND and arrived:
            clashes.append("it was taken back, and the other side has it")
        return ended[0]
    if arrived:
        return Transport.SUBMITTED
    steps = [_order(fact) for fact in facts if fact.transport in _STEPS]
    return _STEPS[max(steps)[2]] if steps else Transport.CREATED


def _proves_arrival(fact: Fact) -> bool:
    """Nobody judges what did not arrive."""
    return fact.business not in {None, Business.NONE} or fact.regulatory not in {
        None,
        Regulatory.PENDING,
        Regulatory.NOT_APPLICABLE,
    }


def _in_force(action: Action, state: AxisState) -> bool:
    match action:
        case Action.NO_VERDICT:
            return state.arrived and state.regulatory is Regulatory.PENDING
        case Action.STUCK | Action.LATE | Action.UNRESOLVED:
            return not state.settled and not state.arrived
        case Action.REISSUE:
            return state.settled and not state.arrived
        case Action.CONTRADICTION:
            return True
