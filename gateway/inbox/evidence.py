"""HTTP for what is kept of a received document: its bytes, its pages, its evidence."""

from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from formats.en16931 import Invoice
from formats.pdf import InvalidOptionError, RenderOptions, Template
from gateway.archive.service import ArchiveEntry
from gateway.conversions.service import pages_of
from gateway.inbox import views
from gateway.inbox.bundles import told
from gateway.inbox.endpoints import service
from gateway.inbox.problems import ReceivedDocumentStateProblem
from gateway.inbox.schemas import ReceivedEvidenceList
from gateway.inbox.service import Inbox
from gateway.kit import clock
from gateway.kit.ids import parse_id, public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem, RequestInvalidProblem
from gateway.tenants.access import ReaderTransaction

router = APIRouter(prefix="/v1/inbox/{received_id}", tags=["Inbox"])

_BYTES = {
    200: {
        "description": "The exact bytes",
        "content": {"*/*": {}},  # whatever was received: XML, PDF, JSON, a sheet
    }
}
_PAGES = {
    200: {
        "description": "PDF/A-3b",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    }
}

_ZIP = {
    200: {
        "description": "The bundle",
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get(
    "/document",
    response_class=Response,
    responses=_BYTES,  # type: ignore[arg-type] # FastAPI's own type is invariant
    operation_id="download_received_document",
    summary="Download what was received",
)
def download_received_document(
    request: Request, tx: ReaderTransaction, received_id: str
) -> Response:
    """Return exactly the bytes that came; their SHA-256 is the document's `sha256`."""
    inbox = service(request)
    row = inbox.get(tx, parse_id(received_id, "rcv"))
    return _download(inbox, tx, inbox.original(tx, row.id))


@router.get(
    "/pdf",
    response_class=Response,
    responses=_PAGES,  # type: ignore[arg-type] # FastAPI's own type is invariant
    operation_id="render_received_document",
    summary="Show a received document as pages",
)
def render_received_document(
    request: Request,
    tx: ReaderTransaction,
    received_id: str,
    template: Literal["classic", "modern", "condensed"] = "classic",
    locale: Annotated[str, Query(max_length=20, description="de, fr, sl ...")] = "en",
) -> Response:
    """Return our rendition of the canonical invoice; a PDF that was received is at `/document`."""
    row = service(request).get(tx, parse_id(received_id, "rcv"))
    if row.invoice is None:
        raise ReceivedDocumentStateProblem(
            f"The document is {row.state}: no invoice to show. Its bytes are at /document."
        )
    try:
        options = RenderOptions(template=Template(template), locale=locale)
    except InvalidOptionError as error:
        raise RequestInvalidProblem([{"parameter": "locale", "message": str(error)}]) from None
    pages = pages_of(Invoice.model_validate(row.invoice), options, clock.now())
    headers = {"Content-Disposition": f'inline; filename="{received_id}.pdf"'}
    return Response(pages, HTTPStatus.OK, headers, media_type="application/pdf")


@router.get(
    "/evidence",
    response_model=ReceivedEvidenceList,
    operation_id="list_received_evidence",
    summary="List the evidence of a received document",
)
def list_received_evidence(
    request: Request, tx: ReaderTransaction, received_id: str
) -> dict[str, object]:
    """List every archived file with its digest and its place in the log."""
    inbox = service(request)
    row = inbox.get(tx, parse_id(received_id, "rcv"))
    entries = inbox.evidence(tx, row.id)
    return {"object": "list", "data": [views.evidence(entry) for entry in entries]}


@router.get(
    "/evidence/{entry_id}",
    response_class=Response,
    responses=_BYTES,  # type: ignore[arg-type] # FastAPI's own type is invariant
    operation_id="download_received_evidence",
    summary="Download evidence of a received document",
)
def download_received_evidence(
    request: Request, tx: ReaderTransaction, received_id: str, entry_id: str
) -> Response:
    """Return the archived bytes of one file, checked against their digest."""
    inbox = service(request)
    row = inbox.get(tx, parse_id(received_id, "rcv"))
    entry = inbox.archive.entry(tx, parse_id(entry_id, "arc"))
    if entry.document_id != row.id:
        raise NotFoundProblem
    return _download(inbox, tx, entry)


@router.get(
    "/bundle",
    response_class=Response,
    responses=_ZIP,  # type: ignore[arg-type] # FastAPI's own type is invariant
    operation_id="export_received_bundle",
    summary="Export the evidence bundle of a received document",
)
def export_received_bundle(
    request: Request,
    tx: ReaderTransaction,
    received_id: str,
    since: Annotated[
        list[int] | None,
        Query(max_length=20, description="Sizes of older checkpoints you hold, to be proved."),
    ] = None,
) -> Response:
    """Return everything about the document in one ZIP file; `gateway verify` checks it offline."""
    inbox = service(request)
    row = inbox.get(tx, parse_id(received_id, "rcv"))
    public = public_id("rcv", row.id)
    content = inbox.archive.bundle(tx, *told(tx, row), now=clock.now(), since=since or ())
    headers = {"Content-Disposition": f'attachment; filename="{public}.zip"'}
    return Response(content, HTTPStatus.OK, headers, media_type="application/zip")


def _download(inbox: Inbox, tx: TenantTransaction, entry: ArchiveEntry) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{entry.name}"',
        "ETag": f'"{entry.sha256.hex()}"',
    }
    content = inbox.archive.read(tx, entry.id)
    return Response(content, HTTPStatus.OK, headers, media_type=entry.media_type)
