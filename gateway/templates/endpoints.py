"""HTTP for templates: `/v1/templates`."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from gateway.kinds import DocumentKind
from gateway.kit import clock
from gateway.kit.clock import written
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id, public_id
from gateway.kit.json_body import JsonContent, json_object, parse_json, to_json
from gateway.kit.pagination import (
    DEFAULT_LIMIT,
    Cursor,
    Limit,
    MetadataFilter,
    read_id_cursor,
    write_cursor,
)
from gateway.kit.shelf import Wanted
from gateway.openapi import takes
from gateway.templates import service
from gateway.templates.repository import Purpose
from gateway.templates.schemas import (
    Preview,
    PreviewInput,
    TemplateChange,
    TemplateInput,
    TemplateList,
    TemplateView,
)
from gateway.templates.service import TemplateRow
from gateway.tenants.access import ReaderTransaction, WriterTransaction

router = APIRouter(prefix="/v1/templates", tags=["Templates"])


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=TemplateView,
    openapi_extra=takes(TemplateInput),
)
def create_template(tx: WriterTransaction, once: Idempotency, content: JsonContent) -> Response:
    """Create a template."""

    def run() -> Answer:
        made = service.create(tx, parse_json(content), clock.now())
        return Answer(HTTPStatus.CREATED, to_json(_json(made)))

    return once(tx, run)


@router.get("", response_model=TemplateList)
def list_templates(  # noqa: PLR0913, PLR0917 - one for each part of the request
    tx: ReaderTransaction,
    metadata: MetadataFilter,
    purpose: Annotated[Purpose | None, Query(description="Only those.")] = None,
    document_kind: Annotated[DocumentKind | None, Query(description="Only its own.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List templates, newest first. `metadata[name]=value` filters by metadata."""
    wanted = Wanted({"purpose": purpose, "document_kind": document_kind}, metadata)
    found = service.page(tx, wanted, before=read_id_cursor(cursor), limit=limit + 1)
    more = len(found) > limit
    return {
        "data": [_json(row) for row in found[:limit]],
        "next_cursor": write_cursor(found[limit - 1].id) if more else None,
    }


@router.post("/preview", response_model=Preview, openapi_extra=takes(PreviewInput))
def preview_template(tx: WriterTransaction, content: JsonContent) -> dict[str, Any]:
    """Show what a template says of a sample, or of the data given. Nothing is stored or sent."""
    return service.preview(tx, parse_json(content))


@router.get("/{template_id}", response_model=TemplateView)
def read_template(tx: ReaderTransaction, template_id: str) -> dict[str, Any]:
    """Read a template."""
    return _json(service.get(tx, parse_id(template_id, "tpl")))


@router.patch("/{template_id}", response_model=TemplateView, openapi_extra=takes(TemplateChange))
def change_template(
    tx: WriterTransaction, template_id: str, content: JsonContent
) -> dict[str, Any]:
    """Change a template by JSON Merge Patch."""
    identifier = parse_id(template_id, "tpl")
    return _json(service.change(tx, identifier, json_object(content), clock.now()))


@router.delete("/{template_id}", status_code=HTTPStatus.NO_CONTENT)
def delete_template(tx: WriterTransaction, template_id: str) -> Response:
    """Delete a template for good. What was made of it stays."""
    service.delete(tx, parse_id(template_id, "tpl"), clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _json(row: TemplateRow) -> dict[str, Any]:
    return {
        "id": public_id("tpl", row.id),
        "object": "template",
        "entity_id": public_id("ent", row.entity_id),
        "name": row.name,
        "purpose": row.purpose,
        "document_kind": row.document_kind,
        "language": row.language,
        "subject": row.subject,
        "body": row.body,
        "html_body": row.html_body,
        "document": None if row.document is None else dict(row.document),
        "metadata": dict(row.metadata),
        "created_at": written(row.created_at),
        "updated_at": written(row.updated_at),
    }
