"""HTTP for the PDF of a document: `/v1/documents/{document_id}/pdf` and one for each kind."""

from typing import Any, Protocol

from fastapi import APIRouter, Request, Response

from gateway.delivery.renditions import File, Renditions
from gateway.documents.service import ALL_KINDS, Documents
from gateway.kinds import DocumentKind
from gateway.kit import clock
from gateway.tenants.access import ReaderTransaction

_PAGES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "PDF/A-3b; with the XML in it where the profile is a level of Factur-X",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_ABOUT = (
    "What is issued is drawn at its first download or sending, in the look of that day, and kept:"
    " every later request gets the same bytes. A draft is drawn anew each time and marked as one."
)


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def documents(self) -> Documents:
        """The documents of this process."""

    @property
    def renditions(self) -> Renditions:
        """Draws them."""


def doors(request: Request) -> Doors:
    """Return the runtime that `create_app` was given."""
    found: Doors = request.app.state.runtime
    return found


def pdfs(kinds: tuple[DocumentKind, ...] = ALL_KINDS) -> APIRouter:
    """Return the router for one kind of document, or for all of them."""
    one = kinds[0] if len(kinds) == 1 else None
    words = "document" if one is None else one.words
    collection = "documents" if one is None else one.collection
    router = APIRouter(prefix=f"/v1/{collection}/{{document_id}}", tags=["Delivery"])

    def read_pdf(request: Request, tx: ReaderTransaction, document_id: str) -> Response:
        door = doors(request)
        row = door.documents.find(tx, document_id, kinds)
        return download(door.renditions.pdf(tx, row, clock.now()))

    router.add_api_route(
        "/pdf",
        read_pdf,
        methods=["GET"],
        response_class=Response,
        responses=_PAGES,
        operation_id=f"read_{words.replace(' ', '_')}_pdf",
        summary=f"Download the {words} as PDF",
        description=_ABOUT,
    )
    return router


def download(file: File, *, inline: bool = False) -> Response:
    """Return a file as an answer; its name is plain ASCII, so the header is safe."""
    how = "inline" if inline else "attachment"
    headers = {
        "Content-Disposition": f'{how}; filename="{file.name}"',
    }
    return Response(file.content, headers=headers, media_type=file.media_type)
