"""The sandbox network as a party of the suite."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
from typing_extensions import override

from gateway.channels.sandbox_network import CHANNEL, SandboxNetwork
from gateway.channels.statements import TrustAnchor
from gateway.channels.wire import Wire
from gateway.kit.clock import now
from gateway.sandbox.kit.door import running
from gateway.sandbox.network.desk import NetworkDesk
from gateway.sandbox.network.identity import stranger
from gateway.transmissions.adapter import MESSAGE_ID, Message
from tests.contract_suite.local import Steered
from tests.contract_suite.party import PATIENCE, Party
from tests.contract_suite.signals import Heard, listening
from tests.gateway.sandbox.invoices import RECEIVER, SENDER, invoice


class NetworkParty(Party):
    """The adapter, and an access point somewhere."""

    name = CHANNEL
    enquiries = "enquiries"
    can = frozenset({"asks", "conflicts", "keeps_refusals", "recognises", "same_proof", "signs"})

    def __init__(self, url: str, trust: Path) -> None:
        self.url = url
        self._anchor = TrustAnchor.load(trust)
        self.adapter: Any = self.adapter_to()

    @override
    def adapter_to(self, url: str | None = None, *, seconds: float = PATIENCE) -> SandboxNetwork:
        wire = Wire(total_seconds=seconds, connect_seconds=PATIENCE)
        return SandboxNetwork(url or self.url, self._anchor, wire)

    @override
    def message(self) -> Message:
        return _message(invoice(secrets.token_hex(8)))

    @override
    def refused(self) -> Message:
        return _message(invoice(secrets.token_hex(8), payable="1.00"))

    @override
    def conflicting(self, message: Message) -> Message:
        return replace(self.message(), message_id=message.message_id)


class LocalNetwork(NetworkParty, Steered):
    """The same with an access point of ours, which does as it is told."""

    can = NetworkParty.can | {"faults", "signals"}

    def __init__(self, url: str, directory: Path, heard: Heard, client: httpx2.Client) -> None:
        super().__init__(url, directory / "ca.pem")
        self.heard = heard
        self._client = client

    @override
    def accepted(self, message: Message) -> int:
        found = [one for one in self._rows(message) if one["state"] == "accepted"]
        return len(found)

    @override
    def named(self, message: Message) -> str:
        return "|".join(one["message_id"] for one in self._rows(message))

    @override
    def repeats(self, message: Message) -> int:
        return sum(one["duplicates"] for one in self._rows(message))

    def forgeries(self, body: bytes) -> list[bytes]:
        """Return what is like a signal, and none of the network's."""
        said = json.loads(body)
        receipt = json.dumps({**said, "protected": said["protected"][:-4] + "AAAA"}).encode()
        return [stranger(now()).forged(body), receipt, b"{}", b"<html>", b""]

    def _rows(self, message: Message) -> list[dict[str, Any]]:
        number = message.payload.split(b"<cbc:ID>")[1].split(b"<")[0].decode()
        messages = self.shown("ledger")["messages"]
        return [one for one in messages if one["number"] == number]


@contextmanager
def local_network(directory: Path) -> Iterator[LocalNetwork]:
    """Run an access point that pushes to us."""
    with listening() as (ear, heard), httpx2.Client(trust_env=False, timeout=10) as client:
        desk = NetworkDesk(directory, ear)
        desk.pusher.start()
        try:
            with running(desk) as door:
                yield LocalNetwork(door.url, directory, heard, client)
        finally:
            desk.pusher.stop()
            desk.ledger.close()


def _message(content: bytes) -> Message:
    name = str(uuid4())
    return Message(
        transmission_id=uuid4(),
        document_id=uuid4(),
        message_id=name,
        sender=SENDER,
        receiver=RECEIVER,
        payload=content,
        correlations={MESSAGE_ID: name},
    )
