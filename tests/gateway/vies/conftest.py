"""A gateway whose VAT numbers are checked with a register of the test's own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from httpx2 import Response

from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from gateway.vies.asking import Asker
from gateway.vies.clerk import Clerk
from gateway.vies.directory import Directory
from gateway.vies.faults import TREATMENTS
from gateway.vies.lanes import Lanes
from gateway.vies.policy import Policy
from gateway.vies.service import VatChecks
from tests.gateway.houses import House, Shop, opened
from tests.gateway.vies.registry import Register

Json = dict[str, Any]


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("house")) as house:
        yield house


@dataclass
class Office:
    """A shop, and the register it asks."""

    shop: Shop
    register: Register
    checks: VatChecks

    @property
    def tenant(self) -> Tenant:
        return Tenant(
            self.shop.account.id, (parse_id(self.shop.entity, "ent"),), self.shop.environment
        )

    def check(self, vat_id: str, **more: object) -> Response:
        headers = {k: str(more.pop(k)) for k in ("Idempotency_Key",) if k in more}
        return self.shop.call("POST", "/v1/vat-checks", {"vat_id": vat_id, **more}, **headers)

    def checked(self, vat_id: str, **more: object) -> Json:
        answer = self.check(vat_id, **more)
        assert answer.status_code in {200, 201}, answer.text
        found: Json = answer.json()
        return found

    def clerk(self) -> Clerk:
        return Clerk(self.checks, 0.01)

    def events(self, kind: str) -> list[Json]:
        listed = self.shop.get("/v1/events?limit=200")["data"]
        return [one for one in listed if one["type"] == kind]


def hurried(seconds: float = 0.001) -> Policy:
    """Return a policy that waits next to nothing."""
    quick = {
        fault: replace(
            one,
            first_wait=min(one.first_wait, seconds),
            longest_wait=min(one.longest_wait, seconds),
        )
        for fault, one in TREATMENTS.items()
    }
    policy = Policy(treatments=quick)
    tiny = policy.pause * (seconds / policy.pause.total_seconds())
    return replace(policy, pause=tiny, longest_pause=tiny, patience=tiny, look=tiny)


def office(house: House, policy: Policy, **changes: object) -> Office:
    """Open a shop in a house whose lanes nobody has used yet, with a register of its own."""
    house.sql("delete from vat_flight")
    house.sql("delete from vat_lane")
    register = Register()
    runtime = house.runtime
    asker = Asker(Lanes(runtime.database, policy), lambda _: Directory([register]))
    checks = VatChecks(runtime.database, asker, policy, lambda: 0.5)
    runtime.vat_checks = checks
    return Office(Shop.opened(house, **changes), register, checks)  # type: ignore[arg-type]


@pytest.fixture
def desk(house: House) -> Office:
    """An office with the usual patience, except for free places."""
    return office(house, replace(Policy(), patience=hurried().patience))
