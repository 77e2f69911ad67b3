"""Asking the other side: what became of bytes that may have arrived, and of verdicts not heard.

A row found in `sending` was left by an owner who is gone. Its outcome is unknown like that of a
time-out: it is asked about, never sent blindly.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from gateway.transmissions.bench import Job, action
from gateway.transmissions.errors import Refused, TransmissionError, Unknown
from gateway.transmissions.journal import Held, Step
from gateway.transmissions.states import Action, AxisState, Fact, Transport


def take_over(job: Job) -> None:
    """Mark a row that an owner who is gone had on the wire as unknown."""
    now = job.bench.clock()
    due_at = max(now, (job.row.claimed_at or now) + job.bench.adapter.settle)
    moved = {"state": "unknown", "due_at": due_at, "attempts": 0}

    def steps(held: Held) -> list[Step]:
        fact = Fact(transport=Transport.OUTCOME_UNKNOWN, attempt=held.attempts)
        return [Step("transmission.outcome_unknown", fact, {"reason": "abandoned"})]

    job.write(steps, now, lambda _: moved)


def ask(job: Job) -> None:
    """Find out what became of bytes that may have arrived."""
    held = job.peek()
    adapter = job.bench.adapter
    if adapter.resend_is_safe:
        _queue_again(job, held.attempts, "resending is safe")
        return
    job.check()
    try:
        found = adapter.reconcile(held.message)
    except Refused as error:
        job.refuse(error, expected="unknown", attempt=held.attempts)
    except TransmissionError as error:
        _still_open(job, Action.UNRESOLVED, job.bench.policy.escalate_after, error)
    else:
        if found is not None:
            job.acknowledge(found, expected="unknown", attempt=held.attempts, cause="reconciled")
        elif job.peek().arrived:  # a signal came meanwhile: somebody did see it
            doubt = Unknown("disappeared", "the other side has never seen what it judged")
            _still_open(job, Action.UNRESOLVED, job.bench.policy.escalate_after, doubt)
        else:
            _queue_again(job, held.attempts, "never seen")


def ask_verdict(job: Job) -> None:
    """Ask for the verdict on bytes that arrived; its signal may have been lost."""
    held = job.peek()
    adapter = job.bench.adapter
    job.check()
    try:
        found = adapter.reconcile(held.message)
        if found is None:
            raise Unknown("disappeared", "the other side has never seen what it took")
    except TransmissionError as error:
        _still_open(job, Action.NO_VERDICT, adapter.verdict_within, error)
        return
    if found.signals:
        now = job.bench.clock()
        job.write(job.said(found), now, job.await_verdict(now))
    else:
        silence = Unknown("no_verdict", "no verdict yet")
        _still_open(job, Action.NO_VERDICT, adapter.verdict_within, silence)


def _queue_again(job: Job, attempt: int, cause: str) -> None:
    """Queue the same bytes again: the other side has never seen them, or will recognise them."""
    now = job.bench.clock()
    fact = Fact(transport=Transport.QUEUED, attempt=attempt)
    step = Step("transmission.requeued", fact, {"cause": cause})
    moved = {"state": "queued", "due_at": now, "attempts": 0}
    job.write([step], now, lambda _: moved)


def _still_open(
    job: Job, kind: Action, patience: datetime.timedelta, error: TransmissionError
) -> None:
    """Nothing learned: ask again later, and after some time ask a person too."""
    now, row = job.bench.clock(), job.row
    waited = now - (row.claimed_at or row.created_at)

    def steps(held: Held) -> list[Step]:
        if waited < patience or held.action_required is not None:
            return []
        return [action(kind, error.reason, error.detail)]

    def move(state: AxisState) -> Mapping[str, Any]:
        if row.state == "sent":
            return job.await_verdict(now)(state)
        due_at = job.bench.policy.retry_at(now, row.attempts, job.bench.chance, error.retry_after)
        return {"due_at": due_at, "attempts": row.attempts + 1}

    job.write(steps, now, move)
