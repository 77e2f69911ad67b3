"""The entrance: who calls, may they, how often, and what is written down of it.

401 without a key or session that counts, with one body everywhere; 429 when it calls too often;
403 when its role or scopes do not allow the call. Every request asks the database, so what is
revoked is dead at once on every process.
"""

from typing import Annotated, NoReturn

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from gateway.kit import clock
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import ForbiddenProblem, UnauthenticatedProblem
from gateway.tenants import activity, permissions
from gateway.tenants.callers import Caller, identify
from gateway.tenants.doorway import doors
from gateway.tenants.noting import last_id, note_auditor, operation

RATE_HEADERS = "gateway.rate_headers"
"""Where a request's scope holds what its answer says about the caller's limits."""

_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="ApiKey",
    description="`gw_sandbox_...`, `gw_live_...`, `gw_session_...` or `gw_auditor_...`; the word"
    " Bearer may be left out.",
)
_FALSE = frozenset({"", "0", "f", "false", "n", "no", "off"})


def caller(
    request: Request, _: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> Caller:
    """Find out who calls, and that it may.

    Raises:
        UnauthenticatedProblem: No key or session, or one that is unknown, expired or revoked.
        RateLimitedProblem: Too often.
        ForbiddenProblem: It lacks the permission that this operation needs.
    """
    found = _identified(request, secret_of(request))
    try:
        _permit(request, found)
    except ForbiddenProblem:
        if found.auditor_id is not None:
            note_auditor(request, found, refused=True)
        raise
    if found.reads_only:
        note_auditor(request, found)
    return found


def known(request: Request, secret: str) -> Caller:
    """Return who calls, whatever it may; `admit` decides that.

    Raises:
        UnauthenticatedProblem: No key or session, or one that is unknown, expired or revoked.
        RateLimitedProblem: A stranger who tries too often.
    """
    door = doors(request)
    found = identify(door.database, door.master_key, secret, clock.now())
    if found is None:
        refuse_stranger(request)
    return found


def refuse_stranger(request: Request) -> NoReturn:
    """Count a call of nobody known, and refuse it.

    Raises:
        UnauthenticatedProblem: Always, unless
        RateLimitedProblem: it is one too many.
    """
    doors(request).rates.count_stranger(request)
    raise UnauthenticatedProblem


def admit(request: Request, found: Caller) -> None:
    """Let a known caller write: count the call, and see that it may.

    Raises:
        RateLimitedProblem: Too often.
        ForbiddenProblem: It lacks the permission that this operation needs, or is an auditor.
    """
    count(request, found)
    _permit(request, found)
    writer(found)


def enter(request: Request, secret: str, needed: str = permissions.ANYBODY) -> Caller:
    """Find out who opens a page, with the secret of a session.

    Raises:
        UnauthenticatedProblem, RateLimitedProblem, ForbiddenProblem: See `caller`.
    """
    found = _identified(request, secret)
    if found.session_id is None:
        raise UnauthenticatedProblem
    if lacking := permissions.missing(found.permissions, {needed} - {permissions.ANYBODY}):
        raise forbidden(lacking)
    if found.reads_only:
        note_auditor(request, found)
    return found


def _identified(request: Request, secret: str) -> Caller:
    found = known(request, secret)
    count(request, found)
    return found


def count(request: Request, found: Caller) -> None:
    """Count a call of somebody known; RateLimitedProblem: too often."""
    rates = doors(request).rates
    request.scope[RATE_HEADERS] = rates.count_call(str(found.session_id or found.actor.id))


def secret_of(request: Request) -> str:
    """Return what the header Authorization holds, with or without `Bearer` before it."""
    word, _, rest = request.headers.get("authorization", "").strip().partition(" ")
    return rest.strip() if word.lower() == "bearer" else f"{word} {rest}".strip()


def _permit(request: Request, found: Caller) -> None:
    route = request.scope["route"].path_format  # `{tile}`, as in the contract, not `{tile:path}`
    needed = permissions.required(request.method, route)
    if needed is None:
        raise ForbiddenProblem(f"{request.method} {route} is open to nobody: it was forgotten.")
    if needed == permissions.BY_KIND:
        _permit_jobs(request, found)
        return
    wanted = {needed} - {permissions.ANYBODY}
    if needed == "documents:write" and _says_yes(request.query_params.get("finalize")):
        wanted.add("documents:issue")
    if lacking := permissions.missing(found.permissions, wanted):
        raise forbidden(lacking)


def _permit_jobs(request: Request, found: Caller) -> None:
    """Refuse who may do nothing with any kind of job; of one job `require_job` decides."""
    if not permissions.job_resources(request.method, found.permissions):
        verb = "read" if request.method in {"GET", "HEAD"} else "write"
        wanted = sorted({f"{one}:{verb}" for one in permissions.JOBS.values()})
        raise ForbiddenProblem(f"This needs one of {', '.join(wanted)}.", missing=wanted)


def require_job(found: Caller, method: str, kind: str) -> None:
    """Refuse a job of a kind with which the caller may do nothing like it.

    Raises:
        ForbiddenProblem: The caller lacks the permission of what the job is about.
    """
    resource = permissions.job_resource(kind)
    if resource not in permissions.job_resources(method, found.permissions):
        verb = "read" if method in {"GET", "HEAD"} else "write"
        raise forbidden([f"{resource}:{verb}"])


def require(found: Caller, *, issue: bool = False, send: bool = False) -> None:
    """Refuse what a body asks for beyond what its address says: issuing, sending.

    Raises:
        ForbiddenProblem: The caller may not.
    """
    asked = {"documents:issue": issue, "documents:send": send}
    wanted = {name for name, is_asked in asked.items() if is_asked}
    if lacking := permissions.missing(found.permissions, wanted):
        raise forbidden(lacking)


def forbidden(lacking: list[str]) -> ForbiddenProblem:
    """Return the problem of a caller who lacks permissions."""
    return ForbiddenProblem(f"This needs {', '.join(lacking)}.", missing=lacking)


def _says_yes(parameter: str | None) -> bool:
    return parameter is not None and parameter.lower() not in _FALSE


CallerDependency = Annotated[Caller, Depends(caller)]


def writer(caller: CallerDependency) -> Caller:
    """Return the caller, who may write.

    Raises:
        ForbiddenProblem: An auditor.
    """
    if caller.reads_only:
        raise ForbiddenProblem("Auditors can only read.")
    return caller


WriterDependency = Annotated[Caller, Depends(writer)]


def record_request(request: Request, tx: TenantTransaction) -> None:
    """Record what a request did, at the end of its transaction; for whoever opens one by hand."""
    if tx.replayed:
        return
    subject = tx.made or last_id(request.path_params)
    ids = {name: str(value)[:40] for name, value in request.path_params.items()}
    activity.record(tx, operation(request), subject_id=subject, data=ids, now=clock.now())
