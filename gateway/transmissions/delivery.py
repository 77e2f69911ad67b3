"""Sending one row. `sending` is committed before the wire, the outcome after it."""

import datetime
from collections.abc import Mapping
from typing import Any

import structlog

from gateway.transmissions import queue
from gateway.transmissions.adapter import Request
from gateway.transmissions.bench import Job, RowMovedError, action, failure
from gateway.transmissions.errors import Refused, Retry, TransmissionError, Unknown
from gateway.transmissions.journal import Held, Step
from gateway.transmissions.lanes import LaneLostError, fence
from gateway.transmissions.states import Action, AxisState, Fact, Transport

_log = structlog.get_logger(__name__)
_STUCK: Mapping[str, Any] = {"state": "stuck", "due_at": None}


def send(job: Job) -> None:
    """Put a queued row on the wire and record what came of it.

    Raises:
        LaneLostError: The lane is somebody else's; the row may be left in `sending`.
        RowMovedError: It is not queued any more.
    """
    adapter = job.bench.adapter
    now = job.bench.clock()
    if now >= job.row.created_at + adapter.deadline:
        job.write([action(Action.STUCK, "deadline")], now, lambda _: _STUCK)
        return
    held, request = _begin(job, now)
    attempt = held.attempts + 1
    try:
        job.check()
        outcome = adapter.interpret(held.message, adapter.send(request))
    except TransmissionError as error:
        _failed(job, attempt, error)
    except LaneLostError:
        raise  # the row stays `sending`: who owns the lane now asks about it
    except Exception as error:  # noqa: BLE001 - whatever it was, bytes may have left
        _log.exception("send_failed", channel=adapter.channel)
        _failed(job, attempt, Unknown("internal", f"our own code: {type(error).__name__}"))
    else:
        job.acknowledge(outcome, expected="sending", attempt=attempt, cause="answered")


def put_off(job: Job, error: Exception) -> None:
    """Put off a row that our own code fails on; after some times it is stuck, and shown."""
    if job.row.state == "sending":
        return  # the next look finds it abandoned, and asks
    now, policy = job.bench.clock(), job.bench.policy
    attempts = job.row.attempts + 1
    stuck = job.row.state == "queued" and attempts >= policy.poison_after
    reason = f"internal: {type(error).__name__}"

    def move(_: AxisState) -> Mapping[str, Any]:
        if stuck:
            return {**_STUCK, "attempts": attempts}
        due_at = policy.retry_at(now, attempts, job.bench.chance)
        return {"due_at": due_at, "attempts": attempts}

    job.write([action(Action.STUCK, reason)] if stuck else [], now, move)


def _begin(job: Job, now: datetime.datetime) -> tuple[Held, Request]:
    """Commit that the bytes are about to be written, with the request as evidence."""
    journal = job.bench.journal
    claimed = {
        "state": "sending",
        "due_at": now,  # whoever finds it in this state must act at once
        "attempts": 0,
        "epoch": job.lane.epoch,
        "claimed_at": now,
    }
    with job.bench.database.worker_transaction(job.row.tenant(job.bench.route)) as tx:
        fence(tx, job.lane)
        held = journal.hold(tx, job.row.transmission_id)
        if not queue.hold(tx, job.row):
            raise RowMovedError
        request = job.bench.adapter.prepare(held.message)
        step = Step(
            "transmission.submitting",
            Fact(transport=Transport.SUBMITTING, attempt=held.attempts + 1),
            {"epoch": job.lane.epoch},
            (request.evidence(),),
        )
        journal.record(tx, held, [step], now, lambda _: claimed)
    return held, request


def _failed(job: Job, attempt: int, error: TransmissionError) -> None:
    """Record an attempt without receipt: refused, to be repeated, or to be asked about."""
    if isinstance(error, Refused):
        job.refuse(error, expected="sending", attempt=attempt)
        return
    now, policy = job.bench.clock(), job.bench.policy
    unknown = not isinstance(error, Retry)
    if unknown:
        transport, state, due_at = (
            Transport.OUTCOME_UNKNOWN,
            "unknown",
            now + job.bench.adapter.settle,
        )
    else:
        transport, state, due_at = (
            Transport.FAILED_RETRYABLE,
            "queued",
            policy.retry_at(now, attempt - 1, job.bench.chance, error.retry_after),
        )
    moved = {"state": state, "due_at": due_at, "attempts": 0}
    job.write([failure(transport, attempt, error)], now, lambda _: moved, expected="sending")
