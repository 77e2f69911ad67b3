"""KSeF as a party of the suite."""

import datetime
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
from typing_extensions import override

from formats.ksef_api.encryption import digest
from formats.signatures.signer import Signer
from gateway.channels.pl_ksef import TEST, PlKsef
from gateway.channels.pl_ksef.seal import Seal
from gateway.channels.wire import Wire
from gateway.transmissions.adapter import MESSAGE_ID, Contexts, Message
from tests.contract_suite.party import PATIENCE, Party
from tests.gateway.sandbox.ksef.api import certified, local_ksef
from tests.gateway.sandbox.ksef.invoices import SELLER, fa


@dataclass(frozen=True)
class Key:
    """A credential whose TLS is nobody's business: KSeF wants no client certificate."""

    signer: Signer
    id: str = "sgk_ksef"

    @property
    def tls(self) -> Contexts:
        raise AssertionError("KSeF is shown no certificate")


class KsefParty(Party):
    """The adapter, and a KSeF somewhere.

    Args:
        url: Of the API.
        seal: Certificates of its seal (PEM).
        signer: May issue for the seller.
    """

    name = "pl-ksef"
    enquiries = "enquiries"
    can = frozenset({"asks", "keeps_refusals", "recognises"})
    proofs = frozenset({"rate_limit"})

    def __init__(self, url: str, seal: Path, signer: Signer) -> None:
        self.url, self._seal = url, seal
        self.credential = Key(signer)
        self.adapter: Any = self.adapter_to()

    @override
    def adapter_to(self, url: str | None = None, *, seconds: float = PATIENCE) -> PlKsef:
        wire = Wire(total_seconds=seconds, connect_seconds=PATIENCE)
        return PlKsef(url or self.url, Seal.load(self._seal), wire, conduct=TEST)

    @override
    def message(self) -> Message:
        return self.carrying(fa(secrets.token_hex(8)))

    @override
    def refused(self) -> Message:
        return self.carrying(fa(secrets.token_hex(8), day=datetime.date(2099, 1, 1)))

    def carrying(self, content: bytes, **members: Any) -> Message:  # noqa: ANN401 - of a `Message`
        """Return a message that carries an invoice."""
        identifier = str(uuid4())
        usual: dict[str, Any] = {
            "transmission_id": uuid4(),
            "document_id": uuid4(),
            "message_id": identifier,
            "sender": f"9945:PL{SELLER}",
            "receiver": "authority:pl-ksef",
            "payload": content,
            "correlations": {MESSAGE_ID: identifier},
            "credential": self.credential,
        }
        return Message(**{**usual, **members})


class LocalKsef(KsefParty):
    """The same with a KSeF of ours, which does as it is told."""

    can = KsefParty.can | {"faults"}

    def __init__(self, url: str, seal: Path, signer: Signer, client: httpx2.Client) -> None:
        super().__init__(url, seal, signer)
        self._client = client

    @override
    def fail(self, *rules: dict[str, Any]) -> None:
        self.tell("faults", {"rules": rules})

    def tell(self, what: str, value: object) -> None:
        """Put something on the control plane."""
        answer = self._client.put(f"{self.url}/__sandbox/{what}", json=value)
        assert answer.status_code == 200, answer.text

    def rows(self, message: Message) -> list[dict[str, Any]]:
        """Return what the ledger holds of what a message carries."""
        book = self._client.get(f"{self.url}/__sandbox/ledger").json()
        return [one for one in book["invoices"] if one["hash"] == digest(message.payload)]

    @override
    def accepted(self, message: Message) -> int:
        return len([one for one in self.rows(message) if one["status"] == 200])

    @override
    def named(self, message: Message) -> str:
        taken = [one for one in self.rows(message) if one["status"] == 200]
        return "|".join(json.loads(one["value"])["messageId"] for one in taken)

    @override
    def repeats(self, message: Message) -> int:
        return len([one for one in self.rows(message) if one["status"] == 440])


@contextmanager
def local_party(directory: Path) -> Iterator[LocalKsef]:
    """Run a KSeF."""
    with local_ksef(directory) as (url, _, client):
        made = LocalKsef(url, directory / "ca.pem", certified(url, client), client)
        made.tell("script", {"rate_limits": "off"})
        yield made
