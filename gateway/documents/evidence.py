"""HTTP for what an issued document leaves behind: its bytes, its evidence, its bundle."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse

from gateway.archive import proofs
from gateway.archive.service import ArchiveEntry
from gateway.documents.bundled import told
from gateway.documents.endpoints import service
from gateway.documents.repository import DocumentRow
from gateway.documents.schemas import EvidenceList
from gateway.documents.service import Documents
from gateway.kit import clock
from gateway.kit.clock import written
from gateway.kit.ids import parse_id, public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.tenants.access import ReaderTransaction

router = APIRouter(prefix="/v1/documents/{document_id}", tags=["Evidence"])


def _issued(documents: Documents, tx: TenantTransaction, document_id: str) -> DocumentRow:
    row = documents.find(tx, document_id)
    if row.state == "draft":
        raise NotFoundProblem("A draft has no evidence yet; finalize it first.")
    return row


@router.get("/xml", response_class=Response, summary="Download the issued bytes")
def read_xml(request: Request, tx: ReaderTransaction, document_id: str) -> Response:
    """Return exactly the bytes that were issued; their SHA-256 is the document's `sha256`."""
    documents = service(request)
    row = _issued(documents, tx, document_id)
    entries = documents.archive.entries(tx, row.id)
    entry = next(entry for entry in entries if entry.role == "document")
    return _download(documents, tx, entry)


@router.get("/evidence", response_model=EvidenceList, summary="List the evidence")
def list_evidence(request: Request, tx: ReaderTransaction, document_id: str) -> dict[str, object]:
    """List every archived file with its digest and its place in the log."""
    documents = service(request)
    row = _issued(documents, tx, document_id)
    entries = documents.archive.entries(tx, row.id)
    return {"object": "list", "data": [_entry_json(entry) for entry in entries]}


@router.get("/evidence/{entry_id}", response_class=Response, summary="Download evidence")
def read_evidence(
    request: Request, tx: ReaderTransaction, document_id: str, entry_id: str
) -> Response:
    """Return the archived bytes of one file, checked against their digest."""
    documents = service(request)
    row = _issued(documents, tx, document_id)
    entry = documents.archive.entry(tx, parse_id(entry_id, "arc"))
    if entry.document_id != row.id:
        raise NotFoundProblem
    return _download(documents, tx, entry)


@router.get(
    "/evidence/{entry_id}/proof",
    response_class=PlainTextResponse,
    summary="Prove that evidence is in the log",
)
def read_proof(
    request: Request,
    tx: ReaderTransaction,
    document_id: str,
    entry_id: str,
    *,
    cosigned: Annotated[
        bool, Query(description="By the newest checkpoint that a witness cosigned.")
    ] = False,
) -> PlainTextResponse:
    """Return a proof to keep beside the file (C2SP tlog-proof): leaf, path, signed checkpoint.

    Its `extra` line is the leaf, which names the SHA-256 of the file.
    """
    documents = service(request)
    row = _issued(documents, tx, document_id)
    entry = documents.archive.entry(tx, parse_id(entry_id, "arc"))
    if entry.document_id != row.id:
        raise NotFoundProblem
    headers = {"Content-Disposition": f'attachment; filename="{entry.name}.tlog-proof"'}
    return PlainTextResponse(proofs.proof(tx, entry, cosigned=cosigned).text(), headers=headers)


@router.get("/bundle", response_class=Response, summary="Export the evidence bundle")
def read_bundle(
    request: Request,
    tx: ReaderTransaction,
    document_id: str,
    since: Annotated[
        list[int] | None,
        Query(max_length=20, description="Sizes of older checkpoints you hold, to be proved."),
    ] = None,
) -> Response:
    """Return everything about the document in one ZIP file; `gateway verify` checks it offline."""
    documents = service(request)
    row = _issued(documents, tx, document_id)
    about, happened = told(documents, tx, row)
    content = documents.archive.bundle(tx, about, happened, now=clock.now(), since=since or ())
    headers = {
        "Content-Disposition": f'attachment; filename="{public_id(row.kind.prefix, row.id)}.zip"'
    }
    return Response(content, HTTPStatus.OK, headers, media_type="application/zip")


def _download(documents: Documents, tx: TenantTransaction, entry: ArchiveEntry) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{entry.name}"',
        "ETag": f'"{entry.sha256.hex()}"',
    }
    content = documents.archive.read(tx, entry.id)
    return Response(content, HTTPStatus.OK, headers, media_type=entry.media_type)


def _entry_json(entry: ArchiveEntry) -> dict[str, object]:
    return {
        "id": public_id("arc", entry.id),
        "object": "archive_entry",
        "role": entry.role,
        "name": entry.name,
        "media_type": entry.media_type,
        "size": entry.size,
        "sha256": entry.sha256.hex(),
        "log_index": entry.log_index,
        "at": written(entry.at),
    }
