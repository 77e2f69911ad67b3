"""HTTP for recurring invoices: `/v1/recurring-invoices`."""

from http import HTTPStatus
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Query, Request, Response

from gateway.events.service import document_prefixes
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id
from gateway.kit.json_body import JsonContent, parse_json, to_json
from gateway.kit.pagination import (
    DEFAULT_LIMIT,
    Cursor,
    Limit,
    MetadataFilter,
    read_id_cursor,
    write_cursor,
)
from gateway.kit.tenancy import TenantTransaction
from gateway.openapi import takes
from gateway.recurring import service
from gateway.recurring.repository import RecurringRow
from gateway.recurring.schemas import (
    OccurrenceList,
    PreviewView,
    RecurringChange,
    RecurringInput,
    RecurringList,
    RecurringView,
    State,
)
from gateway.recurring.service import Recurring
from gateway.recurring.views import occurrence_json, recurring_json
from gateway.tenants.access import (
    CallerDependency,
    NamedEntity,
    ReaderTransaction,
    WriterTransaction,
    entity_tenant,
)
from gateway.tenants.entrance import require

router = APIRouter(prefix="/v1/recurring-invoices", tags=["Recurring invoices"])

MOST_DATES = 100
"""Days that a preview shows at most."""


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def database(self) -> Database:
        """The pools of the process."""

    @property
    def recurring(self) -> Recurring:
        """The recurring invoices of this process."""


def _doors(request: Request) -> Doors:
    doors: Doors = request.app.state.runtime
    return doors


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=RecurringView,
    openapi_extra=takes(RecurringInput),
)
def create_recurring_invoice(
    request: Request,
    caller: CallerDependency,
    tx: WriterTransaction,
    once: Idempotency,
    content: JsonContent,
) -> Response:
    """Make documents again and again, on the days of a schedule.

    Each comes at the beginning of its day in the time zone of the entity's country, at the
    earliest today, exactly once. Look at `/preview` first.
    """
    recurring = _doors(request).recurring

    def run() -> Answer:
        row = recurring.create(tx, parse_json(content), clock.now())
        require(caller, issue=row.actions["finalize"], send=row.actions["send"])
        return Answer(HTTPStatus.CREATED, to_json(_json(tx, row)))

    return once(tx, run)


@router.get("", response_model=RecurringList)
def list_recurring_invoices(
    tx: ReaderTransaction,
    metadata: MetadataFilter,
    state: Annotated[State | None, Query(description="Only those.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List recurring invoices, newest first. Filter by `state` and `metadata[name]=value`."""
    before = read_id_cursor(cursor)
    rows = service.page(tx, state=state, metadata=metadata, before=before, limit=limit + 1)
    page, more = rows[:limit], len(rows) > limit
    return {
        "data": [_json(tx, row) for row in page],
        "next_cursor": write_cursor(page[-1].id) if more else None,
    }


@router.get("/{recurring_id}", response_model=RecurringView)
def read_recurring_invoice(tx: ReaderTransaction, recurring_id: str) -> dict[str, Any]:
    """Read a recurring invoice."""
    return _json(tx, service.find(tx, parse_id(recurring_id, "rec")))


@router.patch(
    "/{recurring_id}", response_model=RecurringView, openapi_extra=takes(RecurringChange)
)
def change_recurring_invoice(
    request: Request,
    caller: CallerDependency,
    tx: WriterTransaction,
    recurring_id: str,
    content: JsonContent,
) -> dict[str, Any]:
    """Change what comes next, by JSON Merge Patch. Documents already made stay as they are."""
    found = parse_id(recurring_id, "rec")
    recurring = _doors(request).recurring
    row = recurring.change(tx, found, parse_json(content), clock.now())
    require(caller, issue=row.actions["finalize"], send=row.actions["send"])
    return _json(tx, row)


@router.delete("/{recurring_id}", status_code=HTTPStatus.NO_CONTENT)
def delete_recurring_invoice(tx: WriterTransaction, recurring_id: str) -> Response:
    """Make no more documents, for ever. Those that were made stay."""
    service.delete(tx, parse_id(recurring_id, "rec"), clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post("/{recurring_id}/pause", response_model=RecurringView)
def pause_recurring_invoice(
    tx: WriterTransaction, once: Idempotency, recurring_id: str
) -> Response:
    """Make no documents until it is resumed."""

    def run() -> Answer:
        row = service.pause(tx, parse_id(recurring_id, "rec"), clock.now())
        return Answer(HTTPStatus.OK, to_json(_json(tx, row)))

    return once(tx, run)


@router.post("/{recurring_id}/resume", response_model=RecurringView)
def resume_recurring_invoice(
    caller: CallerDependency, tx: WriterTransaction, once: Idempotency, recurring_id: str
) -> Response:
    """Go on from today, after a pause or after failures. Days that passed are left out."""

    def run() -> Answer:
        row = service.resume(tx, parse_id(recurring_id, "rec"), clock.now())
        require(caller, issue=row.actions["finalize"], send=row.actions["send"])
        return Answer(HTTPStatus.OK, to_json(_json(tx, row)))

    return once(tx, run)


@router.get("/{recurring_id}/preview", response_model=PreviewView)
def preview_recurring_invoice(  # noqa: PLR0913, PLR0917 - one for each part of the request
    request: Request,
    caller: CallerDependency,
    named: NamedEntity,
    tx: ReaderTransaction,
    recurring_id: str,
    count: Annotated[int, Query(ge=1, le=MOST_DATES, description="Days at most.")] = 12,
) -> dict[str, Any]:
    """Show the next days and the next document with its findings. Nothing is stored."""
    found = parse_id(recurring_id, "rec")
    service.find(tx, found)  # whose it is, is settled by the reading transaction
    doors = _doors(request)
    with doors.database.transaction(entity_tenant(caller, named)) as trial:
        return doors.recurring.preview(trial, found, count, clock.now())


@router.get("/{recurring_id}/occurrences", response_model=OccurrenceList)
def list_occurrences(
    tx: ReaderTransaction,
    recurring_id: str,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List the days that are behind it, newest first, each with its document or its reason."""
    found, before = parse_id(recurring_id, "rec"), read_id_cursor(cursor)
    rows = service.occurrences(tx, found, before=before, limit=limit + 1)
    page, more = rows[:limit], len(rows) > limit
    documents = {row.document_id for row in page if row.document_id}
    prefixes = document_prefixes(tx, documents) if documents else {}
    return {
        "data": [occurrence_json(row, prefixes) for row in page],
        "next_cursor": write_cursor(page[-1].id) if more else None,
    }


def _json(tx: TenantTransaction, row: RecurringRow) -> dict[str, Any]:
    return recurring_json(row, tx.tenant.environment)
