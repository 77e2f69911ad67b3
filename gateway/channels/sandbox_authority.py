"""The wire of the reference authority: a signed record out, a signed registration back.

A clearance: the answer is the verdict. The authority knows a record again by its place and digest,
so sending the same bytes twice is safe; what it refuses for being too early is sent again, what it
refuses for what it says never. Only its signature proves that nothing was registered: any status
that it did not sign may come from whoever stands on the way, and leaves the outcome unknown.
"""

import datetime
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Self
from urllib.parse import quote, urlsplit

from cryptography.x509 import ObjectIdentifier

from formats.sandbox_scheme import MEDIA_TYPE, digest, opened, read
from gateway.archive.service import EvidenceItem
from gateway.channels.places import Place
from gateway.channels.statements import StatementError, TrustAnchor, open_statement
from gateway.channels.wire import Exchanging, Wire
from gateway.kit import clock as machine
from gateway.stamps.service import Stamp
from gateway.transmissions.adapter import Acknowledgement, Answer, Message, Request
from gateway.transmissions.bookkeeping import Entry, Owner, Page
from gateway.transmissions.conduct import Conduct, Limit, Shape
from gateway.transmissions.errors import (
    FORK,
    NO_PLACE,
    OUT_OF_ORDER,
    Refused,
    Retry,
    TransmissionError,
    Unknown,
)
from gateway.transmissions.routes import ROUTES
from gateway.transmissions.states import Fact, Regulatory, Transport

CHANNEL = "sandbox-authority"

CONDUCT = Conduct(
    shape=Shape.CLEARANCE,
    resend_is_safe=True,
    settle=timedelta(seconds=1),
    deadline=timedelta(hours=48),
    verdict_within=timedelta(minutes=5),
    response_within=timedelta(0),  # there is no buyer on this wire
    usual_answer=timedelta(seconds=5),
    first_ask=timedelta(seconds=30),
    longest_ask=timedelta(minutes=15),
    limits=(Limit(operation="send", scope="credential", tokens=50, seconds=1.0),),
    offline=ROUTES[CHANNEL].offline,
)

_SECONDS = 10.0
_KIND = "sandbox-authority-{}+jws"
_SEALING = ObjectIdentifier("1.3.6.1.4.1.32473.7.1")
"""What the authority's own certificate is for; its CA certifies the sellers, too. (RFC 5612.)"""
_NO = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.CONFLICT,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)
"""With these the authority says no, and signs it."""
_LATER = {
    "SA-ORDER": OUT_OF_ORDER,
    "SA-CLOCK": "from_the_future",
    "SA-WAIT": "too_early",
    "SA-TLS": "credential_refused",
}
"""Refusals of the moment, or of who we are: the same bytes are taken later."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Which record a message carries."""

    seller: str
    sequence: int
    digest: str

    @classmethod
    def of(cls, message: Message) -> "_Place":
        """Read it.

        Raises:
            RecordError: The message carries none, which only our own code can be to blame for.
        """
        content = opened(message.payload)
        record = read(content)
        return cls(record.seller, record.sequence, digest(content))


