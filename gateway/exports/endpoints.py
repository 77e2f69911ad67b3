"""HTTP for exports: `/v1/exports`."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import FileResponse

from gateway.exports.schemas import ExportInput
from gateway.exports.service import ExportFile, Exports
from gateway.jobs.schemas import JobView
from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.tenancy import TenantTransaction
from gateway.openapi import takes
from gateway.tenants.access import (
    NamedEntity,
    OwnReader,
    WriterDependency,
    every_entity_writer_transaction,
    writer_transaction,
)

router = APIRouter(prefix="/v1/exports", tags=["Exports"])


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def exports(self) -> Exports:
        """The exports of this installation."""


def service(request: Request) -> Exports:
    """Return the exports of the runtime that `create_app` was given."""
    doors: Doors = request.app.state.runtime
    return doors.exports


def scope_transaction(
    request: Request, caller: WriterDependency, named: NamedEntity
) -> Iterator[TenantTransaction]:
    """Open a transaction of one entity, or of all of the account's."""
    if named is not None or caller.entity_id is not None:
        yield from writer_transaction(request, caller, named)
        return
    yield from every_entity_writer_transaction(request, caller)


EntityOrAllWriter = Annotated[TenantTransaction, Depends(scope_transaction, scope="function")]


@router.post(
    "",
    status_code=HTTPStatus.ACCEPTED,
    response_model=JobView,
    openapi_extra=takes(ExportInput),
    summary="Export documents",
)
def request_export(
    request: Request, tx: EntityOrAllWriter, once: Idempotency, content: JsonContent
) -> Response:
    """Ask for a file of issued documents: of the entity named, or of all of the account's.

    It is made in the background: the answer is the job, and `GET /v1/jobs/{id}?wait=30` waits for
    its end. Documents issued after this call are not in it. The same documents give the same
    bytes.
    """
    exports = service(request)

    def run() -> Answer:
        given = validated(ExportInput, parse_json(content))
        job = exports.request(tx, given, clock.now())
        headers = {"Location": f"/v1/jobs/{job['id']}"}
        return Answer(HTTPStatus.ACCEPTED, to_json(job), headers)

    return once(tx, run)


@router.get("/{export_id}", response_model=JobView, summary="Read an export")
def read_export(request: Request, tx: OwnReader, export_id: str) -> dict[str, Any]:
    """Read the job of an export; `result` says what came of it."""
    return service(request).find(tx, export_id)


@router.get("/{export_id}/file", response_class=Response, summary="Download an export")
def read_export_file(request: Request, tx: OwnReader, export_id: str) -> Response:
    """Return the file, until it expires. Its SHA-256 is in the result and in `ETag`."""
    return _sent(service(request).file(tx, export_id, "file"))


@router.get("/{export_id}/manifest", response_class=Response, summary="Download a manifest")
def read_export_manifest(request: Request, tx: OwnReader, export_id: str) -> Response:
    """Return the manifest: every document with its digest, the totals, what was asked for."""
    return _sent(service(request).file(tx, export_id, "manifest"))


def _sent(file: ExportFile) -> Response:
    headers = {"ETag": f'"{file.sha256}"'}
    return FileResponse(file.path, headers=headers, media_type=file.media_type, filename=file.name)
