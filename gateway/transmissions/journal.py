"""Writing one step of a transmission: evidence, event and state, in one transaction.

The only place that changes a transmission. Order of locks: lane, transmission, outbox, names,
chain (where a refusal breaks it), log head. What the state machine forbids is refused: it is
recorded as a contradiction, never lost.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from gateway.archive.service import Archive, EvidenceItem, StoredItem
from gateway.chains import service as chains
from gateway.events import service as events
from gateway.kit.tenancy import TenantTransaction
from gateway.stamps import service as stamps
from gateway.stamps.service import Stamp
from gateway.transmissions import early, names
from gateway.transmissions.adapter import MESSAGE_ID, Keys, Message, Signal
from gateway.transmissions.deadlines import ledger as deadlines
from gateway.transmissions.errors import FORK, NO_PLACE
from gateway.transmissions.facts import as_data, as_fact
from gateway.transmissions.invariants import STATE_LAWS, forbidden
from gateway.transmissions.states import (
    Action,
    AxisState,
    Fact,
    Regulatory,
    Transport,
    project,
)
from gateway.transmissions.tables import outbox, transmission

_BREAKS = {
    FORK: "The authority has another record at the place of one that we sent.",
    NO_PLACE: "The authority refused a record for good, and will take none that follows it.",
}


@dataclass(frozen=True, slots=True)
class Held:
    """A transmission whose row is locked until the transaction ends.

    Attributes:
        message: What is sent.
        channel: By which wire.
        attempts: How often the bytes were put on the wire so far.
        created_at: When it was queued.
        action_required: Why a person must look, if one must.
        transport: How far the bytes got, as far as we know.
        turn: See `Fact.turn`.
    """

    message: Message
    channel: str
    attempts: int
    created_at: datetime.datetime
    action_required: str | None
    transport: str
    turn: int

    @property
    def arrived(self) -> bool:
        """True when a signal or a receipt proved that the bytes arrived."""
        return self.transport in {Transport.SUBMITTED, Transport.DELIVERED}


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


class Journal:
    """Records steps; stateless but for the archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def stored(self, step: Step) -> Step:
        """Put a step's evidence on disk; done before the transaction, whose locks it would hold.

        Raises:
            ArchiveUnavailableProblem: The disk refuses.
        """
        items = [item for item in step.evidence if isinstance(item, EvidenceItem)]
        return replace(step, evidence=self._archive.store(items)) if items else step

    def hold(self, tx: TenantTransaction, transmission_id: UUID) -> Held:
        """Lock a transmission and return what is sent."""
        table = transmission.c
        row = tx.execute(
            tx.select(transmission).where(table.id == transmission_id).with_for_update()
        ).one()
        called = {MESSAGE_ID: row.message_id} | names.of(tx, row.id, row.channel)
        message = Message(
            transmission_id=row.id,
            document_id=row.document_id,
            message_id=row.message_id,
            sender=row.sender,
            receiver=row.receiver,
            payload=row.payload,
            correlations=MappingProxyType(called),
            attempt=row.attempts,
            deferred=row.deferred,
        )
        return Held(
            message,
            row.channel,
            row.attempts,
            row.created_at,
            row.action_required,
            row.transport,
            row.turn,
        )

    def record(
        self,
        tx: TenantTransaction,
        held: Held,
        steps: Sequence[Step],
        now: datetime.datetime,
        queue: Callable[[AxisState], Mapping[str, Any]] | None = None,
    ) -> AxisState:
        """Record steps of a held transmission and return the state they lead to.

        Steps whose key is known are left out. Names they teach are learned, and the signals that
        waited for these names are recorded too. The log's head is locked last, so call this last.

        Args:
            tx: The transaction that holds the transmission.
            held: The transmission.
            steps: What happened, in order.
            now: When we learned of it.
            queue: What becomes of its row in the outbox, given the state; None leaves it.
        """
        known = [
            step
            for step in self._learned(tx, held, [_keyed(one, held.turn) for one in steps], now)
            if not (step.dedup_key and events.has(tx, step.dedup_key))
        ]
        facts = self._facts(tx, held.message.transmission_id)
        new, facts = lawful(held.turn, facts, known)
        for step in new:
            self._append(tx, held, step, now)
        state = project(facts)
        for law in STATE_LAWS:
            assert law(state), (law.__name__, state)  # noqa: S101 - stays on in production
        if new:
            self._show(tx, held, state, facts, now)
            deadlines.follow(tx, held.message.transmission_id, state, now)
        if queue is not None:
            tx.execute(
                tx.update(outbox)
                .where(outbox.c.transmission_id == held.message.transmission_id)
                .values(**queue(state))
            )
        items = [item for step in new for item in step.evidence]
        self._archive.record(tx, document_id=held.message.document_id, items=items, now=now)
        return state

    def state(self, tx: TenantTransaction, transmission_id: UUID) -> AxisState:
        """Return the state that the events of a transmission add up to."""
        return project(self._facts(tx, transmission_id))

    def _learned(
        self, tx: TenantTransaction, held: Held, steps: Sequence[Step], now: datetime.datetime
    ) -> list[Step]:
        """Learn the names that steps teach; add what waited for them, and what contradicts us.

        What waited may teach further names, which others wait for.
        """
        called = set(held.message.correlations.items())
        told: list[Step] = []
        heard = list(steps)
        while heard:
            told += heard
            taught = tuple(dict.fromkeys(key for step in heard for key in step.names))
            taught = tuple(key for key in taught if key not in called)
            called |= set(taught)
            names.lock(tx, held.channel, taught)
            transmission_id = held.message.transmission_id
            new, foreign = names.learn(tx, transmission_id, held.channel, taught, now)
            told += [_name_of_another(*key) for key in foreign]
            waited = early.take(tx, held.channel, new)
            heard = [self.stored(signal_step(held.channel, signal)) for signal in waited]
        return told

    def _append(
        self, tx: TenantTransaction, held: Held, step: Step, now: datetime.datetime
    ) -> None:
        message = held.message
        proof = step.evidence[0].id if step.evidence else None
        events.append(
            tx,
            type=step.type,
            document_id=message.document_id,
            transmission_id=message.transmission_id,
            data={**as_data(step.fact), **step.data},
            evidence_id=proof,
            dedup_key=step.dedup_key,
            now=now,
        )
        given = [replace(stamp, proof_id=proof) for stamp in step.stamps]
        stamps.put(tx, message.document_id, *given, now=now)
        why = _BREAKS.get(str(step.data.get("reason")))
        if why is not None and step.fact.regulatory is Regulatory.REJECTED:
            chains.broken(tx, message.document_id, why, now)

    def _facts(self, tx: TenantTransaction, transmission_id: UUID) -> list[Fact]:
        return [as_fact(event.data) for event in events.of_transmission(tx, transmission_id)]

    def _show(
        self,
        tx: TenantTransaction,
        held: Held,
        state: AxisState,
        facts: Sequence[Fact],
        now: datetime.datetime,
    ) -> None:
        """Keep the state beside the transmission, where lists read it."""
        tx.execute(
            tx.update(transmission)
            .where(transmission.c.id == held.message.transmission_id)
            .values(
                transport=state.transport,
                regulatory=state.regulatory,
                business=state.business,
                action_required=state.action_required,
                attempts=max(fact.attempt for fact in facts),
                turn=max(fact.turn for fact in facts),
                deferred=any(fact.transport is Transport.DEFERRED for fact in facts),
                updated_at=now,
            )
        )


def _keyed(step: Step, turn: int) -> Step:
    """Return a step whose key is of this turn; the first turn's has no number."""
    if not step.once_a_turn or not turn:
        return step
    return replace(step, dedup_key=f"{step.dedup_key}:{turn}")


def signal_step(channel: str, signal: Signal) -> Step:
    """Return the step of a signal: a `verdict` of the network or authority, or a `response`."""
    word = "response" if signal.layer == "buyer" else "verdict"
    return Step(
        type=f"transmission.{word}",
        fact=signal.fact,
        data={"layer": signal.layer, "code": signal.code, "signal_id": signal.id},
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


def _name_of_another(kind: str, value: str) -> Step:
    """Return the step of a name that is another transmission's already."""
    data = {"reason": "name_of_another", "kind": kind, "value": value}
    return Step("transmission.contradiction", Fact(action=Action.CONTRADICTION), data)
