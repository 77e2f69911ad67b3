"""`/embed`: a person comes in by a magic link or invitation, and sees the entity's documents.

Opening the link uses nothing up, because link previews and virus scanners open links too: the
page has a button, and the form it sends does. The session is in a cookie that scripts cannot
read. It opens pages alone, never the API; whatever a form changes is done only if the form was
one of ours (`Origin`).
"""

from contextlib import suppress
from http import HTTPStatus
from typing import Any, Protocol

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from gateway.documents.service import Documents
from gateway.kit import clock
from gateway.problems import UnauthenticatedProblem
from gateway.tenants import service as tenants
from gateway.tenants.access import doors
from gateway.tenants.entrance import enter
from gateway.tenants.sessions import service as sessions
from gateway.tenants.tokens import InvitationToken
from gateway.web.forms import field, is_secure, must_be_ours
from gateway.web.pages import page

router = APIRouter(prefix="/embed", include_in_schema=False)

LATEST = 50


class Doors(Protocol):
    """What this page needs of the runtime beside access."""

    @property
    def documents(self) -> Documents:
        """The documents of this process."""


@router.get("")
def show(request: Request, token: str | None = None) -> Response:
    """Show the latest documents of the entity; before that, the button that uses the link up."""
    if token is not None:
        return page("embed_enter.html", token=token)
    try:
        found = enter(request, request.cookies.get(_cookie(request), ""), "documents:read")
    except UnauthenticatedProblem:
        return page("embed_gone.html", status=HTTPStatus.UNAUTHORIZED)
    app: Doors = request.app.state.runtime
    with doors(request).database.transaction(found.tenant(), read_only=True) as tx:
        entity = tenants.get_entity(tx, tx.entity_id)
        latest = app.documents.latest(tx, LATEST)
    rows = [_row(row, status) for row, status in latest]
    return page("embed_documents.html", entity=entity.name, documents=rows)


@router.post("")
async def come_in(request: Request) -> Response:
    """Use the link or invitation up, and begin a session in this browser."""
    must_be_ours(request)
    return await run_in_threadpool(_begin, request, await request.body())


def _begin(request: Request, content: bytes) -> Response:
    door = doors(request)
    door.rates.count_attempt(request)
    secret = field(content, "token")
    invited = InvitationToken.parse(secret) is not None
    begin = sessions.begin_with_invitation if invited else sessions.begin_with_link
    try:
        begun = begin(door, secret, clock.now())
    except UnauthenticatedProblem:
        return page("embed_gone.html", status=HTTPStatus.UNAUTHORIZED)
    answer = RedirectResponse("/embed", HTTPStatus.SEE_OTHER)
    answer.set_cookie(
        _cookie(request),
        begun.token.text,
        max_age=door.settings.session_seconds,
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )
    return answer


@router.post("/end")
def end(request: Request) -> Response:
    """End the session of this browser."""
    must_be_ours(request)
    with suppress(UnauthenticatedProblem):  # then it is over already
        found = enter(request, request.cookies.get(_cookie(request), ""))
        sessions.end(doors(request).database, found, clock.now())
    answer = page("embed_gone.html")
    answer.delete_cookie(
        _cookie(request), secure=is_secure(request), httponly=True, samesite="lax"
    )
    return answer


def _cookie(request: Request) -> str:
    return "__Host-gateway_session" if is_secure(request) else "gateway_session"


def _row(row: Any, status: str) -> dict[str, str]:  # noqa: ANN401 - a document's row
    total = f"{row.total_with_vat} {row.currency_code}" if row.total_with_vat is not None else ""
    return {
        "kind": row.kind.words,
        "number": row.number or "",
        "date": row.issue_date.isoformat() if row.issue_date else "",
        "customer": row.customer_name or "",
        "total": total,
        "status": status,
    }
