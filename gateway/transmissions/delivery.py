"""Sending rows. `sending` is committed before the wire, the outcome after it."""

import datetime
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import takewhile
from typing import Any

import structlog
from opentelemetry.trace import SpanKind

from countries.calendars import ends
from gateway.chains import service as chains
from gateway.events import service as events
from gateway.kit import tracing
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions import attempts, batching, queue, tape
from gateway.transmissions.adapter import Message
from gateway.transmissions.batching import Outcome
from gateway.transmissions.bench import Ended, Job, RowMovedError
from gateway.transmissions.errors import (
    ACTED_UPON,
    OUT_OF_ORDER,
    Refused,
    Retry,
    TransmissionError,
    Unknown,
)
from gateway.transmissions.journal import Held
from gateway.transmissions.lanes import LaneLostError, fence
from gateway.transmissions.loads import Load, companions
from gateway.transmissions.setbacks import ask_in_time, stuck
from gateway.transmissions.states import Action, AxisState, Fact, Transport
from gateway.transmissions.steps import Step, action, failure

_log = structlog.get_logger(__name__)

_HALTED = action(Action.STUCK, "chain_halted")


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
        load = _begin([job, *others], now)
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
    goes on.
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
    latest = ends(conduct.offline.within, job.row.created_at)
    if now >= latest and job.row.reason != "late":

        def steps(held: Held) -> list[Step]:
            return [] if held.action_required else [action(Action.LATE, "deadline")]

        job.write(steps, now, lambda _: {"reason": "late"})
    return True


def _taken_up_by_a_person(job: Job) -> datetime.datetime | None:
    """Return when a person last said that a row is to be sent again; None if nobody did."""
    with job.bench.database.worker_transaction(job.row.tenant(job.bench.route)) as tx:
        said = ("transmission.retried", "transmission.resolved")
        return events.span(tx, job.row.transmission_id, said)[1]


def _begin(jobs: Sequence[Job], now: datetime.datetime) -> Load | None:
    """Commit that bytes are about to be written, and which, with as many of the rows as may go.

    The archive takes the request when it takes what came of it: before the wire its log would have
    to grow, and everybody who sends would wait for everybody else.

    None when the first may not: a signal proved meanwhile that an attempt we had given up did
    arrive, or that it was refused for good; the state machine forbids the step; or the chain of
    the document's record is halted, and what is sent now would be refused for good.
    """
    first = jobs[0]
    bench = first.bench
    parts = list[tuple[Job, Message]]()
    with bench.database.worker_transaction(first.row.tenant(bench.route)) as tx:
        fence(tx, first.lane)
        for job in jobs:
            message = _begin_one(job, tx, now, leads=job is first)
            if message is None:
                break
            parts.append((job, message))
        if not parts:
            return None
        request = batching.prepare(bench.adapter, [message for _, message in parts])
        begun = [job.attempt for job, _ in parts if job.attempt is not None]
        for (job, _), made in zip(parts, attempts.carry(tx, begun, request), strict=True):
            job.attempt = made
    return Load(request, tuple(parts))


def _begin_one(
    job: Job, tx: TenantTransaction, now: datetime.datetime, *, leads: bool
) -> Message | None:
    """Record that a row is about to go, and return its message; None when it may not.

    Args:
        job: The row.
        tx: The transaction; the lane is ours in it.
        now: When.
        leads: It is the first of its request: it passes the gate for all of them.

    Raises:
        RowMovedError: The first is not queued any more.
    """
    bench, journal = job.bench, job.bench.journal

    def move(state: AxisState) -> Mapping[str, Any]:
        if state.transport is Transport.SUBMITTING:
            return _claimed(job, now)
        if state.arrived:
            return job.await_verdict(now)(state)
        return stuck("forbidden")

    held = journal.hold(tx, job.row.transmission_id)
    if not queue.hold(tx, job.row):
        if leads:
            raise RowMovedError
        return None
    if held.arrived or held.over:
        journal.record(tx, held, [], now, queue.unless_over(move))
        return None
    if bench.route.ordered and not chains.goes_on(tx, held.message.document_id):
        _spare(job, tx, held, now)
        return None
    message = job.addressed(tx, held.message, held.attempts + 1)
    if leads and not job.turnstile.enter(tx, held, message, operation="send", now=now):
        return None
    begun = job.begin(tx, message, "send", now)
    step = Step(
        "transmission.submitting",
        Fact(transport=Transport.SUBMITTING, attempt=message.attempt),
        {"epoch": job.lane.epoch},
        proof_id=begun.id,
    )
    state = journal.record(tx, held, [*_taken_up(held), step], now, move)
    return message if state.transport is Transport.SUBMITTING else None


