"""HTTP for entities: `/v1/entities`."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id
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
from gateway.tenants import service
from gateway.tenants.access import (
    AccountWriter,
    OwnReader,
    OwnWriter,
    doors,
)
from gateway.tenants.schemas import (
    EntityChange,
    EntityInput,
    EntityList,
    EntityView,
)

entities = APIRouter(prefix="/v1/entities", tags=["Entities"])


@entities.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=EntityView,
    openapi_extra=takes(EntityInput),
)
def create_entity(
    request: Request, tx: AccountWriter, once: Idempotency, content: JsonContent
) -> Response:
    """Create an entity, a business that issues invoices, in the environment of the key.

    It gets three number series: INV and CRN count without gaps, EXT takes numbers you bring.
    """
    furnish = doors(request).furnish_entity

    def run() -> Answer:
        given = validated(EntityInput, parse_json(content))
        row = service.create_entity(tx, given, furnish, clock.now())
        return Answer(HTTPStatus.CREATED, to_json(service.entity_json(row)))

    return once(tx, run)


@entities.get("", response_model=EntityList)
def list_entities(
    tx: OwnReader, metadata: MetadataFilter, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> dict[str, Any]:
    """List entities, newest first. A key of one entity sees that one."""
    before = read_id_cursor(cursor)
    rows = service.entity_page(tx, metadata=metadata, before=before, limit=limit + 1)
    more = len(rows) > limit
    page = rows[:limit]
    return {
        "data": [service.entity_json(row) for row in page],
        "next_cursor": write_cursor(page[-1].id) if more else None,
    }


@entities.get("/{entity_id}", response_model=EntityView)
def read_entity(tx: OwnReader, entity_id: str) -> dict[str, Any]:
    """Read an entity."""
    return service.entity_json(service.get_entity(tx, parse_id(entity_id, "ent")))


@entities.patch("/{entity_id}", response_model=EntityView, openapi_extra=takes(EntityChange))
def change_entity(tx: OwnWriter, entity_id: str, content: JsonContent) -> dict[str, Any]:
    """Change an entity by JSON Merge Patch. Its country and environment never change.

    Documents already issued keep the seller they were issued with.
    """
    identifier = parse_id(entity_id, "ent")
    row = service.change_entity(tx, identifier, parse_json(content), clock.now())
    return service.entity_json(row)
