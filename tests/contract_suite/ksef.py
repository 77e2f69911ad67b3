"""KSeF as a party of the suite."""

import datetime
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from typing_extensions import override

from formats.ksef_api.encryption import digest
from formats.signatures.signer import Signer
from gateway.channels.pl_ksef import TEST, PlKsef
from gateway.channels.pl_ksef.seal import Seal
from gateway.channels.wire import Wire
from gateway.transmissions.adapter import Contexts, Message
from tests.contract_suite.local import Steered, enclosed
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
        sent = {"sender": f"9945:PL{SELLER}", "credential": self.credential} | members
        return enclosed(content, self.name, sent)


class LocalKsef(KsefParty, Steered):
    """The same with a KSeF of ours, which does as it is told."""

    can = KsefParty.can | {"faults"}

    def __init__(self, url: str, seal: Path, signer: Signer, client: httpx2.Client) -> None:
        super().__init__(url, seal, signer)
        self._client = client

    def rows(self, message: Message) -> list[dict[str, Any]]:
        """Return what the ledger holds of what a message carries."""
        invoices = self.shown("ledger")["invoices"]
        return [one for one in invoices if one["hash"] == digest(message.payload)]

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
