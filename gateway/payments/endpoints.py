"""HTTP for payments: on a document, and all of an entity under `/v1/payments`."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from gateway.documents.endpoints import service as documents_of
from gateway.documents.service import Documents
from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id, public_id
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
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
from gateway.payments import service
from gateway.payments.repository import Filter, PaymentRow
from gateway.payments.schemas import PaymentInput, PaymentList, PaymentView, ReversalInput
from gateway.tenants.access import ReaderTransaction, WriterTransaction

router = APIRouter(tags=["Payments"])

DocumentId = Annotated[str, Path(description="`inv_...`, `crn_...` ...")]
Reference = Annotated[
    str | None,
    Query(max_length=200, pattern=r"^[^\x00]*$", description="Your own id of the payment."),
]


@router.post(
    "/v1/documents/{document_id}/payments",
    status_code=HTTPStatus.CREATED,
    response_model=PaymentView,
    openapi_extra=takes(PaymentInput),
    summary="Record a payment",
)
def record_payment(
    request: Request,
    tx: WriterTransaction,
    once: Idempotency,
    content: JsonContent,
    document_id: DocumentId,
) -> Response:
    """Record what was paid on an issued document; it is paid when nothing is open any more."""
    documents = documents_of(request)

    def run() -> Answer:
        given = validated(PaymentInput, parse_json(content))
        row = service.record(documents, tx, document_id, given, clock.now())
        return Answer(HTTPStatus.CREATED, to_json(_shown(documents, tx, [row])[0]))

    return once(tx, run)


@router.get("/v1/payments", response_model=PaymentList, summary="List payments, newest first")
def list_payments(  # noqa: PLR0913, PLR0917 - one for each part of the request
    request: Request,
    tx: ReaderTransaction,
    metadata: MetadataFilter,
    document_id: Annotated[str | None, Query(description="Of this document.")] = None,
    reference: Reference = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> dict[str, Any]:
    """List the entity's payments."""
    documents = documents_of(request)
    document = None if document_id is None else documents.find(tx, document_id).id
    wanted = Filter(document, reference, metadata)
    rows = service.page(tx, wanted, before=read_id_cursor(cursor), limit=limit + 1)
    page, more = rows[:limit], len(rows) > limit
    return {
        "object": "list",
        "data": _shown(documents, tx, page),
        "next_cursor": write_cursor(page[-1].id) if more else None,
    }


@router.get("/v1/payments/{payment_id}", response_model=PaymentView, summary="Read a payment")
def read_payment(request: Request, tx: ReaderTransaction, payment_id: str) -> dict[str, Any]:
    """Read a payment."""
    row = service.get(tx, parse_id(payment_id, "pay"))
    return _shown(documents_of(request), tx, [row])[0]


@router.post(
    "/v1/payments/{payment_id}/reverse",
    response_model=PaymentView,
    openapi_extra=takes(ReversalInput),
    summary="Reverse a payment",
)
def reverse_payment(
    request: Request,
    tx: WriterTransaction,
    once: Idempotency,
    content: JsonContent,
    payment_id: str,
) -> Response:
    """Take a payment back, as after a chargeback; what it paid is open again."""
    documents = documents_of(request)

    def run() -> Answer:
        reason = validated(ReversalInput, parse_json(content)).reason
        found = parse_id(payment_id, "pay")
        row = service.reverse(documents, tx, found, reason, clock.now())
        return Answer(HTTPStatus.OK, to_json(_shown(documents, tx, [row])[0]))

    return once(tx, run)


def _shown(
    documents: Documents, tx: TenantTransaction, rows: list[PaymentRow]
) -> list[dict[str, Any]]:
    paid = documents.some(tx, {row.document_id for row in rows})
    names = {one.id: public_id(one.kind.prefix, one.id) for one in paid}
    return [service.payment_json(row, names[row.document_id]) for row in rows]
