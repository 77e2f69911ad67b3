"""HTTP for retention: `/v1/retention`."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Query, Request, Response

from gateway.archive.service import Archive
from gateway.documents.service import Documents
from gateway.inbox.service import Inbox
from gateway.jobs import service as jobs
from gateway.jobs.schemas import JobView
from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency, Once
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.moments import Day
from gateway.kit.pagination import DEFAULT_LIMIT, Cursor, Limit, read_id_cursor, write_cursor
from gateway.kit.tenancy import TenantTransaction
from gateway.openapi import takes
from gateway.retention import rounds, service
from gateway.retention.papers import Paper, Papers
from gateway.retention.schemas import OverList, RetentionView, SubjectsInput
from gateway.retention.views import explained_json, over_json
from gateway.tenants.access import ReaderTransaction, WriterTransaction

router = APIRouter(prefix="/v1/retention", tags=["Retention"])

AsOf = Annotated[Day | None, Query(description="By the law of this day; by today's without it.")]


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def documents(self) -> Documents:
        """The issued ones."""

    @property
    def inbox(self) -> Inbox:
        """The received ones."""

    @property
    def archive(self) -> Archive:
        """Keeps what the log is told."""


def papers(request: Request) -> Papers:
    """Return where documents are found."""
    doors: Doors = request.app.state.runtime
    return Papers(doors.documents, doors.inbox)


@router.post(
    "/extensions",
    status_code=HTTPStatus.ACCEPTED,
    response_model=JobView,
    summary="Keep documents as long as today's law says",
)
def extend_retention(tx: WriterTransaction, once: Idempotency) -> Response:
    """Compute the last day of every document of the entity anew, and keep longer what must be.

    It is done in the background, and by itself when law or settings change: the answer is the job,
    whose `result` says what was `examined` and `extended`. Nothing is ever kept shorter by it.
    """

    def run() -> Answer:
        job = jobs.job_json(jobs.get(tx, jobs.enqueue(tx, rounds.KIND, {}, now=clock.now())))
        headers = {"Location": f"/v1/jobs/{job['id']}"}
        return Answer(HTTPStatus.ACCEPTED, to_json(job), headers)

    return once(tx, run)


@router.get("/documents", response_model=OverList, summary="List documents whose last day is past")
def list_documents_over(
    tx: ReaderTransaction, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> dict[str, Any]:
    """List issued documents that no law keeps any more, newest first, held ones too."""
    return _over(tx, limit, cursor, received=False)


@router.get(
    "/received", response_model=OverList, summary="List received documents whose last day is past"
)
def list_received_over(
    tx: ReaderTransaction, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> dict[str, Any]:
    """List received documents that no law keeps any more, newest first, held ones too."""
    return _over(tx, limit, cursor, received=True)


@router.get(
    "/documents/{document_id}",
    response_model=RetentionView,
    summary="Read how long a document is kept",
)
def read_document_retention(
    request: Request, tx: ReaderTransaction, document_id: str, as_of: AsOf = None
) -> dict[str, Any]:
    """Say until when an issued document must be kept, and by which rule of which law."""
    paper = papers(request).issued(tx, document_id)
    return explained_json(service.explain(tx, paper, clock.now(), as_of))


@router.get(
    "/received/{received_id}",
    response_model=RetentionView,
    summary="Read how long a received document is kept",
)
def read_received_retention(
    request: Request, tx: ReaderTransaction, received_id: str, as_of: AsOf = None
) -> dict[str, Any]:
    """Say until when a received document must be kept, and by which rule of which law."""
    paper = papers(request).received(tx, received_id)
    return explained_json(service.explain(tx, paper, clock.now(), as_of))


@router.post(
    "/documents/{document_id}/subjects",
    response_model=RetentionView,
    openapi_extra=takes(SubjectsInput),
    summary="Note what a document is about",
)
def note_document_subjects(
    request: Request,
    tx: WriterTransaction,
    once: Idempotency,
    document_id: str,
    content: JsonContent,
) -> Response:
    """Note that a document is about land, buildings or other capital goods.

    Where the law keeps that longer, so does the archive from then on. It cannot be taken back.
    """
    return _noted(
        request, tx, once, content, lambda: papers(request).issued(tx, document_id, lock=True)
    )


@router.post(
    "/received/{received_id}/subjects",
    response_model=RetentionView,
    openapi_extra=takes(SubjectsInput),
    summary="Note what a received document is about",
)
def note_received_subjects(
    request: Request,
    tx: WriterTransaction,
    once: Idempotency,
    received_id: str,
    content: JsonContent,
) -> Response:
    """Note that a received document is about land, buildings or other capital goods.

    Input tax on them is adjusted for years, so the law keeps it longer. It cannot be taken back.
    """
    return _noted(
        request, tx, once, content, lambda: papers(request).received(tx, received_id, lock=True)
    )


def _over(
    tx: TenantTransaction, limit: int, cursor: str | None, *, received: bool
) -> dict[str, Any]:
    before = read_id_cursor(cursor)
    found = service.over(tx, clock.now(), received=received, before=before, limit=limit + 1)
    more = len(found) > limit
    return {
        "data": [over_json(one) for one in found[:limit]],
        "next_cursor": write_cursor(found[limit - 1].paper.id) if more else None,
    }


def _noted(
    request: Request,
    tx: TenantTransaction,
    once: Once,
    content: bytes,
    find: Callable[[], Paper],
) -> Response:
    doors: Doors = request.app.state.runtime

    def run() -> Answer:
        paper, now = find(), clock.now()
        given = validated(SubjectsInput, parse_json(content))
        service.note_subjects(tx, doors.archive, paper, given.subjects, given.reason, now)
        found = service.explain(tx, find(), now)
        return Answer(HTTPStatus.OK, to_json(explained_json(found)))

    return once(tx, run)
