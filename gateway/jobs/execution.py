"""One attempt at a job: begin it, call its handler, write down how it ended.

`job` is the truth. An attempt that begins raises `attempts`, and only the attempt of that number
may write afterwards: a worker that was taken for dead and wakes up changes nothing any more.
"""

import datetime
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog

from gateway.jobs import repository
from gateway.jobs.problems import JobFailedProblem
from gateway.jobs.registry import Jobs
from gateway.jobs.repository import JobRow
from gateway.jobs.work import Handler, JobLostError, JobStoppedError, Work, note_end
from gateway.kit import clock
from gateway.kit.database import is_transient
from gateway.kit.ids import new_id, public_id
from gateway.kit.tenancy import Actor, Environment, Tenant
from gateway.problems import InternalProblem, Problem, UnavailableProblem

_log = structlog.get_logger(__name__)
_OUTAGE_DELAY = datetime.timedelta(seconds=5)
_UNKNOWN_DELAY = datetime.timedelta(seconds=30)


class AgainError(Exception):
    """The job is to be tried again.

    Attributes:
        at: Not before.
    """

    def __init__(self, at: datetime.datetime) -> None:
        super().__init__(f"again at {at}")
        self.at = at


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the queue says of a job: ids, and nothing of a tenant's."""

    account_id: UUID
    entity_id: UUID | None
    environment: Environment
    job_id: UUID

    def tenant(self, actor: Actor | None = None) -> Tenant:
        """Return whose job it is."""
        more: dict[str, Any] = {} if actor is None else {"actor": actor}
        if self.entity_id is None:
            return Tenant(
                self.account_id,
                (),
                self.environment,
                account_wide=True,
                all_entities=True,
                **more,
            )
        return Tenant(self.account_id, (self.entity_id,), self.environment, **more)


def attempt(jobs: Jobs, ticket: Ticket, stop: threading.Event) -> None:
    """Do a job, unless it is done, and write down how it ended.

    Raises:
        AgainError: It is to be tried again.
    """
    row = _begin(jobs, ticket)
    if row is None:
        return
    work = Work(
        job_id=row.id,
        kind=row.kind,
        tenant=ticket.tenant(Actor(row.actor_kind, row.actor_id)),
        parameters=row.parameters,
        attempt=row.attempts,
        database=jobs.database,
        stop=stop,
    )
    try:
        _run(jobs, work, row)
    except JobLostError:
        _log.warning("job_lost", job=public_id("job", row.id), attempt=row.attempts)


def _begin(jobs: Jobs, ticket: Ticket) -> JobRow | None:
    """Mark a job as running; None when there is nothing to do any more."""
    now = clock.now()
    with jobs.database.worker_transaction(ticket.tenant()) as tx:
        row = repository.get(tx, ticket.job_id, lock=True)
        if row is None or row.state not in {"queued", "running"}:
            return None
        if row.attempts >= jobs.policy.begun:
            ended = _failed(_given_up(row), now)
            repository.update(tx, row.id, ended)
            note_end(tx.acting(Actor(row.actor_kind, row.actor_id)), row.id, row.kind, ended)
            return None
        values = {
            "state": "running",
            "attempts": row.attempts + 1,
            "updated_at": now,
            "started_at": row.started_at or now,
        }
        repository.update(tx, row.id, values)
        return repository.get(tx, row.id)


def _run(jobs: Jobs, work: Work, row: JobRow) -> None:
    handler = jobs.handler_of(work.kind)
    if handler is None:  # this process runs older software: another will know
        message = f"this worker knows no jobs of kind {work.kind}"
        _again(work, UnavailableProblem(message), _UNKNOWN_DELAY)
    try:
        result = _called(handler, work)
    except JobLostError:
        raise
    except JobStoppedError:
        values = {"state": "queued", "attempts": work.attempt - 1, "updated_at": clock.now()}
        work.record(values)
        raise AgainError(clock.now()) from None
    except UnavailableProblem as problem:
        _again(work, problem, _OUTAGE_DELAY, most=jobs.policy.begun)
    except Problem as problem:
        work.record(_failed(_shown(problem, row), clock.now()))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is written down
        _failed_somehow(jobs, work, error)
    else:
        now = clock.now()
        values = {"state": "succeeded", "result": result, "problem": None, "run_at": None}
        work.record(values | {"updated_at": now, "finished_at": now})


def _failed_somehow(jobs: Jobs, work: Work, error: Exception) -> None:
    """Put off a job that an outage or a bug of ours stopped."""
    policy = jobs.policy
    if is_transient(error):
        problem: Problem = UnavailableProblem("The database did not answer the job.")
        _again(work, problem, _OUTAGE_DELAY, most=policy.begun)
        return
    incident = str(new_id())
    _log.error("job_failed", job=public_id("job", work.job_id), incident=incident, exc_info=error)
    problem = InternalProblem("The gateway failed at this job.", incident=incident)
    _again(work, problem, policy.delay(work.attempt), most=policy.attempts)


def _called(handler: Handler | None, work: Work) -> Any:  # noqa: ANN401 - any JSON
    if handler is None:
        raise AssertionError("asked before")
    return handler(work)


def _again(
    work: Work, problem: Problem, delay: datetime.timedelta, *, most: int | None = None
) -> None:
    """Put a job off; where it was tried often enough, end it.

    Raises:
        AgainError: It is put off.
    """
    now = clock.now()
    body = problem.as_dict(_instance(work.job_id))
    if most is not None and work.attempt >= most:
        body |= {"type": f"/problems/{JobFailedProblem.type}", "title": JobFailedProblem.title}
        work.record(_failed(body, now))
        return
    values = {"state": "queued", "problem": body, "run_at": now + delay, "updated_at": now}
    work.record(values)
    raise AgainError(now + delay) from None


def _failed(problem: Mapping[str, Any], now: datetime.datetime) -> dict[str, Any]:
    return {"state": "failed", "problem": dict(problem), "updated_at": now, "finished_at": now}


def _given_up(row: JobRow) -> dict[str, Any]:
    problem = JobFailedProblem(f"The worker ended during each of {row.attempts} attempts.")
    return _shown(problem, row)


def _shown(problem: Problem, row: JobRow) -> dict[str, Any]:
    return problem.as_dict(_instance(row.id))


def _instance(job_id: UUID) -> str:
    return f"/v1/jobs/{public_id('job', job_id)}"