def _claimed(job: Job, now: datetime.datetime) -> Mapping[str, Any]:
    return {
        "state": "sending",
        "due_at": now,  # whoever finds it in this state must act at once
        "attempts": 0,
        "epoch": job.lane.epoch,
        "claimed_at": now,
        "in_doubt": True,
        "waits_for": None,
        "reason": None,
    }


def _spare(job: Job, tx: TenantTransaction, held: Held, now: datetime.datetime) -> None:
    """Send no record whose chain takes none.

    While it is halted a person is waited for. Once a successor has taken over, what never left
    never will: it is taken back, stands in nobody's way, and is to be issued anew.
    """
    journal = job.bench.journal
    if job.row.in_doubt or not chains.is_closed(tx, held.message.document_id):
        journal.record(tx, held, [_HALTED], now, lambda _: stuck("chain_halted"))
        return
    fact = Fact(transport=Transport.CANCELLED_BEFORE_SEND, attempt=held.attempts)
    taken_back = Step("transmission.cancelled", fact, {"reason": "chain_closed"})
    asked = action(Action.REISSUE, "chain_closed")
    journal.record(tx, held, [taken_back, asked], now, lambda _: queue.CLOSED)


def _taken_up(held: Held) -> list[Step]:
    """Return the step that takes up what was put aside while the authority was away."""
    if held.transport != Transport.DEFERRED:
        return []
    fact = Fact(transport=Transport.QUEUED, attempt=held.attempts)
    return [Step("transmission.requeued", fact, {"cause": "the authority is back"})]


def _failed(job: Job, message: Message, error: TransmissionError) -> None:
    """Record an attempt without receipt: refused, to be repeated, or to be asked about."""
    attempt = message.attempt
    if isinstance(error, Refused):
        job.refuse(error, expected="sending", attempt=attempt)
        return
    now = job.bench.clock()
    if isinstance(error, Retry):
        _again_later(job, message, error, now)
        return
    asked = min(timedelta(seconds=error.retry_after or 0), job.bench.policy.longest_delay)
    due_at = now + max(job.bench.adapter.conduct.settle, asked)
    moved = {"state": "unknown", "due_at": due_at, "attempts": 0, "reason": error.reason}
    steps = [failure(Transport.OUTCOME_UNKNOWN, attempt, error)]
    ended = Ended("unknown", error.reason, error)
    job.write(steps, now, lambda _: moved, expected="sending", ended=ended)


def _again_later(job: Job, message: Message, error: Retry, now: datetime.datetime) -> None:
    """Record that nothing arrived, for certain, and what becomes of the row.

    It is sent again later; or put aside while the authority is away; or stands still, where it
    waits for a predecessor that never comes because their chain is halted.
    """
    failed = job.bench.journal.stored(failure(Transport.FAILED_RETRYABLE, message.attempt, error))
    due_at = job.retry_at(now, message.attempt - 1, error.retry_after)
    ended = Ended("retry", error.reason, error)
    # Nothing of this attempt arrived; of one before it, that is as doubtful as it was.
    row = {"attempts": 0, "in_doubt": job.row.in_doubt}
    if error.reason == OUT_OF_ORDER and not _chain_goes_on(job, message):
        halted = {**row, **stuck("chain_halted")}
        job.write([failed, _HALTED], now, lambda _: halted, expected="sending", ended=ended)
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
        first = message.attempt == 1
        return [] if first else ask_in_time(job, held, error.reason, error.detail, now)
    if job.turnstile.is_away(now):
        return [job.turnstile.deferred(message.attempt, new_turn=False)]
    return []


def _chain_goes_on(job: Job, message: Message) -> bool:
    """Tell whether the predecessor that is missing may yet come; else a person is needed."""
    bench = job.bench
    with bench.database.worker_transaction(job.row.tenant(bench.route)) as tx:
        return chains.goes_on(tx, message.document_id)
