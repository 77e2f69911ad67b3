"""The forms of KSeF's answers, and of its refusals."""

import datetime
import json
from collections.abc import Mapping
from typing import Any

from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.compliance import RuleBrokenError
from gateway.sandbox.kit.replies import JSON, Reply, plain
from gateway.sandbox.ksef.rules import RULES

PROBLEM = "application/problem+json"
XML = "application/xml"
_TITLES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 410: "Gone"}


def answered(value: object = None, status: int = 200) -> Reply:
    """Return an answer in JSON, or an empty one."""
    if value is None:
        return Reply(status, b"", {})
    return plain(status, json.dumps(value, ensure_ascii=False), JSON)


def written(moment: datetime.datetime) -> str:
    """Return a moment as KSeF writes it."""
    return moment.isoformat(timespec="milliseconds")


def refused(call: Call, error: RuleBrokenError, now: datetime.datetime, trace: str) -> Reply:
    """Return how a call is told which rule it broke."""
    rule = RULES[error.rule]
    details = [one for one in (str(error),) if one]
    at = written(now)
    if rule.status == 401:  # noqa: PLR2004 - HTTP's
        return _problem(401, call, at, trace, str(error))
    if rule.status == 403:  # noqa: PLR2004 - HTTP's
        more = {"reasonCode": rule.code, "security": dict(error.more)}
        return _problem(403, call, at, trace, str(error), more)
    if call.headers.get("x-error-format") == "problem-details":
        listed = [{"code": rule.code, "description": rule.text, "details": details}]
        return _problem(400, call, at, trace, rule.text, {"errors": listed})
    one = {"exceptionCode": rule.code, "exceptionDescription": rule.text, "details": details}
    said = {
        "exceptionDetailList": [one],
        "serviceCode": f"00-{trace}-{trace[:16]}-00",
        "serviceCtx": "local",
        "serviceName": "sandbox-ksef",
        "timestamp": at,
    }
    return answered({"exception": said}, 400)


def too_many(text: str, seconds: int | str) -> Reply:
    """Return 429, with the seconds, or the moment, of the next chance."""
    status = {"code": 429, "description": "Too Many Requests", "details": [text]}
    made = answered({"status": status}, 429)
    return Reply(429, made.body, {**made.headers, "Retry-After": str(seconds)})


def xml(content: bytes, digest: str) -> Reply:
    """Return a document with its digest."""
    return Reply(200, content, {"Content-Type": XML, "x-ms-meta-hash": digest})


def _problem(  # noqa: PLR0913, PLR0917 - what a problem says
    status: int,
    call: Call,
    at: str,
    trace: str,
    detail: str,
    more: Mapping[str, Any] | None = None,
) -> Reply:
    said = {
        "title": _TITLES[status],
        "status": status,
        "instance": call.path,
        "detail": detail,
        "timestamp": at,
        "traceId": trace,
        **(more or {}),
    }
    return plain(status, json.dumps(said, ensure_ascii=False), PROBLEM)
