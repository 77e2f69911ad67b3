"""HTTP for handing in: `POST /v1/invoices?async=true` and its like, and `/v1/intake`.

The endpoints that take documents are asynchronous, as few here are: they wait for a commit that
others share, and a thread each would cost more than all they do.
"""

from collections.abc import Callable
from typing import Annotated, Any, Protocol
from urllib.parse import parse_qs
from uuid import UUID

import structlog
from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Scope
from typing_extensions import override

from gateway.documents.preparation import read_body
from gateway.intake import service
from gateway.intake.collector import Collector, Outcome, Submission, submitted
from gateway.intake.schemas import IntakeList, IntakeState, IntakeView
from gateway.kinds import DocumentKind
from gateway.kit.idempotency import Idempotency
from gateway.kit.idempotency_many import Keyed
from gateway.kit.ids import parse_id
from gateway.kit.json_body import JsonContent
from gateway.kit.pagination import DEFAULT_LIMIT, Cursor, Limit, read_id_cursor, write_cursor
from gateway.problems import Problem, UnauthenticatedProblem
from gateway.tenants.access import NamedEntity, ReaderTransaction
from gateway.tenants.callers import Caller
from gateway.tenants.entrance import admit, known, refuse_stranger, secret_of

router = APIRouter(prefix="/v1/intake", tags=["Documents"])

_LARGE = 64 * 1024
"""A longer body is read in a thread, lest others wait for it, and once its sender is known."""
_TRUE = frozenset({"1", "t", "true", "y", "yes", "on"})


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def collector(self) -> Collector:
        """Writes what is handed in."""


class _AskedFor(APIRoute):
    """A route for requests with `?async=true`; the others go on to the next one of the path."""

    @override
    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, child = super().matches(scope)
        if match is Match.FULL and not _wants(scope.get("query_string", b"")):
            return Match.NONE, {}
        return match, child


def _wants(query: bytes) -> bool:
    if b"async" not in query:
        return False
    values = parse_qs(query.decode("latin-1")).get("async", [])
    return bool(values) and values[-1].lower() in _TRUE


def collection(kind: DocumentKind) -> APIRouter:
    """Return the route that takes one kind of document; it stands before the usual one."""
    found = APIRouter(prefix=f"/v1/{kind.collection}", route_class=_AskedFor)

    async def hand_in(
        request: Request,
        once: Idempotency,
        content: JsonContent,
        named: NamedEntity,
        finalize: Annotated[bool, Query()] = False,  # noqa: FBT002 - a query parameter
    ) -> Response:
        secret = secret_of(request)
        large = len(content) > _LARGE
        if large:
            admit(request, await run_in_threadpool(known, request, secret))
            body = await run_in_threadpool(read_body, content, kind)
        else:
            try:
                body = read_body(content, kind)
            except Problem:  # is told to those only who may hand in
                admit(request, await run_in_threadpool(known, request, secret))
                raise

        def permit(caller: Caller) -> None:
            if not large:
                admit(request, caller)

        def made(answer: Callable[[Outcome], None]) -> Submission:
            return Submission(
                secret=secret,
                named=named,
                admit=permit,
                keyed=Keyed(once.key, once.request_hash),
                kind=kind,
                body=body.text,
                finalize=finalize,
                request_id=str(structlog.contextvars.get_contextvars().get("request_id")),
                answer=answer,
                size=len(content),
            )

        doors: Doors = request.app.state.runtime
        try:
            answer = await submitted(doors.collector, made)
        except UnauthenticatedProblem:
            refuse_stranger(request)
        headers = {"Content-Type": "application/json", **answer.headers}
        return Response(answer.body, answer.status, headers)

    found.add_api_route("", hand_in, methods=["POST"], include_in_schema=False)
    return found


@router.get("/{intake_id}", response_model=IntakeView, summary="Get what was handed in")
def get_intake(tx: ReaderTransaction, intake_id: str) -> dict[str, Any]:
    """Return what became of a document handed in with `?async=true`."""
    return service.intake_json(service.find(tx, parse_id(intake_id, "itk")))


@router.get("", response_model=IntakeList, summary="List what was handed in")
def list_intake(
    tx: ReaderTransaction,
    state: Annotated[IntakeState | None, Query(description="Only those.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List what was handed in, newest first; `?state=failed` is what could not be made."""
    before: UUID | None = read_id_cursor(cursor)
    rows = service.page(tx, state=state, before=before, limit=limit + 1)
    page, more = rows[:limit], len(rows) > limit
    return {
        "data": [service.intake_json(row) for row in page],
        "next_cursor": write_cursor(page[-1].id) if more else None,
    }
