"""HTTP for the logs of others, which this installation cosigns (C2SP tlog-witness).

Nobody logs in: the signature under a checkpoint says whose it is.
"""

from http import HTTPStatus
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from gateway.archive.witness_request import PATH, SIZE_TYPE
from gateway.archive.witnessing import OtherSizeError, Witnessing
from gateway.kit import clock
from gateway.problems import BodyTooLargeProblem, MalformedRequestProblem, NotFoundProblem

router = APIRouter(prefix="/v1/witness", tags=["Evidence"])

_MAX_BYTES = 64 * 1024
_NOT_HERE = "This installation witnesses no log."
_PUBLIC: dict[str, Any] = {"security": []}


class _Heads(Protocol):
    @property
    def witnessing(self) -> Witnessing | None:
        """The witness, if this installation is one."""


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def heads(self) -> _Heads:
        """What is done about heads of logs."""


def _witnessing(request: Request) -> Witnessing:
    doors: Doors = request.app.state.runtime
    if doors.heads.witnessing is None:
        raise NotFoundProblem(_NOT_HERE)
    return doors.heads.witnessing


async def _content(request: Request) -> str:
    try:
        content = await request.body()
    except ClientDisconnect as error:
        raise MalformedRequestProblem("The body ended early.") from error
    if len(content) > _MAX_BYTES:
        message = f"A request has at most {_MAX_BYTES} bytes."
        raise BodyTooLargeProblem(message, limit=_MAX_BYTES)
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise MalformedRequestProblem("The body is not UTF-8.") from None


@router.post(
    PATH,
    response_class=PlainTextResponse,
    summary="Have a checkpoint cosigned",
    openapi_extra=_PUBLIC
    | {
        "requestBody": {
            "required": True,
            "content": {"text/plain": {"schema": {"type": "string"}}},
        }
    },
)
def add_checkpoint(request: Request, content: Annotated[str, Depends(_content)]) -> Response:
    """Cosign a checkpoint of a log that this installation was told of, when the log only grew.

    409 answers with the size of the newest checkpoint that was cosigned (`text/x.tlog.size`).
    """
    try:
        lines = _witnessing(request).add_checkpoint(content, clock.now())
    except OtherSizeError as error:
        exactly = {"Content-Type": SIZE_TYPE}  # `media_type` would add a charset
        return Response(f"{error.size}\n", HTTPStatus.CONFLICT, exactly)
    return PlainTextResponse(lines)


@router.get(
    "/key",
    response_class=PlainTextResponse,
    summary="Read the witness's verifier key",
    openapi_extra=_PUBLIC,
)
def read_witness_key(request: Request) -> PlainTextResponse:
    """Return the public key of this witness (C2SP signed-note, type 0x04)."""
    return PlainTextResponse(f"{_witnessing(request).key.witness}\n")
