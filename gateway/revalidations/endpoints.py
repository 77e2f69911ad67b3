"""HTTP for revalidations: `/v1/archive/revalidations`."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import FileResponse

from gateway.jobs.schemas import JobView
from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.tenancy import TenantTransaction
from gateway.openapi import takes
from gateway.revalidations import service
from gateway.revalidations.schemas import RevalidationInput
from gateway.revalidations.service import Form, Revalidations
from gateway.tenants.access import (
    NamedEntity,
    OwnReader,
    WriterDependency,
    every_entity_writer_transaction,
    writer_transaction,
)

router = APIRouter(prefix="/v1/archive/revalidations", tags=["Archive"])


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def revalidations(self) -> Revalidations:
        """The revalidations of this installation."""


def scope_transaction(
    request: Request, caller: WriterDependency, named: NamedEntity
) -> Iterator[TenantTransaction]:
    """Open a transaction of one entity, or of all of the account's."""
    if named is not None or caller.entity_id is not None:
        yield from writer_transaction(request, caller, named)
        return
    yield from every_entity_writer_transaction(request, caller)


EntityOrAllWriter = Annotated[TenantTransaction, Depends(scope_transaction, scope="function")]

_REPORT = {
    200: {
        "description": "The report",
        "content": {
            "application/json": {"schema": {"type": "object", "additionalProperties": True}},
            "text/csv": {"schema": {"type": "string"}},
        },
    }
}


@router.post(
    "",
    status_code=HTTPStatus.ACCEPTED,
    response_model=JobView,
    openapi_extra=takes(RevalidationInput),
    summary="Judge archived documents again",
)
def request_revalidation(
    tx: EntityOrAllWriter, once: Idempotency, content: JsonContent
) -> Response:
    """Judge archived documents again by the rules of a day: of the entity named, or of all.

    The archived bytes are judged, checked against their digests; nothing about a document is
    changed. The answer is the job, and `GET /v1/jobs/{id}?wait=30` waits for its end. A day whose
    rules are not installed gives `unknown`, never the verdict of others.
    """

    def run() -> Answer:
        given = validated(RevalidationInput, parse_json(content))
        job = service.request(tx, given, clock.now())
        headers = {"Location": f"/v1/jobs/{job['id']}"}
        return Answer(HTTPStatus.ACCEPTED, to_json(job), headers)

    return once(tx, run)


@router.get("/{revalidation_id}", response_model=JobView, summary="Read a revalidation")
def read_revalidation(tx: OwnReader, revalidation_id: str) -> dict[str, Any]:
    """Read the job of a revalidation; `result` has the counts and the digests of the report."""
    return service.find(tx, revalidation_id)


@router.get(
    "/{revalidation_id}/report",
    response_class=Response,
    responses=_REPORT,  # type: ignore[arg-type] # FastAPI's own type is invariant
    summary="Download the report of a revalidation",
)
def read_revalidation_report(
    request: Request,
    tx: OwnReader,
    revalidation_id: str,
    format: Annotated[  # noqa: A002 - the name callers know
        Form, Query(description="JSON with every member, or a table.")
    ] = "json",
) -> Response:
    """Return the report, document by document, until it expires. Its SHA-256 is in `ETag`."""
    doors: Doors = request.app.state.runtime
    file = doors.revalidations.file(tx, revalidation_id, format)
    headers = {"ETag": f'"{file.sha256}"'}
    return FileResponse(file.path, headers=headers, media_type=file.media_type, filename=file.name)
