"""What wires have in common on which the answer is the verdict, and is signed.

Only what the authority signed is believed, whatever the HTTP status; what nobody signed proves
nothing. There is one authority for all.
"""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, Self, TypeVar
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from cryptography import x509

from gateway.archive.service import EvidenceItem
from gateway.channels.places import Place
from gateway.channels.wire import Exchanging, Wire
from gateway.kit import clock as machine
from gateway.transmissions.adapter import Answer, Message, Request
from gateway.transmissions.conduct import Conduct
from gateway.transmissions.errors import Unknown

Authority = TypeVar("Authority")
_SECONDS = 15.0


class SignedAnswers(ABC, Generic[Authority]):
    """The adapter, but for what is said and how it is read.

    Args:
        url: Where the authority is.
        authority: Who its answers must be signed by.
        wire: Carries what is said.
        channel: Which of the authority's systems.
        clock: The time, for certificates.
        conduct: How it behaves; None: as usual.
    """

    usual: ClassVar[Conduct]
    path: ClassVar[str] = ""
    """Of the service, where the address names none."""

    def __init__(  # noqa: PLR0913 - all but three are named
        self,
        url: str,
        authority: Authority,
        wire: Exchanging,
        *,
        channel: str,
        clock: Callable[[], datetime.datetime] = machine.now,
        conduct: Conduct | None = None,
    ) -> None:
        plain = url.rstrip("/")
        self._url = plain if urlsplit(plain).path else plain + self.path
        self._authority = authority
        self._wire = wire
        self._clock = clock
        self.channel = channel
        self.conduct = conduct or self.usual

    @classmethod
    def open(
        cls,
        place: Place,
        *,
        wire: Exchanging | None = None,
        clock: Callable[[], datetime.datetime] = machine.now,
    ) -> Self:
        """Return the adapter for a place; its certificates are those of TLS and of signatures.

        Several may be named: those of an authority's two systems are of different CAs.

        Raises:
            UnusablePlaceError: No certificate is named, or none is there.
        """
        authority = cls.believing(place.certificates())
        wire = wire or Wire(trust=place.trust, total_seconds=_SECONDS)
        return cls(place.url, authority, wire, channel=place.channel, clock=clock)

    @classmethod
    @abstractmethod
    def believing(cls, certificates: Sequence[x509.Certificate]) -> Authority:
        """Return who is believed, by the certificates of the CA or of the authority itself."""

    def endpoint(self, message: Message) -> str:
        """Return host and port."""
        del message
        return urlsplit(self._url).netloc

    def send(self, request: Request) -> Answer:
        """Write the request once; see `Adapter.send`."""
        return self._wire.exchange(request)


def sending_id(message: Message) -> str:
    """Return the id of one sending of a message, a UUID: the first one's is the message's own.

    FURS (R_1.0) and CIS (2.1.1.1) want another one each time, also where the same invoice is sent
    again; they know the invoice by its number. The same sending has the same id, so that what is
    recorded can be made again.
    """
    if message.attempt <= 1:
        return message.message_id
    return str(uuid5(UUID(message.message_id), str(message.attempt)))


def unproven(answer: Answer, reason: str, detail: str) -> Unknown:
    """Return that an answer proves nothing."""
    wait = answer.retry_after
    return Unknown(reason, detail, evidence=evidence_of(answer), retry_after=wait)


def evidence_of(answer: Answer) -> tuple[EvidenceItem, ...]:
    """Return an answer as it came, to be kept; nothing where it has no body."""
    if not answer.body:
        return ()
    return (EvidenceItem("receipt", "answer.bin", "application/octet-stream", answer.body),)
