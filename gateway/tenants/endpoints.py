"""HTTP for entities and API keys: `/v1/entities`, `/v1/api-keys`."""

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
    AccountReader,
    AccountWriter,
    OwnReader,
    OwnWriter,
    doors,
)
from gateway.tenants.schemas import (
    ApiKeyInput,
    ApiKeyList,
    ApiKeyView,
    EntityChange,
    EntityInput,
    EntityList,
    EntityView,
    NewApiKeyView,
)

entities = APIRouter(prefix="/v1/entities", tags=["Entities"])
api_keys = APIRouter(prefix="/v1/api-keys", tags=["API keys"])


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


@api_keys.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=NewApiKeyView,
    openapi_extra=takes(ApiKeyInput),
)
def create_api_key(
    request: Request, tx: AccountWriter, once: Idempotency, content: JsonContent
) -> Response:
    """Create an API key. The answer shows it, once.

    Repeated with the same Idempotency-Key, the answer names the same key with `key` null: what
    was lost is not shown again; revoke it and create another.
    """
    master_key = doors(request).master_key

    def run() -> Answer:
        given = validated(ApiKeyInput, parse_json(content))
        row, key = service.create_key(tx, master_key, given, clock.now())
        shown = service.key_json(row)
        return Answer(
            HTTPStatus.CREATED,
            to_json({**shown, "key": key.text}),
            stored_body=to_json({**shown, "key": None}),
        )

    return once(tx, run)


@api_keys.get("", response_model=ApiKeyList)
def list_api_keys(
    tx: AccountReader, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> dict[str, Any]:
    """List the account's API keys of this environment, newest first, without their secrets."""
    rows = service.key_page(tx, before=read_id_cursor(cursor), limit=limit + 1)
    more = len(rows) > limit
    page = rows[:limit]
    return {
        "data": [service.key_json(row) for row in page],
        "next_cursor": write_cursor(page[-1].id) if more else None,
    }


@api_keys.get("/{key_id}", response_model=ApiKeyView)
def read_api_key(tx: AccountReader, key_id: str) -> dict[str, Any]:
    """Read an API key, without its secret."""
    return service.key_json(service.get_key(tx, parse_id(key_id, "key")))


@api_keys.delete("/{key_id}", status_code=HTTPStatus.NO_CONTENT)
def revoke_api_key(tx: AccountWriter, key_id: str) -> Response:
    """Revoke an API key, for ever and at once."""
    service.revoke_key(tx, parse_id(key_id, "key"), clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)
