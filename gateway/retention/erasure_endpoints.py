"""HTTP for erasures of personal data: `/v1/retention/erasures`."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Response

from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.pagination import DEFAULT_LIMIT, Cursor, Limit, read_id_cursor, write_cursor
from gateway.openapi import takes
from gateway.retention import erasures
from gateway.retention.erasure_schemas import (
    ErasureDecisionInput,
    ErasureDocumentList,
    ErasureInput,
    ErasureList,
    ErasureView,
)
from gateway.retention.erasure_views import erasure_json, remaining_json
from gateway.tenants.access import ReaderTransaction, WriterTransaction

router = APIRouter(prefix="/v1/retention/erasures", tags=["Retention"])


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=ErasureView,
    openapi_extra=takes(ErasureInput),
    summary="Ask for the erasure of a customer",
)
def request_erasure(tx: WriterTransaction, once: Idempotency, content: JsonContent) -> Response:
    """Ask to erase what is said of a customer, also of one who was deleted.

    Nothing is erased before another one approves. What must be kept then, and until when, is
    listed under `/documents`.
    """

    def run() -> Answer:
        given, now = validated(ErasureInput, parse_json(content)), clock.now()
        customer = parse_id(given.customer_id, "cus")
        row = erasures.request(tx, customer, given.reason, now)
        return Answer(HTTPStatus.CREATED, to_json(erasure_json(row, now)))

    return once(tx, run)


@router.get("", response_model=ErasureList, summary="List erasures")
def list_erasures(
    tx: ReaderTransaction, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> dict[str, Any]:
    """List erasures, newest first, whatever became of them."""
    found = erasures.page(tx, read_id_cursor(cursor), limit + 1)
    more, now = len(found) > limit, clock.now()
    return {
        "data": [erasure_json(one, now) for one in found[:limit]],
        "next_cursor": write_cursor(found[limit - 1].id) if more else None,
    }


@router.get("/{erasure_id}", response_model=ErasureView, summary="Read an erasure")
def read_erasure(tx: ReaderTransaction, erasure_id: str) -> dict[str, Any]:
    """Read an erasure: who asked for it, who decided, and whether it is done."""
    return erasure_json(erasures.get(tx, parse_id(erasure_id, "ers")), clock.now())


@router.get(
    "/{erasure_id}/documents",
    response_model=ErasureDocumentList,
    summary="List the documents that name the customer",
)
def list_erasure_documents(
    tx: ReaderTransaction, erasure_id: str, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> dict[str, Any]:
    """List the issued documents that still name the customer, each with what keeps it."""
    row = erasures.get(tx, parse_id(erasure_id, "ers"))
    found = erasures.remaining(tx, row, clock.now(), read_id_cursor(cursor), limit + 1)
    more, last = len(found) > limit, found[:limit]
    return {
        "data": [remaining_json(one) for one in last],
        "next_cursor": write_cursor(last[-1].explained.paper.id) if more else None,
    }


@router.post(
    "/{erasure_id}/approve",
    response_model=ErasureView,
    openapi_extra=takes(ErasureDecisionInput),
    summary="Approve an erasure",
)
def approve_erasure(
    tx: WriterTransaction, once: Idempotency, erasure_id: str, content: JsonContent
) -> Response:
    """Have the catalogue forget the customer now, and each document destroyed after its last day.

    Not for who asked for it: four eyes decide, once for all of it. It cannot be undone.
    """
    identifier = parse_id(erasure_id, "ers")

    def run() -> Answer:
        given, now = validated(ErasureDecisionInput, parse_json(content)), clock.now()
        row = erasures.approve(tx, identifier, given.reason, now)
        return Answer(HTTPStatus.OK, to_json(erasure_json(row, now)))

    return once(tx, run)


@router.post(
    "/{erasure_id}/reject",
    response_model=ErasureView,
    openapi_extra=takes(ErasureDecisionInput),
    summary="Reject an erasure",
)
def reject_erasure(
    tx: WriterTransaction, once: Idempotency, erasure_id: str, content: JsonContent
) -> Response:
    """Let nothing be erased; whoever asked for it takes it back so."""
    identifier = parse_id(erasure_id, "ers")

    def run() -> Answer:
        given, now = validated(ErasureDecisionInput, parse_json(content)), clock.now()
        row = erasures.reject(tx, identifier, given.reason, now)
        return Answer(HTTPStatus.OK, to_json(erasure_json(row, now)))

    return once(tx, run)
