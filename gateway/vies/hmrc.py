"""HMRC's check of a UK VAT number, version 2.0, for numbers that begin with GB.

REST with OAuth 2.0 client credentials, by HMRC's published description of the API
(github.com/hmrc/vat-registered-companies-api, public/api/conf/2.0). Only its own `NOT_FOUND` says
that a number is not in force; a 404 without it is a wrong address.
"""

import datetime
import json
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote

from countries.party_numbers import vat_key
from gateway.kit.exchange import Client
from gateway.kit.outbound import Target
from gateway.vies.answers import Answer, Fault, Number, Outcome, Question
from gateway.vies.faults import fault_of
from gateway.vies.hmrc_token import Tokens
from gateway.vies.wire import Reply, UnansweredError, get, http_client

ADDRESS = "https://api.service.hmrc.gov.uk"
TEST_ADDRESS = "https://test-api.service.hmrc.gov.uk"
ACCEPT = "application/vnd.hmrc.2.0+json"

_PREFIX = "GB"
_REQUESTER = "requesterVrn"  # how HMRC's messages name the one who asks
_LOOKUP = "/organisations/vat/check-vat-number/lookup/"
_ADDRESS_LINES = ("line1", "line2", "line3", "line4", "line5", "postcode", "countryCode")


class HmrcCheck:
    """Asks HMRC. One for all threads; they share one token."""

    name = "hmrc"

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        address: str = ADDRESS,
        *,
        http: Client | None = None,
    ) -> None:
        """Take the credentials of an application registered with HMRC.

        Args:
            client_id: The application's id.
            client_secret: Its secret; sent to the token address only, and kept nowhere else.
            address: Where the service listens, without a path.
            http: With other limits of time or other trust than `wire.http_client` has by itself.

        Raises:
            TargetError: The address cannot be one.
        """
        Target.parse(address)
        self._address = address.rstrip("/")
        self._http = http or http_client()
        self._tokens = Tokens(self._http, self._address, client_id, client_secret)

    def serves(self, number: Number) -> bool:
        """Tell whether HMRC answers about it: Great Britain; VIES has Northern Ireland."""
        return number.prefix == _PREFIX

    def ask(self, question: Question, *, now: datetime.datetime) -> Answer:
        """Ask once; see `NumberService.ask`.

        A requester from outside Great Britain is left out, and with him the consultation number. A
        trader's details cannot be compared here. `sent` is the request without its token.
        """
        requester = question.requester
        path = _LOOKUP + quote(question.number.digits, safe="")
        if requester is not None and self.serves(requester):
            path += "/" + quote(requester.digits, safe="")
        sent = f"GET {self._address}{path}\r\naccept: {ACCEPT}\r\n\r\n".encode()
        reply: Reply | None = None
        try:
            reply = self._get(path, now)
            return _answer(reply, question, sent, now)
        except UnansweredError as error:
            return Answer(
                question=question,
                outcome=Outcome.UNKNOWN,
                service=self.name,
                asked_at=now,
                fault=error.fault,
                detail=error.detail,
                retry_after=error.retry_after if reply is None else reply.retry_after(now),
                sent=b"" if reply is None else sent,
                received=b"" if reply is None else reply.body,
            )

    def _get(self, path: str, now: datetime.datetime) -> Reply:
        """Ask with the token that is at hand, and once more if it is no longer taken."""
        target = Target.parse(self._address + path)
        token = self._tokens.get(now)
        reply = get(self._http, target, _headers(token))
        if reply.status == HTTPStatus.UNAUTHORIZED:
            reply = get(self._http, target, _headers(self._tokens.get(now, instead_of=token)))
        return reply


def _headers(token: str) -> dict[str, str]:
    return {"accept": ACCEPT, "authorization": f"Bearer {token}"}


def _answer(reply: Reply, question: Question, sent: bytes, now: datetime.datetime) -> Answer:
    """Read a reply.

    Raises:
        UnansweredError: It says neither that the number is in force nor that it is not.
    """
    body = _json(reply)
    code, message = _text(body.get("code")) or "", _text(body.get("message")) or ""
    found = reply.status != HTTPStatus.NOT_FOUND or code != "NOT_FOUND"
    if not found and _REQUESTER not in message:
        return Answer(
            question=question,
            outcome=Outcome.INVALID,
            service=HmrcCheck.name,
            asked_at=now,
            detail=message,
            sent=sent,
            received=reply.body,
        )
    if reply.status != HTTPStatus.OK:
        detail = f"HTTP {reply.status} {code} {message}"
        raise UnansweredError(_fault(reply.status, code, message), detail)
    target = body.get("target")
    if not isinstance(target, dict) or not isinstance(target.get("vatNumber"), str):
        raise UnansweredError(Fault.BAD_ANSWER, "The answer names no number.")
    if _digits(target["vatNumber"]) != question.number.digits:
        detail = f"The answer is about {target['vatNumber']}, not {question.number.digits}."
        raise UnansweredError(Fault.BAD_ANSWER, detail)
    return Answer(
        question=question,
        outcome=Outcome.VALID,
        service=HmrcCheck.name,
        asked_at=now,
        request_date=_day(body.get("processingDate")),
        consultation_number=_text(body.get("consultationNumber")),
        name=_text(target.get("name")),
        address=_address(target.get("address")),
        sent=sent,
        received=reply.body,
    )


def _json(reply: Reply) -> Mapping[str, object]:
    """Return the object that a reply holds; an empty one when it holds none."""
    if not reply.complete:
        raise UnansweredError(Fault.BAD_ANSWER, "The answer is longer than any of HMRC's.")
    try:
        body = json.loads(reply.body)
    except (ValueError, RecursionError):
        body = None
    if isinstance(body, dict):
        return body
    raise UnansweredError(fault_of(reply.status), f"HTTP {reply.status} without JSON.")


def _fault(status: int, code: str, message: str) -> Fault:
    """Return the fault for a status other than 200 and `NOT_FOUND`.

    A requester that is not registered is 403 `INVALID_REQUEST` in HMRC's description and
    `INVALID_REQUESTER` elsewhere; other 403s mean that the application may not use this API.
    """
    about_requester = code == "INVALID_REQUESTER" or _REQUESTER in message
    if status == HTTPStatus.BAD_REQUEST and code.startswith("INVALID_REQUEST"):
        return Fault.INVALID_REQUESTER_INFO if about_requester else Fault.INVALID_INPUT
    if status == HTTPStatus.FORBIDDEN:
        return Fault.INVALID_REQUESTER_INFO if about_requester else Fault.ACCESS_REFUSED
    return fault_of(status)


def _digits(written: str) -> str:
    return vat_key(written).removeprefix(_PREFIX)


def _day(written: object) -> datetime.date:
    """Return the day of `processingDate`, in the zone it is written in."""
    try:
        return datetime.datetime.fromisoformat(str(written)).date()
    except ValueError:
        raise UnansweredError(Fault.BAD_ANSWER, "The answer has no date.") from None


def _text(value: object) -> str | None:
    return (value.strip() or None) if isinstance(value, str) else None


def _address(value: object) -> str | None:
    if not isinstance(value, dict):
        return None
    lines = (_text(value.get(name)) for name in _ADDRESS_LINES)
    return "\n".join(line for line in lines if line) or None