class SandboxAuthority:
    """The adapter.

    Args:
        url: Where records are sent, without a path.
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

    @classmethod
    def open(
        cls,
        place: Place,
        *,
        wire: Exchanging | None = None,
        clock: Callable[[], datetime.datetime] = machine.now,
    ) -> Self:
        """Return the adapter for an authority and its CA certificate; see `Place.anchor`."""
        anchor = place.anchor()
        wire = wire or Wire(trust=place.trust, total_seconds=_SECONDS)
        return cls(place.url, anchor, wire, clock=clock)

    def endpoint(self, message: Message) -> str:
        """Return host and port; there is one authority for all."""
        del message
        return urlsplit(self._url).netloc

    def prepare(self, message: Message) -> Request:
        """Return the request; the record is as it was signed, the envelope says if it is late."""
        late = (("Deferred", "true"),) if message.deferred else ()
        headers = (("Message-Id", message.message_id), ("Content-Type", MEDIA_TYPE), *late)
        url = f"{self._url}/records"
        return Request("POST", url, headers, message.payload, credential=message.credential)

    def send(self, request: Request) -> Answer:
        """Write the request once; see `Adapter.send`."""
        return self._wire.exchange(request)

    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        """Read registration or refusal; see `Adapter.interpret`."""
        status, place = answer.status, _Place.of(message)
        if status == HTTPStatus.OK:
            return self._registered(place, answer)
        if status in _NO:
            raise self._refused(message, place, answer)
        raise _unproven(answer)

    def reconcile(self, message: Message) -> Acknowledgement | None:
        """Ask for the record by its place; see `Adapter.reconcile`."""
        place = _Place.of(message)
        address = f"{self._url}/records/{quote(place.seller, safe='')}/{place.sequence}"
        headers = (("Accept", MEDIA_TYPE),)
        asked = Request("GET", address, headers, b"", credential=message.credential)
        answer = self._wire.exchange(asked)
        if answer.status == HTTPStatus.NOT_FOUND:
            said = self._said(answer, "notice")
            expected = {"seller": place.seller, "sequence": str(place.sequence)}
            self._about(answer, said, {"state": "never seen", **expected})
            return None
        if answer.status != HTTPStatus.OK:
            raise _unproven(answer)
        try:
            return self._registered(place, answer)
        except Unknown:  # the place may hold a refusal
            said = self._said(answer, "refusal")
            self._about(answer, said, {"seller": place.seller, "sequence": place.sequence})
            ours = said.get("digest") == place.digest
            raise self._refusal(answer, said, "http_422" if ours else FORK) from None

    def recorded(self, owner: Owner, following: str | None) -> Page:
        """Ask for what it has of a seller; see `Bookkeeping.recorded`."""
        seller, after = read(owner.record).seller, int(following or 0)
        address = f"{self._url}/records/{quote(seller, safe='')}?after={after}"
        headers = (("Accept", MEDIA_TYPE),)
        answer = self._wire.exchange(
            Request("GET", address, headers, b"", credential=owner.credential)
        )
        if answer.status != HTTPStatus.OK:
            raise _unproven(answer)
        said = self._said(answer, "ledger")
        self._about(answer, said, {"seller": seller, "after": after})
        try:
            found = tuple(_entry(one) for one in said["records"])
            more = bool(said["more"])
        except (KeyError, TypeError) as error:
            raise _unproven(answer, "invalid_ledger", str(error)) from error
        last = after + len(found)
        if [one.sequence for one in found] != list(range(after + 1, last + 1)):
            raise _unproven(answer, "invalid_ledger", "places are left out")
        return Page(found, str(last) if more else None)

    def _registered(self, place: _Place, answer: Answer) -> Acknowledgement:
        said = self._said(answer, "registration")
        self._about(answer, said, {"seller": place.seller, "sequence": place.sequence})
        if said.get("digest") != place.digest:
            raise Refused(FORK, "another record has this place", evidence=_evidence(answer))
        number, at, wait = (
            said.get(name) for name in ("registration", "registered_at", "wait_seconds")
        )
        moment = _moment(at)
        if not isinstance(number, str) or not number or moment is None or type(wait) is not int:
            raise Unknown(
                "invalid_registration", "a member is missing", evidence=_evidence(answer)
            )
        return Acknowledgement(
            EvidenceItem("receipt", "registration.json", MEDIA_TYPE, answer.body),
            Fact(transport=Transport.SUBMITTED, regulatory=Regulatory.CLEARED),
            correlations={"registration": number},
            wait=timedelta(seconds=wait) if wait > 0 else None,
            stamps=(Stamp(authority=CHANNEL, kind="registration", identifier=number, at=moment),),
        )

    def _refused(self, message: Message, place: _Place, answer: Answer) -> TransmissionError:
        """Return what a signed refusal means; what nobody signed proves nothing."""
        said = self._said(answer, "refusal")
        known = {"seller": place.seller, "sequence": place.sequence, "digest": place.digest}
        sent = {"sent_sha256": hashlib.sha256(message.payload).hexdigest()}
        self._about(
            answer, said, sent if said.get("sent_sha256") == sent["sent_sha256"] else known
        )
        rules = [one["rule"] for one in _findings(said)]
        if len(rules) == 1 and rules[0] in _LATER:
            why = said["findings"][0].get("message", "")
            return Retry(
                _LATER[rules[0]],
                str(why),
                evidence=_evidence(answer),
                retry_after=answer.retry_after,
            )
        if "SA-FORK" in rules:
            return self._refusal(answer, said, FORK)
        kept = all(said.get(name) == value for name, value in known.items())
        return self._refusal(answer, said, f"http_{answer.status}" if kept else NO_PLACE)

    def _refusal(self, answer: Answer, said: Mapping[str, Any], reason: str) -> Refused:
        detail = "; ".join(f"{one['rule']}: {one.get('message')}" for one in _findings(said))
        return Refused(reason, detail, evidence=_evidence(answer))

    def _said(self, answer: Answer, kind: str) -> Mapping[str, Any]:
        try:
            return open_statement(
                answer.body,
                kind=_KIND.format(kind),
                anchor=self._anchor,
                now=self._clock(),
                purpose=_SEALING,
            )
        except StatementError as error:
            reason = f"invalid_{kind}" if answer.status == HTTPStatus.OK else None
            raise _unproven(answer, reason, str(error)) from error

    def _about(
        self, answer: Answer, said: Mapping[str, Any], expected: Mapping[str, object]
    ) -> None:
        wrong = [name for name, value in expected.items() if said.get(name) != value]
        if wrong:
            detail = f"the statement is about another {wrong[0]}"
            raise Unknown("invalid_statement", detail, evidence=_evidence(answer))


def _unproven(
    answer: Answer, reason: str | None = None, detail: str = "nobody signed what became of it"
) -> Unknown:
    """Return what an answer means that nobody signed: nothing, but perhaps when to come again."""
    return Unknown(
        reason or f"http_{answer.status}",
        detail,
        evidence=_evidence(answer),
        retry_after=answer.retry_after,
    )


def _entry(said: Mapping[str, Any]) -> Entry:
    texts = {name: said[name] for name in ("digest", "previous", "number", "registration")}
    written = all(isinstance(one, str) for one in texts.values())
    if type(said["sequence"]) is not int or not written:
        raise TypeError("a member is not what it must be")
    return Entry(sequence=said["sequence"], **texts)


def _findings(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    findings = said.get("findings")
    listed = findings if isinstance(findings, list) else []
    return [one for one in listed if isinstance(one, dict) and isinstance(one.get("rule"), str)]


def _moment(text: object) -> datetime.datetime | None:
    try:
        moment = datetime.datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return None if moment is None or moment.tzinfo is None else moment


def _evidence(answer: Answer) -> tuple[EvidenceItem, ...]:
    if not answer.body:
        return ()
    return (EvidenceItem("receipt", "answer.bin", "application/octet-stream", answer.body),)
