"""Committing that bytes are about to be written: of one row, or of several that go together."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from gateway.chains import service as chains
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions import attempts, batching, queue
from gateway.transmissions.adapter import Message
from gateway.transmissions.bench import Job, RowMovedError
from gateway.transmissions.journal import Held
from gateway.transmissions.lanes import fence
from gateway.transmissions.loads import Load
from gateway.transmissions.setbacks import stuck
from gateway.transmissions.states import Action, AxisState, Fact, Transport
from gateway.transmissions.steps import Step, action

HALTED = action(Action.STUCK, "chain_halted")
"""A record whose chain is halted goes nowhere: a person is waited for."""


def begin(jobs: Sequence[Job], now: datetime.datetime) -> Load | None:
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
            if len(parts) == 1 and not first.turnstile.takes_along(tx, now):
                break
            message = _begin_one(job, tx, now, parts[0] if parts else None)
            if message is None:
                break
            parts.append((job, message))
            if first.turnstile.tries:  # one is enough to tell; nobody else waits for its claim
                break
        if not parts:
            return None
        request = batching.prepare(bench.adapter, [message for _, message in parts])
        begun = [job.attempt for job, _ in parts if job.attempt is not None]
        for (job, _), made in zip(parts, attempts.carry(tx, begun, request), strict=True):
            job.attempt, job.company = made, len(parts)
            job.carrier = None if job is first else first.tape
    return Load(request, tuple(parts))


def _begin_one(
    job: Job, tx: TenantTransaction, now: datetime.datetime, leader: tuple[Job, Message] | None
) -> Message | None:
    """Record that a row is about to go, and return its message; None when it may not.

    Args:
        job: The row.
        tx: The transaction; the lane is ours in it.
        now: When.
        leader: The first of its request: it passed the gate for all of them, and who we are is
            the same for all. None: this is the first.

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
        if leader is None:
            raise RowMovedError
        return None
    if held.arrived or held.over:
        journal.record(tx, held, [], now, queue.unless_over(move))
        return None
    if bench.route.ordered and not chains.goes_on(tx, held.message.document_id):
        _spare(job, tx, held, now)
        return None
    message = _let_pass(job, tx, held, now, leader)
    if message is None:
        return None
    if message.deferred:
        job.decisions.said["deferred"] = True
    begun = job.begin(tx, message, "send", now)
    step = Step(
        "transmission.submitting",
        Fact(transport=Transport.SUBMITTING, attempt=message.attempt),
        {"epoch": job.lane.epoch},
        proof_id=begun.id,
    )
    state = journal.record(tx, held, [*_taken_up(held), step], now, move)
    return message if state.transport is Transport.SUBMITTING else None


def _let_pass(
    job: Job,
    tx: TenantTransaction,
    held: Held,
    now: datetime.datetime,
    leader: tuple[Job, Message] | None,
) -> Message | None:
    """Return the message of a row that may pass the gate now, or go along with its leader."""
    if leader is None:
        message = _dated(job, job.addressed(tx, held.message, held.attempts + 1), now)
        passes = job.turnstile.enter(tx, held, message, operation="send", now=now)
    else:
        known = leader[1].credential
        again = replace(held.message, attempt=held.attempts + 1, credential=known)
        message = _dated(job, again, now)
        passes = batching.go_together(job.bench.adapter, leader[1], message)
    return message if passes else None


def _dated(job: Job, message: Message, now: datetime.datetime) -> Message:
    """Return a message that says when it goes, and whether late: it was put aside, or waited."""
    message = replace(message, at=now)
    offline = job.bench.adapter.conduct.offline
    if offline is None or offline.late_after is None:
        return message
    late = now - job.row.created_at >= offline.late_after
    return replace(message, deferred=message.deferred or late)


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
        journal.record(tx, held, [HALTED], now, lambda _: stuck("chain_halted"))
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
