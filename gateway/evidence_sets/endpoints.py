"""HTTP for evidence sets: finding them, and having those of many documents put into one file."""

from http import HTTPStatus
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import FileResponse

from gateway.evidence_sets import service
from gateway.evidence_sets.criteria import Criteria, RetrievalInput, check, from_query
from gateway.evidence_sets.retrieval import Retrievals
from gateway.evidence_sets.schemas import EvidenceSetList
from gateway.jobs.schemas import JobView
from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency, Once
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.pagination import DEFAULT_LIMIT, Cursor, Limit, read_id_cursor, write_cursor
from gateway.kit.scope import Direction
from gateway.kit.tenancy import TenantTransaction
from gateway.openapi import takes
from gateway.tenants.access import CallerDependency, ReaderTransaction, RetrieverTransaction
from gateway.tenants.callers import Caller
from gateway.tenants.noting import note_sought

router = APIRouter(prefix="/v1/evidence-sets", tags=["Evidence"])

Wanted = Annotated[Criteria, Depends(from_query)]


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def retrievals(self) -> Retrievals:
        """The evidence of many documents in one file."""


def retrievals(request: Request) -> Retrievals:
    """Return those of the runtime that `create_app` was given."""
    doors: Doors = request.app.state.runtime
    return doors.retrievals


@router.get("/issued", response_model=EvidenceSetList, summary="Find issued documents")
def find_issued(
    tx: ReaderTransaction, wanted: Wanted, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> dict[str, Any]:
    """Find issued documents by what you hold of one; all that is given must fit. Newest first."""
    return _page(tx, "issued", wanted, limit, cursor)


@router.get("/received", response_model=EvidenceSetList, summary="Find received documents")
def find_received(
    tx: ReaderTransaction, wanted: Wanted, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> dict[str, Any]:
    """Find received documents by what you hold of one; all that is given must fit."""
    return _page(tx, "received", wanted, limit, cursor)


@router.post(
    "/issued/bundles",
    status_code=HTTPStatus.ACCEPTED,
    response_model=JobView,
    openapi_extra=takes(RetrievalInput),
    summary="Retrieve evidence of issued documents",
)
def retrieve_issued(
    request: Request,
    caller: CallerDependency,
    tx: RetrieverTransaction,
    once: Idempotency,
    content: JsonContent,
) -> Response:
    """Ask for one file with the evidence of all issued documents that fit, to verify offline.

    It is made in the background: the answer is the job, and `GET /v1/jobs/{id}?wait=30` waits for
    its end. An invited auditor gets what is in scope, one file at a time, while the access lasts.
    """
    given = _read(request, caller, content)
    return _retrieve(request, tx, once, given, "issued")


@router.post(
    "/received/bundles",
    status_code=HTTPStatus.ACCEPTED,
    response_model=JobView,
    openapi_extra=takes(RetrievalInput),
    summary="Retrieve evidence of received documents",
)
def retrieve_received(
    request: Request,
    caller: CallerDependency,
    tx: RetrieverTransaction,
    once: Idempotency,
    content: JsonContent,
) -> Response:
    """Ask for one file with the evidence of all received documents that fit; see the issued."""
    given = _read(request, caller, content)
    return _retrieve(request, tx, once, given, "received")


@router.get(
    "/issued/bundles/{retrieval_id}/file",
    response_class=Response,
    summary="Download evidence of issued documents",
)
def read_issued_evidence(request: Request, tx: ReaderTransaction, retrieval_id: str) -> Response:
    """Return the bundle, until it expires; `Range` goes on where a download broke off.

    Its SHA-256 is in the job's result and in `ETag`.
    """
    return _file(request, tx, retrieval_id, "issued")


@router.get(
    "/received/bundles/{retrieval_id}/file",
    response_class=Response,
    summary="Download evidence of received documents",
)
def read_received_evidence(request: Request, tx: ReaderTransaction, retrieval_id: str) -> Response:
    """Return the bundle, until it expires; see the issued."""
    return _file(request, tx, retrieval_id, "received")


def _read(request: Request, caller: Caller, content: bytes) -> RetrievalInput:
    """Return what is looked for, once it is noted where an invited auditor looks for it."""
    given = validated(RetrievalInput, parse_json(content))
    note_sought(request, caller, given.model_dump(mode="json", exclude_defaults=True))
    check(given, {"pointer": "/currency"})
    return given


def _retrieve(
    request: Request,
    tx: TenantTransaction,
    once: Once,
    given: RetrievalInput,
    direction: Direction,
) -> Response:
    made = retrievals(request)

    def run() -> Answer:
        job = made.request(tx, direction, given, clock.now())
        return Answer(HTTPStatus.ACCEPTED, to_json(job), {"Location": f"/v1/jobs/{job['id']}"})

    return once(tx, run)


def _file(request: Request, tx: TenantTransaction, public: str, direction: Direction) -> Response:
    file = retrievals(request).file(tx, direction, public)
    headers = {"ETag": f'"{file.sha256}"'}
    return FileResponse(file.path, headers=headers, media_type=file.media_type, filename=file.name)


def _page(
    tx: TenantTransaction, direction: Direction, wanted: Criteria, limit: int, cursor: str | None
) -> dict[str, Any]:
    rows = service.find(
        tx,
        direction,
        wanted.sought,
        authority_id=wanted.authority_id,
        sha256=wanted.sha256,
        before=read_id_cursor(cursor),
        limit=limit + 1,
    )
    page = rows[:limit]
    return {
        "data": [service.found_json(one, direction) for one in page],
        "next_cursor": write_cursor(page[-1].id) if len(rows) > limit else None,
    }
