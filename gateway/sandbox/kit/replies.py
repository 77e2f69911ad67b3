"""What goes back over the wire, also when a fault bends it."""

import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from email.utils import format_datetime
from typing import Literal

from gateway.kit.clock import now
from gateway.sandbox.kit.faults import Fault, Rule

HTML = "text/html; charset=utf-8"
JSON = "application/json"
MEGABYTES = 10
"""Of a huge answer."""

_PAGE = (
    "<!DOCTYPE html>\n<html><head><title>{0}</title></head><body><h1>{0}</h1>"
    "<p>The service is not available<br>Please try again later</p></body></html>"
)
_TELLS_WHEN = frozenset({429, 503})
_WAYS: Mapping[Fault, Literal["drop", "broken_off", "trickle", "chunks"]] = {
    Fault.DROP_AFTER_ACCEPT: "drop",
    Fault.BROKEN_OFF: "broken_off",
    Fault.TRICKLE: "trickle",
    Fault.CHUNKED_TRICKLE: "chunks",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and how it is sent.

    Attributes:
        status: The HTTP status.
        body: The bytes.
        headers: All but the length.
        way: `whole`, or how the connection ends instead.
        seconds: How long a trickle takes.
    """

    status: int
    body: bytes
    headers: Mapping[str, str]
    way: Literal["whole", "drop", "broken_off", "trickle", "chunks"] = "whole"
    seconds: float = 0.0


def plain(status: int, body: bytes | str, media_type: str) -> Reply:
    """Return an answer that is sent whole."""
    content = body.encode() if isinstance(body, str) else body
    return Reply(int(status), content, {"Content-Type": media_type})


def as_json(value: object, status: int = 200) -> Reply:
    """Return an answer in JSON."""
    return plain(status, json.dumps(value, ensure_ascii=False), JSON)


def dropped() -> Reply:
    """Return no answer: the connection is reset."""
    return Reply(500, b"", {}, way="drop")


def instead(rule: Rule) -> Reply | None:
    """Return what a fault answers whatever was asked; None when it bends the true answer."""
    make = _INSTEAD.get(rule.fault)
    return None if make is None else make(rule)


def bent(rule: Rule, reply: Reply) -> Reply:
    """Return a proper answer as a fault sends it: cut, slow, inflated, or not at all."""
    if rule.fault is Fault.HUGE:
        return replace(reply, body=reply.body + b" " * (MEGABYTES << 20))
    way = _WAYS.get(rule.fault)
    return reply if way is None else replace(reply, way=way, seconds=rule.seconds)


def waiting(reply: Reply, rule: Rule) -> Reply:
    """Return an answer that says when to come again, where its status is one that does."""
    if reply.status not in _TELLS_WHEN:
        return reply
    wait = str(int(rule.seconds))
    if rule.word == "date":
        moment = now() + datetime.timedelta(seconds=rule.seconds)
        wait = format_datetime(moment.replace(microsecond=0), usegmt=True)
    return replace(reply, headers={**reply.headers, "Retry-After": wait})


def _http_error(rule: Rule) -> Reply:
    status = rule.status or 503
    return waiting(plain(status, _PAGE.format(f"HTTP {status}"), HTML), rule)


def _protocol_fault(rule: Rule) -> Reply:
    return as_json({"error": rule.word or "fault"}, rule.status or 500)


_INSTEAD: Mapping[Fault, Callable[[Rule], Reply]] = {
    Fault.DROP_BEFORE_ACCEPT: lambda _: dropped(),
    Fault.HTTP_ERROR_BEFORE_ACCEPT: _http_error,
    Fault.HTTP_ERROR_AFTER_ACCEPT: _http_error,
    Fault.PROTOCOL_FAULT: _protocol_fault,
    Fault.MAINTENANCE: lambda rule: waiting(plain(503, _PAGE.format("Maintenance"), HTML), rule),
    Fault.RATE_LIMIT: lambda rule: waiting(as_json({"error": "too_many_requests"}, 429), rule),
    Fault.CERT_REVOKED: lambda _: as_json({"error": "certificate_revoked"}, 403),
    Fault.EMPTY: lambda rule: plain(rule.status or 200, b"", HTML),
    Fault.GARBAGE: lambda _: plain(200, b"\x00\xff<<< not %XML", HTML),
    Fault.HTML_PAGE: lambda _: plain(200, _PAGE.format("Request rejected"), HTML),
    Fault.REDIRECT: lambda _: Reply(307, b"", {"Location": "http://127.0.0.1:9/elsewhere"}),
}
