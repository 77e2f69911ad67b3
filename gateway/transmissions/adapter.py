"""What a wire must be able to do: four shapes of authorities, one protocol (D9).

`prepare` and `interpret` are pure, `send` and `reconcile` use the network. The worker commits
`submitting` before `send` and the outcome after it, so an adapter never touches the database.
"""

import datetime
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

from formats.signatures.signer import Signer
from gateway.archive.service import EvidenceItem
from gateway.kit.connection import Connection
from gateway.kit.tenancy import TenantTransaction
from gateway.stamps.service import Stamp
from gateway.transmissions import keepable, secrecy
from gateway.transmissions.conduct import Conduct
from gateway.transmissions.states import Fact

MESSAGE_ID = "message-id"
"""The kind of name every message has from the start, given by us."""

Keys = tuple[tuple[str, str], ...]
"""Names of a message, each a kind and a value."""

_HEADER = 16_384  # characters: more than any server sends
_STAMP = 1000  # characters of an identifier, and of a QR code's text


class Contexts(Protocol):
    """Makes TLS contexts that show a client certificate."""

    def __call__(self, trust: str | None = None) -> ssl.SSLContext:
        """Return one that trusts these certificates alone (PEM); None: those of the machine."""
        ...


class Credential(Protocol):
    """Who we are for an authority: a key in the vault.

    Attributes:
        id: The key's public id.
        signer: Signs with it.
        tls: Makes a context that shows its certificate.
    """

    @property
    def id(self) -> str:
        """Return the public id of the key."""
        ...

    @property
    def signer(self) -> Signer:
        """Return what signs with it."""
        ...

    @property
    def tls(self) -> "Contexts":
        """Return what makes a context that shows its certificate."""
        ...


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
        correlations: What the other side calls it, by kind; `message-id` is always among them.
            Of several names of one kind, the latest.
        attempt: How often the bytes were put on the wire, the time that is prepared included.
        at: When they are; None where nothing is about to be sent.
        deferred: It comes late (its authority was away, or it waited); some want to be told.
        credential: Who we are for the authority, where the route names one.
    """

    transmission_id: UUID
    document_id: UUID
    message_id: str
    sender: str
    receiver: str
    payload: bytes
    correlations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    attempt: int = 0
    at: datetime.datetime | None = None
    deferred: bool = False
    credential: Credential | None = None


class UnsignableError(TypeError):
    """Every request of a wire is signed, and the message names no key."""


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request, ready to be written.

    Attributes:
        method: `POST` ...
        url: Absolute.
        headers: In the order sent.
        body: The bytes.
        credential: Whose certificate the connection shows, if any.
        recorded_headers: Names of headers, of it and of its answer, whose values are recorded
            beside those that always are (`secrecy.RECORDED_HEADERS`), in lower case.
        secret_parts: Names of members, elements, attributes and fields of its body, its address
            and its answer's body that are never recorded, in lower case; names that say so of
            themselves (`password`, `token` ...) need not be given.
        is_open: Neither its body nor its answer's holds a secret, whatever its parts are called.
    """

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    credential: Credential | None = None
    recorded_headers: frozenset[str] = frozenset()
    secret_parts: frozenset[str] = frozenset()
    is_open: bool = False

    def head(self) -> bytes:
        """Return request line and headers as they may be kept: all but secrets."""
        lines = [f"{self.method} {secrecy.address(self.url, self.secret_parts)}"]
        for name, value in self.headers:
            lines.append(f"{name}: {secrecy.recorded(name, value, self.recorded_headers)}")
        return "\r\n".join(lines).encode()

    def kept(self, body: bytes) -> bytes:
        """Return a body, its own or its answer's, as it may be kept: without secrets."""
        return body if self.is_open else secrecy.masked_body(body, self.secret_parts)

    def kept_beside(self, payload: bytes) -> bytes | None:
        """Return the body as it may be kept; None where it is a payload that is kept already."""
        return None if self.body == payload else self.kept(self.body)


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer as it came.

    Attributes:
        status: The status code.
        body: The bytes, bounded by the wire.
        retry_after: Seconds from `Retry-After`, if it was there and could be read.
        headers: As they came, in order.
        connection: Over what it came; None where it is only read again.
        elapsed: Seconds from the first byte written to the last byte read.
    """

    status: int
    body: bytes
    retry_after: float | None = None
    headers: tuple[tuple[str, str], ...] = ()
    connection: Connection | None = None
    elapsed: float = 0.0

    def kept_headers(self, request: Request) -> list[list[str]]:
        """Return its headers as they may be kept: all but secrets, in order."""
        return [
            [
                keepable.text(name, _HEADER),
                keepable.text(secrecy.recorded(name, value, request.recorded_headers), _HEADER),
            ]
            for name, value in self.headers
        ]


@dataclass(frozen=True, slots=True)
class Signal:
    """A verified statement of the other side about a message, pushed or asked for.

    Attributes:
        id: Its own id, the same in every copy.
        keys: Names of the message it is about, as the statement has them; any of them finds it.
            Those that cannot be kept are moved to `unusable`.
        layer: `network`, `authority` or `buyer`.
        code: In the words of the other side: `AP`.
        fact: In ours.
        evidence: The bytes, with their signature.
        unusable: Names that cannot be kept.
    """

    id: str
    keys: Keys
    layer: str
    code: str
    fact: Fact
    evidence: EvidenceItem
    unusable: Keys = ()

    def __post_init__(self) -> None:
        """Keep what can be kept."""
        usable = tuple(key for key in self.keys if keepable.is_name(key[1]))
        unusable = tuple(key for key in self.keys if key not in usable)
        fact = self.fact
        if fact.key is not None:
            fact = replace(fact, key=keepable.text(fact.key, keepable.REASON))
        object.__setattr__(self, "id", keepable.text(self.id, keepable.REASON))
        object.__setattr__(self, "code", keepable.text(self.code, keepable.REASON))
        object.__setattr__(self, "fact", fact)
        object.__setattr__(self, "keys", usable)
        object.__setattr__(self, "unusable", (*self.unusable, *unusable))


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Proof that the other side has the bytes, and what it has said about them since.

    Attributes:
        receipt: The proof.
        fact: What the proof says: at least that transport is `submitted`.
        signals: Verdicts that came with it.
        correlations: What the other side calls the message, by kind, as learned from it. Those
            that cannot be kept are moved to `unusable`.
        wait: The authority's wish: nothing more of this credential before so long.
        stamps: What the authority put on the document; the receipt is their proof.
        unusable: Names that cannot be kept.
    """

    receipt: EvidenceItem
    fact: Fact
    signals: tuple[Signal, ...] = ()
    correlations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    wait: datetime.timedelta | None = None
    stamps: tuple[Stamp, ...] = ()
    unusable: Keys = ()

    def __post_init__(self) -> None:
        """Keep what can be kept."""
        said = tuple(self.correlations.items())
        usable = {kind: value for kind, value in said if keepable.is_name(value)}
        unusable = tuple(key for key in said if key[0] not in usable)
        object.__setattr__(self, "correlations", MappingProxyType(usable))
        object.__setattr__(self, "unusable", (*self.unusable, *unusable))
        object.__setattr__(self, "stamps", tuple(_keepable(one) for one in self.stamps))


