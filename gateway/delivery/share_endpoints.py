"""HTTP for share links: `/v1/documents/{document_id}/share-links`, `/v1/share-links`."""

from http import HTTPStatus
from typing import Any, Protocol

from fastapi import APIRouter, Request, Response

from gateway.delivery import sharing
from gateway.delivery.schemas import (
    NewShareLinkView,
    ShareLinkInput,
    ShareLinkList,
    ShareLinkView,
)
from gateway.delivery.sharing import Sharing
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
from gateway.openapi import takes
from gateway.tenants.access import ReaderTransaction, WriterTransaction

router = APIRouter(prefix="/v1", tags=["Delivery"])


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def documents(self) -> Documents:
        """The documents of this process."""

    @property
    def sharing(self) -> Sharing:
        """Its share links."""


def doors(request: Request) -> Doors:
    """Return the runtime that `create_app` was given."""
    found: Doors = request.app.state.runtime
    return found


@router.post(
    "/documents/{document_id}/share-links",
    status_code=HTTPStatus.CREATED,
    response_model=NewShareLinkView,
    openapi_extra=takes(ShareLinkInput),
)
def create_share_link(
    request: Request,
    tx: WriterTransaction,
    once: Idempotency,
    content: JsonContent,
    document_id: str,
) -> Response:
    """Make a link that shows an issued document to whoever has it. The answer shows it, once.

    Repeated with the same Idempotency-Key, the answer names the same link with `url` null: what
    was lost is not shown again; revoke it and make another.
    """
    door = doors(request)

    def run() -> Answer:
        given = validated(ShareLinkInput, parse_json(content))
        row = door.documents.find(tx, document_id)
        link, url = door.sharing.share(tx, row, given, clock.now())
        shown = sharing.view(link, document_id)
        return Answer(
            HTTPStatus.CREATED,
            to_json({**shown, "url": url}),
            stored_body=to_json({**shown, "url": None}),
        )

    return once(tx, run)


@router.get("/documents/{document_id}/share-links", response_model=ShareLinkList)
def list_share_links(  # noqa: PLR0913, PLR0917 - one for each part of the request
    request: Request,
    tx: ReaderTransaction,
    document_id: str,
    metadata: MetadataFilter,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> dict[str, Any]:
    """List the share links of a document, newest first, with how often each was opened."""
    row = doors(request).documents.find(tx, document_id)
    before = read_id_cursor(cursor)
    links = sharing.page(tx, row.id, metadata, before=before, limit=limit + 1)
    page, more = links[:limit], len(links) > limit
    return {
        "data": [sharing.view(link, document_id) for link in page],
        "next_cursor": write_cursor(page[-1].id) if more else None,
    }


@router.get("/share-links/{share_link_id}", response_model=ShareLinkView)
def read_share_link(request: Request, tx: ReaderTransaction, share_link_id: str) -> dict[str, Any]:
    """Read a share link, without the link itself."""
    link = sharing.get(tx, parse_id(share_link_id, "shr"))
    row = doors(request).documents.get(tx, link.document_id)
    return sharing.view(link, public_id(row.kind.prefix, row.id))


@router.delete("/share-links/{share_link_id}", status_code=HTTPStatus.NO_CONTENT)
def revoke_share_link(tx: WriterTransaction, share_link_id: str) -> Response:
    """Revoke a share link, for ever and at once."""
    sharing.revoke(tx, parse_id(share_link_id, "shr"), clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)
