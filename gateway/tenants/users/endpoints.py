"""HTTP for the people of an account: `/v1/users`."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

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
from gateway.tenants.access import EveryEntityReader, EveryEntityWriter
from gateway.tenants.users import service
from gateway.tenants.users.schemas import UserChange, UserInput, UserList, UserView

router = APIRouter(prefix="/v1/users", tags=["Users"])


@router.post(
    "", status_code=HTTPStatus.CREATED, response_model=UserView, openapi_extra=takes(UserInput)
)
def create_user(tx: EveryEntityWriter, once: Idempotency, content: JsonContent) -> Response:
    """Add a person to the account. They can do nothing yet: add them to an entity."""

    def run() -> Answer:
        given = validated(UserInput, parse_json(content))
        row = service.create(tx, given, clock.now())
        return Answer(HTTPStatus.CREATED, to_json(service.shown(tx, [row])[0]))

    return once(tx, run)


@router.get("", response_model=UserList)
def list_users(
    tx: EveryEntityReader,
    metadata: MetadataFilter,
    email: Annotated[str | None, Query(max_length=254, description="Who has it.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List the people of the account in this environment, newest first."""
    before = read_id_cursor(cursor)
    rows = service.page(tx, email=email, metadata=metadata, before=before, limit=limit + 1)
    page = rows[:limit]
    return {
        "data": service.shown(tx, page),
        "next_cursor": write_cursor(page[-1].id) if len(rows) > limit else None,
    }


@router.get("/{user_id}", response_model=UserView)
def read_user(tx: EveryEntityReader, user_id: str) -> dict[str, Any]:
    """Read a person, and where they may do what."""
    return service.shown(tx, [service.get(tx, parse_id(user_id, "usr"))])[0]


@router.patch("/{user_id}", response_model=UserView, openapi_extra=takes(UserChange))
def change_user(tx: EveryEntityWriter, user_id: str, content: JsonContent) -> dict[str, Any]:
    """Change a person by JSON Merge Patch. The e-mail address is who they are, and stays."""
    row = service.change(tx, parse_id(user_id, "usr"), parse_json(content), clock.now())
    return service.shown(tx, [row])[0]


@router.delete("/{user_id}", status_code=HTTPStatus.NO_CONTENT)
def remove_user(tx: EveryEntityWriter, user_id: str) -> Response:
    """Remove a person from the account and every entity. Their sessions end at once."""
    service.remove(tx, parse_id(user_id, "usr"), clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)
