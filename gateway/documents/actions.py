"""HTTP for what is done with documents beyond writing them: correct, void, convert, decide."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from gateway.documents import amending, related
from gateway.documents.amending_schemas import FiscalRecordList, MendingInput
from gateway.documents.correction_schemas import CorrectionInput
from gateway.documents.corrections import Desk, VoidRefusedProblem
from gateway.documents.endpoints import service
from gateway.documents.problems import DocumentStateProblem
from gateway.documents.repository import DocumentRow
from gateway.documents.schemas import (
    ConversionInput,
    Decision,
    DocumentView,
    Reason,
    RelationList,
    VersionList,
)
from gateway.documents.service import ALL_KINDS, Documents
from gateway.kit import clock
from gateway.kit.clock import written
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id, public_id
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.pagination import (
    DEFAULT_LIMIT,
    Cursor,
    Limit,
    read_position_cursor,
    write_cursor,
)
from gateway.kit.tenancy import TenantTransaction
from gateway.openapi import amends, takes
from gateway.tenants.access import ReaderTransaction, WriterTransaction


def _describe(components: dict[str, Any]) -> None:
    """Say of a correction's extensions what documents say of theirs (OpenAPI)."""
    properties = components["CorrectionInput"]["properties"]
    of_documents = components["DocumentInput"]["properties"]["extensions"]["anyOf"]
    (named,) = [one for one in of_documents if "$ref" in one]
    properties["extensions"] = {**named, "description": properties["extensions"]["description"]}


amends(_describe)
router = APIRouter(prefix="/v1/documents/{document_id}", tags=["Documents"])

DocumentId = Annotated[str, Path(description="`inv_...`, `est_...` ...")]

_VERBS = {"accept": "accepted", "reject": "rejected", "cancel": "cancelled"}


@router.post(
    "/corrections",
    status_code=HTTPStatus.CREATED,
    response_model=DocumentView,
    openapi_extra=takes(CorrectionInput),
    summary="Correct an issued document",
)
def correct_document(
    request: Request,
    tx: WriterTransaction,
    once: Idempotency,
    content: JsonContent,
    document_id: DocumentId,
) -> Response:
    """Make the draft of its correction, linked to it, in the way its country corrects documents.

    A credit note takes back everything, or the lines named; a corrective invoice begins as a copy
    to be changed. The draft is issued like any other.
    """
    documents = service(request)

    def run() -> Answer:
        given = validated(CorrectionInput, parse_json(content))
        row = Desk(documents, tx, clock.now()).correct(document_id, given)
        return _answer(documents, tx, row, HTTPStatus.CREATED)

    return once(tx, run)


@router.post(
    "/convert",
    status_code=HTTPStatus.CREATED,
    response_model=DocumentView,
    openapi_extra=takes(ConversionInput),
    summary="Continue a document by another one",
)
def convert_document(
    request: Request,
    tx: WriterTransaction,
    once: Idempotency,
    content: JsonContent,
    document_id: DocumentId,
) -> Response:
    """Make the draft of the document that follows: of an estimate its invoice, of an order ..."""
    documents = service(request)

    def run() -> Answer:
        given = validated(ConversionInput, parse_json(content))
        row = Desk(documents, tx, clock.now()).convert(document_id, given.to)
        return _answer(documents, tx, row, HTTPStatus.CREATED)

    return once(tx, run)


@router.post(
    "/void",
    response_model=DocumentView,
    openapi_extra=takes(Reason),
    summary="Void an issued document",
)
def void_document(
    request: Request,
    tx: WriterTransaction,
    once: Idempotency,
    content: JsonContent,
    document_id: DocumentId,
) -> Response:
    """Declare a document void that nobody has received, where the law of its country allows it.

    Its number stays used, its bytes stay archived, and it says that it is void. An authority that
    takes cancellations of what should never have been issued (VeriFactu) is told, whoever has
    received the document; the same again where the cancellation was refused.
    """
    documents = service(request)

    def run() -> Answer:
        reason = validated(Reason, parse_json(content)).reason
        held = documents.find(tx, document_id, lock=True)
        told = amending.is_cancelled_by_record(tx, held)
        runtime = request.app.state.runtime
        why_not: str | None = runtime.why_received(tx, held.id, leaving=told)
        if told and held.state == "issued" and why_not is not None:
            raise DocumentStateProblem(f"{why_not} Wait until it is there.")
        if held.kind.fiscal and held.state == "issued" and why_not is not None:
            raise VoidRefusedProblem(f"{why_not} Issue a correction instead.", reason=why_not)
        row = Desk(documents, tx, clock.now()).void(document_id, reason)
        return _answer(documents, tx, row)

    live = tx.tenant.environment == "live"
    return once(tx, run, permanent=True, required=live)


