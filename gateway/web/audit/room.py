"""How a page of auditors is opened: whose visit it is, noted first, then one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from gateway.archive.service import Archive
from gateway.documents.service import Documents
from gateway.inbox.service import Inbox
from gateway.kit.database import Database
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem, UnauthenticatedProblem
from gateway.tenants import service as tenants
from gateway.tenants import visits
from gateway.tenants.attendance import Shows
from gateway.tenants.callers import Caller
from gateway.tenants.rates import RateLimitedProblem
from gateway.web.audit.speech import Speech, speech_of
from gateway.web.forms import is_secure
from gateway.web.pages import template

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    # With no-referrer, browsers would send `Origin: null` with the forms of the page.
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


class Doors(Protocol):
    """What these pages need of the runtime."""

    @property
    def database(self) -> Database:
        """The pools of the process."""

    @property
    def documents(self) -> Documents:
        """The documents of this process."""

    @property
    def inbox(self) -> Inbox:
        """Received ones."""

    @property
    def archive(self) -> Archive:
        """Their evidence."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that is being answered.

    Attributes:
        request: What was asked for.
        door: The runtime.
        caller: The auditor, with what is shown to them.
        tx: Sees what is in scope, and nothing else.
        speech: The language.
    """

    request: Request
    door: Doors
    caller: Caller
    tx: TenantTransaction
    speech: Speech

    def page(self, name: str, **words: Any) -> Response:  # noqa: ANN401 - as Jinja takes them
        """Return a page within the visit."""
        entity = tenants.get_entity(self.tx, self.tx.entity_id)
        return _page(name, self.speech, HTTPStatus.OK, entity=entity.name, visiting=True, **words)


def opened(request: Request, what: Shows, show: Callable[[Visit], Response]) -> Response:
    """Answer an auditor, once it is noted what they asked for.

    Without a visit it is the form for the token; with one, what is out of scope is not there.

    Args:
        request: What is asked for.
        what: What the answer shows, for the access log.
        show: Makes the answer.
    """
    secret = request.cookies.get(cookie(request), "")
    try:
        found = visits.visitor(request, secret, what)
    except UnauthenticatedProblem:
        return door_page(request, HTTPStatus.UNAUTHORIZED, said="over" if secret else "")
    except RateLimitedProblem as problem:
        return busy_page(request, problem)
    door: Doors = request.app.state.runtime
    try:
        with door.database.transaction(found.tenant(), read_only=True) as tx:
            return show(Visit(request, door, found, tx, speech_of(request)))
    except NotFoundProblem:
        return _said(request, HTTPStatus.NOT_FOUND, "gone")


def door_page(request: Request, status: HTTPStatus, *, said: str) -> Response:
    """Return the form for the token; `said`: why it is shown, `over`, `wrong` or `ended`."""
    return _page("audit_enter.html", speech_of(request), status, said=said, visiting=False)


def busy_page(request: Request, problem: RateLimitedProblem) -> Response:
    """Return a page that asks to wait."""
    answer = _said(request, HTTPStatus.TOO_MANY_REQUESTS, "busy")
    answer.headers.update(problem.headers)
    return answer


def cookie(request: Request) -> str:
    """Return the name of the cookie of visits."""
    return "__Host-gateway_audit" if is_secure(request) else "gateway_audit"


def _said(request: Request, status: HTTPStatus, said: str) -> Response:
    return _page("audit_said.html", speech_of(request), status, said=said, visiting=False)


def _page(name: str, speech: Speech, status: HTTPStatus, **words: Any) -> Response:  # noqa: ANN401
    text = template(name).render(speech=speech, words=speech.words, **words)
    return HTMLResponse(text, status, _HEADERS)
