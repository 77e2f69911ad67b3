"""HTTP for the people of an entity: `/v1/entities/{entity_id}/users`, and their invitations."""

import datetime
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
from gateway.tenants.members import invitations, service
from gateway.tenants.members.schemas import (
    InvitationList,
    MemberChange,
    MemberInput,
    MemberList,
    MemberView,
    NewInvitationView,
    NewMemberView,
)

router = APIRouter(prefix="/v1/entities/{entity_id}", tags=["Users"])


@router.post(
    "/users",
    status_code=HTTPStatus.CREATED,
    response_model=NewMemberView,
    openapi_extra=takes(MemberInput),
)
def add_entity_user(
    request: Request,
    caller: CallerDependency,
    tx: MemberWriter,
    once: Idempotency,
    content: JsonContent,
) -> Response:
    """Let a person do something in the entity, and invite them when `send_invite` says so.

    Repeated with the same Idempotency-Key, the answer shows no link again.
    """

    def run() -> Answer:
        given, now = validated(MemberInput, parse_json(content)), clock.now()
        row = service.add(tx, caller, given, now)
        made = invitations.invite(tx, row, _post(request), now) if given.send_invite else None
        shown = service.member_json(row)
        return Answer(
            HTTPStatus.CREATED,
            to_json({**shown, "invitation": made}),
            stored_body=to_json({**shown, "invitation": made and made | invitations.unsaid()}),
        )

    return once(tx, run)


@router.get("/users", response_model=MemberList)
def list_entity_users(
    tx: MemberReader, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> dict[str, Any]:
    """List the people of an entity, newest first."""
    rows = service.page(tx, before=read_id_cursor(cursor), limit=limit + 1)
    page = rows[:limit]
    return {
        "data": [service.member_json(row) for row in page],
        "next_cursor": write_cursor(page[-1].id) if len(rows) > limit else None,
    }


@router.get("/users/{user_id}", response_model=MemberView)
def read_entity_user(tx: MemberReader, user_id: str) -> dict[str, Any]:
    """Read what a person may do in the entity."""
    return service.member_json(service.get(tx, parse_id(user_id, "usr")))


@router.patch("/users/{user_id}", response_model=MemberView, openapi_extra=takes(MemberChange))
def change_entity_user(
    caller: CallerDependency, tx: MemberWriter, user_id: str, content: JsonContent
) -> dict[str, Any]:
    """Change what a person may do, by JSON Merge Patch. It counts from their next request on."""
    body = parse_json(content)
    return service.member_json(
        service.change(tx, caller, parse_id(user_id, "usr"), body, clock.now())
    )


@router.delete("/users/{user_id}", status_code=HTTPStatus.NO_CONTENT)
def remove_entity_user(caller: CallerDependency, tx: MemberWriter, user_id: str) -> Response:
    """Let a person do nothing in the entity any more. Their sessions and links end at once."""
    service.remove(tx, caller, parse_id(user_id, "usr"), clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post(
    "/users/{user_id}/invitations",
    status_code=HTTPStatus.CREATED,
    response_model=NewInvitationView,
)
def invite_entity_user(
    request: Request,
    caller: CallerDependency,
    tx: MemberWriter,
    once: Idempotency,
    user_id: str,
) -> Response:
    """Invite a person of the entity, again if need be; what they had before is revoked.

    Where no e-mail can be sent, the answer shows the link, once.
    """

    def run() -> Answer:
        member = service.get_to_invite(tx, caller, parse_id(user_id, "usr"))
        made = invitations.invite(tx, member, _post(request), clock.now())
        stored = to_json(made | invitations.unsaid())
        return Answer(HTTPStatus.CREATED, to_json(made), stored_body=stored)

    return once(tx, run)


@router.get("/invitations", response_model=InvitationList)
def list_invitations(
    tx: MemberReader, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> dict[str, Any]:
    """List who was invited to the entity, newest first."""
    rows = invitations.page(tx, before=read_id_cursor(cursor), limit=limit + 1)
    page, now = rows[:limit], clock.now()
    return {
        "data": [invitations.invitation_json(row, now) for row in page],
        "next_cursor": write_cursor(page[-1].id) if len(rows) > limit else None,
    }


@router.delete("/invitations/{invitation_id}", status_code=HTTPStatus.NO_CONTENT)
def revoke_invitation(tx: MemberWriter, invitation_id: str) -> Response:
    """Revoke an invitation: its link is worth nothing at once."""
    invitations.revoke(tx, parse_id(invitation_id, "ivt"), clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _post(request: Request) -> invitations.Post:
    door = doors(request)
    lasts = datetime.timedelta(seconds=door.settings.invitation_seconds)
    return invitations.Post(door.master_key, door.notices, site(request), lasts)
