"""What a wire must be able to do: four shapes of authorities, one protocol (D9).

`prepare` and `interpret` are pure, `send` and `reconcile` use the network. The worker commits
`submitting` before `send` and the outcome after it, so an adapter never touches the database.
"""

import datetime
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from gateway.archive.service import EvidenceItem
from gateway.transmissions.states import Fact


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be sent: frozen bytes and their envelope.

    Attributes:
        transmission_id: The transmission.
        document_id: The document it carries.
        message_id: The same for every attempt; the other side's key against duplicates.
        sender: `scheme:value`, ISO 6523 or EAS scheme.
        receiver: `scheme:value`.
        payload: The issued bytes.
    """

    transmission_id: UUID
    document_id: UUID
    message_id: str
    sender: str
    receiver: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request, ready to be written.

    Attributes:
        method: `POST` ...
        url: Absolute.
        headers: In the order sent.
        body: The bytes.
    """

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def evidence(self) -> EvidenceItem:
        """Return the head as evidence; the body is archived already, under its digest."""
        lines = [
            f"{self.method} {self.url}",
            *(f"{name}: {value}" for name, value in self.headers),
        ]
        return EvidenceItem("request", "request.http", "message/http", "\r\n".join(lines).encode())


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer as it came.

    Attributes:
        status: The status code.
        body: The bytes, bounded by the adapter.
        retry_after: Seconds from `Retry-After`, if it was there and a number.
    """

    status: int
    body: bytes
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """A verified statement of the other side about a message, pushed or asked for.

    Attributes:
        id: Its own id, the same in every copy.
        message_id: The message it is about.
        layer: `network`, `authority` or `buyer`.
        code: In the words of the other side: `AP`.
        fact: In ours.
        evidence: The bytes, with their signature.
    """

    id: str
    message_id: str
    layer: str
    code: str
    fact: Fact
    evidence: EvidenceItem


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Proof that the other side has the bytes, and what it has said about them since.

    Attributes:
        receipt: The proof.
        fact: What the proof says: at least that transport is `submitted`.
        signals: Verdicts that came with it.
    """

    receipt: EvidenceItem
    fact: Fact
    signals: tuple[Signal, ...] = ()


class Adapter(Protocol):
    """One wire.

    Attributes:
        channel: Its name in `ROUTES`.
        resend_is_safe: The other side recognises the same bytes; an unknown outcome may be
            resolved by sending again. Otherwise `reconcile` is asked first.
        settle: After this time since sending, "never seen" of the other side can be believed:
            before, our bytes may still be on their way through it.
        deadline: How long after queueing a message may still be sent.
        verdict_within: A verdict that takes longer needs a person.
        response_within: How long the buyer's answer is asked for.
    """

    channel: str
    resend_is_safe: bool
    settle: datetime.timedelta
    deadline: datetime.timedelta
    verdict_within: datetime.timedelta
    response_within: datetime.timedelta

    def prepare(self, message: Message) -> Request:
        """Return the request that carries a message. Pure."""
        ...

    def send(self, request: Request) -> Answer:
        """Write the request and read the answer, once.

        Raises:
            Retry: No connection was made.
            Unknown: Bytes may have been written, and no whole answer came.
        """
        ...

    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        """Return what an answer proves. Pure.

        Raises:
            Retry: It was turned away unread.
            Refused: A definite no.
            Unknown: It proves nothing.
        """
        ...

    def reconcile(self, message: Message) -> Acknowledgement | None:
        """Ask the other side whether it has a message; None when it has never seen it.

        Raises:
            Refused: It has it and does not want it.
            Retry, Unknown: It cannot be asked, or cannot tell.
        """
        ...
