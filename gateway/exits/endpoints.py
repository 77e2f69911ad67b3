"""HTTP for exits: `/v1/exits`."""

from http import HTTPStatus
from typing import Any, Protocol

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from gateway.exits.schemas import ExitInput, MoveInput, MoveView
from gateway.exits.service import Exits
from gateway.jobs.schemas import JobView
from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.openapi import takes
from gateway.tenants.access import OwnReader, WriterTransaction

router = APIRouter(prefix="/v1/exits", tags=["Exits"])


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def exits(self) -> Exits:
        """The exits of this installation."""


def service(request: Request) -> Exits:
    """Return the exits of the runtime that `create_app` was given."""
    doors: Doors = request.app.state.runtime
    return doors.exits


@router.post(
    "",
    status_code=HTTPStatus.ACCEPTED,
    response_model=JobView,
    openapi_extra=takes(ExitInput),
    summary="Export a whole entity",
)
def request_exit(
    request: Request, tx: WriterTransaction, once: Idempotency, content: JsonContent
) -> Response:
    """Ask for a file that holds the entity with all that belongs to it, as of one moment.

    It is a bundle of evidence that `gateway verify` judges, with the rows of the database beside
    it: what another installation of this gateway needs to go on with the entity. It is made in the
    background: the answer is the job. Its `result` says what the file holds, what stays here and
    why, and what is not finished. The entity goes on here, unless it is `leaving`.
    """
    exits = service(request)

    def run() -> Answer:
        given = validated(ExitInput, parse_json(content))
        job = exits.request(tx, given, clock.now())
        headers = {"Location": f"/v1/jobs/{job['id']}"}
        return Answer(HTTPStatus.ACCEPTED, to_json(job), headers)

    return once(tx, run)


@router.get("/{exit_id}", response_model=JobView, summary="Read an exit")
def read_exit(request: Request, tx: OwnReader, exit_id: str) -> dict[str, Any]:
    """Read the job of an exit; `result` says what came of it."""
    return service(request).find(tx, exit_id)


@router.get("/{exit_id}/file", response_class=Response, summary="Download an exit")
def read_exit_file(request: Request, tx: OwnReader, exit_id: str) -> Response:
    """Return the file, until it expires. Its SHA-256 is in the result and in `ETag`."""
    file = service(request).file(tx, exit_id)
    headers = {"ETag": f'"{file.sha256}"'}
    return FileResponse(
        file.path, headers=headers, media_type="application/zip", filename=file.name
    )


@router.post(
    "/{exit_id}/move",
    response_model=MoveView,
    openapi_extra=takes(MoveInput),
    summary="Move an entity",
)
def move_entity(
    request: Request, tx: WriterTransaction, once: Idempotency, exit_id: str, content: JsonContent
) -> Response:
    """Say that the entity moves with this exit. It issues nothing here any more, for ever.

    It can be read as ever. The answer holds the signed `statement` with which the installation
    whose log has the key `to`, and no other, lets the entity issue. It is refused where anything
    changed since the exit was made; ask for another one with `leaving` then.
    """
    exits = service(request)

    def run() -> Answer:
        given = validated(MoveInput, parse_json(content))
        return Answer(HTTPStatus.OK, to_json(exits.move(tx, exit_id, given, clock.now())))

    answer = once(tx, run)
    exits.keep(tx)
    return answer


@router.post("/{exit_id}/stay", response_model=MoveView, summary="Keep an entity after all")
def keep_entity(
    request: Request, tx: WriterTransaction, once: Idempotency, exit_id: str
) -> Response:
    """Let an entity that was leaving issue here again."""
    exits = service(request)

    def run() -> Answer:
        return Answer(HTTPStatus.OK, to_json(exits.stay(tx, exit_id, clock.now())))

    return once(tx, run)
