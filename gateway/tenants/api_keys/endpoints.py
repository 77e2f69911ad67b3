"""HTTP for API keys: `/v1/api-keys`."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.pagination import DEFAULT_LIMIT, Cursor, Limit, read_id_cursor, write_cursor
from gateway.openapi import takes
from gateway.tenants.access import AccountReader, AccountWriter, CallerDependency, doors
from gateway.tenants.api_keys import service
from gateway.tenants.api_keys.schemas import ApiKeyInput, ApiKeyList, ApiKeyView, NewApiKeyView

router = APIRouter(prefix="/v1/api-keys", tags=["API keys"])


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=NewApiKeyView,
    openapi_extra=takes(ApiKeyInput),
)
def create_api_key(
    request: Request,
    caller: CallerDependency,
    tx: AccountWriter,
    once: Idempotency,
    content: JsonContent,
) -> Response:
    """Create an API key. The answer shows it, once. It can do nothing that its maker cannot.

    Repeated with the same Idempotency-Key, the answer names the same key with `key` null: what
    was lost is not shown again; revoke it and create another.
    """
    master_key = doors(request).master_key

    def run() -> Answer:
        given = validated(ApiKeyInput, parse_json(content))
        row, key = service.create_key(tx, master_key, given, clock.now(), caller.permissions)
        shown = service.key_json(row)
        return Answer(
            HTTPStatus.CREATED,
            to_json({**shown, "key": key.text}),
            stored_body=to_json({**shown, "key": None}),
        )

    return once(tx, run)


@router.get("", response_model=ApiKeyList)
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


@router.get("/{key_id}", response_model=ApiKeyView)
def read_api_key(tx: AccountReader, key_id: str) -> dict[str, Any]:
    """Read an API key, without its secret."""
    return service.key_json(service.get_key(tx, parse_id(key_id, "key")))


@router.delete("/{key_id}", status_code=HTTPStatus.NO_CONTENT)
def revoke_api_key(tx: AccountWriter, key_id: str) -> Response:
    """Revoke an API key, for ever and at once."""
    service.revoke_key(tx, parse_id(key_id, "key"), clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)
