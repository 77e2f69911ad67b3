"""The laws of the state machine, each with a name and checkable by itself. Pure.

The journal asks `forbidden` before it records a step, and asserts the laws of one state; tests and
simulations assert the rest over whole histories.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from gateway.transmissions.axes import TRANSITIONS, AxisState, Business, Regulatory, Transport
from gateway.transmissions.states import Action, Fact, project

INTENTIONS = frozenset(
    {
        Transport.QUEUED,
        Transport.SUBMITTING,
        Transport.DEFERRED,
        Transport.CANCELLED_BEFORE_SEND,
    }
)
"""What we decide to do. Everything else is a report of what happened."""

_GRANTED = frozenset(
    {
        Regulatory.ACCEPTED,
        Regulatory.ACCEPTED_WITH_WARNINGS,
        Regulatory.CLEARED,
        Regulatory.REPORTED,
        Regulatory.DUPLICATE_OF_ACCEPTED,
    }
)
_WITHDRAWN = frozenset({Regulatory.CANCEL_REQUESTED, Regulatory.CANCELLED})


def _closure() -> dict[Transport, frozenset[Transport]]:
    found = {one: set(after) for one, after in TRANSITIONS.items()}
    for _ in Transport:
        for after in found.values():
            after |= {further for one in tuple(after) for further in found[one]}
    return {one: frozenset(after) for one, after in found.items()}


REACHABLE: Mapping[Transport, frozenset[Transport]] = MappingProxyType(_closure())
"""Where a signal may lead: it may skip steps, but never go back."""


def forbidden(before: AxisState, fact: Fact, after: AxisState) -> str | None:
    """Return why a fact must not be recorded as a step; None when it may.

    Args:
        before: The state without it.
        fact: What happened, or is to be done.
        after: The state with it.
    """
    if fact.decided:
        return None  # a person says how it was
    step = fact.transport
    if step in INTENTIONS and step not in TRANSITIONS[before.transport]:
        return f"{before.transport} does not lead to {step}"
    if after.transport is before.transport:
        return None
    allowed = REACHABLE if fact.key is not None else TRANSITIONS
    if after.transport not in allowed[before.transport]:
        return f"{before.transport} does not lead to {after.transport}"
    return None


def walks_the_transitions(states: Sequence[AxisState]) -> bool:
    """3.2: transport never goes back, and skips steps only where a signal proves them."""
    return all(
        after.transport is before.transport or after.transport in REACHABLE[before.transport]
        for before, after in pairwise(states)
    )


def is_the_projection(state: AxisState, facts: Iterable[Fact]) -> bool:
    """3.2 (1): a state is what its events add up to, and nothing else."""
    return project(facts) == state


def grants_absorb(states: Sequence[AxisState]) -> bool:
    """3.2 (2): granted stays granted; only a cancellation leads on."""
    return all(
        before.regulatory not in _GRANTED or after.regulatory in _GRANTED | _WITHDRAWN
        for before, after in pairwise(states)
    )


def a_verdict_proves_arrival(state: AxisState) -> bool:
    """3.2 (3): nobody judges what did not arrive, unless it failed on the way on."""
    judged = state.regulatory in _GRANTED | _WITHDRAWN
    return not judged or state.transport in {
        Transport.SUBMITTED,
        Transport.DELIVERED,
        Transport.FAILED_PERMANENT,
        Transport.CANCELLED_BEFORE_SEND,
    }


def what_was_taken_back_was_never_judged(state: AxisState) -> bool:
    """3.2 (3): a word about what never left contradicts us, so a person is asked."""
    unjudged = state.regulatory in {Regulatory.PENDING, Regulatory.NOT_APPLICABLE}
    if state.transport is not Transport.CANCELLED_BEFORE_SEND:
        return True
    if unjudged and state.business is Business.NONE:
        return True
    return (state.action_required or "").startswith(Action.CONTRADICTION)


def contradictions_ask_for_a_person(state: AxisState, facts: Iterable[Fact]) -> bool:
    """3.2 (4): of words that exclude each other the first stays, and a person is asked for."""
    words = {fact.regulatory for fact in facts}
    clash = bool(words & _GRANTED) and Regulatory.REJECTED in words
    if not clash or any(fact.decided for fact in facts):
        return True
    return (state.action_required or "").startswith(Action.CONTRADICTION)


def what_came_is_archived(types: Iterable[tuple[str, bool]]) -> bool:
    """3.2 (5): an event about what came over the wire points at the bytes.

    Args:
        types: Of each event its type, and whether it has evidence.
    """
    return all(proven for name, proven in types if name in _CAME)


_CAME = frozenset({"transmission.submitted", "transmission.verdict", "transmission.response"})

STATE_LAWS: tuple[Callable[[AxisState], bool], ...] = (
    a_verdict_proves_arrival,
    what_was_taken_back_was_never_judged,
)
"""Those that hold of every single state."""
HISTORY_LAWS: tuple[Callable[[Sequence[AxisState]], bool], ...] = (
    walks_the_transitions,
    grants_absorb,
)
"""Those that hold of every history without a person's decision."""
