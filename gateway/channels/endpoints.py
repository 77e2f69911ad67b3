"""HTTP for other access points: they are known by their signature, not by an API key."""

from http import HTTPStatus
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field
from starlette.requests import ClientDisconnect

from gateway.channels.sandbox_network import CHANNEL, SandboxNetwork
from gateway.channels.statements import MAX_BYTES, StatementError, StatementForgedError
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.problems import (
    BodyTooLargeProblem,
    MalformedRequestProblem,
    NotFoundProblem,
    Problem,
    UnavailableProblem,
)
from gateway.transmissions.journal import Journal
from gateway.transmissions.reception import Reception, receive_signal

router = APIRouter(prefix="/v1/channels", tags=["Channels"])


class SignatureInvalidProblem(Problem):
    """The statement is not signed by an access point that this gateway trusts.

    Nothing was recorded. The chain must end in the configured certificate, and the signature must
    cover the payload.
    """

    type = "signature-invalid"
    title = "The signature is not valid"
    status = HTTPStatus.UNAUTHORIZED


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def database(self) -> Database:
        """The pools of the process."""

    @property
    def journal(self) -> Journal:
        """Records steps of transmissions."""

    @property
    def sandbox_network(self) -> SandboxNetwork | None:
        """The adapter, where the sandbox network is configured."""


class SignalReceived(BaseModel):
    """What became of a signal."""

    known: bool = Field(description="True when the same signal had been received before.")


async def _content(request: Request) -> bytes:
    try:
        content = await request.body()
    except ClientDisconnect as error:
        raise MalformedRequestProblem("The body ended early.") from error
    if len(content) > MAX_BYTES:
        raise BodyTooLargeProblem(f"A statement has at most {MAX_BYTES} bytes.", limit=MAX_BYTES)
    return content


@router.post(
    "/sandbox-network/signals",
    operation_id="receive_sandbox_network_signal",
    summary="Receive a verdict of the sandbox network",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/jose+json": {"schema": {"type": "object"}}},
        },
        "security": [],
    },
)
def receive_sandbox_network_signal(
    request: Request, content: Annotated[bytes, Depends(_content)]
) -> SignalReceived:
    """Record a verdict of the network or an answer of the buyer, once.

    The body is a flattened JWS (ES256) whose certificate chains to the network's CA. It may come
    twice, late, out of order, or before the answer to our own request.
    """
    doors: Doors = request.app.state.runtime
    adapter = doors.sandbox_network
    if adapter is None:
        raise NotFoundProblem
    try:
        signal = adapter.signal(content)
    except StatementForgedError as error:
        raise SignatureInvalidProblem(f"The statement is not accepted: {error}.") from error
    except StatementError as error:
        raise MalformedRequestProblem(f"The statement cannot be read: {error}.") from error
    reception = receive_signal(
        doors.database, doors.journal, channel=CHANNEL, signal=signal, now=clock.now()
    )
    if reception is Reception.UNKNOWN_MESSAGE:
        raise NotFoundProblem("No message of this gateway has this id.")
    if reception is Reception.FULL:
        raise UnavailableProblem("Too many signals wait for messages nobody knows yet.")
    return SignalReceived(known=reception is Reception.KNOWN)
