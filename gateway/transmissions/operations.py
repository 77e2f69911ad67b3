"""What people do to transmissions: stop channels, look at dead letters, retry, resolve, take back.

None of it guesses. Bytes that may have arrived are never sent again on a person's word alone,
unless the other side recognises them. Who knows what became of them states it, with a reason, and
that is an event like any other, with the name of who said it.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa

from gateway.events import service as events
from gateway.kit.database import Database
from gateway.kit.tenancy import Actor, Tenant, TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.transmissions import attempts, states
from gateway.transmissions.belated import PROOFS
from gateway.transmissions.control import pauses
from gateway.transmissions.control.pauses import Pause
from gateway.transmissions.deadlines import ledger as deadlines
from gateway.transmissions.journal import Held, Journal
from gateway.transmissions.problems import (
    ChannelUnknownProblem,
    DutyProblem,
    OrderMattersProblem,
    OutcomeUnknownProblem,
    TransmissionArrivedProblem,
    TransmissionBusyProblem,
)
from gateway.transmissions.queue import TO_SEND
from gateway.transmissions.routes import ROUTES
from gateway.transmissions.service import CHANNEL
from gateway.transmissions.states import AxisState, Business, Fact, Regulatory, Transport
from gateway.transmissions.steps import Step
from gateway.transmissions.tables import outbox, transmission

Outcome = Literal["arrived", "accepted", "rejected", "never_arrived"]
"""What a person may state: it has it; it took it; it refused it; it never had it."""

_SAID: Mapping[Outcome, Fact] = {
    "arrived": Fact(transport=Transport.SUBMITTED),
    "accepted": Fact(transport=Transport.SUBMITTED, regulatory=Regulatory.ACCEPTED),
    "rejected": Fact(transport=Transport.SUBMITTED, regulatory=Regulatory.REJECTED),
    "never_arrived": Fact(
        transport=Transport.QUEUED, regulatory=Regulatory.PENDING, business=Business.NONE
    ),
}
_RESTS = frozenset({"stuck", "unknown", "sent", "closed"})


def pause(
    database: Database, channel: str, *, reason: str, actor: str, now: datetime.datetime
) -> bool:
    """Stop a channel: its lanes are not taken, what is on the wire finishes.

    Returns:
        False when it stands still already.

    Raises:
        ChannelUnknownProblem: There is no such channel.
    """
    _known(channel)
    with database.worker_transaction() as tx:
        return pauses.pause(tx, channel, reason, actor, now)


def resume(database: Database, channel: str, *, actor: str) -> bool:
    """Let a channel go on; False when it was not stopped.

    Raises:
        ChannelUnknownProblem: There is no such channel.
    """
    _known(channel)
    with database.worker_transaction() as tx:
        resumed = pauses.resume(tx, channel, actor)
        _hint(tx, "")
    return resumed


def paused(database: Database) -> tuple[Pause, ...]:
    """Return every channel that is stopped, with who stopped it and why."""
    with database.worker_transaction() as tx:
        return pauses.paused(tx)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Somebody who acts on one tenant's transmissions.

    Attributes:
        database: Used as gw_worker.
        journal: Records what he does.
        tenant: Whose transmissions.
        actor: Who he is.
        reason: Why, in his words.
        now: When.
        once: A name for what he does, if it may be asked for again: then it is done once.
    """

    database: Database
    journal: Journal
    tenant: Tenant
    actor: Actor
    reason: str
    now: datetime.datetime
    once: str | None = None

    def retry(self, transmission_id: UUID, *, resend_is_safe: bool = False) -> AxisState:
        """Send what is stuck again, or now what waits for its turn.

        Args:
            transmission_id: Which.
            resend_is_safe: Of the channel's `Conduct`.

        Raises:
            NotFoundProblem: There is none with this id.
            TransmissionArrivedProblem: The other side has it.
            OutcomeUnknownProblem: It may have it, and resending is not safe.
            TransmissionBusyProblem: Nothing is to be retried.
        """
        with self.database.worker_transaction(self.tenant) as tx:
            return self.retry_within(tx, transmission_id, resend_is_safe=resend_is_safe)

    def retry_within(
        self, tx: TenantTransaction, transmission_id: UUID, *, resend_is_safe: bool = False
    ) -> AxisState:
        """Do so in an open transaction of the worker; see `retry`."""
        held, row = self._held(tx, transmission_id)
        if (known := self._once("retried", transmission_id)) and events.has(tx, known):
            return states.project(held.facts)
        if held.arrived:
            raise TransmissionArrivedProblem("There is nothing to send.")
        if row.in_doubt and not resend_is_safe:
            raise OutcomeUnknownProblem("State what became of it before it is sent again.")
        if row.state not in TO_SEND | {"stuck"}:
            raise TransmissionBusyProblem(f"It is {row.state}.")
        asked = held.transport == Transport.OUTCOME_UNKNOWN
        transport = Transport.QUEUED if asked else None
        fact = Fact(transport=transport, attempt=held.attempts)
        state = "deferred" if held.transport == Transport.DEFERRED else "queued"
        again = {"waits_for": None, "attempts": 0, "reason": "retried"}
        moved = {**again, "state": state, "due_at": self.now, "resumed_at": self.now}
        deadlines.restart(tx, transmission_id, self.now)
        step = Step("transmission.retried", fact, self._said(), (), known, new_turn=True)
        return self._record(tx, held, step, row.lane, lambda _: moved)

    def resolve(
        self, transmission_id: UUID, outcome: Outcome, *, word: Regulatory | None = None
    ) -> AxisState:
        """State what became of a transmission; it takes the place of what was reported before.

        Args:
            transmission_id: Which.
            outcome: What became of it; `never_arrived` sends it again.
            word: The authority's verdict in our words, where it is another than `accepted` or
                `rejected`.

        Raises:
            NotFoundProblem: There is none with this id.
            TransmissionArrivedProblem: `never_arrived`, though the other side proved otherwise.
            TransmissionBusyProblem: It is on the wire, or was never sent.
        """
        with self.database.worker_transaction(self.tenant) as tx:
            held, row = self._held(tx, transmission_id)
            if row.state not in _RESTS and not (row.state in TO_SEND and row.in_doubt):
                raise TransmissionBusyProblem(f"It is {row.state}.")
            if outcome == "never_arrived":
                self._may_go_again(tx, held)
                deadlines.restart(tx, transmission_id, self.now)
            said = _SAID[outcome]
            fact = Fact(
                transport=said.transport,
                regulatory=word or said.regulatory,
                business=said.business,
                attempt=held.attempts,
                decided=True,
            )
            data = {**self._said(), "outcome": outcome}
            step = Step("transmission.resolved", fact, data, new_turn=True)
            return self._record(tx, held, step, row.lane, self._after)

    def cancel(self, transmission_id: UUID) -> AxisState:
        """Take a document back that was never sent.

        Raises:
            NotFoundProblem: There is none with this id.
            TransmissionArrivedProblem: The other side has it.
            OutcomeUnknownProblem: It may have it.
            OrderMattersProblem: The channel takes documents in order, and none may be missing.
            DutyProblem: The law wants its authority to be told of it.
            TransmissionBusyProblem: It is not waiting to be sent.
        """
        with self.database.worker_transaction(self.tenant) as tx:
            held, row = self._held(tx, transmission_id)
            if (known := self._once("cancelled", transmission_id)) and events.has(tx, known):
                return states.project(held.facts)
            if held.arrived:
                raise TransmissionArrivedProblem("Correct the document instead.")
            if row.in_doubt:
                raise OutcomeUnknownProblem("It is taken back only if it never left.")
            if row.state not in TO_SEND | {"stuck"}:
                raise TransmissionBusyProblem(f"It is {row.state}.")
            if ROUTES[held.channel].ordered:
                raise OrderMattersProblem("It is a link of a chain.")
            if ROUTES[held.channel].duty:
                raise DutyProblem(f"{held.channel} is told of every document, be it late.")
            fact = Fact(transport=Transport.CANCELLED_BEFORE_SEND, attempt=held.attempts)
            closed = {"state": "closed", "due_at": None, "waits_for": None, "reason": "cancelled"}
            step = Step("transmission.cancelled", fact, self._said(), (), known, new_turn=True)
            return self._record(tx, held, step, row.lane, lambda _: closed)

    def _held(
        self, tx: TenantTransaction, transmission_id: UUID
    ) -> tuple[Held, sa.Row[tuple[Any, ...]]]:
        """Lock a transmission and its row, in the order everybody does."""
        known = tx.select(transmission, transmission.c.id)
        if tx.execute(known.where(transmission.c.id == transmission_id)).first() is None:
            raise NotFoundProblem
        held = self.journal.hold(tx, transmission_id)
        query = tx.select(outbox).where(outbox.c.transmission_id == transmission_id)
        return held, tx.execute(query.with_for_update()).one()

    def _may_go_again(self, tx: TenantTransaction, held: Held) -> None:
        """Let nobody's word stand against proof: what came is not sent a second time.

        Raises:
            TransmissionArrivedProblem: A receipt, a verdict or a refusal proves the arrival.
            TransmissionBusyProblem: It was taken back before it was sent, where it need not be, or
                the other side is being asked: its answer comes first.
        """
        if attempts.is_on_the_wire(tx, held.message.transmission_id):
            raise TransmissionBusyProblem("The other side is being asked. Wait for its answer.")
        route = ROUTES[held.channel]
        owed = route.duty and not route.ordered  # what left its chain has no place any more
        if held.transport == Transport.CANCELLED_BEFORE_SEND and not owed:
            raise TransmissionBusyProblem(f"It is {held.transport}.")
        for event in events.of_transmission(tx, held.message.transmission_id):
            # A contradiction says which event it stands for; the bytes came all the same.
            if event.data.get("event", event.type) in PROOFS:
                raise TransmissionArrivedProblem(f"{event.type} proves it.")

    def _once(self, act: str, transmission_id: UUID) -> str | None:
        return None if self.once is None else f"{act}:{transmission_id}:{self.once}"

    def _said(self) -> dict[str, Any]:
        return {"actor": {"kind": self.actor.kind, "id": self.actor.id}, "reason": self.reason}

    def _record(
        self,
        tx: TenantTransaction,
        held: Held,
        step: Step,
        lane: str,
        move: Callable[[AxisState], Mapping[str, Any]],
    ) -> AxisState:
        state = self.journal.record(tx, held, [step], self.now, move)
        _hint(tx, lane)
        return state

    def _after(self, state: AxisState) -> Mapping[str, Any]:
        """Return what becomes of a row whose outcome was stated."""
        known = {"waits_for": None, "in_doubt": False, "attempts": 0, "reason": "resolved"}
        if state.transport is Transport.QUEUED:
            return {**known, "state": "queued", "due_at": self.now, "resumed_at": self.now}
        if state.arrived and state.regulatory is Regulatory.PENDING:
            return {**known, "state": "sent", "due_at": self.now}
        return {**known, "state": "closed", "due_at": None}


def _known(channel: str) -> None:
    if channel not in ROUTES:
        raise ChannelUnknownProblem(f"The channels are {', '.join(sorted(ROUTES))}.")


def _hint(tx: TenantTransaction, lane: str) -> None:
    tx.execute(sa.select(sa.func.pg_notify(CHANNEL, lane)))
