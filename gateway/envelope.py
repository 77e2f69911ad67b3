"""Around every request: limits before, headers and a log line after, and no exception escapes.

Pure ASGI, so it sees streamed bodies as they come and adds nothing to the event loop's work.
"""

import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl, quote

import structlog
from opentelemetry.context import Context
from opentelemetry.trace import Span, SpanKind

from gateway.kit import metrics, tracing
from gateway.kit.database import is_transient
from gateway.kit.ids import new_id
from gateway.kit.json_body import to_json
from gateway.problems import (
    BodyTooLargeProblem,
    InternalProblem,
    Problem,
    RequestInvalidProblem,
    UnavailableProblem,
)
from gateway.tenants import moving
from gateway.tenants.entrance import RATE_HEADERS

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_log = structlog.get_logger(__name__)

_DRAIN_FACTOR = 10
"""A body too large is read on and thrown away up to this many limits, because a client that is
still sending would see a broken connection and not our answer."""

_METHOD = 20  # letters of a method that a span shows

_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)
_DEFAULTS = (
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)


class _BodyTooLargeError(Exception):
    """Not a Problem: it must reach the envelope, which reads the rest before it answers."""


class Envelope:
    """The outermost middleware.

    Args:
        application: What it wraps.
        max_body_bytes: The largest body; a larger one is answered 413 and never buffered.
    """

    def __init__(self, application: Application, max_body_bytes: int) -> None:
        self._application = application
        self._limit = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection event."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        exchange = _Exchange(scope, receive, send, self._limit)
        with (
            structlog.contextvars.bound_contextvars(request_id=exchange.id),
            tracing.span(
                f"{scope['method']}"[:_METHOD], kind=SpanKind.SERVER, within=exchange.trace()
            ) as span,
        ):
            try:
                exchange.check_declared_length()
                exchange.check_query()
                await self._application(scope, exchange.receive, exchange.send)
            except Exception as error:  # noqa: BLE001 - the last place that can answer
                await exchange.fail(error)
            exchange.tell(span)
            exchange.log()


class _Exchange:
    """One request and its response."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        self.id = str(new_id())
        self._scope, self._receive, self._send, self._limit = scope, receive, send, limit
        self._begun = time.monotonic()
        self._received = 0
        self._complete = False
        self._status: int | None = None

    def check_declared_length(self) -> None:
        declared = dict(self._scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self._limit:
            raise _BodyTooLargeError

    def check_query(self) -> None:
        """Refuse U+0000 in the query, whatever it is for: no text of the database holds it.

        Raises:
            RequestInvalidProblem: It is there.
        """
        query = bytes(self._scope["query_string"])
        if b"%00" not in query and b"\0" not in query:
            return
        pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
        names = dict.fromkeys(name for name, value in pairs if "\0" in name + value)
        raise RequestInvalidProblem(
            [{"parameter": name, "message": "holds U+0000"} for name in names]
        )

    async def receive(self) -> Message:
        message = await self._receive()
        self._count(message)
        if self._received > self._limit:
            raise _BodyTooLargeError
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = int(message["status"])
            headers = [*message.get("headers", []), (b"request-id", self.id.encode()), *_HEADERS]
            rates = self._scope.get(RATE_HEADERS, {})
            headers += [(n.lower().encode(), v.encode()) for n, v in rates.items()]
            present = {name.lower() for name, _ in headers}
            headers += [(name, value) for name, value in _DEFAULTS if name not in present]
            if self._scope.get("scheme") == "https":
                headers.append((b"strict-transport-security", b"max-age=31536000"))
            message = {**message, "headers": headers}
        await self._send(message)

    async def fail(self, error: Exception) -> None:
        """Answer with a problem, unless an answer has begun."""
        problem = _problem(error, self.id, self._limit)
        if isinstance(problem, InternalProblem):
            _log.error("request_failed", incident=self.id, exc_info=error)
        elif isinstance(problem, UnavailableProblem):
            _log.warning("request_unavailable", reason=str(error).splitlines()[0])
        if self._status is not None:
            return
        drained = await self._drain()
        body = to_json(problem.as_dict(instance_of(self._scope)))
        headers = {"Content-Type": "application/problem+json", **problem.headers}
        if not drained:
            headers["Connection"] = "close"
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        raw.append((b"content-length", str(len(body)).encode()))
        await self.send({"type": "http.response.start", "status": problem.status, "headers": raw})
        await self.send({"type": "http.response.body", "body": body})

    def trace(self) -> Context | None:
        """Return the trace that the caller named, if he did."""
        named = dict(self._scope["headers"]).get(tracing.HEADER.encode(), b"")
        return tracing.continued(named.decode("latin-1") or None)

    def tell(self, span: Span) -> None:
        """Say in the trace what was asked for, by the template of its route, and answered."""
        route = getattr(self._scope.get("route"), "path", None) or "none"
        span.update_name(f"{self._scope['method']} {route}")
        span.set_attribute("http.route", route)
        span.set_attribute("http.response.status_code", self._status or 0)

    def log(self) -> None:
        route = getattr(self._scope.get("route"), "path", None)  # the template: no ids, no query
        seconds = time.monotonic() - self._begun
        method = self._scope["method"]
        metrics.count_request(method, route, self._status, seconds)
        _log.info(
            "request",
            method=method,
            route=route,
            status=self._status,
            milliseconds=round(seconds * 1000, 1),
            received=self._received,
        )

    def _count(self, message: Message) -> None:
        if message["type"] == "http.request":
            self._received += len(message.get("body", b""))
            self._complete = not message.get("more_body", False)
        else:
            self._complete = True

    async def _drain(self) -> bool:
        """Read the rest of the body and throw it away; False when it is too much."""
        if dict(self._scope["headers"]).get(b"expect"):
            return False  # the client waits for our word before it sends
        while not self._complete and self._received <= self._limit * _DRAIN_FACTOR:
            self._count(await self._receive())
        return self._complete


def instance_of(scope: Scope) -> str:
    """Return the path of a request, as a URI reference."""
    return quote(scope["path"], safe="/:@!$&'()*+,;=~-._")


def _problem(error: Exception, incident: str, limit: int) -> Problem:
    if isinstance(error, RequestInvalidProblem):  # our own: the application answers its own
        return error
    if isinstance(error, _BodyTooLargeError):
        return BodyTooLargeProblem(f"The body may have {limit} bytes.", limit=limit)
    if is_transient(error):
        return UnavailableProblem("The database does not answer now. Send the request again.")
    if moving.is_wall(error):
        return moving.MovedProblem("The entity moves since a moment, and issues nothing here.")
    return InternalProblem(
        "The gateway failed before it could answer. Send the request again with the same"
        f" Idempotency-Key, and tell the operator incident {incident}.",
        incident=incident,
    )
