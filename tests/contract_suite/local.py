"""Authorities of ours in the suite: told what to do, and looked at in their ledgers."""

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol
from uuid import uuid4

import httpx2
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from typing_extensions import override

from gateway.sandbox.kit.certified import CertifiedDesk
from gateway.sandbox.kit.door import running
from gateway.transmissions.adapter import MESSAGE_ID, Message
from tests.contract_suite.party import Party


class Certified(Protocol):
    """Whoever has a certificate."""

    @property
    def certificate(self) -> x509.Certificate: ...


class Steered(Party):
    """A party whose authority has a control plane, once it is ours.

    Attributes:
        url: Where people and certificates go.
    """

    url: str
    _client: httpx2.Client

    @override
    def fail(self, *rules: dict[str, Any]) -> None:
        self.tell("faults", {"rules": rules})

    def tell(self, what: str, value: object) -> None:
        """Put something on the control plane."""
        answer = self._client.put(f"{self.url}/__sandbox/{what}", json=value)
        assert answer.status_code == 200, answer.text

    def shown(self, what: str) -> Any:  # noqa: ANN401 - JSON
        """Return what the control plane says."""
        return self._client.get(f"{self.url}/__sandbox/{what}").json()


class Registering(Steered):
    """The same, where each message becomes one row of a ledger.

    Attributes:
        credential: Who sends.
    """

    credential: Certified

    @abstractmethod
    def rows(self, message: Message) -> list[dict[str, Any]]:
        """Return what the ledger holds of what a message carries."""

    @override
    def accepted(self, message: Message) -> int:
        return len([one for one in self.rows(message) if one["state"] == "accepted"])

    @override
    def named(self, message: Message) -> str:
        return "|".join(one["message_id"] for one in self.rows(message))

    @override
    def repeats(self, message: Message) -> int:
        return sum(one["repeats"] for one in self.rows(message))

    @override
    def revoked(self, *, revoked: bool) -> None:
        serial = f"{self.credential.certificate.serial_number:x}"
        self.tell(f"certificates/{serial}", {"revoked": revoked})


def enclosed(payload: bytes, channel: str, members: dict[str, Any]) -> Message:
    """Return a message that was never sent.

    Args:
        payload: What it carries.
        channel: By which it goes.
        members: Of the `Message`, besides or instead.
    """
    identifier = str(uuid4())
    usual: dict[str, Any] = {
        "transmission_id": uuid4(),
        "document_id": uuid4(),
        "message_id": identifier,
        "sender": "entity:ent_test",
        "receiver": f"authority:{channel}",
        "payload": payload,
        "correlations": {MESSAGE_ID: identifier},
    }
    return Message(**{**usual, **members})


def given_key(
    url: str, number: str, client: httpx2.Client
) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    """Return a new key of a taxpayer with its certificate, as anybody gets who tries it out."""
    answer = client.post(f"{url}/test-taxpayers/{number}", content=b"")
    assert answer.status_code == 201, answer.text
    key = serialization.load_pem_private_key(answer.content, None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key, x509.load_pem_x509_certificates(answer.content)[0]


@contextmanager
def two_doors(office: CertifiedDesk) -> Iterator[tuple[str, str, httpx2.Client]]:
    """Run an authority, and return where people go, where messages go, and a client for people."""
    with (
        running(office) as plain,
        running(office, tls=office.tls) as secured,
        httpx2.Client(trust_env=False, timeout=10) as client,
    ):
        office.ca.here = plain.url
        yield plain.url, secured.url, client
    office.book.close()
