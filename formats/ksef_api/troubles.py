"""Refusals of the API itself, before anything is processed: 400, 401, 403, 410, 429.

Only what has KSeF's own form counts: a page of HTML with the same status is somebody else's.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from formats.json.parsing import MalformedJsonError, parse_json


@dataclass(frozen=True, slots=True)
class Trouble:
    """One refusal.

    Attributes:
        status: Of HTTP.
        codes: `exceptionCode`s of a 400; empty for others.
        detail: For people, in Polish, as it was said.
        reason: `reasonCode` of a 403.
    """

    status: int
    codes: tuple[int, ...]
    detail: str
    reason: str | None = None


def trouble(status: int, body: bytes) -> Trouble | None:
    """Read a refusal; None when it is not one of KSeF's."""
    try:
        said = parse_json(body)
    except MalformedJsonError:
        return None
    if not isinstance(said, dict):
        return None
    match status:
        case HTTPStatus.BAD_REQUEST:
            return _bad_request(said)
        case HTTPStatus.TOO_MANY_REQUESTS:
            return _too_many(said)
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN | HTTPStatus.GONE:
            return _problem(status, said)
        case _:
            return None


def _bad_request(said: dict[str, Any]) -> Trouble | None:
    wrapped = said.get("exception")
    if isinstance(wrapped, dict):  # ExceptionResponse
        listed, code, text = wrapped.get("exceptionDetailList"), "exceptionCode", "Description"
        text = f"exception{text}"
    else:  # BadRequestProblemDetails, where X-Error-Format asked for it
        listed, code, text = said.get("errors"), "code", "description"
    found = [one for one in listed or () if isinstance(one, dict) and type(one.get(code)) is int]
    if not found:
        return None
    details = (
        "; ".join((f"{one[code]} {one.get(text)}", *map(str, one.get("details") or ())))
        for one in found
    )
    return Trouble(400, tuple(one[code] for one in found), " | ".join(details))


def _too_many(said: dict[str, Any]) -> Trouble | None:
    status = said.get("status")
    if isinstance(status, dict) and status.get("code") == HTTPStatus.TOO_MANY_REQUESTS:
        return Trouble(429, (), "; ".join(map(str, status.get("details") or ())))
    return _problem(HTTPStatus.TOO_MANY_REQUESTS, said)


def _problem(status: int, said: dict[str, Any]) -> Trouble | None:
    if said.get("status") != status or not isinstance(said.get("detail"), str):
        return None
    reason = said.get("reasonCode")
    return Trouble(int(status), (), said["detail"], reason if isinstance(reason, str) else None)
