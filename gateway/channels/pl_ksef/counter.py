"""KSeF's counter: permissions and tokens, asked about and granted while somebody waits.

Nothing of it is recorded, for much of it is secret; what came of it is what the caller is told.
"""

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from formats.json.parsing import MalformedJsonError, parse_json
from formats.ksef_api import answers, codes, permissions
from formats.ksef_api.answers import AnswerError, KsefAnswer, Status
from formats.ksef_api.codes import Outcome
from formats.ksef_api.login import Context
from formats.ksef_api.permissions import Begun, OperationStatus, TokenState
from formats.ksef_api.troubles import trouble
from gateway.channels.pl_ksef.access import Access
from gateway.channels.wire import Exchanging
from gateway.transmissions.adapter import Answer, Credential, Request
from gateway.transmissions.errors import Refused, Retry, TransmissionError, Unknown

A = TypeVar("A", bound=KsefAnswer)

_PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Between questions after an operation: the group has 30 calls a minute for a context."""

_MOST_PAGES = 20
_PAGE = 100


class Counter:
    """Speaks in one context, as one credential.

    Args:
        url: Of the API.
        access: Logs in.
        wire: Carries calls.
        credential: Who asks.
        context: In whose name.
        pause: Waits between questions.
    """

    def __init__(  # noqa: PLR0913 - what it works with
        self,
        url: str,
        access: Access,
        wire: Exchanging,
        credential: Credential,
        context: Context,
        *,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._url, self._access, self._wire = url.rstrip("/"), access, wire
        self._credential, self._context, self._pause = credential, context, pause

    def enter(self) -> None:
        """Log in, unless a login of a moment ago still holds.

        Raises:
            Retry: Nobody is let in, or KSeF was not reached.
        """
        self._access.login(self._credential, self._context)

    def call(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        expected: int = HTTPStatus.OK,
        more: tuple[tuple[str, str], ...] = (),
    ) -> Answer:
        """Ask, logged in; a login that is not taken any more is made anew once.

        Raises:
            Refused: KSeF says no: what is asked for is wrong, or a permission is wanting.
            Retry: It was turned away unread, or not even asked.
            Unknown: No answer came that proves anything.
        """
        answer, access = self._once(method, path, body, more)
        if answer.status == HTTPStatus.UNAUTHORIZED:
            self._access.memory.log_out(access)
            answer, _ = self._once(method, path, body, more)
        if answer.status == expected:
            return answer
        raise _failed(answer)

    def _once(
        self, method: str, path: str, body: bytes, more: tuple[tuple[str, str], ...]
    ) -> tuple[Answer, str]:
        """Ask once; return the answer, and the access token that was shown."""
        login = self._access.login(self._credential, self._context)
        headers = (
            ("Content-Type", "application/json"),
            ("Accept", "application/json"),
            ("Authorization", f"Bearer {login.access}"),
            *more,
        )
        if method != "GET" and not body:
            headers = (*headers, ("Content-Length", "0"))
        request = Request(method, f"{self._url}{path}", headers, body)
        return self._wire.exchange(request), login.access

    def said(self, kind: type[A], method: str, path: str, body: bytes = b"") -> A:
        """Ask, and return the answer read; see `call`."""
        return _read(self.call(method, path, body), kind)

    def pages(self, kind: type[A], path: str, body: bytes) -> list[A]:
        """Ask for all pages of a search; see `call`."""
        found: list[A] = []
        while len(found) < _MOST_PAGES:
            where = f"{path}?pageOffset={len(found)}&pageSize={_PAGE}"
            page = self.said(kind, "POST", where, body)
            found.append(page)
            if not getattr(page, "has_more", False):
                return found
        raise Unknown("endless", "the pages do not come to an end")

    def operation(self, method: str, path: str, body: bytes = b"") -> tuple[str, Status]:
        """Have something granted or revoked, and return its number and how far it came.

        Raises:
            Refused: It was looked at, and not done.
            Retry, Unknown: As `call`.
        """
        begun = _read(self.call(method, path, body, expected=HTTPStatus.ACCEPTED), Begun)
        return begun.reference_number, self._end_of(begun.reference_number)

    def _end_of(self, reference: str) -> Status:
        status = Status(code=100, description="")
        for pause in (0.0, *_PAUSES):
            self._pause(pause)
            path = f"/permissions/operations/{reference}"
            status = self.said(OperationStatus, "GET", path).status
            meaning = codes.meaning(codes.OPERATION, status.code)
            if meaning.outcome in {Outcome.REFUSED, Outcome.ACCESS}:
                raise Refused(
                    f"ksef_{status.code}", f"{status}. {meaning.cause} {meaning.fix}".strip()
                )
            if meaning.outcome is Outcome.AGAIN:
                raise Retry(f"ksef_{status.code}", f"{status}. {meaning.cause}")
            if meaning.outcome is Outcome.DONE:
                break
        return status

    def token(self, reference: str) -> TokenState:
        """Return how a token stands; see `call`."""
        return self.said(TokenState, "GET", f"/tokens/{reference}")

    def settled(self, reference: str) -> TokenState:
        """Return how a new token stands once KSeF has made it, or when we tire of asking."""
        found = self.token(reference)
        for pause in _PAUSES:
            if found.status != "Pending":
                break
            self._pause(pause)
            found = self.token(reference)
        return found

    def tokens(self) -> list[TokenState]:
        """Return the tokens of the context, the newest first; see `call`."""
        found: list[TokenState] = []
        more: tuple[tuple[str, str], ...] = ()
        for _ in range(_MOST_PAGES):
            answer = self.call("GET", f"/tokens?pageSize={_PAGE}", more=more)
            page = _read(answer, permissions.TokenPage)
            found += page.tokens
            if not page.continuation_token:
                return found
            more = (("x-continuation-token", page.continuation_token),)
        raise Unknown("endless", "the pages do not come to an end")


def _read(answer: Answer, kind: type[A]) -> A:
    try:
        return answers.read(answer.body, kind)
    except AnswerError as error:
        raise Unknown("unreadable_answer", str(error)) from error


def _failed(answer: Answer) -> TransmissionError:
    found = trouble(answer.status, answer.body)
    if found is None:
        return Unknown(f"http_{answer.status}", "not in KSeF's own form")
    match answer.status:
        case HTTPStatus.BAD_REQUEST:
            meanings = [codes.meaning(codes.EXCEPTION, one) for one in found.codes]
            fix = " ".join(one.fix for one in meanings if one.fix)
            return Refused(f"ksef_{found.codes[0]}", f"{found.detail}. {fix}".strip())
        case HTTPStatus.FORBIDDEN:
            wanted = _wanted(answer.body)
            return Refused(
                found.reason or "forbidden",
                f"{found.detail} {f'One of {wanted} is needed.' if wanted else ''}".strip(),
            )
        case HTTPStatus.TOO_MANY_REQUESTS:
            return Retry("too_many_requests", found.detail, retry_after=answer.retry_after)
        case HTTPStatus.UNAUTHORIZED:
            return Retry("session_lost", found.detail)
        case _:
            return Unknown(f"http_{answer.status}", found.detail)


def _wanted(body: bytes) -> str:
    """Return which permissions a 403 asks for, one of them, where it says so."""
    try:
        said = parse_json(body)
    except MalformedJsonError:
        return ""
    security = said.get("security") if isinstance(said, dict) else None
    listed = security.get("requiredAnyOfPermissions") if isinstance(security, dict) else None
    return ", ".join(map(str, listed)) if isinstance(listed, list) else ""
