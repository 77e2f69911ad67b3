"""Asking the other side: what became of bytes that may have arrived, and of verdicts not heard.

A row found in `sending` was left by an owner who is gone. Its outcome is unknown like that of a
time-out: it is asked about, never sent blindly.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from gateway.events import service as events
from gateway.transmissions import tape
from gateway.transmissions.adapter import Acknowledgement, Message
from gateway.transmissions.bench import Ended, Job
from gateway.transmissions.errors import Refused, Retry, TransmissionError, Unknown
from gateway.transmissions.journal import Held
from gateway.transmissions.states import Action, AxisState, Fact, Transport
from gateway.transmissions.steps import Step, action, arrived
from gateway.transmissions.tables import transmission


def take_over(job: Job) -> None:
    """Mark a row that an owner who is gone had on the wire as unknown."""
    now = job.bench.clock()
    due_at = max(now, (job.row.claimed_at or now) + job.bench.adapter.conduct.settle)
    moved = {"state": "unknown", "due_at": due_at, "attempts": 0, "reason": "abandoned"}

    def steps(held: Held) -> list[Step]:
        fact = Fact(transport=Transport.OUTCOME_UNKNOWN, attempt=held.attempts)
        return [Step("transmission.outcome_unknown", fact, {"reason": "abandoned"})]

    job.write(steps, now, lambda _: moved, abandoned=True)


def ask(job: Job) -> None:
    """Find out what became of bytes that may have arrived."""
    if job.bench.adapter.conduct.resend_is_safe:
        _queue_again(job, "resending is safe")
        return
    message = job.asking("ask")
    if message is None:
        return
    try:
        found = _reconcile(job, message)
    except Refused as error:
        job.refuse(error, expected="unknown", attempt=message.attempt)
    except TransmissionError as error:
        _still_open(job, Action.UNRESOLVED, job.bench.policy.escalate_after, error)
    else:
        if found is None:
            _queue_again(job, "never seen")
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
            raise Unknown("disappeared", "the other side has never seen what it took")
    except TransmissionError as error:
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


def _queue_again(job: Job, cause: str) -> None:
    """Queue the same bytes again: the other side has never seen them, or will recognise them."""
    now = job.bench.clock()
    never_seen = cause == "never seen"
    doubt = Unknown("disappeared", "the other side has never seen what it judged")
    since, tries = _doubted(job)
    patient = now - since < job.bench.policy.escalate_after

    def steps(held: Held) -> list[Step]:
        if held.arrived and never_seen:  # a signal came meanwhile: somebody did see it
            late = now - (job.row.claimed_at or now) >= job.bench.policy.escalate_after
            asked = held.action_required is not None
            return [action(Action.UNRESOLVED, doubt.reason, doubt.detail)] * (late and not asked)
        if held.arrived:
            return []
        fact = Fact(transport=Transport.QUEUED, attempt=held.attempts)
        again = Step("transmission.requeued", fact, {"cause": cause})
        if patient or held.action_required is not None:
            return [again]
        return [action(Action.UNRESOLVED, job.row.reason or cause), again]

    def move(state: AxisState) -> Mapping[str, Any]:
        if state.transport is Transport.QUEUED:
            queued = {"state": "queued", "attempts": 0, "reason": None}
            due_at = job.retry_at(now, tries - 1)
            return {**queued, "due_at": due_at, "in_doubt": not never_seen}
        if state.arrived and not never_seen:
            return job.await_verdict(now)(state)
        due_at = job.retry_at(now, job.row.attempts)
        return {"due_at": due_at, "attempts": job.row.attempts + 1, "reason": doubt.reason}

    job.write(steps, now, move, ended=Ended("never_seen" if never_seen else "retry", cause))


def _doubted(job: Job) -> tuple[datetime.datetime, int]:
    """Return since when an outcome was unknown in this turn, and how often bytes went out."""
    row, one = job.row, transmission.c
    with job.bench.database.worker_transaction(row.tenant(job.bench.route)) as tx:
        query = tx.select(transmission, one.turn, one.attempts).where(
            one.id == row.transmission_id
        )
        now = tx.execute(query).one()
        doubts = ("transmission.outcome_unknown",)
        since, _ = events.span(tx, row.transmission_id, doubts, {"turn": now.turn or None})
    return since or row.claimed_at or row.created_at, now.attempts


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
    said = [job.bench.journal.stored(step) for step in learned or []]

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
