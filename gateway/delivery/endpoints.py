"""HTTP for e-mails: `.../{document_id}/send`, `/v1/emails`."""

from http import HTTPStatus
from typing import Annotated, Any, Literal, Protocol

from fastapi import APIRouter, Query, Request, Response

from gateway.delivery import service
from gateway.delivery.mail import Mail
from gateway.delivery.pdf_endpoints import download
from gateway.delivery.reminders import Reminders
from gateway.delivery.renditions import File
from gateway.delivery.schemas import EmailList, EmailView, RemindInput, SendInput, ShareLinkInput
from gateway.delivery.sharing import Sharing
from gateway.documents.service import ALL_KINDS, Documents
from gateway.kinds import DocumentKind
from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.pagination import (
    DEFAULT_LIMIT,
    Cursor,
    Limit,
    MetadataFilter,
    read_id_cursor,
    write_cursor,
)
from gateway.openapi import takes
from gateway.tenants.access import ReaderTransaction, WriterTransaction

router = APIRouter(prefix="/v1/emails", tags=["Delivery"])

State = Annotated[
    Literal["queued", "sending", "sent", "failed", "unknown", "captured"] | None,
    Query(description="Only those."),
]
OfDocument = Annotated[str | None, Query(description="Only those with this document.")]


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def documents(self) -> Documents:
        """The documents of this process."""

    @property
    def mail(self) -> Mail:
        """The e-mails of this process."""

    @property
    def sharing(self) -> Sharing:
        """Its share links."""

    @property
    def reminders(self) -> Reminders:
        """What it reminds of."""


def doors(request: Request) -> Doors:
    """Return the runtime that `create_app` was given."""
    found: Doors = request.app.state.runtime
    return found


def sending(kinds: tuple[DocumentKind, ...] = ALL_KINDS) -> APIRouter:
    """Return the router that sends one kind of document, or all of them."""
    one = kinds[0] if len(kinds) == 1 else None
    words = "document" if one is None else one.words
    collection = "documents" if one is None else one.collection
    router = APIRouter(prefix=f"/v1/{collection}/{{document_id}}", tags=["Delivery"])

    def send(
        request: Request,
        tx: WriterTransaction,
        once: Idempotency,
        content: JsonContent,
        document_id: str,
    ) -> Response:
        door = doors(request)

        def run() -> Answer:
            given = validated(SendInput, parse_json(content))
            row = door.documents.find(tx, document_id, kinds)
            now = clock.now()
            link = door.sharing.share(tx, row, ShareLinkInput(), now)[1] if given.link else ""
            sent = door.mail.send(tx, row, given, now, link=link)
            body = service.view(sent, tx.tenant.environment, document_id)
            return Answer(HTTPStatus.ACCEPTED, to_json(body))

        live = tx.tenant.environment == "live"
        return once(tx, run, permanent=True, required=live)

    router.add_api_route(
        "/send",
        send,
        methods=["POST"],
        status_code=HTTPStatus.ACCEPTED,
        response_model=EmailView,
        openapi_extra=takes(SendInput),
        operation_id=f"send_{words.replace(' ', '_')}",
        summary=f"Send the {words} by e-mail",
        description="Queues a mail with PDF and XML to the customer, in the words of the settings"
        " or of this request; `GET /v1/emails/{id}` says what became of it. Live:"
        " `Idempotency-Key` is required. Mails of sandbox entities are captured: they can be read"
        " under `/v1/emails` and never leave, unless the operator allows it.",
    )
    return router


reminding = APIRouter(prefix="/v1/invoices/{document_id}", tags=["Delivery"])


@reminding.post(
    "/remind",
    status_code=HTTPStatus.ACCEPTED,
    response_model=EmailView,
    openapi_extra=takes(RemindInput),
)
def remind_of_invoice(
    request: Request,
    tx: WriterTransaction,
    once: Idempotency,
    content: JsonContent,
    document_id: str,
) -> Response:
    """Remind the customer of an open invoice now, whatever the schedule says.

    Live: `Idempotency-Key` is required.
    """
    door = doors(request)

    def run() -> Answer:
        given = validated(RemindInput, parse_json(content))
        sent = door.reminders.remind(tx, document_id, given, clock.now())
        return Answer(HTTPStatus.ACCEPTED, to_json(service.views(tx, [sent])[0]))

    live = tx.tenant.environment == "live"
    return once(tx, run, permanent=True, required=live)


@router.get("", response_model=EmailList)
def list_emails(  # noqa: PLR0913, PLR0917 - one for each part of the request
    request: Request,
    tx: ReaderTransaction,
    metadata: MetadataFilter,
    state: State = None,
    document_id: OfDocument = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> dict[str, Any]:
    """List e-mails, newest first."""
    documents = doors(request).documents
    of = None if document_id is None else documents.find(tx, document_id).id
    wanted = service.EmailFilter(state=state, document_id=of, metadata=metadata)
    rows = service.emails(tx, wanted, before=read_id_cursor(cursor), limit=limit + 1)
    page, more = rows[:limit], len(rows) > limit
    return {
        "data": service.views(tx, page),
        "next_cursor": write_cursor(page[-1].id) if more else None,
    }


@router.get("/{email_id}", response_model=EmailView)
def read_email(tx: ReaderTransaction, email_id: str) -> dict[str, Any]:
    """Read an e-mail and what became of it."""
    row = service.email(tx, parse_id(email_id, "eml"))
    return service.views(tx, [row])[0]


@router.get(
    "/{email_id}/message",
    response_class=Response,
    responses={200: {"content": {"message/rfc822": {"schema": {"type": "string"}}}}},
)
def read_email_message(tx: ReaderTransaction, email_id: str) -> Response:
    """Return the whole message as it goes on the wire (RFC 5322)."""
    content = service.message(tx, parse_id(email_id, "eml"))
    return download(File(f"{email_id}.eml", "message/rfc822", content))


@router.post("/{email_id}/retry", status_code=HTTPStatus.ACCEPTED, response_model=EmailView)
def retry_email(
    request: Request, tx: WriterTransaction, once: Idempotency, email_id: str
) -> Response:
    """Send the same message once more, when it failed or its outcome is unknown.

    It keeps its Message-ID, so a receiver that got it already can tell. Recipients whose server
    took it are left out.
    """
    door = doors(request)

    def run() -> Answer:
        row = door.mail.again(tx, parse_id(email_id, "eml"), clock.now())
        return Answer(HTTPStatus.ACCEPTED, to_json(service.views(tx, [row])[0]))

    return once(tx, run)
