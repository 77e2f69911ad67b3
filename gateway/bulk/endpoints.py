"""HTTP for bulk work: `/v1/bulk`."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any, Protocol
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from gateway.bulk import service
from gateway.bulk.schemas import BulkDocumentsInput, BulkIdsInput, BulkItemList, ItemState
from gateway.bulk.service import Bulk
from gateway.jobs import service as jobs
from gateway.jobs.endpoints import Wait
from gateway.jobs.schemas import JobView
from gateway.jobs.waiting import waited
from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency, Once
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.pagination import (
    DEFAULT_LIMIT,
    Cursor,
    Limit,
    read_position_cursor,
    write_cursor,
)
from gateway.kit.tenancy import TenantTransaction
from gateway.openapi import takes
from gateway.tenants.access import OwnReader, WriterTransaction
from gateway.tenants.entrance import CallerDependency, require

router = APIRouter(prefix="/v1/bulk", tags=["Bulk"])

_ACCEPTED: dict[str, Any] = {"status_code": HTTPStatus.ACCEPTED, "response_model": JobView}


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def bulk(self) -> Bulk:
        """The bulk work of this process."""


def _bulk(request: Request) -> Bulk:
    doors: Doors = request.app.state.runtime
    return doors.bulk


@router.post("/documents", openapi_extra=takes(BulkDocumentsInput), **_ACCEPTED)
def create_documents(  # noqa: PLR0913, PLR0917 - one for each part of the request
    request: Request,
    caller: CallerDependency,
    tx: WriterTransaction,
    once: Idempotency,
    content: JsonContent,
    wait: Wait = 0,
) -> Response:
    """Make up to 1,000 documents, and issue and send them if asked to, as a job.

    Each item succeeds or fails by itself; `/v1/bulk/{job_id}/items` says what came of each. Live:
    `Idempotency-Key` is required. `?wait=30` holds the answer until the job has ended.
    """
    given = validated(BulkDocumentsInput, parse_json(content))
    require(caller, issue=given.finalize, send=given.send)

    def ask() -> UUID:
        return _bulk(request).ask_documents(tx, given, clock.now())

    return _asked(request, tx, once, ask, wait)


@router.post("/finalize", openapi_extra=takes(BulkIdsInput), **_ACCEPTED)
def finalize_documents(
    request: Request,
    tx: WriterTransaction,
    once: Idempotency,
    content: JsonContent,
    wait: Wait = 0,
) -> Response:
    """Issue up to 1,000 drafts, as a job; in the order of the ids, so numbers follow it."""
    given = validated(BulkIdsInput, parse_json(content))

    def ask() -> UUID:
        return _bulk(request).ask_finalize(tx, given, clock.now())

    return _asked(request, tx, once, ask, wait)


@router.post("/send", openapi_extra=takes(BulkIdsInput), **_ACCEPTED)
def send_documents(
    request: Request,
    tx: WriterTransaction,
    once: Idempotency,
    content: JsonContent,
    wait: Wait = 0,
) -> Response:
    """Send up to 1,000 issued documents to their customers, as a job."""
    given = validated(BulkIdsInput, parse_json(content))

    def ask() -> UUID:
        return _bulk(request).ask_send(tx, given, clock.now())

    return _asked(request, tx, once, ask, wait)


@router.get("/{job_id}/items", response_model=BulkItemList)
def list_items(
    tx: OwnReader,
    job_id: str,
    state: Annotated[ItemState | None, Query(description="Only those.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List what came of each item of a bulk job, in the order of the request."""
    after = read_position_cursor(cursor)
    rows = service.items(tx, job_id, state=state, after=after, limit=limit + 1)
    page, more = rows[:limit], len(rows) > limit
    return {
        "data": [service.item_json(row) for row in page],
        "next_cursor": write_cursor(page[-1].position + 1) if more else None,
    }


def _asked(
    request: Request,
    tx: TenantTransaction,
    once: Once,
    ask: Callable[[], UUID],
    wait: int,
) -> Response:
    def run() -> Answer:
        row = jobs.get(tx, ask())
        return Answer(HTTPStatus.ACCEPTED, to_json(jobs.job_json(row)))

    live = tx.tenant.environment == "live"
    response = once(tx, run, permanent=True, required=live)
    return waited(request, tx.tenant, response, wait)
