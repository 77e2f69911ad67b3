"""KSeF beside a gateway: Polish sellers with certificates that it lets in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from stdnum.pl import nip

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.formats.signatures.pki import SoftwareSigner
from tests.gateway.beside import give_key
from tests.gateway.houses import House, Json, Shop, opened
from tests.gateway.sandbox.ksef.api import Caller, certified, enrolled, local_ksef
from tests.gateway.sending import worker

TEST = "pl-ksef-test"
SCHEME = {"scheme": "pl-ksef"}
BUYER = {
    "name": "Nabywca S.A.",
    "vat_identifier": "PL5260250274",
    "postal_address": {
        "line_1": "ul. Krzywa 2",
        "city": "Kraków",
        "post_code": "30-001",
        "country_code": "PL",
    },
}
_NUMBERS = iter(range(521_000_000, 529_000_000, 11))


def a_nip() -> str:
    """Return a NIP that nobody had before."""
    numbers = (f"{number}{last}" for number in _NUMBERS for last in range(10))
    return next(number for number in numbers if nip.is_valid(number))


def sale(**changes: object) -> Json:
    """Return a body of 123 zloty."""
    line = {
        "item_name": "Porada",
        "invoiced_quantity": "1",
        "unit_code": "HUR",
        "item_net_price": "100.00",
        "vat_category_code": "S",
        "vat_rate": "23",
    }
    usual = {"buyer": BUYER, "lines": [line], "currency_code": "PLN"}
    return {**usual, **changes}


@dataclass(frozen=True)
class Market:
    """A house, and KSeF beside it."""

    house: House
    url: str
    client: httpx2.Client

    def shop(
        self, number: str | None = None, *, offline: bool = False, keyless: bool = False
    ) -> Shop:
        """Return a seller who is let in.

        Args:
            number: His NIP.
            offline: He has a certificate of the type Offline, too.
            keyless: He has no key at all.
        """
        number = number or a_nip()
        seller = {
            "name": "Sprzedawca sp. z o.o.",
            "vat_identifier": f"PL{number}",
            "postal_address": {
                "line_1": "ul. Prosta 1",
                "city": "Warszawa",
                "post_code": "00-001",
            },
        }
        settings = {"fiscalization": SCHEME}
        shop = Shop.opened(
            self.house, "PL", name="Sprzedawca sp. z o.o.", settings=settings, seller=seller
        )
        if keyless:
            return shop
        signer = certified(self.url, self.client, nip=number)
        self.give(shop, signer, "authentication")
        if offline:
            caller = Caller(self.url, None, self.client).log_in(signer, number)
            self.give(shop, enrolled(caller, "Offline"), "fiscal-signature")
        return shop

    def caller(self, number: str) -> Caller:
        """Return the owner of a NIP, logged in to KSeF without the gateway."""
        signer = certified(self.url, self.client, nip=number)
        return Caller(self.url, None, self.client).log_in(signer, number)

    def token(self, number: str, *permissions: str) -> str:
        """Return a KSeF token that the owner of a NIP made."""
        asked = list(permissions) or ["InvoiceWrite", "InvoiceRead"]
        body = {"permissions": asked, "description": "Tests"}
        answer = self.caller(number).call("POST", "/tokens", body)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["token"])

    def give(self, shop: Shop, signer: SoftwareSigner, purpose: str) -> None:
        """Put a key into a shop's vault."""
        leaf = x509.load_der_x509_certificate(signer.certificate_chain[0])
        file = pkcs12.serialize_key_and_certificates(
            None, signer.key, leaf, [], BestAvailableEncryption(b"haslo")
        )
        give_key(shop, purpose, purpose, file, "haslo")

    def allow_self_billing(self, seller: str, buyer: str) -> None:
        """Let a buyer issue for a seller, in whose name KSeF is asked for it."""
        signer = certified(self.url, self.client, nip=seller)
        said = {
            "subjectIdentifier": {"type": "Nip", "value": buyer},
            "permission": "SelfInvoicing",
            "description": "Self-billing",
            "subjectDetails": {"fullName": "Nabywca"},
        }
        caller = Caller(self.url, None, self.client).log_in(signer, seller)
        answer = caller.call("POST", "/permissions/authorizations/grants", said)
        assert answer.status_code == 202, answer.text

    def tell(self, what: str, value: Json) -> None:
        """Put something on the control plane."""
        answer = self.client.put(f"{self.url}/__sandbox/{what}", json=value)
        assert answer.status_code == 200, answer.text

    def ledger(self, shop: Shop) -> list[Json]:
        """Return what KSeF has of a seller, in the order it came."""
        rows = self.client.get(f"{self.url}/__sandbox/ledger").json()["invoices"]
        return [row for row in rows if row["context"] == f"Nip:{nip_of(shop)}"]

    @contextmanager
    def working(self) -> Iterator[None]:
        """Let a worker send what is queued."""
        with worker(self.house, TEST):
            yield


def nip_of(shop: Shop) -> str:
    """Return the NIP of a shop."""
    found: str = shop.get(f"/v1/entities/{shop.entity}")["seller"]["vat_identifier"]
    return found.removeprefix("PL")


@contextmanager
def ksef_market(
    postgres: EmbeddedPostgres, home: Path, schemas: Path | None = None
) -> Iterator[Market]:
    """Open a gateway, and KSeF beside it."""
    directory = home / "ksef"
    directory.mkdir()
    with local_ksef(directory, schemas) as (url, _, client):
        chosen = {"pl_ksef_test_url": url, "pl_ksef_test_trust": directory / "ca.pem"}
        with opened(postgres, home / "house", **chosen) as house:
            market = Market(house, url, client)
            market.tell("script", {"rate_limits": "off"})
            yield market
