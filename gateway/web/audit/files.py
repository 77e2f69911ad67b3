"""Downloads: single files, their proofs, and the bundle of a document."""

from fastapi import APIRouter, Request, Response

from gateway.web.audit.proving import best_proof
from gateway.web.audit.room import Visit, opened
from gateway.web.audit.subjects import bundle_of, subject_of

router = APIRouter(include_in_schema=False, prefix="/audit/documents/{document_id}")


@router.get("/bundle", name="audit_bundle")
def bundle(request: Request, document_id: str) -> Response:
    """Return everything about a document in one file that can be verified without us."""

    def show(visit: Visit) -> Response:
        content = bundle_of(visit, document_id)
        return _attached(content, f"{document_id}.zip", "application/zip")

    return opened(request, "file", show)


@router.get("/files/{entry_id}/content", name="audit_content")
def content(request: Request, document_id: str, entry_id: str) -> Response:
    """Return the archived bytes of a file, checked against their digest."""

    def show(visit: Visit) -> Response:
        entry = subject_of(visit, document_id).entry(entry_id)
        found = visit.door.archive.read(visit.tx, entry.id)
        return _attached(found, entry.name, entry.media_type)

    return opened(request, "file", show)


@router.get("/files/{entry_id}/proof", name="audit_proof")
def proof(request: Request, document_id: str, entry_id: str) -> Response:
    """Return a file's proof (C2SP tlog-proof), to be kept beside it."""

    def show(visit: Visit) -> Response:
        entry = subject_of(visit, document_id).entry(entry_id)
        text = best_proof(visit.tx, entry).text()
        return _attached(text.encode(), f"{entry.name}.tlog-proof", "text/plain; charset=utf-8")

    return opened(request, "file", show)


def _attached(found: bytes, name: str, media_type: str) -> Response:
    """Return bytes to be kept: whatever they are, no browser shows them as a page of ours."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(found, headers=headers, media_type=media_type)
