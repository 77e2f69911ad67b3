"""The local VIES and HMRC as tests ask them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from gateway.kit.exchange import Client
from gateway.sandbox.kit.door import running
from gateway.sandbox.vies.desk import ViesDesk
from gateway.sandbox.vies.service import VIES, VIES_TEST
from gateway.vies.hmrc import HmrcCheck
from gateway.vies.soap import ViesSoap
from gateway.vies.wire import http_client


@dataclass(frozen=True)
class Authorities:
    """A running server, what stands behind it, and our clients of it."""

    url: str
    service: ViesDesk
    http: Client
    vies: ViesSoap
    vies_test: ViesSoap

    def hmrc(self, client_secret: str = "sandbox") -> HmrcCheck:  # noqa: S107 - of a local service
        """Return a client that has no token yet."""
        return HmrcCheck("sandbox", client_secret, self.url, http=self.http)

    def know(self, number: str, **values: str) -> None:
        self.service.registry.put({"number": number, **values})

    def fail(self, *rules: dict[str, Any]) -> None:
        self.service.plane.replace(
            [rule if "probability" in rule else {"nth": 1, **rule} for rule in rules]
        )

    def asked(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.service.ledger.as_json()["asked"]
        return found


@contextmanager
def authorities(total_seconds: float = 10.0) -> Iterator[Authorities]:
    http = http_client(connect_seconds=2, total_seconds=total_seconds)
    with running(ViesDesk()) as server:
        yield Authorities(
            server.url,
            server.desk,
            http,
            ViesSoap(server.url + VIES, http=http),
            ViesSoap(server.url + VIES_TEST, http=http),
        )
