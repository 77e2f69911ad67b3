"""What goes back over the wire, also when a fault bends it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from gateway.sandbox.vies import soap
from gateway.sandbox.vies.faults import Fault, Rule
from gateway.sandbox.vies.soap import Ask

XML = "text/xml; charset=UTF-8"
_HTML = "text/html; charset=utf-8"
_JSON = "application/json"
_PAGE = (
    "<!DOCTYPE html>\n<html><head><title>{0}</title></head><body><h1>{0}</h1>"
    "<p>The service is not available<br>Please try again later</p></body></html>"
)
_DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE env [<!ENTITY no "false">]>'
_MEGABYTES = 10


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and how it is sent.

    Attributes:
        status: The HTTP status.
        body: The bytes.
        headers: All but the length.
        way: `whole`, or how the connection ends instead.
        seconds: How long a `trickle` takes.
    """

    status: int
    body: bytes
    headers: Mapping[str, str]
    way: Literal["whole", "drop", "broken_off", "trickle"] = "whole"
    seconds: float = 0.0


def plain(status: int, body: bytes, media_type: str) -> Reply:
    """Return an answer that is sent whole."""
    return Reply(status, body, {"Content-Type": media_type})


def before(rule: Rule) -> Reply | None:
    """Return what a fault answers without looking at the question; None when it looks."""
    make = _BEFORE.get(rule.fault)
    return None if make is None else make(rule)


def soap_fault(rule: Rule) -> Reply:
    """Return the SOAP fault that a rule wants."""
    words = rule.word if rule.word is not None else "SERVICE_UNAVAILABLE"
    return plain(rule.status or 200, soap.fault(words), XML)


def bent(rule: Rule, reply: Reply) -> Reply:
    """Return a proper answer as a fault sends it: cut, slow, or not at all."""
    match rule.fault:
        case Fault.DROP_AFTER:
            return replace(reply, way="drop")
        case Fault.BROKEN_OFF:
            return replace(reply, way="broken_off")
        case Fault.TRICKLE:
            return replace(reply, way="trickle", seconds=rule.seconds)
        case _:
            return reply


def lie(rule: Rule, ask: Ask, values: Mapping[str, str | None]) -> Reply | None:
    """Return an answer in SOAP that must not be believed; None when the fault is none of those.

    Args:
        rule: The fault.
        ask: What was asked.
        values: The elements of the true answer.
    """
    no: dict[str, str | None] = {**values, "valid": "false"}
    operation = ask.operation
    match rule.fault:
        case Fault.WRONG_NUMBER:
            no["vatNumber"] = ask["vatNumber"][::-1] + "0"
        case Fault.WRONG_COUNTRY:
            no["countryCode"] = "FR" if ask["countryCode"] == "LU" else "LU"
        case Fault.OTHER_OPERATION:
            operation = "checkVat" if operation == "checkVatApprox" else "checkVatApprox"
        case Fault.NO_RESULT:
            no["valid"] = None
        case Fault.UNCLEAR_RESULT:
            no["valid"] = "perhaps" if rule.word is None else rule.word
        case Fault.HUGE:
            name = "name" if operation == "checkVat" else "traderName"
            no[name] = "x" * (_MEGABYTES << 20)
        case Fault.DOCTYPE:
            content = soap.response(operation, {**no, "valid": "NO"})
            return plain(200, _DOCTYPE + content.replace(b">NO<", b">&no;<"), XML)
        case _:
            return None
    return plain(200, soap.response(operation, no), XML)


_HMRC_CODES = {
    429: "MESSAGE_THROTTLED_OUT",
    500: "INTERNAL_SERVER_ERROR",
    503: "SCHEDULED_MAINTENANCE",
    504: "GATEWAY_TIMEOUT",
}


def hmrc_error(rule: Rule) -> Reply | None:
    """Return an error of HMRC's platform in JSON; None when the fault is another one."""
    if rule.fault is not Fault.HTTP_ERROR:
        return None
    status = rule.status or 503
    code = rule.word or _HMRC_CODES.get(status, "SERVER_ERROR")
    reply = plain(status, json.dumps({"code": code, "message": code}).encode(), _JSON)
    return _with_wait(reply, rule.seconds)


def throttled() -> Reply:
    """Return HMRC's answer to too many questions at a time."""
    return hmrc_error(Rule(Fault.HTTP_ERROR, nth=1, status=429, seconds=1)) or plain(429, b"", "")


def hmrc_lie(rule: Rule, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return HMRC's answer as it must not be believed, where the fault is of that kind."""
    target = body.get("target")
    if target is None:
        return body
    match rule.fault:
        case Fault.WRONG_NUMBER:
            return {**body, "target": {**target, "vatNumber": target["vatNumber"][::-1]}}
        case Fault.NO_RESULT:
            return {name: value for name, value in body.items() if name != "target"}
        case Fault.UNCLEAR_RESULT:
            return {**body, "target": {**target, "vatNumber": None}}
        case Fault.HUGE:
            return {**body, "target": {**target, "name": "x" * (_MEGABYTES << 20)}}
        case _:
            return body


def _http_error(rule: Rule) -> Reply:
    status = rule.status or 503
    reply = plain(status, _PAGE.format(f"HTTP {status}").encode(), _HTML)
    return _with_wait(reply, rule.seconds)


def _with_wait(reply: Reply, seconds: float) -> Reply:
    if reply.status not in {429, 503}:
        return reply
    return replace(reply, headers={**reply.headers, "Retry-After": str(int(seconds))})


_BEFORE: dict[Fault, Callable[[Rule], Reply]] = {
    Fault.DROP_BEFORE: lambda _: replace(plain(500, b"", _HTML), way="drop"),
    Fault.HTTP_ERROR: _http_error,
    Fault.EMPTY: lambda rule: plain(rule.status or 200, b"", XML),
    Fault.GARBAGE: lambda _: plain(200, b"\x00\xff<<< not %XML", XML),
    Fault.HTML_PAGE: lambda _: plain(200, _PAGE.format("Request rejected").encode(), _HTML),
    Fault.REDIRECT: lambda _: Reply(307, b"", {"Location": "http://127.0.0.1:9/elsewhere"}),
}
