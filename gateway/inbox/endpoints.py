"""HTTP for the inbox: `/v1/inbox`."""

from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated, Protocol

from fastapi import APIRouter, Query, Request, Response

from gateway.inbox import views
from gateway.inbox.arrivals import Arrival
from gateway.inbox.content import Content, Filename, takes_any_document
from gateway.inbox.repository import Filter
from gateway.inbox.schemas import (
    Business,
    ReceivedChange,
    ReceivedList,
    ReceivedPaymentInput,
    ReceivedView,
    RejectionInput,
    State,
    Verdict,
)
from gateway.inbox.service import Decision, Inbox
from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id, public_id
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.moments import Day
from gateway.kit.pagination import (
    DEFAULT_LIMIT,
    Cursor,
    Limit,
    MetadataFilter,
    read_id_cursor,
    write_cursor,
)
from gateway.kit.tenancy import TenantTransaction
from gateway.openapi import takes
from gateway.tenants.access import (
    NamedEntity,
    ReaderTransaction,
    WriterDependency,
    WriterTransaction,
    writer_transaction,
)

router = APIRouter(prefix="/v1/inbox", tags=["Inbox"])

_KNOWN = {200: {"model": ReceivedView, "description": "These bytes are in the inbox already."}}

Words = Annotated[str | None, Query(max_length=200, pattern=r"^[^\x00]+$")]


Misaddressed = Annotated[bool | None, Query(description="Whether it names another receiver.")]


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def inbox(self) -> Inbox:
        """The inbox of this process."""


def service(request: Request) -> Inbox:
    """Return the inbox of the runtime that `create_app` was given."""
    doors: Doors = request.app.state.runtime
    return doors.inbox


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=ReceivedView,
    responses=_KNOWN,  # type: ignore[arg-type] # FastAPI's own type is invariant
    openapi_extra=takes_any_document(),
    operation_id="upload_received_document",
    summary="Put a document into the inbox",
)
def upload_received_document(  # noqa: PLR0913, PLR0917 - one for each part of the request
    request: Request,
    caller: WriterDependency,
    named: NamedEntity,
    metadata: MetadataFilter,
    once: Idempotency,
    upload: Content,
    filename: Filename = None,
) -> Response:
    """Store the exact bytes, then read and judge them.

    201 with what came out, whatever it is: a document that breaks rules, or that cannot be read
    at all, is a fact to keep and no error. 200 when the same bytes came before, by whatever
    channel: the document is there once, with each of its arrivals. `?metadata[name]=value` labels
    it.
    """
    inbox, now = service(request), clock.now()
    opened = contextmanager(writer_transaction)
    arrival = Arrival(
        upload.content, upload.media_type, "upload", filename=filename, metadata=metadata
    )
    with opened(request, caller, named) as tx:

        def run() -> Answer:
            stored = inbox.store(tx, arrival, now)
            status = HTTPStatus.CREATED if stored.new else HTTPStatus.OK
            return Answer(status, to_json({"id": public_id("rcv", stored.id)}))

        answer = once(tx, run)
        tenant = tx.tenant
    received_id = parse_id(parse_json(bytes(answer.body))["id"], "rcv")
    inbox.read(tenant, received_id, now)  # no transaction is open over the reading
    with opened(request, caller, named) as tx:
        body = to_json(views.whole(tx, inbox.get(tx, received_id)))
    headers = {k: v for k, v in answer.headers.items() if k.lower() != "content-length"}
    return Response(body, answer.status_code, headers)


