"""KSeF as a party of the suite."""

import datetime
import json
import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx2
from typing_extensions import override

from formats.ksef_api.bodies import heading
from formats.ksef_api.encryption import digest
from formats.signatures.signer import Signer
from gateway.channels.pl_ksef import TEST, PlKsef
from gateway.channels.pl_ksef.seal import Seal
from gateway.channels.wire import Wire
from gateway.transmissions.adapter import (
    Acknowledgement,
    Answer,
    Contexts,
    Message,
    Request,
)
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


class Accompanied(PlKsef):
    """The adapter, sending each message in a batch with another one."""

    @override
    def prepare(self, message: Message) -> Request:
        return self.prepare_all(_pair(message))

    @override
    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        return self.interpret_all(_pair(message), answer)[0]


def _pair(message: Message) -> list[Message]:
    """Return a message, and a companion that is always the same."""
    number = digest(message.payload)[:16]
    name = f"{message.message_id}-companion"
    seller = heading(message.payload).seller
    other = fa(number, seller=seller)
    return [message, replace(message, message_id=name, payload=other)]


class LocalBatches(LocalKsef):
    """The same, with batches. An answer 204 is whole as it stands, and names nothing."""

    without = frozenset(
        {
            "an_answer_to_another_message_is_unknown",
            "a_huge_answer_is_unknown",
            "a_trickling_answer_is_unknown",
            "an_answer_trickling_in_chunks_is_unknown",
            "half_an_answer_is_unknown",
        }
    )

    @override
    def adapter_to(self, url: str | None = None, *, seconds: float = PATIENCE) -> PlKsef:
        wire = Wire(total_seconds=seconds, connect_seconds=PATIENCE)
        return Accompanied(url or self.url, Seal.load(self._seal), wire, conduct=TEST)


def local_batches(directory: Path) -> AbstractContextManager[LocalKsef]:
    """Run a KSeF that is sent batches."""
    return local_party(directory, LocalBatches)


@contextmanager
def local_party(directory: Path, kind: type[LocalKsef] = LocalKsef) -> Iterator[LocalKsef]:
    """Run a KSeF."""
    with local_ksef(directory) as (url, _, client):
        made = kind(url, directory / "ca.pem", certified(url, client), client)
        made.tell("script", {"rate_limits": "off"})
        yield made
