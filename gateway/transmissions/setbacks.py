"""What becomes of a row that something on our side keeps from going on.

A failure that is understood (a `Problem`: the vault is locked, a certificate has expired, a token
is away) is no fault of the row: it waits, ever longer, and after some time its tenant is asked. An
exception nobody foresaw is our own bug: after some of these in a row the row is stuck.

An attempt whose outcome could not be written down is over all the same. Its bytes left: the other
side is asked about them, ever more rarely, and after some such attempts a person is, instead.
"""

import datetime
from collections.abc import Mapping
from typing import Any

import structlog

from gateway.problems import Problem
from gateway.transmissions import queue
from gateway.transmissions.bench import Ended, Job
from gateway.transmissions.journal import Held
from gateway.transmissions.states import Action, AxisState, Fact, Transport
from gateway.transmissions.steps import Step, action
from gateway.transmissions.tables import attempt
from gateway.transmissions.tape import Recorder
from gateway.transmissions.unrecorded import UnrecordedError

_log = structlog.get_logger(__name__)
_INTERNAL = "internal: "
_MOST = 32  # as many doublings as make a difference
_KINDS = {"unknown": Action.UNRESOLVED, "sent": Action.NO_VERDICT}


def stuck(reason: str) -> Mapping[str, Any]:
    """Return what becomes of a row that waits for a person."""
    return {"state": "stuck", "due_at": None, "waits_for": None, "reason": reason}


def put_off(job: Job, error: Exception) -> None:
    """Put off a row that could not be worked on, or give it up.

    Raises:
        LaneLostError: The lane is somebody else's.
        RowMovedError: It is not where we read it: the next look finds it.
    """
    if isinstance(error, UnrecordedError):
        _unrecorded(job, error)
        return
    now, policy, row = job.bench.clock(), job.bench.policy, job.row
    reason, detail = _why(error)
    before = _is_again(row.reason, reason)
    attempts = (row.attempts if before else 0) + 1
    poison = not isinstance(error, Problem) and attempts >= policy.poison_after
    given_up = poison and row.state in queue.TO_SEND

    def steps(held: Held) -> list[Step]:
        if given_up:
            return [action(Action.STUCK, reason)]
        return ask_in_time(job, held, reason, detail, now) if before else []

    def move(_: AxisState) -> Mapping[str, Any]:
        if given_up:
            return {**stuck(reason), "attempts": attempts}
        return {"due_at": _later(job, now, attempts), "attempts": attempts, "reason": reason}

    job.write(steps, now, move)


def _unrecorded(job: Job, error: UnrecordedError) -> None:
    """End an attempt of whose outcome nothing could be kept but that there was one.

    It counts how many attempts in a row ended so. What is not known to have arrived is stuck after
    some of them, lest it be sent or asked about for ever; what has arrived stands in nobody's way,
    and goes on being asked for.
    """
    now, bench, left = job.bench.clock(), job.bench, error.state
    cause = error.__cause__
    reason, detail = _why(cause if isinstance(cause, Exception) else error)
    failed = _in_a_row(job, reason) + 1
    poison = not isinstance(cause, Problem) and failed >= bench.policy.poison_after
    given_up = poison and left != "sent"
    due_at = max(_later(job, now, failed), now + bench.adapter.conduct.settle)

    def steps(held: Held) -> list[Step]:
        told = []
        if left == "sending":
            fact = Fact(transport=Transport.OUTCOME_UNKNOWN, attempt=held.attempts)
            told = [Step("transmission.outcome_unknown", fact, {"reason": reason})]
        late = now - (job.row.claimed_at or now) >= bench.policy.escalate_after
        if held.action_required is None and (poison or late):
            told.append(action(_KINDS.get(left, Action.UNRESOLVED), reason, detail))
        return told

    def move(_: AxisState) -> Mapping[str, Any]:
        if given_up:
            return {**stuck(reason), "attempts": failed, "in_doubt": True}
        state = "unknown" if left == "sending" else left
        return {"state": state, "due_at": due_at, "attempts": failed, "reason": reason}

    ended = Ended("unknown", reason, kept=False)
    try:
        job.write(steps, now, move, expected=left, ended=ended)
    except UnrecordedError:
        # What was exchanged is what cannot be kept: then only that it was.
        _log.exception("exchange_not_kept", row=job.row.id)
        job.tape = Recorder()
        job.write(steps, now, move, expected=left, ended=ended)


def _in_a_row(job: Job, reason: str) -> int:
    """Return how many of the last attempts ended as this one does."""
    with job.bench.database.worker_transaction(job.row.tenant(job.bench.route)) as tx:
        query = tx.select(attempt, attempt.c.reason).where(
            attempt.c.transmission_id == job.row.transmission_id, attempt.c.ended_at.is_not(None)
        )
        last = tx.execute(query.order_by(attempt.c.number.desc()).limit(_MOST)).scalars().all()
    count = 0
    for one in last:
        if not _is_again(one, reason):
            break
        count += 1
    return count


def _why(error: Exception) -> tuple[str, str]:
    """Return the code of a failure, and what there is to say to people."""
    if isinstance(error, Problem):
        return error.type, error.detail
    return f"{_INTERNAL}{type(error).__name__}", ""


def _is_again(before: str | None, reason: str) -> bool:
    """Tell whether the failure before was of the same kind: all our own bugs are of one."""
    if reason.startswith(_INTERNAL):
        return (before or "").startswith(_INTERNAL)
    return before == reason


def _later(job: Job, now: datetime.datetime, failures: int) -> datetime.datetime:
    return min(now + job.bench.policy.longest_pause, job.retry_at(now, failures))


def ask_in_time(
    job: Job, held: Held, reason: str, detail: str, now: datetime.datetime
) -> list[Step]:
    """Return the step that asks for a person, once a row has waited for long enough."""
    row = job.row
    since = row.claimed_at if row.state in _KINDS else None
    waited = now - (since or row.created_at)
    if held.action_required is not None or waited < job.bench.policy.escalate_after:
        return []
    return [action(_KINDS.get(row.state, Action.STUCK), reason, detail)]
