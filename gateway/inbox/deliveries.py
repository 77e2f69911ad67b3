"""HTTP for access points that hand over what they took for an entity of this gateway."""

import hashlib
from base64 import b64encode
from datetime import timedelta
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, Header, Request
from pydantic import BaseModel, Field
from starlette.requests import ClientDisconnect

from gateway.archive.service import EvidenceItem
from gateway.channels.endpoints import SignatureInvalidProblem
from gateway.channels.sandbox_network import CHANNEL, SandboxNetwork
from gateway.channels.statements import StatementError, StatementForgedError
from gateway.inbox import directory
from gateway.inbox.arrivals import Arrival
from gateway.inbox.service import Inbox
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.ids import public_id
from gateway.problems import MalformedRequestProblem, NotFoundProblem, RequestInvalidProblem
from gateway.tenants import activity
from gateway.transmissions.reception import account_of_message

router = APIRouter(prefix="/v1/channels", tags=["Channels"])

_LONGEST = 500  # characters of a message id or a participant id


class Doors(Protocol):
    """What this endpoint needs of the runtime."""

    @property
    def database(self) -> Database:
        """The pools of the process."""

    @property
    def inbox(self) -> Inbox:
        """The inbox of this process."""

    @property
    def sandbox_network(self) -> SandboxNetwork | None:
        """The adapter, where the sandbox network is configured."""


class DeliveryReceived(BaseModel):
    """What became of a delivery."""

    known: bool = Field(description="True when the same message had been delivered before.")


async def _content(request: Request) -> bytes:
    try:
        content = await request.body()
    except ClientDisconnect as error:
        raise MalformedRequestProblem("The body ended early.") from error
    if not content:
        raise RequestInvalidProblem([{"pointer": "", "message": "is empty"}])
    return content


@router.post(
    "/sandbox-network/deliveries",
    operation_id="receive_sandbox_network_delivery",
    summary="Receive a document from the sandbox network",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/xml": {"schema": {"type": "string"}}},
        },
        "security": [],
    },
)
def receive_sandbox_network_delivery(
    request: Request,
    content: Annotated[bytes, Depends(_content)],
    delivery_statement: Annotated[
        str, Header(max_length=20_000, description="Who vouches for the body: a compact JWS.")
    ],
) -> DeliveryReceived:
    """Store a document that an access point took for an entity of this gateway, once.

    The body is the document; `Delivery-Statement` is a compact JWS (ES256) over message id,
    digest, sender and receiver, whose certificate chains to the network's CA. It may come many
    times. 200: it is stored, and will be read. 404: no entity here has the receiver's participant
    id.
    """
    doors: Doors = request.app.state.runtime
    adapter = doors.sandbox_network
    if adapter is None:
        raise NotFoundProblem
    try:
        said = adapter.receiver.delivery(delivery_statement)
    except StatementForgedError as error:
        raise SignatureInvalidProblem(f"The statement is not accepted: {error}.") from error
    except StatementError as error:
        raise MalformedRequestProblem(f"The statement cannot be read: {error}.") from error
    digest = f"sha-256=:{b64encode(hashlib.sha256(content).digest()).decode()}:"
    if said.digest != digest:
        raise SignatureInvalidProblem("The statement is about other bytes than these.")
    if max(map(len, (said.message_id, said.sender, said.receiver))) > _LONGEST:
        raise MalformedRequestProblem(f"Ids have at most {_LONGEST} characters.")
    sender = account_of_message(doors.database, CHANNEL, said.message_id)
    found = directory.find(doors.database, said.receiver, "sandbox", sender=sender)
    if found is None:
        raise NotFoundProblem("No entity of this gateway has this participant id.")
    proof = EvidenceItem(
        "receipt", "delivery-statement.txt", "text/plain", delivery_statement.encode()
    )
    arrival = Arrival(
        content,
        "application/xml",
        CHANNEL,
        message_id=said.message_id,
        sender=said.sender,
        receiver=said.receiver,
        proofs=(proof,),
    )
    now = clock.now()
    with doors.database.transaction(found.tenant) as tx:
        stored = doors.inbox.store(tx, arrival, now, grace=timedelta(0))
        if stored.new:
            subject, data = public_id("rcv", stored.id), {"message_id": said.message_id}
            action = "receive_sandbox_network_delivery"
            activity.record(tx, action, subject_id=subject, data=data, now=now)
    return DeliveryReceived(known=not stored.new)
