"""Sending rows. `sending` is committed before the wire, the outcome after it."""

import datetime
from collections.abc import Mapping
from datetime import timedelta
from itertools import takewhile
from typing import Any

import structlog
from opentelemetry.trace import SpanKind

from countries.calendars import ends
from countries.outages import NoMoment
from gateway.chains import service as chains
from gateway.events import service as events
from gateway.kit import tracing
from gateway.transmissions import batching, claiming, queue, tape
from gateway.transmissions.adapter import Message
from gateway.transmissions.batching import Outcome
from gateway.transmissions.bench import Ended, Job
from gateway.transmissions.conduct import Offline
from gateway.transmissions.errors import (
    ACTED_UPON,
    OUT_OF_ORDER,
    REFUSED_CREDENTIAL,
    SEND_APART,
    Declined,
    Refused,
    Retry,
    TransmissionError,
    Unknown,
)
from gateway.transmissions.journal import Held
from gateway.transmissions.lanes import LaneLostError
from gateway.transmissions.loads import companions
from gateway.transmissions.setbacks import ask_in_time, stuck
from gateway.transmissions.states import Action, AxisState, Fact, Transport
from gateway.transmissions.steps import Step, action, failure

_log = structlog.get_logger(__name__)

NO_DUTY = "no_duty"
"""Why a row is not sent: after what its authority announced, the law does not want it sent."""


def send(job: Job) -> None:
    """Put a queued row on the wire, perhaps with those that follow it, and record what came of it.

    Raises:
        LaneLostError: The lane is somebody else's; rows may be left in `sending`.
        RowMovedError: It is not queued any more.
    """
    adapter = job.bench.adapter
    now = job.bench.clock()
    if not _in_time(job, now):
        return
    with tracing.span("attempt.prepare"):
        others = takewhile(lambda other: _goes_along(other, now), companions(job, now))
        load = claiming.begin([job, *others], now)
    if load is None:
        return
    try:
        job.check()
        load.measure()
        with tape.running(job.tape), tracing.span("attempt.send", kind=SpanKind.CLIENT):
            answer = adapter.send(load.request)
        with tracing.span("attempt.interpret"):
            outcomes = batching.interpret(adapter, load.messages, answer)
    except TransmissionError as error:
        outcomes = [error.again() for _ in load.parts]
    except LaneLostError:
        raise  # the rows stay `sending`: who owns the lane now asks about them
    except Exception as error:  # noqa: BLE001 - whatever it was, bytes may have left
        _log.exception("send_failed", channel=adapter.channel)
        unknown = Unknown("internal", f"our own code: {type(error).__name__}")
        outcomes = [unknown.again() for _ in load.parts]
    load.each(outcomes, _came)


def _came(job: Job, message: Message, outcome: Outcome) -> None:
    """Record what came of one row."""
    if isinstance(outcome, TransmissionError):
        _failed(job, message, outcome)
    else:
        job.acknowledge(outcome, expected="sending", attempt=message.attempt, cause="answered")


def _goes_along(job: Job, now: datetime.datetime) -> bool:
    """Tell whether a row may go with another; its own trouble is found when it is its turn."""
    try:
        return _in_time(job, now)
    except LaneLostError:
        raise
    except Exception:  # noqa: BLE001 - its own trouble, at its own turn
        _log.exception("row_not_taken_along", row=job.row.id)
        return False


def _in_time(job: Job, now: datetime.datetime) -> bool:
    """Tell whether a row may still be sent; one that may not is stuck, and a person is asked.

    A person who sends it again begins a new deadline. Where the law allows documents to be issued
    while the authority is away, they must be sent all the same: too late asks for a person, and
    goes on. What it releases from that duty, and nobody has seen, is not sent any more, unless a
    person wants it to be.
    """
    conduct = job.bench.adapter.conduct
    if conduct.offline is None:
        if now < ends(conduct.deadline, job.row.created_at):
            return True
        again = _taken_up_by_a_person(job)
        if again is not None and now < ends(conduct.deadline, again):
            return True
        job.write([action(Action.STUCK, "deadline")], now, lambda _: stuck("deadline"))
        return False
    return _in_the_law_s_time(job, conduct.offline, now)


def _in_the_law_s_time(job: Job, offline: Offline, now: datetime.datetime) -> bool:
    """Tell whether a row is to be sent that the law gives time; what is late asks for a person."""
    announced = () if offline.outages is None else job.bench.notices.read()
    grace = offline.grace(job.row.created_at, announced)
    if grace.until is NoMoment.NO_DUTY and not job.row.in_doubt:
        if _taken_up_by_a_person(job) is not None:
            return True
        _release(job, grace.mode, now)
        return False
    if isinstance(grace.until, NoMoment):
        return True
    if now >= grace.until and job.row.reason != "late":

        def steps(held: Held) -> list[Step]:
            return [] if held.action_required else [action(Action.LATE, "deadline")]

        job.write(steps, now, lambda _: {"reason": "late"})
    return True


