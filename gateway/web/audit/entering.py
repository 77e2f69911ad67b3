"""Coming and going: the form for the token, and the end of a visit."""

from http import HTTPStatus
from importlib import resources

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from gateway.problems import UnauthenticatedProblem
from gateway.tenants import visits
from gateway.tenants.access import doors
from gateway.tenants.rates import RateLimitedProblem
from gateway.web.audit.room import busy_page, cookie, door_page
from gateway.web.forms import field, is_secure, must_be_ours

router = APIRouter(include_in_schema=False)


@router.post("/audit", name="audit_enter")
async def enter(request: Request) -> Response:
    """Begin a visit with the token of an invitation."""
    must_be_ours(request)
    return await run_in_threadpool(_begin, request, await request.body())


def _begin(request: Request, content: bytes) -> Response:
    try:
        token = visits.begin(request, field(content, "token").strip())
    except UnauthenticatedProblem:
        return door_page(request, HTTPStatus.UNAUTHORIZED, said="wrong")
    except RateLimitedProblem as problem:
        return busy_page(request, problem)
    answer = RedirectResponse("/audit", HTTPStatus.SEE_OTHER)
    answer.set_cookie(
        cookie(request),
        token.text,
        max_age=doors(request).settings.session_seconds,
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )
    return answer


@router.post("/audit/end", name="audit_leave")
def leave(request: Request) -> Response:
    """End the visit of this browser."""
    must_be_ours(request)
    visits.end(request, request.cookies.get(cookie(request), ""))
    answer = door_page(request, HTTPStatus.OK, said="ended")
    answer.delete_cookie(cookie(request), secure=is_secure(request), httponly=True, samesite="lax")
    return answer


@router.get("/assets/audit.css", name="audit_style")
def stylesheet() -> Response:
    """Return how these pages look, on a screen and on paper."""
    style = (resources.files("gateway.web") / "assets" / "audit.css").read_bytes()
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(style, media_type="text/css", headers=headers)
