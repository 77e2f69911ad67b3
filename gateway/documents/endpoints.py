"""HTTP for documents: `/v1/invoices`, `/v1/credit-notes`, and all under `/v1/documents`."""

from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Query, Request, Response

from formats.json.body import DocumentInput
from gateway.customers import service as customers
from gateway.documents import links
from gateway.documents.narrowing import Narrowed
from gateway.documents.repository import DocumentRow
from gateway.documents.schemas import DocumentList, DocumentView, PreviewView
from gateway.documents.service import ALL_KINDS, Documents
from gateway.documents.tax_decisions import tax_decision
from gateway.kinds import DocumentKind
from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id
from gateway.kit.json_body import JsonContent, to_json
from gateway.kit.pagination import (
    DEFAULT_LIMIT,
    Cursor,
    Limit,
    read_id_cursor,
    write_cursor,
)
from gateway.kit.tenancy import TenantTransaction
from gateway.openapi import amends, takes
from gateway.tax.schemas import TaxDecisionView
from gateway.tenants.access import ReaderTransaction, WriterTransaction

Finalize = Annotated[bool, Query(description="Issue it in the same call.")]
Later = Annotated[
    bool,
    Query(
        alias="async",
        description="Take it now (202, an `intake`), make it a moment later: for volume. "
        "`/v1/intake/{id}` says what became of it.",
    ),
]

ChangeReason = Annotated[
    str | None,
    Query(max_length=500, pattern=r"^[^\x00]*$", description="Why; kept with the old version."),
]


amends(links.describe)

_HELD: dict[str, Any] = {
    "description": "Held: it is issued by itself when somebody has answered whether the buyer's "
    "VAT number is in force (`held`)",
    "model": DocumentView,
}


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def documents(self) -> Documents:
        """The documents of this process."""


def service(request: Request) -> Documents:
    """Return the documents of the runtime that `create_app` was given."""
    doors: Doors = request.app.state.runtime
    return doors.documents


def collection(kind: DocumentKind) -> APIRouter:
    """Return the router of one kind of document."""
    router = APIRouter(prefix=f"/v1/{kind.collection}", tags=["Documents"])
    word = kind.words

    def create(  # noqa: PLR0913, PLR0917 - one for each part of the request
        request: Request,
        tx: WriterTransaction,
        once: Idempotency,
        content: JsonContent,
        finalize: Finalize = False,  # noqa: FBT002 - a query parameter
        later: Later = False,  # noqa: ARG001, FBT002 - `gateway.intake` takes those that ask for it
    ) -> Response:
        documents = service(request)

        def run() -> Answer:
            now = clock.now()
            document_id = documents.create(tx, kind, content, now)
            if finalize:
                documents.finalize(tx, ALL_KINDS, document_id, now, holds=True)
            row = documents.get(tx, document_id)
            body = to_json(documents.view(tx, [row])[0])
            return Answer(_done(row) if finalize else HTTPStatus.CREATED, body)

        live = tx.tenant.environment == "live"
        return once(tx, run, permanent=finalize, required=finalize and live)

    def change(
        request: Request,
        tx: WriterTransaction,
        content: JsonContent,
        document_id: str,
        change_reason: ChangeReason = None,
    ) -> Response:
        documents = service(request)
        now = clock.now()
        found = parse_id(document_id, kind.prefix)
        documents.replace(tx, kind, found, content, now, reason=change_reason)
        return shown(documents, tx, (kind,), document_id)

    def delete(request: Request, tx: WriterTransaction, document_id: str) -> Response:
        service(request).delete(tx, (kind,), parse_id(document_id, kind.prefix), clock.now())
        return Response(status_code=HTTPStatus.NO_CONTENT)

    def preview(request: Request, tx: ReaderTransaction, content: JsonContent) -> Response:
        body = to_json(service(request).preview(tx, kind, content, clock.now()))
        return Response(body, media_type="application/json")

    def finalize(
        request: Request, tx: WriterTransaction, once: Idempotency, document_id: str
    ) -> Response:
        documents = service(request)

        def run() -> Answer:
            now = clock.now()
            found = parse_id(document_id, kind.prefix)
            documents.finalize(tx, (kind,), found, now, holds=True)
            row = documents.get(tx, found)
            return Answer(_done(row), to_json(documents.view(tx, [row])[0]))

        live = tx.tenant.environment == "live"
        return once(tx, run, permanent=True, required=live)

    router.add_api_route(
        "",
        create,
        methods=["POST"],
        status_code=HTTPStatus.CREATED,
        response_model=DocumentView,
        responses={
            HTTPStatus.OK: {"description": "Issued", "model": DocumentView},
            HTTPStatus.ACCEPTED: _HELD,
        },
        openapi_extra=takes(DocumentInput),
        operation_id=f"create_{kind.value}",
        summary=f"Create a {word}",
        description=f"Stores a draft (201), or issues the {word} in the same call with "
        "`?finalize=true` (200). A draft may have mistakes: its `findings` say which. Issuing "
        "refuses them with 422: nothing is stored then and no number is used. The type code "
        "(BT-3) decides between invoice and credit note; the address only where there is none.",
    )
    router.add_api_route(
        "/preview",
        preview,
        methods=["POST"],
        response_model=PreviewView,
        openapi_extra=takes(DocumentInput),
        operation_id=f"preview_{kind.value}",
        summary=f"Preview a {word}",
        description="Computes totals, findings and the number it would get now. Nothing is stored "
        "and no number is used.",
    )
    router.add_api_route(
        "/{document_id}",
        change,
        methods=["PUT"],
        response_model=DocumentView,
        openapi_extra=takes(DocumentInput),
        operation_id=f"replace_{kind.value}",
        summary=f"Replace a draft {word}",
        description="Puts another body in the place of a draft's; what it said before is kept, "
        "with `change_reason`, under `/versions`. An issued document answers 409.",
    )
    router.add_api_route(
        "/{document_id}",
        delete,
        methods=["DELETE"],
        status_code=HTTPStatus.NO_CONTENT,
        response_class=Response,
        operation_id=f"delete_{kind.value}",
        summary=f"Delete a draft {word}",
        description="`POST /v1/documents/{document_id}/restore` brings it back. An issued "
        "document answers 409: it is corrected or voided, never deleted.",
    )
    router.add_api_route(
        "/{document_id}/finalize",
        finalize,
        methods=["POST"],
        response_model=DocumentView,
        responses={HTTPStatus.ACCEPTED: _HELD},
        operation_id=f"finalize_{kind.value}",
        summary=f"Issue a {word}",
        description="Validates, numbers, freezes, archives and queues it for delivery, all or "
        "nothing. Live: `Idempotency-Key` is required and every layer of validation must run.",
    )
    _add_reading(router, (kind,), word, kind.value)
    return router