def _release(job: Job, mode: str | None, now: datetime.datetime) -> None:
    """Take back a row that the law does not want any more."""

    def steps(held: Held) -> list[Step]:
        fact = Fact(transport=Transport.CANCELLED_BEFORE_SEND, attempt=held.attempts)
        return [Step("transmission.cancelled", fact, {"reason": NO_DUTY, "mode": mode})]

    job.write(steps, now, lambda _: {**queue.CLOSED, "reason": NO_DUTY})


def _taken_up_by_a_person(job: Job) -> datetime.datetime | None:
    """Return when a person last said that a row is to be sent again; None if nobody did."""
    with job.bench.database.worker_transaction(job.row.tenant(job.bench.route)) as tx:
        said = ("transmission.retried", "transmission.resolved")
        return events.span(tx, job.row.transmission_id, said)[1]


def _failed(job: Job, message: Message, error: TransmissionError) -> None:
    """Record an attempt without receipt: refused, to be repeated, or to be asked about."""
    attempt = message.attempt
    if isinstance(error, Refused):
        job.refuse(error, expected="sending", attempt=attempt)
        return
    now = job.bench.clock()
    if isinstance(error, Declined):
        _stands_still(job, message, error, now)
        return
    if isinstance(error, Retry):
        _again_later(job, message, error, now)
        return
    asked = min(timedelta(seconds=error.retry_after or 0), job.bench.policy.longest_delay)
    due_at = now + max(job.bench.adapter.conduct.settle, asked)
    moved = {"state": "unknown", "due_at": due_at, "attempts": 0, "reason": error.reason}
    steps = [failure(Transport.OUTCOME_UNKNOWN, attempt, error)]
    ended = Ended("unknown", error.reason, error)
    job.write(steps, now, lambda _: moved, expected="sending", ended=ended)


def _stands_still(job: Job, message: Message, error: Declined, now: datetime.datetime) -> None:
    """Record that the other side did not take it, and wait for a person.

    Nothing of this attempt arrived; of one before it, that is as doubtful as it was.
    """
    steps = [
        failure(Transport.FAILED_RETRYABLE, message.attempt, error),
        action(Action.STUCK, error.reason, error.detail),
    ]
    row = {**stuck(error.reason), "attempts": 0, "in_doubt": job.row.in_doubt}
    ended = Ended("retry", error.reason, error)
    job.write(steps, now, lambda _: row, expected="sending", ended=ended)


def _again_later(job: Job, message: Message, error: Retry, now: datetime.datetime) -> None:
    """Record that nothing arrived, for certain, and what becomes of the row.

    It is sent again later; or put aside while the authority is away; or stands still, where it
    waits for a predecessor that never comes because their chain is halted.
    """
    failed = job.bench.journal.stored(
        job.row.entity_id, failure(Transport.FAILED_RETRYABLE, message.attempt, error)
    )
    apart = error.reason == SEND_APART  # nobody failed: what comes next is no repetition
    due_at = job.retry_at(now, 0 if apart else message.attempt - 1, error.retry_after)
    ended = Ended("retry", error.reason, error)
    # Nothing of this attempt arrived; of one before it, that is as doubtful as it was.
    row: dict[str, Any] = {"attempts": 0, "in_doubt": job.row.in_doubt}
    if apart:
        row["together"] = max(1, job.company // 2)
    if error.reason == OUT_OF_ORDER and not _chain_goes_on(job, message):
        halted = {**row, **stuck("chain_halted")}
        job.write(
            [failed, claiming.HALTED], now, lambda _: halted, expected="sending", ended=ended
        )
        return

    def steps(held: Held) -> list[Step]:
        return [failed, *_beside_failure(job, held, message, error, now)]

    def move(state: AxisState) -> Mapping[str, Any]:
        word = "deferred" if state.transport is Transport.DEFERRED else "queued"
        return {**row, **job.turnstile.until_back(due_at), "state": word, "reason": error.reason}

    job.write(steps, now, move, expected="sending", ended=ended)


def _beside_failure(
    job: Job, held: Held, message: Message, error: Retry, now: datetime.datetime
) -> list[Step]:
    """Return what follows from an attempt that failed, beside the next one."""
    if error.reason in ACTED_UPON:  # a person must mend it, if it is not only for a moment
        if message.attempt == 1:
            return []
        if error.reason == REFUSED_CREDENTIAL == job.row.reason and not held.action_required:
            return [action(Action.STUCK, error.reason, error.detail)]
        return ask_in_time(job, held, error.reason, error.detail, now)
    if job.turnstile.is_away(now):
        return [job.turnstile.deferred(message.attempt, new_turn=False)]
    return []


def _chain_goes_on(job: Job, message: Message) -> bool:
    """Tell whether the predecessor that is missing may yet come; else a person is needed."""
    bench = job.bench
    with bench.database.worker_transaction(job.row.tenant(bench.route)) as tx:
        return chains.goes_on(tx, message.document_id)
