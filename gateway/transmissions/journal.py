"""Writing one step of a transmission: evidence, event and state, in one transaction.

The only place that changes a transmission. Order of locks: lane, transmission, outbox, log head.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from gateway.archive.service import Archive, EvidenceItem, StoredItem
from gateway.events import service as events
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.adapter import Message, Signal
from gateway.transmissions.states import (
    Action,
    AxisState,
    Business,
    Fact,
    Regulatory,
    Transport,
    project,
)
from gateway.transmissions.tables import outbox, transmission


@dataclass(frozen=True, slots=True)
class Held:
    """A transmission whose row is locked until the transaction ends.

    Attributes:
        message: What is sent.
        attempts: How often the bytes were put on the wire so far.
        created_at: When it was queued.
        action_required: Why a person must look, if one must.
        transport: How far the bytes got, as far as we know.
    """

    message: Message
    attempts: int
    created_at: datetime.datetime
    action_required: str | None
    transport: str

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
    """

    type: str
    fact: Fact
    data: Mapping[str, Any]
    evidence: Sequence[EvidenceItem | StoredItem] = ()
    dedup_key: str | None = None


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
            tx.select(
                transmission,
                table.id,
                table.document_id,
                table.message_id,
                table.sender,
                table.receiver,
                table.payload,
                table.attempts,
                table.created_at,
                table.action_required,
                table.transport,
            )
            .where(table.id == transmission_id)
            .with_for_update()
        ).one()
        return Held(Message(*row[:6]), *row[6:])

    def record(
        self,
        tx: TenantTransaction,
        held: Held,
        steps: Sequence[Step],
        now: datetime.datetime,
        queue: Callable[[AxisState], Mapping[str, Any]] | None = None,
    ) -> AxisState:
        """Record steps of a held transmission and return the state they lead to.

        Steps whose key is known are left out. The log's head is locked last, so call this last.

        Args:
            tx: The transaction that holds the transmission.
            held: The transmission.
            steps: What happened, in order.
            now: When we learned of it.
            queue: What becomes of its row in the outbox, given the state; None leaves it.
        """
        new = [step for step in steps if not (step.dedup_key and events.has(tx, step.dedup_key))]
        for step in new:
            events.append(
                tx,
                type=step.type,
                document_id=held.message.document_id,
                transmission_id=held.message.transmission_id,
                data={**as_data(step.fact), **step.data},
                evidence_id=step.evidence[0].id if step.evidence else None,
                dedup_key=step.dedup_key,
                now=now,
            )
        facts = self._facts(tx, held.message.transmission_id)
        state = project(facts)
        if new:
            self._show(tx, held, state, facts, now)
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
                updated_at=now,
            )
        )


def signal_step(channel: str, signal: Signal) -> Step:
    """Return the step of a signal: a `verdict` of the network or authority, or a `response`."""
    word = "response" if signal.layer == "buyer" else "verdict"
    return Step(
        type=f"transmission.{word}",
        fact=signal.fact,
        data={"layer": signal.layer, "code": signal.code, "signal_id": signal.id},
        evidence=(signal.evidence,),
        dedup_key=f"signal:{channel}:{signal.id}",
    )


def as_data(fact: Fact) -> dict[str, Any]:
    """Return a fact as the JSON members of its event."""
    members = {
        "transport": fact.transport,
        "regulatory": fact.regulatory,
        "business": fact.business,
        "attempt": fact.attempt or None,
        "issued_at": fact.at.isoformat() if fact.at else None,
        "action": fact.action,
        "key": fact.key,
    }
    return {name: value for name, value in members.items() if value is not None}


def as_fact(data: Mapping[str, Any]) -> Fact:
    """Read the fact back from an event's data."""
    issued_at = data.get("issued_at")
    return Fact(
        transport=Transport(data["transport"]) if "transport" in data else None,
        regulatory=Regulatory(data["regulatory"]) if "regulatory" in data else None,
        business=Business(data["business"]) if "business" in data else None,
        attempt=data.get("attempt", 0),
        at=datetime.datetime.fromisoformat(issued_at) if issued_at else None,
        action=Action(data["action"]) if "action" in data else None,
        key=data.get("key"),
    )
