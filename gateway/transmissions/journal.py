"""Writing one step of a transmission: evidence, event and state, in one transaction.

The only place that changes a transmission. Order of locks: lane, transmission, outbox, names,
chain (where a refusal breaks it, or an operator begins its successor), log head. What the state
machine forbids is refused: it is recorded as a contradiction, never lost.
"""

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.archive.service import Archive, EvidenceItem, StoredItem
from gateway.chains import service as chains
from gateway.events import service as events
from gateway.kit.ids import public_id
from gateway.kit.kept import Kept
from gateway.kit.tenancy import TenantTransaction
from gateway.stamps import service as stamps
from gateway.transmissions import attempts, early, names
from gateway.transmissions.adapter import MESSAGE_ID, Message
from gateway.transmissions.deadlines import ledger as deadlines
from gateway.transmissions.errors import FORK, NO_PLACE
from gateway.transmissions.facts import as_data, as_fact
from gateway.transmissions.invariants import STATE_LAWS
from gateway.transmissions.routes import ROUTES
from gateway.transmissions.states import (
    AxisState,
    Fact,
    Regulatory,
    Transport,
    gist,
    project,
)
from gateway.transmissions.steps import Step, keyed, lawful, name_of_another, signal_step
from gateway.transmissions.tables import outbox, transmission

_BREAKS = {
    FORK: "The authority has another record at the place of one that we sent.",
    NO_PLACE: "The authority refused a record for good, and will take none that follows it.",
}
VOID_AGAIN = (
    "The authority has the document as before. Void it again: what is said then follows from this"
    " answer. Where it should stand after all, issue a correction, or a new document."
)
"""What can be done where a cancellation was refused."""

