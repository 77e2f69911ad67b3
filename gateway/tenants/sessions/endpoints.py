"""HTTP for sessions: `/v1/sessions`, and those of a person of an entity."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.kit import clock
from gateway.kit.ids import parse_id
from gateway.kit.json_body import JsonContent, parse_json, validated
from gateway.kit.pagination import DEFAULT_LIMIT, Cursor, Limit, read_id_cursor, write_cursor
from gateway.openapi import takes
from gateway.tenants.access import (
    CallerDependency,
    MemberReader,
    MemberWriter,
    SessionReader,
    SessionWriter,
    doors,
)
from gateway.tenants.members import service as members
from gateway.tenants.sessions import service
from gateway.tenants.sessions.schemas import (
    CurrentSessionView,
    NewSessionView,
    SessionList,
    TokenInput,
)

router = APIRouter(prefix="/v1/sessions", tags=["Sessions"])
invitations = APIRouter(prefix="/v1/invitations", tags=["Sessions"])
of_users = APIRouter(prefix="/v1/entities/{entity_id}/users/{user_id}/sessions", tags=["Sessions"])


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=NewSessionView,
    openapi_extra=takes(TokenInput),
)
def create_session(request: Request, content: JsonContent) -> dict[str, Any]:
    """Exchange the token of a magic link, once, for a session. No key is needed.

    The session's token is sent as `Authorization`, like a key; it acts as the user, with the role
    they have in the entity. Ten attempts per minute and address are allowed.
    """
    doors(request).rates.count_attempt(request)
    given = validated(TokenInput, parse_json(content))
    begun = service.begin_with_link(doors(request), given.token, clock.now())
    return {**service.session_json(begun.row, begun.member), "token": begun.token.text}


@invitations.post(
    "/accept",
    status_code=HTTPStatus.CREATED,
    response_model=NewSessionView,
    openapi_extra=takes(TokenInput),
)
def accept_invitation(request: Request, content: JsonContent) -> dict[str, Any]:
    """Accept an invitation, once, and begin a session with it. No key is needed."""
    doors(request).rates.count_attempt(request)
    given = validated(TokenInput, parse_json(content))
    begun = service.begin_with_invitation(doors(request), given.token, clock.now())
    return {**service.session_json(begun.row, begun.member), "token": begun.token.text}


@router.get("/current", response_model=CurrentSessionView)
def read_current_session(caller: CallerDependency, tx: SessionReader) -> dict[str, Any]:
    """Read the session that calls: who it is, and what it may do. For sessions only."""
    row, member = service.get_current(tx, caller.session_id, caller.membership_id)
    who = {"email": member.email, "name": member.name}
    return {**service.session_json(row, member), **who, "permissions": sorted(caller.permissions)}


@router.delete("/current", status_code=HTTPStatus.NO_CONTENT)
def end_current_session(caller: CallerDependency, tx: SessionWriter) -> Response:
    """End the session that calls, at once. For sessions only."""
    row, member = service.get_current(tx, caller.session_id, caller.membership_id)
    service.revoke(tx, member.id, row.id, clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)


@of_users.get("", response_model=SessionList)
def list_user_sessions(
    tx: MemberReader, user_id: str, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> dict[str, Any]:
    """List a person's sessions in the entity, newest first."""
    member = members.get(tx, parse_id(user_id, "usr"))
    rows = service.page(tx, member, before=read_id_cursor(cursor), limit=limit + 1)
    page = rows[:limit]
    return {
        "data": [service.session_json(row, member) for row in page],
        "next_cursor": write_cursor(page[-1].id) if len(rows) > limit else None,
    }


@of_users.delete("/{session_id}", status_code=HTTPStatus.NO_CONTENT)
def revoke_user_session(tx: MemberWriter, user_id: str, session_id: str) -> Response:
    """End a person's session, at once."""
    member = members.get(tx, parse_id(user_id, "usr"))
    service.revoke(tx, member.id, parse_id(session_id, "ses"), clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)
