"""The wire of the sandbox network: HTTP POST, a signed receipt, signed verdicts later.

Faithful to Peppol in what matters to a sender: a Message-Id that stays the same over retries, a
receipt over the digest of the received bytes, Message Level Status codes (AB, AP, RE) for the
network's verdict and Invoice Response codes for the buyer's.
"""

import base64
import datetime
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any, NoReturn, Self
from urllib.parse import quote

import httpx2

from gateway.archive.service import EvidenceItem, Role
from gateway.channels.sandbox_codes import fact_of
from gateway.channels.sandbox_receiver import SandboxReceiver
from gateway.channels.statements import StatementError, TrustAnchor, open_statement
from gateway.kit import clock as machine
from gateway.kit.http import client as http_client
from gateway.kit.json_body import parse_json
from gateway.problems import MalformedJsonProblem
from gateway.transmissions.adapter import Acknowledgement, Answer, Message, Request, Signal
from gateway.transmissions.errors import Refused, Retry, TransmissionError, Unknown
from gateway.transmissions.states import Fact, Transport

CHANNEL = "sandbox-network"

_SIGNED = "application/jose+json"
_CLIENT_ERROR = 4  # first digit of the status
_NAMES_A_FILE = re.compile(r"[0-9A-Za-z]{1,64}")
_MAX_ANSWER = 4 * 1024 * 1024  # bytes
_TURNED_AWAY = frozenset(
    {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
)
_PRINTABLE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) != "%") + " "