def _keepable(stamp: Stamp) -> Stamp:
    """Return a stamp as it can be kept; a code that was changed would lead nowhere."""
    code = stamp.qr if stamp.qr and keepable.text(stamp.qr, _STAMP) == stamp.qr else None
    return replace(stamp, identifier=keepable.text(stamp.identifier, _STAMP), qr=code)


class Vault(Protocol):
    """Where credentials are; `gateway.channels.credentials.Credentials` is one."""

    def __call__(
        self,
        tx: TenantTransaction,
        purpose: str,
        *,
        at: datetime.datetime,
        secret: str | None = None,
    ) -> Credential:
        """Return the entity's secret of a kind, or else its active key for a purpose."""


class Adapter(Protocol):
    """One wire.

    Attributes:
        channel: Its name in `ROUTES`.
        conduct: How it behaves.
    """

    channel: str
    conduct: Conduct

    def endpoint(self, message: Message) -> str:
        """Return what fails as one, host and port: the circuit breaker is about it. Pure."""
        ...

    def prepare(self, message: Message) -> Request:
        """Return the request that carries a message. Pure.

        Raises:
            UnsignableError: It is to be signed, and the message names no key.
        """
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
            GivenUp: It had it, and wants the same bytes again.
            Retry, Unknown: It cannot be asked, or cannot tell.
        """
        ...
