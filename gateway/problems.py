"""Errors as RFC 9457 problem details.

    Problem
    |- MalformedRequestProblem        400  unreadable headers or parameters
    |  `- MalformedJsonProblem        400  the body is not JSON
    |- EntityRequiredProblem          400  an account key must name the entity
    |- UnauthenticatedProblem         401  no key, or one that does not count
    |- ForbiddenProblem               403  the key may not do this
    |- NotFoundProblem                404  there is no such thing, for this caller
    |- MethodNotAllowedProblem        405
    |- ConflictProblem                409  the present state does not allow it
    |- BodyTooLargeProblem            413
    |- UnsupportedMediaTypeProblem    415
    |- RequestInvalidProblem          422  the payload is wrong; `errors` says where
    |- InternalProblem                500  our fault
    `- UnavailableProblem             503  try again after `Retry-After` seconds

Features add their own kinds next to the code that raises them. `GET /problems/{type}` serves the
docstring of the class, so it is written for the caller who got the problem.
"""

import inspect
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, ClassVar, TypedDict

from typing_extensions import override

_TYPES: dict[str, type["Problem"]] = {}


class Problem(Exception):  # noqa: N818 - RFC 9457's own word
    """An expected failure that the caller should understand.

    Subclass once per kind, next to the code that raises it; `type` never changes once released.

    Attributes:
        detail: What happened this time, then what to do about it.
        headers: Response headers that belong to the answer.
        extensions: Further members of the problem document; they must be JSON.
        passes: Whether the same may succeed later although its sender changes nothing.
    """

    type: ClassVar[str]
    title: ClassVar[str]
    status: ClassVar[HTTPStatus]

    def __init__(
        self,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **extensions: Any,  # noqa: ANN401 - the JSON edge
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.headers = dict(headers or {})
        self.extensions = extensions
        self.passes = self.status is HTTPStatus.SERVICE_UNAVAILABLE

    @override
    def __init_subclass__(cls) -> None:
        known = _TYPES.setdefault(cls.type, cls)
        if known is not cls and known.__qualname__ != cls.__qualname__:
            raise TypeError(f"two problems are called {cls.type!r}")

    def as_dict(self, instance: str) -> dict[str, Any]:
        """Return the members of the `application/problem+json` body."""
        return {
            "type": f"/problems/{self.type}",
            "title": self.title,
            "status": int(self.status),
            "detail": self.detail,
            "instance": instance,
            **self.extensions,
        }

    @classmethod
    def explanation(cls) -> str:
        """Return what the kind means, for the caller who got it."""
        return inspect.cleandoc(cls.__doc__ or "")


def problem_types() -> Mapping[str, type[Problem]]:
    """Return every kind of problem that loaded code can raise, by its `type`."""
    return MappingProxyType(_TYPES)


class InvalidPart(TypedDict, total=False):
    """One wrong place of a request.

    Attributes:
        pointer: JSON pointer (RFC 6901) into the body as sent; or
        parameter: name of the query parameter; or
        header: name of the header.
        message: What is wrong there.
        fix: What to write instead, where that can be said.
        rule: The rule that asks for it, of a body that is an invoice.
        patch: JSON Patch (RFC 6902) on the body as sent that mends it, where one is certain.
    """

    pointer: str
    parameter: str
    header: str
    message: str
    fix: str
    rule: str
    patch: list[dict[str, object]]


def within(problem: Problem, prefix: str) -> Problem:
    """Return a problem about a part of a body as one about the body: its pointers get a prefix.

    Args:
        problem: Changed and returned.
        prefix: JSON pointer of the part, e.g. `/documents/3`.
    """
    for name in ("errors", "findings"):
        parts = problem.extensions.get(name)
        if isinstance(parts, list):
            problem.extensions[name] = [_moved(part, prefix) for part in parts]
    return problem


def _moved(part: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    moved = dict(part)
    if isinstance(pointer := moved.get("pointer"), str):
        moved["pointer"] = prefix + pointer
    if isinstance(patch := moved.get("patch"), list):
        places = ("path", "from")
        moved["patch"] = [
            {name: prefix + text if name in places else text for name, text in one.items()}
            for one in patch
        ]
    return moved


class MalformedRequestProblem(Problem):
    """A header or parameter of the request cannot be read. Correct it and send again."""

    type = "malformed-request"
    title = "The request cannot be read"
    status = HTTPStatus.BAD_REQUEST


class MalformedJsonProblem(MalformedRequestProblem):
    """The body is not the JSON we take.

    The body must be one RFC 8259 value in UTF-8: no duplicate names, no NaN or Infinity, not
    nested deeper than the limit. `line` and `column` (from 1) and `offset` (from 0, in
    characters) say where reading stopped.
    """

    type = "malformed-json"
    title = "The body is not valid JSON"


class EntityRequiredProblem(Problem):
    """The call concerns one entity, and an account key can act for several.

    Name the entity in the header `Entity-Id` or in the query parameter `entity_id`. A key that
    belongs to one entity never needs this.
    """

    type = "entity-required"
    title = "Name the entity"
    status = HTTPStatus.BAD_REQUEST

    def __init__(self) -> None:
        super().__init__(
            "This key belongs to an account. Name the entity in the header Entity-Id "
            "or in ?entity_id=."
        )


class UnauthenticatedProblem(Problem):
    """No API key or session was sent, or it is unknown, expired or revoked.

    Send `Authorization: Bearer gw_sandbox_...` (or `gw_live_...`, or `gw_session_...`), with or
    without the word Bearer. We do not say which of the reasons it was.
    """

    type = "unauthenticated"
    title = "A valid API key is needed"
    status = HTTPStatus.UNAUTHORIZED

    def __init__(self) -> None:
        super().__init__(
            "Send Authorization: Bearer <API key or session>, one that is valid.",
            headers={"WWW-Authenticate": 'Bearer realm="gateway"'},
        )


class ForbiddenProblem(Problem):
    """The key or session is good, but its role or scopes do not allow this call.

    `missing`, where there is one, lists the permissions it lacks.
    """

    type = "forbidden"
    title = "The key may not do this"
    status = HTTPStatus.FORBIDDEN


class NotFoundProblem(Problem):
    """There is nothing here for this key.

    What belongs to somebody else, or to the other environment (sandbox or live), answers exactly
    like what never existed. Where the id stood in the body, `errors` says at which place.
    """

    type = "not-found"
    title = "There is no such resource"
    status = HTTPStatus.NOT_FOUND

    def __init__(
        self,
        detail: str = "Nothing with this address exists for this key.",
        *,
        pointers: Sequence[str] = (),
    ) -> None:
        message = "names nothing that exists for this key"
        super().__init__(detail)
        if pointers:
            errors = [{"pointer": place, "message": message} for place in pointers]
            self.extensions["errors"] = errors


class MethodNotAllowedProblem(Problem):
    """The address exists, but not with this method. The header `Allow` lists the others."""

    type = "method-not-allowed"
    title = "The method is not allowed here"
    status = HTTPStatus.METHOD_NOT_ALLOWED


class ConflictProblem(Problem):
    """What you ask for contradicts the present state of the resource. Read it again first."""

    type = "conflict"
    title = "The present state does not allow this"
    status = HTTPStatus.CONFLICT


class BodyTooLargeProblem(Problem):
    """The body is larger than this gateway takes; `limit` is in bytes."""

    type = "body-too-large"
    title = "The body is too large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class UnsupportedMediaTypeProblem(Problem):
    """The body has a content type that this address does not take."""

    type = "unsupported-media-type"
    title = "The content type is not supported here"
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class RequestInvalidProblem(Problem):
    """The request is readable but wrong; nothing was changed.

    `errors` lists every place: `pointer` is a JSON pointer into the body as you sent it
    (`parameter` or `header` for those), `message` says what is wrong, `fix` what to do.
    """

    type = "request-invalid"
    title = "The request is not valid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, errors: Sequence[InvalidPart], detail: str | None = None) -> None:
        if detail is None:
            places = "one place" if len(errors) == 1 else f"{len(errors)} places"
            detail = f"Correct {places} and send the request again; see errors."
        super().__init__(detail, errors=list(errors))
        self.errors = tuple(errors)


class InternalProblem(Problem):
    """The gateway failed before it could answer.

    The operator finds the reason in the log under `incident`. Sending the request again with the
    same Idempotency-Key is safe: it has one effect.
    """

    type = "internal"
    title = "The gateway failed"
    status = HTTPStatus.INTERNAL_SERVER_ERROR


class UnavailableProblem(Problem):
    """Something the gateway needs does not answer now.

    Send the same request again, with the same Idempotency-Key, after `Retry-After` seconds.
    """

    type = "unavailable"
    title = "Try again shortly"
    status = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(self, detail: str, *, retry_after: int = 1) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})
