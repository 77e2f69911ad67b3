"""HTTP for the account and its entities: `/v1/account`, `/v1/entities`."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id
from gateway.kit.json_body import JsonContent, parse_json, to_json
from gateway.kit.pagination import (
    DEFAULT_LIMIT,
    Cursor,
    Limit,
    MetadataFilter,
    Search,
    read_id_cursor,
    write_cursor,
)
from gateway.openapi import takes
from gateway.problems import RequestInvalidProblem
from gateway.tenants import changes, service
from gateway.tenants.access import (
    AccountReader,
    AccountWriter,
    OwnReader,
    OwnWriter,
    doors,
)
from gateway.tenants.schemas import (
    AccountChange,
    AccountView,
    EntityBody,
    EntityChange,
    EntityList,
    EntityView,
)

entities = APIRouter(prefix="/v1/entities", tags=["Entities"])
account = APIRouter(prefix="/v1/account", tags=["Account"])


@entities.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=EntityView,
    openapi_extra=takes(EntityBody),
)
def create_entity(
    request: Request, tx: AccountWriter, once: Idempotency, content: JsonContent
) -> Response:
    """Create an entity, a business that issues invoices, in the environment of the key.

    `{name, address, city, country, currency_code}` is enough. It gets three number series: INV
    and CRN count without gaps, EXT takes numbers you bring; those of other kinds of document are
    made when they are first used.
    """
    furnish = doors(request).furnish_entity

    def run() -> Answer:
        given, logo = changes.read_entity(parse_json(content))
        now = clock.now()
        row = service.create_entity(tx, given, furnish, now, logo=logo)
        return Answer(HTTPStatus.CREATED, to_json(service.entity_json(row, now)))

    return once(tx, run)


@entities.get("", response_model=EntityList)
def list_entities(
    tx: OwnReader,
    metadata: MetadataFilter,
    search: Search = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List entities, newest first. A key of one entity sees that one."""
    before = read_id_cursor(cursor)
    if search is not None and "\0" in search:
        raise RequestInvalidProblem([{"parameter": "search", "message": "holds U+0000"}])
    rows = service.entity_page(
        tx, metadata=metadata, search=search, before=before, limit=limit + 1
    )
    more = len(rows) > limit
    page = rows[:limit]
    now = clock.now()
    return {
        "data": [service.entity_json(row, now) for row in page],
        "next_cursor": write_cursor(page[-1].id) if more else None,
    }


@entities.get("/{entity_id}", response_model=EntityView)
def read_entity(tx: OwnReader, entity_id: str) -> dict[str, Any]:
    """Read an entity."""
    row = service.get_entity(tx, parse_id(entity_id, "ent"))
    return service.entity_json(row, clock.now())


@entities.patch("/{entity_id}", response_model=EntityView, openapi_extra=takes(EntityChange))
def change_entity(
    request: Request, tx: OwnWriter, entity_id: str, content: JsonContent
) -> dict[str, Any]:
    """Change an entity by JSON Merge Patch, deep. Its environment never changes.

    Documents already issued keep the seller they were issued with. Once there are any, country,
    VAT identifier and tax registration stay as they are (409).
    """
    door, now = doors(request), clock.now()
    row = changes.change_entity(
        tx,
        parse_id(entity_id, "ent"),
        parse_json(content),
        now,
        documents_of=door.documents_of,
        follow=door.entity_changed,
    )
    return service.entity_json(row, now)


@entities.delete("/{entity_id}", status_code=HTTPStatus.NO_CONTENT)
def delete_entity(request: Request, tx: AccountWriter, entity_id: str) -> Response:
    """Delete an entity without documents, issued or received; its keys are revoked at once.

    Received documents that were destroyed do not count.
    """
    documents_of = doors(request).documents_of
    changes.delete_entity(tx, parse_id(entity_id, "ent"), clock.now(), documents_of=documents_of)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@account.get("", response_model=AccountView)
def read_account(tx: AccountReader) -> dict[str, Any]:
    """Read the account, and what it settles for its entities in the environment of the key."""
    return changes.account_json(changes.get_account(tx), tx.tenant.environment)


@account.patch("", response_model=AccountView, openapi_extra=takes(AccountChange))
def change_account(tx: AccountWriter, content: JsonContent) -> dict[str, Any]:
    """Change the account by JSON Merge Patch, deep.

    Its settings, such as a logo and colours, hold for every entity of this environment that has
    none of its own. Sandbox and live have settings of their own; the name is one for both.
    """
    row = changes.change_account(tx, parse_json(content), clock.now())
    return changes.account_json(row, tx.tenant.environment)
