"""HTTP for transmissions: read only; what moves them are workers and signals."""

import datetime
from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from gateway.events import service as events
from gateway.kit.ids import parse_id, public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.tenants.access import ReaderTransaction
from gateway.transmissions import service
from gateway.transmissions.service import TransmissionView
from gateway.transmissions.states import Business, Regulatory, Transport

router = APIRouter(prefix="/v1/transmissions", tags=["Transmissions"])


class Transmission(BaseModel):
    """One destination of a document, on three axes."""

    id: str = Field(description="trn_...")
    object: Literal["transmission"] = "transmission"
    document_id: str
    channel: str
    message_id: str = Field(description="What the other side knows the message by.")
    sender: str = Field(description="Participant id, scheme:value")
    receiver: str = Field(description="Participant id, scheme:value")
    sha256: str = Field(description="Digest of the frozen bytes.")
    transport: Transport
    regulatory: Regulatory
    business: Business
    action_required: str | None = Field(description="Why a person must look.")
    attempts: int = Field(description="How often the bytes were put on the wire.")
    created_at: datetime.datetime
    updated_at: datetime.datetime


class TransmissionList(BaseModel):
    """The transmissions of a document, oldest first."""

    object: Literal["list"] = "list"
    data: list[Transmission]


@router.get("/{transmission_id}", operation_id="get_transmission", summary="Get a transmission")
def get_transmission(tx: ReaderTransaction, transmission_id: str) -> Transmission:
    """Return where one transmission of a document stands."""
    view = service.get(tx, parse_id(transmission_id, "trn"))
    return _shown(tx, [view])[0]


@router.get("", operation_id="list_transmissions", summary="List a document's transmissions")
def list_transmissions(
    tx: ReaderTransaction,
    document_id: Annotated[str, Query(description="inv_... or crn_...")],
) -> TransmissionList:
    """Return the transmissions of one document; a draft has none."""
    found = parse_id(document_id, "inv", "crn")
    prefix = events.document_prefixes(tx, [found]).get(found)
    if prefix is None or not document_id.startswith(prefix):
        raise NotFoundProblem
    return TransmissionList(data=_shown(tx, service.for_documents(tx, [found]).get(found, ())))


def _shown(tx: TenantTransaction, views: Sequence[TransmissionView]) -> list[Transmission]:
    prefixes = events.document_prefixes(tx, {view.document_id for view in views})
    return [
        Transmission(
            id=public_id("trn", view.id),
            document_id=public_id(prefixes[view.document_id], view.document_id),
            channel=view.channel,
            message_id=view.message_id,
            sender=view.sender,
            receiver=view.receiver,
            sha256=view.payload_sha256.hex(),
            transport=view.transport,
            regulatory=view.regulatory,
            business=view.business,
            action_required=view.action_required,
            attempts=view.attempts,
            created_at=view.created_at,
            updated_at=view.updated_at,
        )
        for view in views
    ]
