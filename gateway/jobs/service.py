"""Jobs: asking for one, looking at it, taking it back.

A job is asked for inside the caller's transaction: both become real with the commit, or neither.
It is done at least once. A worker that was killed half-way is replaced, and the next one begins
from the start: handlers must find what they did already, or do it in a way that does not matter
twice.
"""

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from gateway.jobs import repository
from gateway.jobs.problems import JobStateProblem
from gateway.jobs.repository import JobRow, Wanted
from gateway.kit.clock import written
from gateway.kit.ids import new_id, parse_id, public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem

__all__ = ["FINAL", "JobRow", "Wanted", "cancel", "enqueue", "find", "get", "job_json", "page"]

FINAL = frozenset({"succeeded", "failed", "cancelled"})
"""States that nothing follows."""


def enqueue(  # noqa: PLR0913 - the columns of a job
    tx: TenantTransaction,
    kind: str,
    parameters: Mapping[str, Any],
    *,
    now: datetime.datetime,
    run_at: datetime.datetime | None = None,
    total: int | None = None,
) -> UUID:
    """Ask for a job in the transaction's tenant and name, and return its id.

    Args:
        tx: About one entity, or account-wide: then the job is about the account as a whole.
        kind: What the handler is registered as.
        parameters: What the handler gets; must be JSON. Callers see it again, so nothing secret.
        now: The moment of asking.
        run_at: Not before; None: at once.
        total: How many steps it will be, where that is known.
    """
    job_id = new_id()
    tenant = tx.tenant
    values = {
        "id": job_id,
        "entity_id": tenant.entity_ids[0] if len(tenant.entity_ids) == 1 else None,
        "kind": kind,
        "state": "queued",
        "parameters": dict(parameters),
        "total": total,
        "run_at": run_at,
        "actor_kind": tenant.actor.kind,
        "actor_id": tenant.actor.id,
        "created_at": now,
        "updated_at": now,
    }
    repository.insert(tx, values)
    return job_id


def get(tx: TenantTransaction, job_id: UUID) -> JobRow:
    """Return a job.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = repository.get(tx, job_id)
    if row is None:
        raise NotFoundProblem
    return row


def find(tx: TenantTransaction, public: str) -> JobRow:
    """Return the job with a public id.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    return get(tx, parse_id(public, "job"))


def page(
    tx: TenantTransaction,
    wanted: Wanted | None = None,
    *,
    before: UUID | None = None,
    limit: int,
) -> list[JobRow]:
    """Return one page of jobs, newest first; of all kinds when nothing is said."""
    return repository.page(tx, wanted or Wanted(), before=before, limit=limit)


def cancel(tx: TenantTransaction, job_id: UUID, now: datetime.datetime) -> JobRow:
    """Take back a job that has not begun; again is not an error.

    Raises:
        NotFoundProblem: There is none for this caller.
        JobStateProblem: It has begun.
    """
    row = repository.get(tx, job_id, lock=True)
    if row is None:
        raise NotFoundProblem
    if row.state == "queued":
        values = {"state": "cancelled", "updated_at": now, "finished_at": now}
        repository.update(tx, job_id, values)
        return get(tx, job_id)
    if row.state != "cancelled":
        raise JobStateProblem(f"The job is {row.state}; only a queued one can be cancelled.")
    return row


def job_json(row: JobRow) -> dict[str, Any]:
    """Return a job as JSON (`JobView`)."""
    return {
        "id": public_id("job", row.id),
        "object": "job",
        "entity_id": row.entity_id and public_id("ent", row.entity_id),
        "environment": row.environment,
        "kind": row.kind,
        "state": row.state,
        "progress": {"done": row.done, "total": row.total},
        "parameters": dict(row.parameters),
        "result": row.result,
        "error": None if row.problem is None else dict(row.problem),
        "attempts": row.attempts,
        "actor": {"kind": row.actor_kind, "id": row.actor_id},
        "run_at": row.run_at and written(row.run_at),
        "created_at": written(row.created_at),
        "updated_at": written(row.updated_at),
        "started_at": row.started_at and written(row.started_at),
        "finished_at": row.finished_at and written(row.finished_at),
    }
