"""Asking the other side: what became of bytes that may have arrived, and of verdicts not heard.

A row found in `sending` was left by an owner who is gone. Its outcome is unknown like that of a
time-out: it is asked about, never sent blindly.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from gateway.events import service as events
from gateway.transmissions import tape
from gateway.transmissions.adapter import Acknowledgement, Message
from gateway.transmissions.bench import Ended, Job
from gateway.transmissions.errors import (
    GivenUp,
    GivenUpTogether,
    Refused,
    Retry,
    TransmissionError,
    Unknown,
)
from gateway.transmissions.journal import Held
from gateway.transmissions.loads import companions
from gateway.transmissions.states import Action, AxisState, Fact, Regulatory, Transport, project
from gateway.transmissions.steps import Step, action, arrived
from gateway.transmissions.tables import transmission

_DISAPPEARED = "disappeared"
"""The other side has never seen what it took, or judged."""


def take_over(job: Job) -> None:
    """Mark a row that an owner who is gone had on the wire as unknown, and those it carried."""
    now = job.bench.clock()
    for one in (job, *companions(job, now)):
        _abandoned(one, now)


def _abandoned(job: Job, now: datetime.datetime) -> None:
    due_at = max(now, (job.row.claimed_at or now) + job.bench.adapter.conduct.settle)
    moved = {"state": "unknown", "due_at": due_at, "attempts": 0, "reason": "abandoned"}

    def steps(held: Held) -> list[Step]:
        fact = Fact(transport=Transport.OUTCOME_UNKNOWN, attempt=held.attempts)
        return [Step("transmission.outcome_unknown", fact, {"reason": "abandoned"})]

    job.write(steps, now, lambda _: moved, abandoned=True)


def ask(job: Job) -> None:
    """Find out what became of bytes that may have arrived."""
    if job.bench.adapter.conduct.resend_is_safe:
        for one in (job, *companions(job, job.bench.clock())):  # they go together again
            _resend(one)
        return
    message = job.asking("ask")
    if message is None:
        return
    try:
        found = _reconcile(job, message)
    except Refused as error:
        job.refuse(error, expected="unknown", attempt=message.attempt)
    except GivenUp as error:
        _send_given_up(job, error)
    except TransmissionError as error:
        _still_open(job, Action.UNRESOLVED, job.bench.policy.escalate_after, error)
    else:
        if found is None:
            _send_unseen(job)
        else:
            job.acknowledge(found, expected="unknown", attempt=message.attempt, cause="reconciled")


def ask_verdict(job: Job) -> None:
    """Ask for the verdict on bytes that arrived; its signal may have been lost."""
    conduct = job.bench.adapter.conduct
    message = job.asking("verdict")
    if message is None:
        return
    try:
        found = _reconcile(job, message)
        if found is None:
            raise Unknown(_DISAPPEARED, "the other side has never seen what it took")
    except GivenUp as error:
        _send_given_up(job, error)
        return
    except TransmissionError as error:
        if isinstance(error, Refused) and not _is_judged(job):
            job.refuse(error, expected="sent", attempt=message.attempt)
        else:
            _still_open(job, Action.NO_VERDICT, conduct.verdict_within, error)
        return
    # The receipt too: where a verdict alone proved the arrival, it was never heard.
    steps = [arrived(job.row.transmission_id, found, message.attempt, "asked"), *job.said(found)]
    if found.signals or found.fact.regulatory is not None or found.fact.business is not None:
        now = job.bench.clock()
        job.write(steps, now, job.await_verdict(now), ended=Ended("acknowledged", wait=found.wait))
    else:
        silence = Unknown("no_verdict", "no verdict yet")
        _still_open(job, Action.NO_VERDICT, conduct.verdict_within, silence, steps)


def _reconcile(job: Job, message: Message) -> Acknowledgement | None:
    job.check()
    with tape.running(job.tape):
        return job.bench.adapter.reconcile(message)


def _resend(job: Job) -> None:
    """Send the same bytes again: the other side recognises what it has already."""
    again = _Again.of(job, "resending is safe")

    def steps(held: Held) -> list[Step]:
        return [] if held.arrived else again.steps(held)

    def move(state: AxisState) -> Mapping[str, Any]:
        if state.transport is Transport.QUEUED:
            return again.queued(in_doubt=True)
        if state.arrived:  # a signal came meanwhile
            return job.await_verdict(again.now)(state)
        return again.asked_about()

    job.write(steps, again.now, move, ended=Ended("retry", again.cause))


def _send_unseen(job: Job) -> None:
    """Send again what the other side says it has never seen.

    Unless a signal came meanwhile: then somebody did see it. It is asked about again, and as that
    stays so, a person is asked.
    """
    again = _Again.of(job, "never seen")

    def steps(held: Held) -> list[Step]:
        if not held.arrived:
            return again.steps(held)
        lost_for = again.now - (job.row.claimed_at or again.now)
        if held.action_required is not None or lost_for < job.bench.policy.escalate_after:
            return []
        return [
            action(Action.UNRESOLVED, _DISAPPEARED, "the other side has never seen what it judged")
        ]

    def move(state: AxisState) -> Mapping[str, Any]:
        if state.transport is Transport.QUEUED:
            return again.queued(in_doubt=False)
        return again.asked_about()

    job.write(steps, again.now, move, ended=Ended("never_seen", again.cause))


def _send_given_up(job: Job, error: GivenUp) -> None:
    """Send again what the other side had and gave up; that it arrived counts no more.

    Unless it was judged meanwhile: then it is asked about again.
    """
    again = _Again.of(job, error.reason)

    def steps(held: Held) -> list[Step]:
        if project(held.facts).regulatory is not Regulatory.PENDING:
            return []
        journal, owner = job.bench.journal, job.row.entity_id
        told = journal.stored(owner, again.anew(held, error)) if held.arrived else None
        if told is None:
            return again.steps(held)
        if again.now - job.row.created_at < job.bench.policy.escalate_after:
            return [told]
        # Asked for while it waits, and while it is there again: until it is judged.
        kinds = (Action.UNRESOLVED, Action.NO_VERDICT)
        return [told, *(action(kind, error.reason, error.detail) for kind in kinds)]

    def move(state: AxisState) -> Mapping[str, Any]:
        if state.transport is Transport.QUEUED:
            queued = again.queued(in_doubt=False, retry_after=error.retry_after)
            return queued | _fewer(job) if isinstance(error, GivenUpTogether) else queued
        return again.asked_about()

    job.write(steps, again.now, move, ended=Ended("retry", error.reason, error))


def _fewer(job: Job) -> dict[str, Any]:
    """Return that half as many may go in one request with a row as might have before."""
    batch = job.bench.adapter.conduct.batch
    most = job.row.together or (batch.most if batch is not None else 1)
    return {"together": max(1, most // 2)}


def _is_judged(job: Job) -> bool:
    """Tell whether a verdict is known: then it is the buyer who is asked for."""
    one = transmission.c
    with job.bench.database.worker_transaction(job.row.tenant(job.bench.route)) as tx:
        query = tx.select(transmission, one.regulatory)
        word = tx.execute(query.where(one.id == job.row.transmission_id)).scalar_one()
    return bool(word != Regulatory.PENDING)


@dataclass(frozen=True, slots=True)
class _Again:
    """The same bytes, about to be queued again.

    Attributes:
        job: The row.
        now: The moment.
        cause: Why they may be sent again.
        since: Since when nobody has known what became of them.
        sent: How often they were on the wire.
    """

    job: Job
    now: datetime.datetime
    cause: str
    since: datetime.datetime
    sent: int

    @classmethod
    def of(cls, job: Job, cause: str) -> Self:
        """Look up how long, and how often, a row was in doubt in this turn."""
        now, row, one = job.bench.clock(), job.row, transmission.c
        with job.bench.database.worker_transaction(row.tenant(job.bench.route)) as tx:
            query = tx.select(transmission, one.turn, one.attempts)
            found = tx.execute(query.where(one.id == row.transmission_id)).one()
            doubts = ("transmission.outcome_unknown",)
            turn = {"turn": found.turn or None}
            since, _ = events.span(tx, row.transmission_id, doubts, turn)
        return cls(job, now, cause, since or row.claimed_at or row.created_at, found.attempts)

    def steps(self, held: Held) -> list[Step]:
        """Return that they are queued; a person is asked, too, who has not been, in due time."""
        fact = Fact(transport=Transport.QUEUED, attempt=held.attempts)
        requeued = Step("transmission.requeued", fact, {"cause": self.cause})
        patient = self.now - self.since < self.job.bench.policy.escalate_after
        if patient or held.action_required is not None:
            return [requeued]
        return [action(Action.UNRESOLVED, self.job.row.reason or self.cause), requeued]

    def anew(self, held: Held, error: GivenUp) -> Step:
        """Return that they are queued though they had arrived: a new turn begins."""
        fact = Fact(transport=Transport.QUEUED, attempt=held.attempts, decided=True)
        said = {"cause": self.cause, "detail": error.detail}
        return Step("transmission.requeued", fact, said, error.evidence, new_turn=True)

    def queued(self, *, in_doubt: bool, retry_after: float | None = None) -> dict[str, Any]:
        """Return the row to be sent: the more often the bytes went out, the later.

        Args:
            in_doubt: They may have arrived all the same.
            retry_after: Seconds that the other side asked us to wait.
        """
        due_at = self.job.retry_at(self.now, self.sent - 1, retry_after)
        row = {"state": "queued", "attempts": 0, "reason": None}
        return {**row, "due_at": due_at, "in_doubt": in_doubt}

    def asked_about(self) -> Mapping[str, Any]:
        """Return the row to be asked about once more: they may not be queued."""
        failures = self.job.row.attempts
        due_at = self.job.retry_at(self.now, failures)
        return {"due_at": due_at, "attempts": failures + 1, "reason": _DISAPPEARED}


def _still_open(
    job: Job,
    kind: Action,
    patience: datetime.timedelta,
    error: TransmissionError,
    learned: list[Step] | None = None,
) -> None:
    """Nothing learned: ask again later, and after some time ask a person too."""
    now, row = job.bench.clock(), job.row
    waited = now - (row.claimed_at or row.created_at)
    said = [job.bench.journal.stored(row.entity_id, step) for step in learned or []]

    def steps(held: Held) -> list[Step]:
        if waited < patience or held.action_required is not None:
            return said
        return [*said, action(kind, error.reason, error.detail)]

    def move(state: AxisState) -> Mapping[str, Any]:
        if row.state == "sent":
            return job.await_verdict(now)(state)
        moved = job.turnstile.until_back(job.retry_at(now, row.attempts, error.retry_after))
        return {**moved, "attempts": row.attempts + 1, "reason": error.reason}

    ended = Ended("retry" if isinstance(error, Retry) else "unknown", error.reason, error)
    job.write(steps, now, move, ended=ended)