@router.post(
    "/fiscal-records",
    response_model=DocumentView,
    openapi_extra=takes(MendingInput),
    summary="Tell the authority anew of a document",
)
def mend_fiscal_record(
    request: Request,
    tx: WriterTransaction,
    once: Idempotency,
    content: JsonContent,
    document_id: DocumentId,
) -> Response:
    """Mend what an authority refused, or took with errors, by another record of the document.

    Spain: it joins the chain where that ends now. Poland: a technical correction of what was
    issued offline and refused; the file is made anew. The document itself stays as it was issued.
    409 `fiscal-record-pending` until every earlier record is answered.
    """
    documents = service(request)

    def run() -> Answer:
        given = validated(MendingInput, parse_json(content))
        row = amending.mend(documents, tx, document_id, given, clock.now())
        return _answer(documents, tx, row)

    live = tx.tenant.environment == "live"
    return once(tx, run, permanent=True, required=live)


@router.get("/fiscal-records", response_model=FiscalRecordList, summary="List the fiscal records")
def list_fiscal_records(
    request: Request, tx: ReaderTransaction, document_id: DocumentId
) -> dict[str, Any]:
    """List every record of a document in the chain of its seller, and what became of each."""
    row = service(request).find(tx, document_id)
    return {"object": "list", "data": amending.records(tx, row)}


def _decision(verb: str, decision: str) -> None:
    def decide(
        request: Request,
        tx: WriterTransaction,
        once: Idempotency,
        content: JsonContent,
        document_id: DocumentId,
    ) -> Response:
        documents = service(request)

        def run() -> Answer:
            reason = validated(Decision, parse_json(content)).reason
            row = Desk(documents, tx, clock.now()).decide(document_id, decision, reason)
            return _answer(documents, tx, row)

        return once(tx, run)

    router.add_api_route(
        f"/{verb}",
        decide,
        methods=["POST"],
        response_model=DocumentView,
        openapi_extra=takes(Decision),
        operation_id=f"{verb}_document",
        summary=f"{verb.capitalize()} an estimate, proforma or order",
        description="For documents that are no invoices. What is decided stays decided.",
    )


for _verb, _word in _VERBS.items():
    _decision(_verb, _word)


@router.post("/restore", response_model=DocumentView, summary="Restore a deleted draft")
def restore_document(
    request: Request, tx: WriterTransaction, once: Idempotency, document_id: DocumentId
) -> Response:
    """Bring a deleted draft back; one that is there stays as it is."""
    documents = service(request)

    def run() -> Answer:
        found = parse_id(document_id, *(kind.prefix for kind in ALL_KINDS))
        documents.restore(tx, ALL_KINDS, found, clock.now())
        return _answer(documents, tx, documents.find(tx, document_id))

    return once(tx, run)


@router.get("/relations", response_model=RelationList, summary="List related documents")
def list_relations(
    request: Request, tx: ReaderTransaction, document_id: DocumentId
) -> dict[str, Any]:
    """List how a document is related to others, in both directions."""
    documents = service(request)
    row = documents.find(tx, document_id)
    found = related.of(tx, [row.id])
    ids = {one for relation in found for one in (relation.from_id, relation.to_id)}
    names = {one.id: _public(one) for one in documents.some(tx, ids)}
    return {
        "object": "list",
        "data": [
            {
                "relation": relation.kind,
                "from_id": names[relation.from_id],
                "to_id": names[relation.to_id],
                "effective": relation.effective,
            }
            for relation in found
            if relation.from_id in names and relation.to_id in names
        ],
    }


@router.get("/versions", response_model=VersionList, summary="List earlier versions of a draft")
def list_versions(
    request: Request,
    tx: ReaderTransaction,
    document_id: DocumentId,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List what a draft said before each change, by whom and why it was changed."""
    row = service(request).find(tx, document_id)
    before = read_position_cursor(cursor) or None
    found = related.versions(tx, row.id, before=before, limit=limit + 1)
    page = found[:limit]
    return {
        "object": "list",
        "data": [
            {
                "object": "version",
                "version": one.version,
                "reason": one.reason,
                "actor": one.actor_kind,
                "actor_id": one.actor_id,
                "replaced_at": written(one.replaced_at),
                "body": parse_json(one.body.encode()),
            }
            for one in page
        ],
        "next_cursor": write_cursor(page[-1].version) if len(found) > limit else None,
    }


def _answer(
    documents: Documents, tx: TenantTransaction, row: DocumentRow, status: int = HTTPStatus.OK
) -> Answer:
    return Answer(status, to_json(documents.view(tx, [row])[0]))


def _public(row: DocumentRow) -> str:
    return public_id(row.kind.prefix, row.id)
