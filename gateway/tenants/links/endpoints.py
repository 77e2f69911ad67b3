"""HTTP for magic links: `/v1/entities/{entity_id}/users/{user_id}/tokens`."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.pagination import DEFAULT_LIMIT, Cursor, Limit, read_id_cursor, write_cursor
from gateway.openapi import takes
from gateway.tenants.access import CallerDependency, MemberReader, MemberWriter, doors, site
from gateway.tenants.links import service
from gateway.tenants.links.schemas import LinkInput, LinkList, NewLinkView
from gateway.tenants.members import service as members

router = APIRouter(prefix="/v1/entities/{entity_id}/users/{user_id}/tokens", tags=["Sessions"])


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=NewLinkView,
    openapi_extra=takes(LinkInput),
)
def create_magic_link(  # noqa: PLR0913, PLR0917 - one for each part of the request
    request: Request,
    caller: CallerDependency,
    tx: MemberWriter,
    once: Idempotency,
    user_id: str,
    content: JsonContent,
) -> Response:
    """Make a link that lets a person in, once, without any other log-in.

    Who opens `url` and confirms, or sends `token` to `POST /v1/sessions`, gets a session as this
    user in this entity. Repeated with the same Idempotency-Key, the answer does not show it again.
    """
    door = doors(request)

    def run() -> Answer:
        given, now = validated(LinkInput, parse_json(content)), clock.now()
        member = members.get(tx, parse_id(user_id, "usr"))
        row, token = service.create(tx, door.master_key, door.settings, caller, member, given, now)
        shown = service.link_json(member, row, now)
        url = f"{site(request)}/embed?token={token.text}"
        return Answer(
            HTTPStatus.CREATED,
            to_json({**shown, "token": token.text, "url": url}),
            stored_body=to_json({**shown, "token": None, "url": None}),
        )

    return once(tx, run)


@router.get("", response_model=LinkList)
def list_magic_links(
    tx: MemberReader, user_id: str, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> dict[str, Any]:
    """List a person's links in the entity, newest first, without their secrets."""
    member = members.get(tx, parse_id(user_id, "usr"))
    rows = service.page(tx, member, before=read_id_cursor(cursor), limit=limit + 1)
    page, now = rows[:limit], clock.now()
    return {
        "data": [service.link_json(member, row, now) for row in page],
        "next_cursor": write_cursor(page[-1].id) if len(rows) > limit else None,
    }


@router.delete("/{link_id}", status_code=HTTPStatus.NO_CONTENT)
def revoke_magic_link(tx: MemberWriter, user_id: str, link_id: str) -> Response:
    """Revoke a link: it is worth nothing at once. A session it was used for goes on."""
    member = members.get(tx, parse_id(user_id, "usr"))
    service.revoke(tx, member, parse_id(link_id, "lnk"), clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)
