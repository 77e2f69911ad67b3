"""What all work on a row shares: the fenced transaction, and what an outcome leads to."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.kit.database import Database
from gateway.transmissions import queue
from gateway.transmissions.adapter import Acknowledgement, Adapter
from gateway.transmissions.errors import TransmissionError
from gateway.transmissions.journal import Held, Journal, Step, signal_step
from gateway.transmissions.lanes import Lane, LaneKeeper, fence
from gateway.transmissions.policy import Chance, Policy
from gateway.transmissions.queue import QueuedRow
from gateway.transmissions.routes import Route
from gateway.transmissions.states import Action, AxisState, Fact, Regulatory, Transport

CLOSED: Mapping[str, Any] = {"state": "closed", "due_at": None}


class RowMovedError(Exception):
    """The row is not in the state it was read in; read it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What a channel's work is done with.

    Attributes:
        database: For the short transactions.
        journal: Records every step.
        adapter: The wire.
        route: How the channel queues.
        policy: How patient to be.
        chance: The jitter.
        clock: The time.
    """

    database: Database
    journal: Journal
    adapter: Adapter
    route: Route
    policy: Policy
    chance: Chance
    clock: Callable[[], datetime.datetime]


@dataclass(frozen=True, slots=True)
class Job:
    """One row in the hands of the owner of its lane.

    Attributes:
        bench: What it is worked on with.
        keeper: Holds the lane.
        lane: The lane and our epoch.
        row: The row as it was read.
    """

    bench: Bench
    keeper: LaneKeeper
    lane: Lane
    row: QueuedRow

    def check(self) -> None:
        """Make sure the lane is still ours, right before the wire.

        Raises:
            LaneLostError: It is not.
        """
        self.keeper.check(self.lane)

    def peek(self) -> Held:
        """Return what the row is about, without keeping it locked while the network is asked."""
        with self.bench.database.worker_transaction(self.row.tenant(self.bench.route)) as tx:
            fence(tx, self.lane)
            return self.bench.journal.hold(tx, self.row.transmission_id)

    def write(
        self,
        steps: Sequence[Step] | Callable[[Held], Sequence[Step]],
        now: datetime.datetime,
        move: Callable[[AxisState], Mapping[str, Any]],
        *,
        expected: str | None = None,
    ) -> Held:
        """Record steps in one fenced transaction, if the row is still where we left it.

        Args:
            steps: What happened; or how to say it, given the locked transmission.
            now: When.
            move: What becomes of the row, given the state.
            expected: The row's state, if it is not the one it was read in.

        Raises:
            LaneLostError: The lane is somebody else's.
            RowMovedError: The row is in another state.
        """
        journal = self.bench.journal
        if not callable(steps):
            steps = [journal.stored(step) for step in steps]
        with self.bench.database.worker_transaction(self.row.tenant(self.bench.route)) as tx:
            fence(tx, self.lane)
            held = journal.hold(tx, self.row.transmission_id)
            if not queue.hold(tx, self.row, expected):
                raise RowMovedError
            journal.record(tx, held, steps(held) if callable(steps) else steps, now, move)
            return held

    def acknowledge(
        self, outcome: Acknowledgement, *, expected: str, attempt: int, cause: str
    ) -> None:
        """Record proof of arrival, and what came with it."""
        now = self.bench.clock()
        arrived = Step(
            "transmission.submitted",
            Fact(
                transport=outcome.fact.transport or Transport.SUBMITTED,
                regulatory=outcome.fact.regulatory,
                business=outcome.fact.business,
                attempt=attempt,
            ),
            {"cause": cause},
            (outcome.receipt,),
        )
        steps = [arrived, *self.said(outcome)]
        self.write(steps, now, self.await_verdict(now), expected=expected)

    def said(self, outcome: Acknowledgement) -> list[Step]:
        """Return the steps of the signals that came with an answer."""
        return [signal_step(self.bench.adapter.channel, signal) for signal in outcome.signals]

    def refuse(self, error: TransmissionError, *, expected: str, attempt: int) -> None:
        """Record a definite no."""
        step = failure(Transport.FAILED_PERMANENT, attempt, error, Regulatory.REJECTED)
        self.write([step], self.bench.clock(), lambda _: CLOSED, expected=expected)

    def await_verdict(self, now: datetime.datetime) -> Callable[[AxisState], Mapping[str, Any]]:
        """Return what becomes of a row that arrived: closed, or when its verdict is asked for.

        After the verdict the buyer's answer is asked for too, ever more rarely, for
        `response_within`; then the row is closed, though the buyer may still speak.
        """
        again = self.row.state == "sent"
        attempts = self.row.attempts + 1 if again else 0
        policy, adapter = self.bench.policy, self.bench.adapter
        since = self.row.claimed_at or self.row.created_at

        def move(state: AxisState) -> Mapping[str, Any]:
            if state.complete or (state.settled and now - since >= adapter.response_within):
                return CLOSED
            wait = policy.ask_verdict_after * 2 ** min(attempts, 32)
            due_at = now + min(wait, policy.longest_delay)
            return {"state": "sent", "due_at": due_at, "attempts": attempts}

        return move


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
