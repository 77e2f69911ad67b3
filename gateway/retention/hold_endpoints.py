"""HTTP for legal holds: `/v1/retention/holds`."""

from http import HTTPStatus
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Query, Request, Response

from gateway.archive.service import Archive
from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.pagination import DEFAULT_LIMIT, Cursor, Limit, read_id_cursor, write_cursor
from gateway.openapi import takes
from gateway.retention import holds
from gateway.retention.endpoints import papers
from gateway.retention.schemas import HoldEndInput, HoldInput, HoldList, HoldView
from gateway.retention.views import hold_json
from gateway.tenants.access import ReaderTransaction, WriterTransaction

router = APIRouter(prefix="/v1/retention/holds", tags=["Retention"])


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def archive(self) -> Archive:
        """Keeps what the log is told of holds."""


def _archive(request: Request) -> Archive:
    doors: Doors = request.app.state.runtime
    return doors.archive


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=HoldView,
    openapi_extra=takes(HoldInput),
    summary="Place a legal hold",
)
def place_hold(
    request: Request, tx: WriterTransaction, once: Idempotency, content: JsonContent
) -> Response:
    """Let nothing be destroyed that the hold covers, until it ends, whatever the law says.

    By document, by kind, by day of issue, or all of them together; without any, every document of
    the entity, also those to come.
    """

    def run() -> Answer:
        given = validated(HoldInput, parse_json(content))
        row = holds.place(tx, papers(request), _archive(request), given, clock.now())
        return Answer(HTTPStatus.CREATED, to_json(hold_json(row)))

    return once(tx, run)


@router.get("", response_model=HoldList, summary="List legal holds")
def list_holds(
    tx: ReaderTransaction,
    active: Annotated[
        bool | None, Query(description="Those that hold, or those that ended.")
    ] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List legal holds, newest first; those that ended stay in the list."""
    before = read_id_cursor(cursor)
    found = holds.page(tx, active=active, before=before, limit=limit + 1)
    more = len(found) > limit
    return {
        "data": [hold_json(one) for one in found[:limit]],
        "next_cursor": write_cursor(found[limit - 1].id) if more else None,
    }


@router.get("/{hold_id}", response_model=HoldView, summary="Read a legal hold")
def read_hold(tx: ReaderTransaction, hold_id: str) -> dict[str, Any]:
    """Read a legal hold."""
    return hold_json(holds.get(tx, parse_id(hold_id, "hld")))


@router.post(
    "/{hold_id}/end",
    response_model=HoldView,
    openapi_extra=takes(HoldEndInput),
    summary="End a legal hold",
)
def end_hold(
    request: Request, tx: WriterTransaction, once: Idempotency, hold_id: str, content: JsonContent
) -> Response:
    """End a legal hold. What it covered is kept as long as the law says, and no longer."""
    identifier = parse_id(hold_id, "hld")

    def run() -> Answer:
        given = validated(HoldEndInput, parse_json(content))
        row = holds.end(tx, _archive(request), identifier, given.reason, clock.now())
        return Answer(HTTPStatus.OK, to_json(hold_json(row)))

    return once(tx, run)