def _done(row: DocumentRow) -> HTTPStatus:
    return HTTPStatus.ACCEPTED if row.held_at is not None else HTTPStatus.OK


def all_documents() -> APIRouter:
    """Return the router that reads every kind of document."""
    router = APIRouter(prefix="/v1/documents", tags=["Documents"])
    _add_reading(router, ALL_KINDS, "document", "document")
    return router


def _add_reading(
    router: APIRouter, kinds: tuple[DocumentKind, ...], word: str, operation: str
) -> None:
    def show(request: Request, tx: ReaderTransaction, document_id: str) -> Response:
        return shown(service(request), tx, kinds, document_id)

    def tax(request: Request, tx: ReaderTransaction, document_id: str) -> Response:
        documents = service(request)
        row = documents.find(tx, document_id, kinds)
        body = to_json(tax_decision(tx, documents, row, clock.now()))
        return Response(body, media_type="application/json")

    def listed(
        request: Request,
        tx: ReaderTransaction,
        narrowed: Narrowed,
        cursor: Cursor = None,
        limit: Limit = DEFAULT_LIMIT,
    ) -> Response:
        documents = service(request)
        wanted = replace(narrowed, kinds=kinds)
        if wanted.customer_id is not None:
            customers.get(tx, wanted.customer_id)  # 404 for one that is not there
        rows = documents.page(tx, wanted, before=read_id_cursor(cursor), limit=limit + 1)
        page, more = rows[:limit], len(rows) > limit
        answer = {
            "object": "list",
            "data": documents.view(tx, page),
            "next_cursor": write_cursor(page[-1].id) if more else None,
        }
        return Response(to_json(answer), media_type="application/json")

    router.add_api_route(
        "/{document_id}",
        show,
        methods=["GET"],
        response_model=DocumentView,
        operation_id=f"read_{operation}",
        summary=f"Read a {word}",
    )
    router.add_api_route(
        "/{document_id}/tax-decision",
        tax,
        methods=["GET"],
        response_model=TaxDecisionView,
        operation_id=f"read_{operation}_tax_decision",
        summary=f"Read why a {word} is taxed as it is",
        description="Line by line: facts, rules with their sources, the answer about the buyer's "
        "VAT number, the text to print. As archived at issue; a draft's as of now.",
    )
    router.add_api_route(
        "",
        listed,
        methods=["GET"],
        response_model=DocumentList,
        operation_id=f"list_{operation}s",
        summary=f"List {word}s, newest first",
        description="Drafts are shown as they were computed when they last changed.",
    )


def shown(
    documents: Documents,
    tx: TenantTransaction,
    kinds: tuple[DocumentKind, ...],
    document_id: str,
) -> Response:
    """Answer with one document; a draft as it would be issued now."""
    row = documents.find(tx, document_id, kinds)
    body = to_json(documents.show(tx, row, clock.now()))
    return Response(body, media_type="application/json")
