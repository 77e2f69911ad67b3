"""HTTP for jobs: `/v1/jobs`."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from gateway.jobs import service
from gateway.jobs.schemas import JobList, JobView, State
from gateway.jobs.waiting import ended, look
from gateway.kit import clock
from gateway.kit.json_body import to_json
from gateway.kit.pagination import DEFAULT_LIMIT, Cursor, Limit, read_id_cursor, write_cursor
from gateway.tenants.access import (
    CallerDependency,
    OwnReader,
    OwnWriter,
    doors,
    own_tenant,
)
from gateway.tenants.entrance import require_job
from gateway.tenants.permissions import job_resources

router = APIRouter(prefix="/v1/jobs", tags=["Jobs"])

MAX_WAIT = 30
"""Seconds a request may wait for the end of a job."""

Wait = Annotated[int, Query(ge=0, le=MAX_WAIT, description="Seconds to wait for its end.")]
"""For endpoints that can wait for a job."""

Kind = Annotated[
    str | None, Query(pattern="^[a-z][a-z0-9_]{0,49}$", description="Only those, e.g. `export`.")
]


@router.get("", response_model=JobList)
def list_jobs(  # noqa: PLR0913, PLR0917 - one for each part of the request
    tx: OwnReader,
    caller: CallerDependency,
    state: Annotated[State | None, Query(description="Only those.")] = None,
    kind: Kind = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List jobs, newest first. An account's key sees those of all its entities.

    Only those of kinds that the caller may read: `documents:read`, `exports:read`,
    `customers:read`, `inbox:read` or `retention:read`, by kind.
    """
    before, resources = read_id_cursor(cursor), job_resources("GET", caller.permissions)
    wanted = service.Wanted(resources, state=state, kind=kind)
    rows = service.page(tx, wanted, before=before, limit=limit + 1)
    page, more = rows[:limit], len(rows) > limit
    return {
        "data": [service.job_json(row) for row in page],
        "next_cursor": write_cursor(page[-1].id) if more else None,
    }


@router.get("/{job_id}", response_model=JobView)
async def read_job(
    request: Request, caller: CallerDependency, job_id: str, wait: Wait = 0
) -> Response:
    """Read a job; `?wait=30` holds the answer until it has ended."""
    database, tenant = doors(request).database, own_tenant(caller)

    def read() -> dict[str, Any]:
        found = look(database, tenant, job_id)
        require_job(caller, "GET", found["kind"])
        return found

    job = await ended(read, wait)
    return Response(to_json(job), media_type="application/json")


@router.delete("/{job_id}", response_model=JobView)
def cancel_job(tx: OwnWriter, caller: CallerDependency, job_id: str) -> dict[str, Any]:
    """Cancel a job that has not begun. One that runs or has ended answers 409."""
    row = service.find(tx, job_id)
    require_job(caller, "DELETE", row.kind)
    return service.job_json(service.cancel(tx, row.id, clock.now()))
