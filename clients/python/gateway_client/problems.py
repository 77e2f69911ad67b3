"""Errors: every refusal of the gateway is a problem document (RFC 9457), and one exception.

GatewayError
|- ConnectionLostError    no answer after every attempt; the request may have had its effect
|- SignatureError         a webhook that the gateway did not sign
`- Problem                the gateway said no
   |- Unauthenticated 401 |- Forbidden 403 |- NotFound 404 |- Conflict 409
   |- Invalid 400, 415, 422: `errors` and `findings` say where and how to mend it
   |- RateLimited 429
   `- Unavailable 5xx
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class GatewayError(Exception):
    """Base of everything this package raises."""


class ConnectionLostError(GatewayError):
    """There was no answer. Repeating with the same idempotency key is safe."""


class SignatureError(GatewayError):
    """The webhook is not signed with this secret, or it is too old."""


@dataclass(frozen=True, slots=True)
class Part:
    """One wrong place of a request.

    Attributes:
        message: What is wrong.
        pointer: JSON pointer into the body as sent.
        parameter: Or the parameter.
        header: Or the header.
        rule: The broken rule, of a finding.
        fix: What to do about it.
    """

    message: str
    pointer: str | None = None
    parameter: str | None = None
    header: str | None = None
    rule: str | None = None
    fix: str | None = None


class Problem(GatewayError):
    """The gateway refused.

    Attributes:
        type: Stable, e.g. `invoice-not-compliant`.
        title: The kind, for people.
        status: HTTP status.
        detail: What happened this time, then what to do about it.
        parts: Every wrong place: of `errors`, then of the fatal `findings`.
        body: The whole problem document.
    """

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        self.type = str(body.get("type", "about:blank")).removeprefix("/problems/")
        self.title = str(body.get("title", ""))
        self.status = status
        self.detail = str(body.get("detail", ""))
        self.body = dict(body)
        fatal = [one for one in body.get("findings", []) if one.get("flag") == "fatal"]
        names = Part.__slots__
        self.parts = tuple(
            Part(**{name: one.get(name) for name in names})
            for one in [*body.get("errors", []), *fatal]
        )
        super().__init__(f"{status} {self.type}: {self.detail}")


class Unauthenticated(Problem):
    """401: no key, or one that does not count."""


class Forbidden(Problem):
    """403: the key may not do this."""


class NotFound(Problem):
    """404: there is no such thing for this key."""


class Conflict(Problem):
    """409: the present state does not allow it."""


class Invalid(Problem):
    """400, 413, 415 or 422: the request is wrong, and `parts` says where."""


class RateLimited(Problem):
    """429, after every attempt."""


class Unavailable(Problem):
    """5xx, after every attempt."""


_KINDS: Mapping[int, type[Problem]] = {
    400: Invalid,
    401: Unauthenticated,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    413: Invalid,
    415: Invalid,
    422: Invalid,
    429: RateLimited,
}
_SERVER = 500


def problem_of(status: int, body: object) -> Problem:
    """Return the exception for an answer; anything that is no problem document has no type."""
    said = body if isinstance(body, Mapping) else {"detail": str(body)[:500]}
    kind = Unavailable if status >= _SERVER else _KINDS.get(status, Problem)
    return kind(status, said)
