"""What becomes of a row that something on our side keeps from going on.

A failure that is understood (a `Problem`: the vault is locked, a certificate has expired, a token
is away) is no fault of the row: it waits, ever longer, and after some time its tenant is asked. An
exception nobody foresaw is our own bug: after some of these in a row the row is stuck.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from gateway.problems import Problem
from gateway.transmissions import queue
from gateway.transmissions.bench import Job, action
from gateway.transmissions.journal import Held, Step
from gateway.transmissions.states import Action, AxisState

_INTERNAL = "internal: "
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
    now, policy, row = job.bench.clock(), job.bench.policy, job.row
    if isinstance(error, Problem):
        reason, detail, before = error.type, error.detail, row.reason == error.type
    else:
        reason, detail = f"{_INTERNAL}{type(error).__name__}", ""
        before = (row.reason or "").startswith(_INTERNAL)
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
        latest = now + policy.longest_pause
        due_at = min(latest, job.retry_at(now, attempts))
        return {"due_at": due_at, "attempts": attempts, "reason": reason}

    job.write(steps, now, move)


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