_HOLD = Kept(
    lambda tx: (
        tx.select(transmission).where(transmission.c.id == sa.bindparam("of_id")).with_for_update()
    )
)
_SHOW = Kept(lambda tx: tx.update(transmission).where(transmission.c.id == sa.bindparam("of_id")))
_MOVE = Kept(lambda tx: tx.update(outbox).where(outbox.c.transmission_id == sa.bindparam("of_id")))


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
        facts: What its events say, or as much of it as its state follows from.
    """

    message: Message
    channel: str
    attempts: int
    created_at: datetime.datetime
    action_required: str | None
    transport: str
    turn: int
    facts: Sequence[Fact] = ()

    @property
    def arrived(self) -> bool:
        """True when a signal or a receipt proved that the bytes arrived."""
        return self.transport in {Transport.SUBMITTED, Transport.DELIVERED}

    @property
    def over(self) -> bool:
        """True when the other side will never have it: it said so, or it was taken back."""
        return self.transport in {Transport.FAILED_PERMANENT, Transport.CANCELLED_BEFORE_SEND}


class Journal:
    """Records steps; stateless but for the archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def stored(self, owner: UUID, step: Step) -> Step:
        """Put a step's evidence away; done before the transaction, whose locks it would hold.

        Raises:
            ArchiveUnavailableProblem: The disk refuses.
        """
        items = [item for item in step.evidence if isinstance(item, EvidenceItem)]
        return replace(step, evidence=self._archive.store(owner, items)) if items else step

    def store(self, owner: UUID, items: Sequence[EvidenceItem]) -> tuple[StoredItem, ...]:
        """Put evidence of an entity away; see `stored`."""
        return self._archive.store(owner, items)

    def hold(self, tx: TenantTransaction, transmission_id: UUID) -> Held:
        """Lock a transmission and return what is sent."""
        row = _HOLD(tx, of_id=transmission_id).one()
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
            self._facts(tx, row.id) if row.facts is None else [as_fact(one) for one in row.facts],
        )

    def record(  # noqa: PLR0913 - what one step changes
        self,
        tx: TenantTransaction,
        held: Held,
        steps: Sequence[Step],
        now: datetime.datetime,
        queue: Callable[[AxisState], Mapping[str, Any]] | None = None,
        *,
        also: Sequence[StoredItem] = (),
        lacks: bool | None = None,
    ) -> AxisState:
        """Record steps of a held transmission and return the state they lead to.

        Steps whose key is known are left out. Names they teach are learned, and the signals that
        waited for these names are recorded too. The log's head is locked last, so call this last,
        and once: `held` does not know of what is recorded.

        Args:
            tx: The transaction that holds the transmission.
            held: The transmission.
            steps: What happened, in order.
            now: When we learned of it.
            queue: What becomes of its row in the outbox, given the state; None leaves it.
            also: Evidence that proves an earlier step.
            lacks: Whether the archive may lack requests of attempts that are over: then it is
                looked, and they are handed in. None: where the outcome was unknown.
        """
        known = [
            step
            for step in self._learned(tx, held, [keyed(one, held.turn) for one in steps], now)
            if not (step.dedup_key and events.has(tx, step.dedup_key))
        ]
        new, facts = lawful(held.turn, held.facts, known)
        for step in new:
            self._append(tx, held, step, now)
        state = project(facts)
        for law in STATE_LAWS:
            assert law(state), (law.__name__, state)  # noqa: S101 - stays on in production
        if new:
            self._show(tx, held, state, facts, now)
            deadlines.follow(tx, held.message.transmission_id, state, now)
        if queue is not None:
            _MOVE(tx, of_id=held.message.transmission_id, **queue(state))
        items: list[EvidenceItem | StoredItem] = list(also)
        if lacks or (lacks is None and held.transport == Transport.OUTCOME_UNKNOWN):
            items += self._lacking(tx, held, {item.id for item in also})
        items += [item for step in new for item in step.evidence]
        self._archive.record(tx, document_id=held.message.document_id, items=items, now=now)
        return state

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
            told += [name_of_another(*key) for key in foreign]
            waited = early.take(tx, held.channel, new)
            heard = [
                self.stored(tx.entity_id, signal_step(held.channel, signal)) for signal in waited
            ]
        return told

    def _append(
        self, tx: TenantTransaction, held: Held, step: Step, now: datetime.datetime
    ) -> None:
        message = held.message
        proof = step.evidence[0].id if step.evidence else step.proof_id
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
        if step.fact.regulatory is Regulatory.REJECTED and ROUTES[held.channel].mends:
            self._tell_void_refused(tx, message, step, now)

    @staticmethod
    def _tell_void_refused(
        tx: TenantTransaction, message: Message, step: Step, now: datetime.datetime
    ) -> None:
        """Tell, where a refused message cancels its document, that this is not so there."""
        if not chains.cancels(tx, message.document_id, message.payload):
            return
        data = {
            "transmission_id": public_id("trn", message.transmission_id),
            "reason": step.data.get("reason"),
            "detail": step.data.get("detail"),
            "fix": VOID_AGAIN,
        }
        events.append(
            tx, type="document.void_refused", document_id=message.document_id, data=data, now=now
        )

    def _lacking(
        self, tx: TenantTransaction, held: Held, given: Collection[UUID]
    ) -> list[EvidenceItem]:
        """Return the requests that the archive has not got: their senders died, or it was full."""
        known = {one.id for one in self._archive.entries(tx, held.message.document_id)}
        return list(attempts.requests(tx, held.message.transmission_id, known | {*given}))

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
        _SHOW(
            tx,
            of_id=held.message.transmission_id,
            transport=state.transport,
            regulatory=state.regulatory,
            business=state.business,
            action_required=state.action_required,
            attempts=max(held.attempts, *(fact.attempt for fact in facts)),
            turn=max(held.turn, *(fact.turn for fact in facts)),
            deferred=held.message.deferred
            or any(fact.transport is Transport.DEFERRED for fact in facts),
            facts=[as_data(fact) for fact in gist(facts)],
            updated_at=now,
        )