class SandboxNetwork:
    """The adapter.

    Args:
        url: Base URL of the receiving access point.
        anchor: Who its statements must be signed by.
        client: The HTTP client; closed by `close`.
        clock: The time, for certificates.
        settle: See `Adapter.settle`.
    """

    channel = CHANNEL
    resend_is_safe = False  # it is, but the asking is what this network is there to exercise
    deadline = timedelta(hours=24)
    verdict_within = timedelta(minutes=25)  # Peppol MLS-2
    response_within = timedelta(hours=1)

    def __init__(
        self,
        url: str,
        anchor: TrustAnchor,
        client: httpx2.Client,
        *,
        clock: Callable[[], datetime.datetime] = machine.now,
        settle: timedelta = timedelta(seconds=1),
    ) -> None:
        self._url = url.rstrip("/")
        self._anchor = anchor
        self._client = client
        self._clock = clock
        self.settle = settle
        self.receiver = SandboxReceiver(self._url, anchor, client, clock)

    @classmethod
    def open(cls, url: str, trust: Path, *, read_seconds: float = 10) -> Self:
        """Return the adapter for an access point and its CA certificate (PEM file).

        Raises:
            OSError, ValueError: There is no certificate at `trust`.
        """
        return cls(url, TrustAnchor.load(trust), http_client(read_seconds=read_seconds))

    def close(self) -> None:
        """Close the HTTP connections."""
        self._client.close()

    def prepare(self, message: Message) -> Request:
        """Return the request; ids are percent-encoded where a header cannot carry them."""
        headers = (
            ("Message-Id", message.message_id),
            ("Sender-Id", quote(message.sender, safe=_PRINTABLE)),
            ("Receiver-Id", quote(message.receiver, safe=_PRINTABLE)),
            ("Content-Digest", digest(message.payload)),
            ("Content-Type", "application/xml"),
        )
        return Request("POST", f"{self._url}/messages", headers, message.payload)

    def send(self, request: Request) -> Answer:
        """Write the request once.

        Raises:
            Retry: No connection was made.
            Unknown: It broke after that.
        """
        return self._exchange(request)

    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        """Read receipt or refusal; see `Adapter.interpret`."""
        status = answer.status
        if status == HTTPStatus.OK:
            return self._acknowledged(message, answer.body)
        evidence = _evidence("receipt", answer.body)
        if status in _TURNED_AWAY:
            raise Retry(
                f"http_{status}", "busy", evidence=evidence, retry_after=answer.retry_after
            )
        if status // 100 == _CLIENT_ERROR:
            self._refused(message, status, answer.body)
        raise Unknown(f"http_{status}", "it failed after it had the request", evidence=evidence)

    def reconcile(self, message: Message) -> Acknowledgement | None:
        """Ask for the message by its id; see `Adapter.reconcile`."""
        address = f"{self._url}/messages/{quote(message.message_id, safe='')}"
        answer = self._exchange(Request("GET", address, (("Accept", "application/json"),), b""))
        known = self._known(answer)
        if answer.status == HTTPStatus.NOT_FOUND and known.get("state") == "never seen":
            return None  # any other 404 comes from somewhere else on the way
        if answer.status != HTTPStatus.OK:
            raise Unknown(f"http_{answer.status}", "the access point cannot tell")
        stored = json.dumps(known.get("answer")).encode()
        if known.get("state") == "refused":
            self._refused(message, HTTPStatus.UNPROCESSABLE_ENTITY, stored)
        proof = self._acknowledged(message, stored)
        said = known.get("signals", [])
        if not isinstance(said, list):
            raise Unknown("invalid_answer", "signals is not a list")
        try:
            signals = tuple(self.signal(json.dumps(one).encode()) for one in said)
        except StatementError as error:
            raise Unknown("invalid_signal", str(error)) from error
        if any(signal.message_id != message.message_id for signal in signals):
            raise Unknown("invalid_signal", "a signal is about another message")
        return Acknowledgement(proof.receipt, proof.fact, signals)

    def signal(self, content: bytes) -> Signal:
        """Verify and read a pushed verdict.

        Raises:
            StatementForgedError: It is not signed by whom we trust.
            StatementError: It cannot be read.
        """
        said = open_statement(
            content, kind="sandbox-network-signal+jws", anchor=self._anchor, now=self._clock()
        )
        identifier, layer, code = (_text(said, name) for name in ("signal_id", "layer", "code"))
        if not _NAMES_A_FILE.fullmatch(identifier):
            raise StatementError("signal_id is not an identifier")
        fact = fact_of(layer, code)
        if fact is None:
            raise StatementError(f"{layer} {code} is no verdict")
        return Signal(
            id=identifier,
            message_id=_text(said, "message_id"),
            layer=layer,
            code=code,
            fact=Fact(
                transport=fact.transport,
                regulatory=fact.regulatory,
                business=fact.business,
                at=_moment(_text(said, "at")),
                key=identifier,
            ),
            evidence=EvidenceItem("signal", f"{layer}-{identifier}.json", _SIGNED, content),
        )

    def _acknowledged(self, message: Message, body: bytes) -> Acknowledgement:
        evidence = EvidenceItem("receipt", "receipt.json", _SIGNED, body)
        self._statement(message, "receipt", body)
        return Acknowledgement(evidence, Fact(transport=Transport.SUBMITTED))

    def _refused(self, message: Message, status: int, body: bytes) -> NoReturn:
        """Raise `Refused`, with the reasons if they are signed."""
        evidence = _evidence("receipt", body)
        try:
            said = self._statement(message, "refusal", body)
        except TransmissionError:
            detail = "refused without a valid statement of reasons"
        else:
            findings = said.get("findings", [])
            detail = "; ".join(
                f"{one.get('rule')}: {one.get('message')}"
                for one in findings
                if isinstance(one, dict)
            )
        raise Refused(f"http_{int(status)}", detail, evidence=evidence)

    def _statement(self, message: Message, kind: str, body: bytes) -> Mapping[str, Any]:
        """Open a statement that must be about this message and these bytes."""
        try:
            said = open_statement(
                body,
                kind=f"sandbox-network-{kind}+jws",
                anchor=self._anchor,
                now=self._clock(),
            )
        except StatementError as error:
            raise Unknown(
                f"invalid_{kind}", str(error), evidence=_evidence("receipt", body)
            ) from error
        expected = {
            "message_id": message.message_id,
            "digest": digest(message.payload),
            "sender": message.sender,
            "receiver": message.receiver,
        }
        wrong = [name for name, value in expected.items() if said.get(name) != value]
        if wrong:
            raise Unknown(
                f"invalid_{kind}",
                f"the statement is about another {wrong[0]}",
                evidence=_evidence("receipt", body),
            )
        return said

    def _known(self, answer: Answer) -> dict[str, Any]:
        try:
            known = parse_json(answer.body)
        except MalformedJsonProblem:
            known = None
        return known if isinstance(known, dict) else {}

    def _exchange(self, request: Request) -> Answer:
        """Write and read once, telling apart what happened before and after the first byte."""
        try:
            with self._client.stream(
                request.method, request.url, headers=list(request.headers), content=request.body
            ) as response:
                body = bytearray()
                for part in response.iter_bytes():
                    body += part
                    if len(body) > _MAX_ANSWER:
                        raise Unknown("answer_too_large", f"more than {_MAX_ANSWER} bytes")
                waiting = response.headers.get("Retry-After", "")
                retry_after = float(waiting) if waiting.isascii() and waiting.isdigit() else None
                return Answer(response.status_code, bytes(body), retry_after)
        except (
            httpx2.ConnectError,
            httpx2.ConnectTimeout,
            httpx2.PoolTimeout,
            httpx2.LocalProtocolError,
        ) as error:
            raise Retry("not_connected", f"{type(error).__name__}: {error}") from error
        except httpx2.TimeoutException as error:
            raise Unknown("timeout", f"{type(error).__name__}: {error}") from error
        except httpx2.HTTPError as error:
            raise Unknown("connection_lost", f"{type(error).__name__}: {error}") from error


def digest(content: bytes) -> str:
    """Return the Content-Digest (RFC 9530) of bytes."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def _evidence(role: Role, body: bytes) -> tuple[EvidenceItem, ...]:
    return (EvidenceItem(role, "answer.bin", "application/octet-stream", body),) if body else ()


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not value:
        raise StatementError(f"{name} is missing")
    return value


def _moment(text: str) -> datetime.datetime:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError as error:
        raise StatementError(f"not a moment: {text}") from error
    if moment.tzinfo is None:
        raise StatementError(f"a moment without a zone: {text}")
    return moment
