"""FURS beside a gateway: sellers with its certificates, whose premises are told to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from gateway.demo.companies import SELLERS
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.sandbox.furs.office import Office
from gateway.transmissions.policy import Policy
from tests.gateway.beside import give_key, opened_beside
from tests.gateway.houses import House, Json, Shop
from tests.gateway.sending import USUAL, worker

VAT = "SI81234562"
SCHEME = {"scheme": "si-furs", "numbering": "B", "operator_tax_number": "12345678"}
TEST = "si-furs-test"


@dataclass(frozen=True)
class Market:
    """A house, and FURS beside it."""

    house: House
    url: str
    keys: dict[str, bytes] = field(default_factory=dict)
    """What FURS gave to each seller (PKCS #12), by VAT number."""

    def shop(self, vat: str = VAT, *, premise: str | None = "TRG1", **scheme: object) -> Shop:
        """Return a seller with the certificate of FURS, a premise and a series of its device."""
        seller = {**SELLERS["SI"]["seller"], "vat_identifier": vat}
        shop = Shop.opened(self.house, settings={"fiscalization": SCHEME | scheme}, seller=seller)
        given = httpx2.post(
            f"{self.url}/test-taxpayers/{vat[2:]}?password=x", content=b"", trust_env=False
        )
        self.keys[vat] = given.content
        give_key(shop, "FURS", "fiscal-signature", given.content, "x")
        if premise is not None:
            self.registered(shop, premise)
            body = {"pattern": "{premise}-{device}-{seq}", "premise": premise, "device": "B1"}
            made = shop.call("POST", "/v1/series", {"code": "TILL", **body})
            assert made.status_code == 201, made.text
        return shop

    @staticmethod
    def till(shop: Shop, code: str, device: str, **changes: object) -> Json:
        """Open a series of a device of the premise TRG1, and return it."""
        body = {"pattern": "{premise}-{device}-{seq}", "premise": "TRG1", "device": device}
        made = shop.call("POST", "/v1/series", {"code": code, **body, **changes})
        assert made.status_code == 201, made.text
        found: Json = made.json()
        return found

    def declared(self, shop: Shop, code: str, **changes: object) -> Json:
        """Return a new premise that FURS was not told of."""
        content = {
            "scheme": "si-furs",
            "premise_type": "A",
            "software_supplier": {"foreign_name": "Gateway"},
        }
        body = {"code": code, "valid_from": "2026-01-01", "content": content}
        made = shop.call("POST", "/v1/premises", body | changes)
        assert made.status_code == 201, made.text
        found: Json = made.json()
        return found

    def registered(self, shop: Shop, code: str) -> Json:
        """Return a premise that FURS knows."""
        made = self.declared(shop, code)
        answer = shop.call("POST", f"/v1/premises/{made['id']}/register")
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    def ledger(self, vat: str = VAT) -> list[Json]:
        """Return what FURS has of a taxpayer."""
        rows = httpx2.get(f"{self.url}/__sandbox/ledger", trust_env=False).json()
        return [row for row in rows["records"] if row["owner"] == vat[2:]]

    def noted(self) -> dict[str, int]:
        """Return how often each of FURS's rules was broken."""
        report = httpx2.get(f"{self.url}/__sandbox/compliance", trust_env=False).json()
        return {one["rule"]: one["broken"] for one in report["rules"]}

    def fails(self, *rules: Json) -> None:
        """Let FURS misbehave from now on; without rules it behaves."""
        answer = httpx2.put(
            f"{self.url}/__sandbox/faults", json={"rules": list(rules)}, trust_env=False
        )
        assert answer.status_code == 200, answer.text

    @contextmanager
    def working(self, policy: Policy = USUAL, **conduct: object) -> Iterator[None]:
        """Let a worker tell FURS what is queued; see `worker`."""
        with worker(self.house, TEST, policy, **conduct):
            yield


@contextmanager
def furs_market(postgres: EmbeddedPostgres, home: Path) -> Iterator[Market]:
    """Open a gateway, and FURS beside it."""
    with opened_beside(postgres, home, "si_furs_test", Office) as (house, url, _):
        yield Market(house, url)
