"""A desk whose certificates are asked about, and an authority that may misbehave."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Any

import httpx2
import pytest
from cryptography import x509

from formats.signatures.trust import TrustStore
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.outbound import Policy
from gateway.sandbox.trust.service import TrustService
from gateway.signing import making, repository, stores
from gateway.signing.kinds import PrivateKey
from gateway.signing.making import Brought, NewKey
from gateway.signing.problems import KeyUnusableProblem
from gateway.signing.repository import KeyRow
from gateway.signing.revocation.rounds import RevocationRounds
from tests.gateway.houses import Json, Shop
from tests.gateway.signing.authority import DAY, Authority, der
from tests.gateway.signing.conftest import tenant_of

HERE = Policy(private=(IPv4Network("127.0.0.0/8"),))
NOW = clock.now().replace(microsecond=0)
MINUTE = datetime.timedelta(minutes=1)
HOUR = datetime.timedelta(hours=1)


@contextmanager
def beginning_now() -> Iterator[None]:
    """Let it be `NOW`, and go on from there: a run may come to a test long after it was loaded.

    Nothing else in the project asks the machine what time it is, and all of it is in this process.
    """
    machine = clock.now
    begun = machine()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW + (machine() - begun))
        yield


@dataclass
class Trust:
    """An authority, which can be told what time it is and how to misbehave."""

    service: TrustService
    url: str

    def put(self, what: str, body: Json) -> None:
        answer = httpx2.put(f"{self.url}/__sandbox/{what}", json=body, trust_env=False)
        assert answer.status_code == 200, answer.text

    def is_at(self, moment: datetime.datetime) -> None:
        self.put("clock", {"stopped_at": f"{moment:%Y-%m-%dT%H:%M:%SZ}"})

    def fails(self, *rules: dict[str, Any]) -> None:
        self.put("faults", {"rules": [{"where": "public", "nth": 1} | rule for rule in rules]})

    def revoke(self, certificate: x509.Certificate, *, revoked: bool = True) -> None:
        self.put(f"certificates/{certificate.serial_number:x}", {"revoked": revoked})

    @property
    def root(self) -> x509.Certificate:
        return self.service.ca.root.certificate

    def issue(self, key: PrivateKey, *more: x509.ExtensionType) -> x509.Certificate:
        authority = Authority(self.service.ca.root.key, self.root)
        return authority.issue(key, begins=NOW - DAY, ends=NOW + DAY, more=more)


@dataclass
class Desk:
    """A shop whose certificates are asked about."""

    shop: Shop

    @property
    def database(self) -> Database:
        return self.shop.house.runtime.database

    def knows(self, *issuers: x509.Certificate) -> None:
        with self.database.worker_transaction() as tx:
            stores.add(tx, TrustStore("sandbox", tuple(map(der, issuers))), NOW)

    def key(
        self, key: PrivateKey, *chain: x509.Certificate, now: datetime.datetime = NOW
    ) -> KeyRow:
        with self.database.transaction(tenant_of(self.shop)) as tx:
            by = self.shop.house.runtime.vault.encryption
            given = NewKey("Seal", ["document-seal"])
            return making.bring(tx, by, given, Brought(key, chain), now)

    def look(self, now: datetime.datetime = NOW, outbound: Policy = HERE) -> Json:
        """Make a round; return what is then known of the newest certificate."""
        RevocationRounds(self.database, outbound).look(now)
        known: Json = self.shop.get("/v1/certificates")["data"][0]["revocation"]
        return known

    def asked_next(self, row: KeyRow) -> datetime.datetime | None:
        with self.database.transaction(tenant_of(self.shop)) as tx:
            (one,) = repository.certificates_of(tx, [row.id])[row.id]
            return one.check_at

    def signs(self, row: KeyRow, at: datetime.datetime = NOW) -> str:
        """Return `yes`, or why not."""
        with self.database.transaction(tenant_of(self.shop)) as tx:
            try:
                self.shop.house.runtime.vault.signer(tx, row.id, at=at)
            except KeyUnusableProblem as problem:
                return problem.reason
            return "yes"

    def told(self) -> list[Json]:
        listed: list[Json] = self.shop.get("/v1/events?limit=200")["data"]
        return [one["data"] for one in listed if one["type"] == "certificate.revoked"]
