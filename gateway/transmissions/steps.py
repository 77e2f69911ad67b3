"""What happened to a transmission, step by step: how it is said, and what the law makes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from gateway.archive.service import EvidenceItem, StoredItem
from gateway.stamps.service import Stamp
from gateway.transmissions import keepable
from gateway.transmissions.adapter import Acknowledgement, Keys, Signal
from gateway.transmissions.errors import TransmissionError
from gateway.transmissions.facts import as_data
from gateway.transmissions.invariants import forbidden
from gateway.transmissions.states import Action, Fact, Regulatory, Transport, project


@dataclass(frozen=True, slots=True)
class Step:
    """What happened.

    Attributes:
        type: The event's type.
        fact: What it says about the state.
        data: What else there is to know.
        evidence: What proves it; archived with it.
        dedup_key: At most one event of the entity has it.
        once_a_turn: The key counts anew in every turn: what is sent again is answered again.
        names: What the other side calls the transmission, as learned from it.
        stamps: What the authority put on the document; the first evidence proves them.
        new_turn: The transmission is put aside or taken up again by it.
        proof_id: The evidence that proves it, where that is archived only later.
    """

    type: str
    fact: Fact
    data: Mapping[str, Any]
    evidence: Sequence[EvidenceItem | StoredItem] = ()
    dedup_key: str | None = None
    once_a_turn: bool = False
    names: Keys = ()
    stamps: Sequence[Stamp] = ()
    new_turn: bool = False
    proof_id: UUID | None = None


def arrived(transmission_id: UUID, outcome: Acknowledgement, attempt: int, cause: str) -> Step:
    """Return the step of a proof of arrival; it counts once, however often it says the same."""
    fact = Fact(
        transport=outcome.fact.transport or Transport.SUBMITTED,
        regulatory=outcome.fact.regulatory,
        business=outcome.fact.business,
        attempt=attempt,
    )
    return Step(
        "transmission.submitted",
        fact,
        {"cause": cause, **keepable.told(outcome.unusable)},
        (outcome.receipt,),
        dedup_key=f"receipt:{transmission_id}:{fact.regulatory or ''}:{fact.business or ''}",
        once_a_turn=True,
        names=tuple(outcome.correlations.items()),
        stamps=outcome.stamps,
    )


def failure(
    transport: Transport,
    attempt: int,
    error: TransmissionError,
    regulatory: Regulatory | None = None,
) -> Step:
    """Return the step of an attempt that did not succeed."""
    fact = Fact(transport=transport, regulatory=regulatory, attempt=attempt)
    data = {"reason": error.reason, "detail": error.detail}
    return Step(f"transmission.{transport}", fact, data, error.evidence)


def action(kind: Action, reason: str, detail: str = "") -> Step:
    """Return the step that asks for a person."""
    data = {"reason": reason, "detail": detail}
    return Step("transmission.action_required", Fact(action=kind), data)


def keyed(step: Step, turn: int) -> Step:
    """Return a step whose key is of this turn; the first turn's has no number."""
    if not step.once_a_turn or not turn:
        return step
    return replace(step, dedup_key=f"{step.dedup_key}:{turn}")


def signal_step(channel: str, signal: Signal) -> Step:
    """Return the step of a signal: a `verdict` of the network or authority, or a `response`."""
    word = "response" if signal.layer == "buyer" else "verdict"
    said = {"layer": signal.layer, "code": signal.code, "signal_id": signal.id}
    return Step(
        type=f"transmission.{word}",
        fact=signal.fact,
        data={**said, **keepable.told(signal.unusable)},
        evidence=(signal.evidence,),
        dedup_key=f"signal:{channel}:{signal.id}",
        names=signal.keys,
    )


def lawful(
    turn: int, facts: Sequence[Fact], steps: Sequence[Step]
) -> tuple[list[Step], list[Fact]]:
    """Put steps into their turn, and turn those that the law forbids into contradictions."""
    kept: list[Step] = []
    told = list(facts)
    before = project(told)
    for step in steps:
        turn += step.new_turn
        one = replace(step, fact=replace(step.fact, turn=turn))
        after = project([*told, one.fact])
        reason = forbidden(before, one.fact, after)
        if reason is not None:
            one = _contradiction(one, reason)
            after = project([*told, one.fact])
        kept.append(one)
        told.append(one.fact)
        before = after
    return kept, told


def _contradiction(step: Step, reason: str) -> Step:
    """Return what is recorded in place of a step that the state machine forbids."""
    fact = Fact(action=Action.CONTRADICTION, key=step.fact.key, turn=step.fact.turn)
    data = {**step.data, "reason": reason, "event": step.type, "said": as_data(step.fact)}
    return replace(step, type="transmission.contradiction", fact=fact, data=data, stamps=())


def name_of_another(kind: str, value: str) -> Step:
    """Return the step of a name that is another transmission's already."""
    data = {"reason": "name_of_another", "kind": kind, "value": value}
    return Step("transmission.contradiction", Fact(action=Action.CONTRADICTION), data)