@router.get(
    "",
    response_model=ReceivedList,
    operation_id="list_received_documents",
    summary="List received documents, newest first",
)
def list_received_documents(  # noqa: PLR0913, PLR0917 - one for each filter
    request: Request,
    tx: ReaderTransaction,
    metadata: MetadataFilter,
    state: State | None = None,
    verdict: Verdict | None = None,
    business: Business | None = None,
    misaddressed: Misaddressed = None,
    supplier: Annotated[Words, Query(description="Part of the name, or an identifier.")] = None,
    number: Words = None,
    since: Annotated[
        Day | None, Query(alias="from", description="Received on that day or later.")
    ] = None,
    until: Annotated[
        Day | None, Query(description="Received on that day or before (UTC).")
    ] = None,
    search: Annotated[Words, Query(description="Part of supplier name or number.")] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """Return one page; filters must all match, `metadata[name]=value` too."""
    wanted = Filter(
        state=state,
        verdict=verdict,
        business=business,
        misaddressed=misaddressed,
        supplier=supplier,
        number=number,
        since=since,
        until=until,
        search=search,
        metadata=metadata,
    )
    rows = service(request).page(tx, wanted, before=read_id_cursor(cursor), limit=limit + 1)
    page, more = rows[:limit], len(rows) > limit
    return _json(
        {
            "object": "list",
            "data": views.listed(tx, page),
            "next_cursor": write_cursor(page[-1].id) if more else None,
        }
    )


@router.get(
    "/{received_id}",
    response_model=ReceivedView,
    operation_id="read_received_document",
    summary="Read a received document",
)
def read_received_document(request: Request, tx: ReaderTransaction, received_id: str) -> Response:
    """Return the canonical invoice, what is wrong with it, how it came and what is like it."""
    row = service(request).get(tx, parse_id(received_id, "rcv"))
    return _json(views.whole(tx, row))


@router.patch(
    "/{received_id}",
    response_model=ReceivedView,
    openapi_extra=takes(ReceivedChange),
    operation_id="change_received_document",
    summary="Label a received document",
)
def change_received_document(
    request: Request, tx: WriterTransaction, content: JsonContent, received_id: str
) -> Response:
    """Merge into `metadata` (RFC 7396); nothing else of a received document changes."""
    inbox, found = service(request), parse_id(received_id, "rcv")
    row = inbox.get(tx, found, lock=True)
    body = parse_json(content)
    patch = body.get("metadata") if isinstance(body, dict) else None
    if isinstance(patch, dict):
        merged = {**row.metadata, **patch}
        body = {**body, "metadata": {k: v for k, v in merged.items() if v is not None}}
    change = validated(ReceivedChange, body)
    if "metadata" in change.model_fields_set:
        inbox.label(tx, found, change.metadata or {}, clock.now())
    return _json(views.whole(tx, inbox.get(tx, found)))


@router.post(
    "/{received_id}/accept",
    response_model=ReceivedView,
    operation_id="accept_received_document",
    summary="Accept a received document",
)
def accept_received_document(
    request: Request, tx: WriterTransaction, once: Idempotency, received_id: str
) -> Response:
    """Say that you will pay it; the sender is told where the network carries answers.

    Accepting again changes nothing; what was rejected answers 409.
    """
    return _decided(request, tx, once, received_id, "accepted", None)


@router.post(
    "/{received_id}/reject",
    response_model=ReceivedView,
    openapi_extra=takes(RejectionInput),
    operation_id="reject_received_document",
    summary="Reject a received document",
)
def reject_received_document(
    request: Request,
    tx: WriterTransaction,
    once: Idempotency,
    content: JsonContent,
    received_id: str,
) -> Response:
    """Say why you will not pay it; the sender is told where the network carries answers."""
    found = parse_id(received_id, "rcv")
    service(request).get(tx, found)  # 404 before 422: what is not yours has no body to check
    why = validated(RejectionInput, parse_json(content))
    return _decided(request, tx, once, received_id, "rejected", why)


@router.post(
    "/{received_id}/paid",
    response_model=ReceivedView,
    openapi_extra=takes(ReceivedPaymentInput),
    operation_id="mark_received_document_paid",
    summary="Mark a received document as paid",
)
def mark_received_document_paid(
    request: Request,
    tx: WriterTransaction,
    once: Idempotency,
    content: JsonContent,
    received_id: str,
) -> Response:
    """Say that you paid it, which accepts it too; the sender is told as of a decision.

    Paid again changes nothing; what was rejected answers 409.
    """
    inbox, found = service(request), parse_id(received_id, "rcv")
    inbox.get(tx, found)  # 404 before 422: what is not yours has no body to check
    given = validated(ReceivedPaymentInput, parse_json(content))

    def run() -> Answer:
        inbox.pay(tx, found, given.paid_on, given.reference, clock.now())
        return Answer(HTTPStatus.OK, to_json(views.whole(tx, inbox.get(tx, found))))

    return once(tx, run)


def _decided(  # noqa: PLR0913, PLR0917 - the request, the decision and why
    request: Request,
    tx: TenantTransaction,
    once: Idempotency,
    received_id: str,
    decision: Decision,
    why: RejectionInput | None,
) -> Response:
    inbox, found = service(request), parse_id(received_id, "rcv")

    def run() -> Answer:
        code, reason = (why.code, why.reason) if why else (None, None)
        inbox.decide(tx, found, decision, code=code, reason=reason, now=clock.now())
        return Answer(HTTPStatus.OK, to_json(views.whole(tx, inbox.get(tx, found))))

    return once(tx, run)


def _json(value: object) -> Response:
    return Response(to_json(value), media_type="application/json")
