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
from typing import Any, NoReturn, Self
from urllib.parse import quote, urlsplit

from gateway.archive.service import EvidenceItem, Role
from gateway.channels.places import Place
from gateway.channels.sandbox_codes import fact_of
from gateway.channels.sandbox_receiver import SandboxReceiver
from gateway.channels.statements import StatementError, TrustAnchor, open_statement
from gateway.channels.wire import Exchanging, Wire
from gateway.kit import clock as machine
from gateway.kit.json_body import parse_json
from gateway.problems import MalformedJsonProblem
from gateway.transmissions.adapter import (
    MESSAGE_ID,
    Acknowledgement,
    Answer,
    Message,
    Request,
    Signal,
)
from gateway.transmissions.conduct import Conduct, Shape
from gateway.transmissions.errors import Refused, TransmissionError, Unknown
from gateway.transmissions.states import Fact, Transport

CHANNEL = "sandbox-network"

CONDUCT = Conduct(
    shape=Shape.NETWORK,
    resend_is_safe=False,  # it is, but the asking is what this network is there to exercise
    settle=timedelta(seconds=1),
    deadline=timedelta(hours=24),
    verdict_within=timedelta(minutes=25),  # Peppol MLS-2
    response_within=timedelta(hours=1),
    usual_answer=timedelta(minutes=1),
    first_ask=timedelta(seconds=30),
    longest_ask=timedelta(hours=1),
)

_SIGNED = "application/jose+json"
_SECONDS = 10.0  # a receipt takes less than two (R6)
_CLIENT_ERROR = 4  # first digit of the status
_NAMES_A_FILE = re.compile(r"[0-9A-Za-z]{1,64}")
_BUSY = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
"""Said of the moment, by whoever stands on the way: no refusal, and no proof that none took it."""
_PRINTABLE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) != "%") + " "


class SandboxNetwork:
    """The adapter.

    Args:
        url: Base URL of the receiving access point.
        anchor: Who its statements must be signed by.
        wire: Carries what is said.
        clock: The time, for certificates.
        conduct: How it behaves.
    """

    channel = CHANNEL
    usual = CONDUCT

    def __init__(
        self,
        url: str,
        anchor: TrustAnchor,
        wire: Exchanging,
        *,
        clock: Callable[[], datetime.datetime] = machine.now,
        conduct: Conduct = CONDUCT,
    ) -> None:
        self._url = url.rstrip("/")
        self._anchor = anchor
        self._wire = wire
        self._clock = clock
        self.conduct = conduct
        self.receiver = SandboxReceiver(self._url, anchor, wire, clock)

    @classmethod
    def open(
        cls,
        place: Place,
        *,
        wire: Exchanging | None = None,
        clock: Callable[[], datetime.datetime] = machine.now,
    ) -> Self:
        """Return the adapter for an access point and its CA certificate; see `Place.anchor`."""
        wire = wire or Wire(total_seconds=_SECONDS, tells_trace=True)
        return cls(place.url, place.anchor(), wire, clock=clock)

    def endpoint(self, message: Message) -> str:
        """Return host and port; there is one access point for all."""
        del message
        return urlsplit(self._url).netloc

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
        """Write the request once; see `Adapter.send`."""
        return self._wire.exchange(request)

    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        """Read receipt or refusal; see `Adapter.interpret`."""
        status = answer.status
        if status == HTTPStatus.OK:
            return self._acknowledged(message, answer.body)
        evidence = _evidence("receipt", answer.body)
        if status // 100 == _CLIENT_ERROR and status not in _BUSY:
            self._refused(message, status, answer.body, answer.retry_after)
        raise Unknown(
            f"http_{status}",
            "nobody signed what became of it",
            evidence=evidence,
            retry_after=answer.retry_after,
        )

    def reconcile(self, message: Message) -> Acknowledgement | None:
        """Ask for the message by its id; see `Adapter.reconcile`."""
        address = f"{self._url}/messages/{quote(message.message_id, safe='')}"
        answer = self._wire.exchange(
            Request("GET", address, (("Accept", "application/json"),), b"")
        )
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
        if any(signal.keys != ((MESSAGE_ID, message.message_id),) for signal in signals):
            raise Unknown("invalid_signal", "a signal is about another message")
        return Acknowledgement(proof.receipt, proof.fact, signals)

    def reaches(self, receiver: str, customization: str) -> tuple[bool | None, str]:
        """Return whether somebody receives under an id, and why; None: it cannot be told.

        The network takes every kind of document, so `customization` decides nothing.
        """
        del customization
        address = f"{self._url}/participants/{quote(receiver, safe='')}"
        request = Request("GET", address, (("Accept", "application/json"),), b"")
        try:
            answer = self._wire.exchange(request)
        except TransmissionError as error:
            return None, f"The network cannot be asked now: {error.detail}"
        known = self._known(answer)
        registered = known.get("registered")
        if answer.status != HTTPStatus.OK or known.get("participant") != receiver:
            return None, f"The network cannot tell (HTTP {answer.status})."
        if registered is True:
            return True, f"{receiver} receives over the sandbox network."
        return False, (
            f"{receiver} is not in the network's directory: correct the electronic address"
            " (BT-49), or send the document by e-mail."
        )

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
            keys=((MESSAGE_ID, _text(said, "message_id")),),
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

    def _refused(
        self, message: Message, status: int, body: bytes, retry_after: float | None = None
    ) -> NoReturn:
        """Raise `Refused`, with its signed reasons; what nobody signed proves nothing."""
        try:
            findings = self._statement(message, "refusal", body).get("findings", [])
        except Unknown as error:
            error.retry_after = retry_after
            raise
        detail = "; ".join(
            f"{one.get('rule')}: {one.get('message')}" for one in findings if isinstance(one, dict)
        )
        raise Refused(f"http_{int(status)}", detail, evidence=_evidence("receipt", body))

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
