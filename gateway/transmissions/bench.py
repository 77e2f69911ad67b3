"""What all work on a row shares: the fenced transaction, and what an outcome leads to."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any

from gateway.kit import metrics
from gateway.kit.database import Database
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions import attempts, belated, queue
from gateway.transmissions.adapter import Acknowledgement, Adapter, Message, Vault
from gateway.transmissions.attempts import Attempt, Decisions, Outcome, Purpose
from gateway.transmissions.connections import proofs
from gateway.transmissions.control.outages import Notices
from gateway.transmissions.errors import FORK, NO_PLACE, TransmissionError
from gateway.transmissions.journal import Held, Journal
from gateway.transmissions.lanes import Lane, LaneKeeper, LaneLostError, fence
from gateway.transmissions.passing import Turnstile, told_by, wished
from gateway.transmissions.policy import Chance, Policy
from gateway.transmissions.queue import QueuedRow
from gateway.transmissions.routes import Route
from gateway.transmissions.states import Action, AxisState, Regulatory, Transport
from gateway.transmissions.steps import Step, action, arrived, failure, signal_step
from gateway.transmissions.tape import Recorder
from gateway.transmissions.unrecorded import keeping

Steps = Sequence[Step] | Callable[[Held], Sequence[Step]]


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
        vault: Where credentials are, for channels that need one.
        notices: What its authority announced.
    """

    database: Database
    journal: Journal
    adapter: Adapter
    route: Route
    policy: Policy
    chance: Chance
    clock: Callable[[], datetime.datetime]
    vault: Vault | None = None
    notices: Notices = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "notices", Notices(self.database, self.adapter.channel))


@dataclass(frozen=True, slots=True)
class Ended:
    """How an attempt ended.

    Attributes:
        outcome: In the recorder's words.
        reason: Why.
        error: What went wrong, if something did.
        wait: What the authority asked for with its answer.
        kept: The archive takes what came; else it is handed in with what is learned next.
    """

    outcome: Outcome
    reason: str | None = None
    error: TransmissionError | None = None
    wait: datetime.timedelta | None = None
    kept: bool = True


