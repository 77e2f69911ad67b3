"""HTTP for batches of VAT numbers: `/v1/vat-checks/batch`."""

from http import HTTPStatus
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Query, Request, Response

from gateway.jobs import service as jobs
from gateway.jobs.endpoints import Wait
from gateway.jobs.schemas import JobView
from gateway.jobs.waiting import waited
from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.pagination import (
    DEFAULT_LIMIT,
    Cursor,
    Limit,
    read_position_cursor,
    write_cursor,
)
from gateway.openapi import takes
from gateway.tenants.access import OwnReader, WriterTransaction
from gateway.vies import batch_items, batch_report, batches
from gateway.vies.answers import Outcome
from gateway.vies.batch_report import MEDIA_TYPES, Format
from gateway.vies.batch_schemas import VatBatchInput, VatBatchView
from gateway.vies.batches import Batches

router = APIRouter(prefix="/v1/vat-checks/batch", tags=["VAT checks"])


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def vat_batches(self) -> Batches:
        """The batches of this process."""


@router.post(
    "",
    status_code=HTTPStatus.ACCEPTED,
    response_model=JobView,
    openapi_extra=takes(VatBatchInput),
    summary="Check many VAT numbers",
)
def check_vat_numbers(
    request: Request,
    tx: WriterTransaction,
    once: Idempotency,
    content: JsonContent,
    wait: Wait = 0,
) -> Response:
    """Check up to 10,000 numbers, or those of all customers, as a job.

    Each number is asked once, member states at their own pace. What nobody answers is asked again
    until the batch's time is over, and then reported as unknown.
    """
    doors: Doors = request.app.state.runtime
    given = validated(VatBatchInput, parse_json(content))

    def run() -> Answer:
        job_id = doors.vat_batches.ask(tx, given, clock.now())
        return Answer(HTTPStatus.ACCEPTED, to_json(jobs.job_json(jobs.get(tx, job_id))))

    return waited(request, tx.tenant, once(tx, run), wait)


@router.get("/{batch_id}", response_model=VatBatchView, summary="Read the report of a batch")
def read_vat_batch(
    tx: OwnReader,
    batch_id: str,
    outcome: Annotated[Outcome | None, Query(description="Only those.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """Return how many numbers came out how, and one page of them in the order of the request."""
    tx, job = batches.find(tx, batch_id)
    after = read_position_cursor(cursor)
    rows = batch_items.page(tx, job.id, outcome=outcome, after=after, limit=limit + 1)
    page, more = rows[:limit], len(rows) > limit
    return {
        **batch_report.report(tx, job),
        "data": batch_report.items(tx, page),
        "next_cursor": write_cursor(page[-1].position + 1) if more else None,
    }


@router.get("/{batch_id}/file", response_class=Response, summary="Download the report of a batch")
def read_vat_batch_file(
    tx: OwnReader,
    batch_id: str,
    format: Annotated[Format, Query(description="csv or xlsx.")] = "csv",  # noqa: A002 - the word of the API
) -> Response:
    """Return all numbers of a batch as CSV (UTF-8) or as a workbook."""
    tx, job = batches.find(tx, batch_id)
    name = f'attachment; filename="{batch_id}.{format}"'
    body = batch_report.sheet(tx, job.id, format)
    return Response(body, media_type=MEDIA_TYPES[format], headers={"Content-Disposition": name})
