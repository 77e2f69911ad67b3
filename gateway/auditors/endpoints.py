"""HTTP for invited auditors: `/v1/auditors`."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.auditors import service
from gateway.auditors.schemas import (
    AccessList,
    AuditorInput,
    AuditorList,
    AuditorView,
    NewAuditorView,
)
from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.pagination import DEFAULT_LIMIT, Cursor, Limit, read_id_cursor, write_cursor
from gateway.openapi import takes
from gateway.tenants.access import (
    CallerDependency,
    ReaderTransaction,
    WriterTransaction,
    doors,
    site,
)

router = APIRouter(prefix="/v1/auditors", tags=["Auditors"])


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=NewAuditorView,
    openapi_extra=takes(AuditorInput),
    summary="Invite an auditor",
)
def invite_auditor(
    request: Request,
    caller: CallerDependency,
    tx: WriterTransaction,
    once: Idempotency,
    content: JsonContent,
) -> Response:
    """Let an auditor read issued and received documents of the entity, and their evidence.

    The answer shows the token, once, unless `send_invite` sent it. Whatever is outside of the
    scope is not found.
    """
    door, home = doors(request), site(request)

    def run() -> Answer:
        given, now = validated(AuditorInput, parse_json(content)), clock.now()
        row, token = service.invite(tx, caller, door.master_key, given, now)
        sent = given.send_invite and service.send(tx, row, token, door.notices, home, now)
        shown = service.auditor_json(row, now) | {"url": f"{home}/audit", "sent": sent}
        return Answer(
            HTTPStatus.CREATED,
            to_json({**shown, "token": None if sent else token.text}),
            stored_body=to_json({**shown, "token": None}),
        )

    return once(tx, run)


@router.get("", response_model=AuditorList, summary="List invited auditors")
def list_auditors(
    tx: ReaderTransaction, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> dict[str, Any]:
    """List the auditors whom the entity invited, newest first; those whose time is over too."""
    rows = service.page(tx, before=read_id_cursor(cursor), limit=limit + 1)
    page, now = rows[:limit], clock.now()
    return {
        "data": [service.auditor_json(row, now) for row in page],
        "next_cursor": write_cursor(page[-1].id) if len(rows) > limit else None,
    }


@router.get("/{auditor_id}", response_model=AuditorView, summary="Read an invited auditor")
def read_auditor(tx: ReaderTransaction, auditor_id: str) -> dict[str, Any]:
    """Read whom the entity invited, to what, and whether they came."""
    return service.auditor_json(service.get(tx, parse_id(auditor_id, "aud")), clock.now())


@router.delete(
    "/{auditor_id}", status_code=HTTPStatus.NO_CONTENT, summary="End an auditor's access"
)
def end_auditor(tx: WriterTransaction, auditor_id: str) -> Response:
    """Show an auditor nothing more, from the next request on. What they looked at stays listed."""
    service.end(tx, parse_id(auditor_id, "aud"), clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.get(
    "/{auditor_id}/accesses", response_model=AccessList, summary="List what an auditor asked for"
)
def list_auditor_accesses(
    tx: ReaderTransaction, auditor_id: str, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> dict[str, Any]:
    """List all that an auditor asked for, newest first; each was noted before it was answered."""
    named, before = parse_id(auditor_id, "aud"), read_id_cursor(cursor)
    rows = service.accesses(tx, named, before=before, limit=limit + 1)
    page = rows[:limit]
    return {
        "data": [service.access_json(row) for row in page],
        "next_cursor": write_cursor(page[-1].id) if len(rows) > limit else None,
    }
