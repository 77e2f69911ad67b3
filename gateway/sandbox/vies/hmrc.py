"""HMRC's check of a UK VAT number, version 2.0, as its description says, and its token address."""

import datetime
import hashlib
import re
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from gateway.kit.clock import now
from gateway.sandbox.vies.authority import Authority
from gateway.sandbox.vies.registry import Entry

LOOKUP = "/organisations/vat/check-vat-number/lookup/"
TOKEN = "/oauth/token"  # noqa: S105 - a path
ACCEPT = "application/vnd.hmrc.2.0+json"
_ZONE = "Europe/London"
_NUMBER = re.compile("[0-9]{9}|[0-9]{12}")
_POSTCODE = re.compile("[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Result:
    """An answer.

    Attributes:
        status: The HTTP status.
        body: What is sent as JSON.
        outcome: For the ledger: `valid`, `invalid`, or the code of an error.
        consultation_number: The proof given out, if any.
    """

    status: HTTPStatus
    body: Mapping[str, Any]
    outcome: str
    consultation_number: str = ""


@dataclass
class Hmrc:
    """The service. Thread-safe.

    Attributes:
        authority: Whose registry and day it shares.
        client_id: Of the one application that is registered.
        client_secret: Its secret.
        token_seconds: For how long a token is good.
    """

    authority: Authority
    client_id: str = "sandbox"
    client_secret: str = "sandbox"  # noqa: S105 - of a local service
    token_seconds: int = 14_400
    _tokens: dict[str, datetime.datetime] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _given: int = 0

    def token(self, form: bytes) -> Result:
        """Give out a token for client credentials with the scope read:vat."""
        values = {name: texts[-1] for name, texts in parse_qs(form.decode("latin-1")).items()}
        if values.get("grant_type") != "client_credentials":
            return _token_error("unsupported_grant_type", HTTPStatus.BAD_REQUEST)
        if (values.get("client_id"), values.get("client_secret")) != (
            self.client_id,
            self.client_secret,
        ):
            return _token_error("invalid_client", HTTPStatus.UNAUTHORIZED)
        if values.get("scope") != "read:vat":
            return _token_error("invalid_scope", HTTPStatus.BAD_REQUEST)
        token = secrets.token_hex(16)
        with self._lock:
            self._tokens[token] = now() + datetime.timedelta(seconds=self.token_seconds)
        body = {
            "access_token": token,
            "token_type": "bearer",
            "expires_in": self.token_seconds,
            "scope": "read:vat",
        }
        return Result(HTTPStatus.OK, body, "token")

    def revoke(self) -> None:
        """Take no token any longer that was given out until now."""
        with self._lock:
            self._tokens.clear()

    def lookup(self, path: str, accept: str, authorization: str) -> Result:
        """Look a number up: `{target}` or `{target}/{requester}` below the path.

        Args:
            path: What follows `LOOKUP`.
            accept: The header of that name.
            authorization: The header of that name.
        """
        if accept != ACCEPT:
            return _error(
                HTTPStatus.NOT_ACCEPTABLE, "ACCEPT_HEADER_INVALID", "The accept header is invalid"
            )
        if (refusal := self._refusal(authorization)) is not None:
            return refusal
        numbers = path.split("/")
        for name, number in zip(("targetVrn", "requesterVrn"), numbers, strict=False):
            if not _NUMBER.fullmatch(number):
                message = f"Invalid {name} - Vrn parameters should be 9 or 12 digits"
                return _error(HTTPStatus.BAD_REQUEST, "INVALID_REQUEST", message)
        day = self.authority.today(_ZONE)
        target, requester = [*numbers, ""][:2]
        if requester and self.authority.registry.find(f"GB{requester}", day) is None:
            message = "requesterVrn does not match a registered company"
            return _error(HTTPStatus.FORBIDDEN, "INVALID_REQUEST", message)
        entry = self.authority.registry.find(f"GB{target}", day)
        if entry is None:
            message = "targetVrn does not match a registered company"
            error = _error(HTTPStatus.NOT_FOUND, "NOT_FOUND", message)
            return Result(error.status, error.body, "invalid")
        return self._found(entry, target, requester, day)

    def _refusal(self, authorization: str) -> Result | None:
        kind, _, token = authorization.partition(" ")
        if kind != "Bearer":
            message = "Authentication information is not provided"
            return _error(HTTPStatus.UNAUTHORIZED, "MISSING_CREDENTIALS", message)
        with self._lock:
            until = self._tokens.get(token)
        if until is None or until <= now():
            message = "Invalid Authentication information provided"
            return _error(HTTPStatus.UNAUTHORIZED, "INVALID_CREDENTIALS", message)
        return None

    def _found(self, entry: Entry, target: str, requester: str, day: datetime.date) -> Result:
        moment = now().astimezone(ZoneInfo(_ZONE)).replace(microsecond=0)
        body: dict[str, Any] = {
            "target": {
                "name": entry.name,
                "vatNumber": target,
                "address": _address(entry.address),
            },
            "processingDate": datetime.datetime.combine(day, moment.timetz()).isoformat(),
        }
        if not requester:
            return Result(HTTPStatus.OK, body, "valid")
        with self._lock:
            self._given += 1
            digest = hashlib.sha256(f"{self._given}|{target}|{requester}".encode()).hexdigest()
        proof = "-".join(digest[at : at + 3].upper() for at in (0, 3, 6))
        body |= {"requester": requester, "consultationNumber": proof}
        return Result(HTTPStatus.OK, body, "valid", proof)


def _address(written: str) -> dict[str, str]:
    lines = [line for line in written.splitlines() if line]
    postcode = lines.pop() if lines and _POSTCODE.fullmatch(lines[-1]) else ""
    numbered = {f"line{place}": line for place, line in enumerate(lines, 1)}
    return numbered | ({"postcode": postcode} if postcode else {}) | {"countryCode": "GB"}


def _error(status: HTTPStatus, code: str, message: str) -> Result:
    return Result(status, {"code": code, "message": message}, code)


def _token_error(error: str, status: HTTPStatus) -> Result:
    return Result(status, {"error": error, "error_description": error}, error)
