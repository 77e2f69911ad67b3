"""HTTP for destructions: `/v1/retention/destructions`, and their certificates."""

from http import HTTPStatus
from typing import Any, Protocol

from fastapi import APIRouter, Request, Response

from gateway.archive.service import Archive
from gateway.documents.service import ALL_KINDS
from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.pagination import DEFAULT_LIMIT, Cursor, Limit, read_id_cursor, write_cursor
from gateway.openapi import takes
from gateway.retention import destructions
from gateway.retention.destruction_schemas import (
    DestructionCertificateView,
    DestructionDecisionInput,
    DestructionDetailView,
    DestructionInput,
    DestructionList,
    DestructionView,
)
from gateway.retention.destruction_views import certificate_json, destruction_json, detail_json
from gateway.retention.endpoints import papers
from gateway.retention.papers import RECEIVED
from gateway.tenants.access import ReaderTransaction, WriterTransaction

router = APIRouter(prefix="/v1/retention", tags=["Retention"])

_PREFIXES = (*(kind.prefix for kind in ALL_KINDS), RECEIVED)


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def archive(self) -> Archive:
        """Has the certificates."""


@router.post(
    "/destructions",
    status_code=HTTPStatus.CREATED,
    response_model=DestructionDetailView,
    openapi_extra=takes(DestructionInput),
    summary="Propose to destroy documents",
)
def propose_destruction(
    request: Request, tx: WriterTransaction, once: Idempotency, content: JsonContent
) -> Response:
    """List documents that no law and no legal hold keeps, to be destroyed once another approves.

    At most 1000 at once. Nothing is destroyed by this.
    """

    def run() -> Answer:
        given, now = validated(DestructionInput, parse_json(content)), clock.now()
        row = destructions.propose(tx, papers(request), given.document_ids, given.reason, now)
        found = detail_json(*destructions.get(tx, row.id), now)
        return Answer(HTTPStatus.CREATED, to_json(found))

    return once(tx, run)


@router.get("/destructions", response_model=DestructionList, summary="List destructions")
def list_destructions(
    tx: ReaderTransaction, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> dict[str, Any]:
    """List destructions, newest first, whatever became of them."""
    found = destructions.page(tx, read_id_cursor(cursor), limit + 1)
    more, now = len(found) > limit, clock.now()
    return {
        "data": [destruction_json(one, now) for one in found[:limit]],
        "next_cursor": write_cursor(found[limit - 1].id) if more else None,
    }


@router.get(
    "/destructions/{destruction_id}",
    response_model=DestructionDetailView,
    summary="Read a destruction",
)
def read_destruction(tx: ReaderTransaction, destruction_id: str) -> dict[str, Any]:
    """Read a destruction with all that it lists, and what became of each."""
    return detail_json(*destructions.get(tx, parse_id(destruction_id, "dst")), clock.now())


@router.post(
    "/destructions/{destruction_id}/approve",
    response_model=DestructionView,
    openapi_extra=takes(DestructionDecisionInput),
    summary="Approve a destruction",
)
def approve_destruction(
    tx: WriterTransaction, once: Idempotency, destruction_id: str, content: JsonContent
) -> Response:
    """Have a job destroy what is listed. Not for who proposed it: four eyes decide.

    Each document is looked at again first; what a law or a hold keeps by then is spared.
    """
    identifier = parse_id(destruction_id, "dst")

    def run() -> Answer:
        given, now = validated(DestructionDecisionInput, parse_json(content)), clock.now()
        row = destructions.approve(tx, identifier, given.reason, now)
        return Answer(HTTPStatus.OK, to_json(destruction_json(row, now)))

    return once(tx, run)


@router.post(
    "/destructions/{destruction_id}/reject",
    response_model=DestructionView,
    openapi_extra=takes(DestructionDecisionInput),
    summary="Reject a destruction",
)
def reject_destruction(
    tx: WriterTransaction, once: Idempotency, destruction_id: str, content: JsonContent
) -> Response:
    """Let nothing that is listed be destroyed; whoever proposed it takes it back so."""
    identifier = parse_id(destruction_id, "dst")

    def run() -> Answer:
        given, now = validated(DestructionDecisionInput, parse_json(content)), clock.now()
        row = destructions.reject(tx, identifier, given.reason, now)
        return Answer(HTTPStatus.OK, to_json(destruction_json(row, now)))

    return once(tx, run)


@router.get(
    "/certificates/{destroyed_id}",
    response_model=DestructionCertificateView,
    summary="Read the certificate of a destruction",
)
def read_destruction_certificate(
    request: Request, tx: ReaderTransaction, destroyed_id: str
) -> dict[str, Any]:
    """Read what was destroyed, by which rule, and who decided it, with the proof from the log."""
    doors: Doors = request.app.state.runtime
    return certificate_json(doors.archive, tx, parse_id(destroyed_id, *_PREFIXES))