@dataclass(slots=True)
class Job:
    """One row in the hands of the owner of its lane.

    Attributes:
        bench: What it is worked on with.
        keeper: Holds the lane.
        lane: The lane and our epoch.
        row: The row as it was read.
        decisions: What was decided along the way, for the record.
        tape: What went over the wire.
        attempt: The attempt that was begun, if one was.
        turnstile: The gate of the wire.
        company: How many its request carries, itself included.
        carrier: What its bytes went over, where they go with another's request.
    """

    bench: Bench
    keeper: LaneKeeper
    lane: Lane
    row: QueuedRow
    decisions: Decisions = field(init=False)
    tape: Recorder = field(default_factory=Recorder)
    attempt: Attempt | None = None
    turnstile: Turnstile = field(init=False)
    company: int = 1
    carrier: Recorder | None = None

    def __post_init__(self) -> None:
        due_at = self.row.due_at.isoformat() if self.row.due_at else None
        said = {"lane": self.lane.key, "epoch": self.lane.epoch, "due_at": due_at}
        self.decisions = Decisions(self.bench.chance, said={**said, "row": self.row.state})
        bench = self.bench
        self.turnstile = Turnstile(
            *(bench.adapter, bench.policy, bench.route, bench.journal),
            *(self.lane.key, self.row, self.decisions, bench.notices),
        )

    def check(self) -> None:
        """Make sure the lane is still ours, right before the wire.

        Raises:
            LaneLostError: It is not.
        """
        self.tape.permit = self.keeper.check(self.lane)

    def addressed(self, tx: TenantTransaction, message: Message, attempt: int) -> Message:
        """Return the message with all that one attempt adds: its number, and who we are."""
        purpose, vault = self.bench.route.credential, self.bench.vault
        if purpose is None or vault is None:
            return replace(message, attempt=attempt)
        at, secret = self.bench.clock(), self.bench.route.stand_in
        credential = vault(tx, purpose, at=at, secret=secret)
        return replace(message, attempt=attempt, credential=credential)

    def begin(
        self,
        tx: TenantTransaction,
        message: Message,
        purpose: Purpose,
        now: datetime.datetime,
    ) -> Attempt:
        """Record in the transaction that something is about to go on the wire."""
        endpoint = self.bench.adapter.endpoint(message)
        self.attempt = attempts.begin(
            tx,
            message,
            purpose,
            endpoint=endpoint,
            decisions=self.decisions,
            now=now,
        )
        return self.attempt

    def asking(self, purpose: Purpose) -> Message | None:
        """Record that the other side is about to be asked; return what about.

        None when the wire may not be used now: the row was moved to when it is worth coming back.

        Raises:
            LaneLostError: The lane is somebody else's.
            RowMovedError: The row is in another state.
        """
        with self._transaction() as tx:
            fence(tx, self.lane)
            held = self.bench.journal.hold(tx, self.row.transmission_id)
            if not queue.hold(tx, self.row):
                raise RowMovedError
            message, now = self.addressed(tx, held.message, held.attempts), self.bench.clock()
            if not self.turnstile.enter(tx, held, message, operation="ask", now=now):
                return None
            attempts.lose(tx, self.row.transmission_id)  # of askers who are gone
            self.begin(tx, message, purpose, now)
        return message

    def write(  # noqa: PLR0913 - what one transaction writes
        self,
        steps: Steps,
        now: datetime.datetime,
        move: Callable[[AxisState], Mapping[str, Any]],
        *,
        expected: str | None = None,
        ended: Ended | None = None,
        abandoned: bool = False,
    ) -> Held:
        """Record steps in one fenced transaction, if the row is still where we left it.

        If it is not, what an attempt proved is kept all the same, and the attempt ends.

        Args:
            steps: What happened; or how to say it, given the locked transmission.
            now: When.
            move: What becomes of the row, given the state.
            expected: The row's state, if it is not the one it was read in.
            ended: How the attempt that was begun ended.
            abandoned: True when attempts of an owner who is gone never will.

        Raises:
            LaneLostError: The lane is somebody else's.
            RowMovedError: The row is in another state.
            UnrecordedError: What came of the attempt that was begun cannot be kept.
        """
        journal, state = self.bench.journal, expected or self.row.state
        begun = self.attempt is not None and ended is not None
        takes, moved = ended is None or ended.kept, (LaneLostError, RowMovedError)
        try:
            with keeping(state, ended=begun, passing=moved):
                if not callable(steps):
                    steps = [journal.stored(self.row.entity_id, step) for step in steps]
                made = self.attempt if ended is not None and ended.kept else None
                came = proofs(made, steps, (self.carrier or self.tape).exchanges)
                also = journal.store(self.row.entity_id, came)
                with self._transaction() as tx:
                    fence(tx, self.lane)
                    held = journal.hold(tx, self.row.transmission_id)
                    if not queue.hold(tx, self.row, expected):
                        raise RowMovedError
                    if abandoned:
                        attempts.lose(tx, self.row.transmission_id)
                    self._end(tx, ended, now)
                    told = steps(held) if callable(steps) else steps
                    lacks = takes and (abandoned or held.transport == Transport.OUTCOME_UNKNOWN)
                    after = queue.unless_over(move)
                    journal.record(tx, held, told, now, after, also=also, lacks=lacks)
        except moved:
            self._too_late(steps, ended, now)
            raise
        return held

    def _too_late(self, steps: Steps, ended: Ended | None, now: datetime.datetime) -> None:
        """End the attempt though the row is not ours any more, and keep what it proved."""
        if self.attempt is None or ended is None:
            return
        with self._transaction() as tx:
            held = self.bench.journal.hold(tx, self.row.transmission_id)
            told = steps(held) if callable(steps) else steps
            proofs = belated.proofs(told, self.attempt.id)
            move = belated.move(tx, self.row.transmission_id, now)
            self._end(tx, ended, now)
            self.bench.journal.record(tx, held, proofs, now, move if proofs else None)

    def _transaction(self) -> AbstractContextManager[TenantTransaction]:
        return self.bench.database.worker_transaction(self.row.tenant(self.bench.route))

    def _end(self, tx: TenantTransaction, ended: Ended | None, now: datetime.datetime) -> None:
        if self.attempt is not None and ended is not None:
            wait = wished(self.tape, ended.error, ended.wait)
            self.turnstile.leave(tx, told_by(self.tape, ended.error), wait, now)
            attempts.end(
                tx,
                self.attempt,
                ended.outcome,
                reason=ended.reason,
                exchanges=self.tape.exchanges,
                decisions=self.decisions,
                now=now,
            )
            purpose = "ask" if self.attempt.prepared is None else "send"
            seconds = sum(one.answer.elapsed for one in self.tape.exchanges if one.answer)
            metrics.count_attempt(self.bench.adapter.channel, purpose, ended.outcome, seconds)

    def retry_at(
        self, now: datetime.datetime, failures: int, retry_after: float | None = None
    ) -> datetime.datetime:
        """Return when to try again, and remember why."""
        draw = self.decisions.draw
        due_at = self.bench.policy.retry_at(now, failures, draw, retry_after)
        self.decisions.said |= {"retry_at": due_at.isoformat(), "failures": failures}
        return due_at

    def acknowledge(
        self, outcome: Acknowledgement, *, expected: str, attempt: int, cause: str
    ) -> None:
        """Record proof of arrival, and what came with it."""
        now = self.bench.clock()
        steps = [arrived(self.row.transmission_id, outcome, attempt, cause), *self.said(outcome)]
        move = self.await_verdict(now)
        ended = Ended("acknowledged", cause, wait=outcome.wait)
        self.write(steps, now, move, expected=expected, ended=ended)

    def said(self, outcome: Acknowledgement) -> list[Step]:
        """Return the steps of the signals that came with an answer."""
        return [signal_step(self.bench.adapter.channel, signal) for signal in outcome.signals]

    def refuse(self, error: TransmissionError, *, expected: str, attempt: int) -> None:
        """Record a definite no; a document whose record has no place asks for a person."""
        steps = [failure(Transport.FAILED_PERMANENT, attempt, error, Regulatory.REJECTED)]
        if error.reason in {FORK, NO_PLACE}:
            steps.append(action(Action.REISSUE, error.reason, error.detail))
        ended = Ended("refused", error.reason, error)
        self.write(
            steps, self.bench.clock(), lambda _: queue.CLOSED, expected=expected, ended=ended
        )

    def await_verdict(self, now: datetime.datetime) -> Callable[[AxisState], Mapping[str, Any]]:
        """Return what becomes of a row that arrived: closed, or when its verdict is asked for.

        After the verdict the buyer's answer is asked for too, ever more rarely, for
        `response_within`; then the row is closed, though the buyer may still speak.
        """
        again = self.row.state == "sent"
        tried = self.row.attempts + 1 if again else 0
        conduct = self.bench.adapter.conduct
        since = self.row.claimed_at or self.row.created_at

        def move(state: AxisState) -> Mapping[str, Any]:
            if state.complete or (state.settled and now - since >= conduct.response_within):
                return queue.CLOSED
            wait = conduct.first_ask * 2 ** min(tried, 32)
            due_at = now + min(wait, conduct.longest_ask)
            waiting = {"state": "sent", "due_at": due_at, "attempts": tried}
            return {**waiting, "in_doubt": False, "reason": None}

        return move
