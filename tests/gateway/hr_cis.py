"""CIS beside a gateway: Croatian sellers with certificates for fiscalization."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
from stdnum.iso7064 import mod_11_10

from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.sandbox.hr_cis.office import Office
from gateway.transmissions.policy import Policy
from tests.gateway.beside import give_key, opened_beside
from tests.gateway.houses import House, Json, Shop
from tests.gateway.sending import USUAL, worker

SCHEME = {"scheme": "hr-cis", "numbering": "N", "operator_oib": "79517545745"}
TEST = "hr-cis-test"
_NUMBERS = iter(range(10**9, 2 * 10**9))

BUYER = {
    "name": "Kupac d.o.o.",
    "postal_address": {
        "line_1": "Ilica 1",
        "city": "Zagreb",
        "post_code": "10000",
        "country_code": "HR",
    },
}


def an_oib() -> str:
    number = f"{next(_NUMBERS):010}"
    return number + mod_11_10.calc_check_digit(number)


def sale(**changes: object) -> Json:
    """Return a body of 125 euros, paid in cash."""
    line = {
        "item_name": "Usluga",
        "invoiced_quantity": "1",
        "unit_code": "H87",
        "item_net_price": "100.00",
        "vat_category_code": "S",
        "vat_rate": "25",
    }
    usual = {
        "buyer": BUYER,
        "buyer_reference": "1",
        "payment_terms": "plaćeno",
        "payment_instructions": [{"payment_means_type_code": "10"}],
        "lines": [line],
        "currency_code": "EUR",
        "series": "TILL",
    }
    return {**usual, **changes}


@dataclass(frozen=True)
class Market:
    """A house, and CIS beside it."""

    house: House
    url: str

    def shop(self, oib: str, **scheme: object) -> Shop:
        """Return a seller with a certificate, and a series of its device."""
        seller = {
            "name": "Pekara d.o.o.",
            "vat_identifier": f"HR{oib}",
            "electronic_address": {"value": oib, "scheme_identifier": "9934"},
            "postal_address": {"line_1": "Vukovarska 2", "city": "Split", "post_code": "21000"},
        }
        shop = Shop.opened(
            self.house,
            "HR",
            name="Pekara d.o.o.",
            settings={"fiscalization": SCHEME | scheme},
            seller=seller,
        )
        place = f"{self.url}/test-taxpayers/{oib}?password=x"
        given = httpx2.post(place, content=b"", trust_env=False)
        give_key(shop, "FISKAL 1", "fiscal-signature", given.content, "x")
        self.till(shop, "TILL", "1")
        return shop

    @staticmethod
    def till(shop: Shop, code: str, device: str) -> None:
        """Open a series of a device of the premise POSL1."""
        body = {"pattern": "{seq}/{premise}/{device}", "premise": "POSL1", "device": device}
        made = shop.call("POST", "/v1/series", {"code": code, **body})
        assert made.status_code == 201, made.text

    def ledger(self, oib: str) -> list[Json]:
        """Return what CIS has of a taxpayer."""
        rows = httpx2.get(f"{self.url}/__sandbox/ledger", trust_env=False).json()
        return [row for row in rows["records"] if row["owner"] == oib]

    def noted(self) -> dict[str, int]:
        """Return how often each of CIS's rules was broken."""
        report = httpx2.get(f"{self.url}/__sandbox/compliance", trust_env=False).json()
        return {one["rule"]: one["broken"] for one in report["rules"]}

    def fails(self, *rules: Json) -> None:
        """Let CIS misbehave from now on; without rules it behaves."""
        place = f"{self.url}/__sandbox/faults"
        answer = httpx2.put(place, json={"rules": list(rules)}, trust_env=False)
        assert answer.status_code == 200, answer.text

    @contextmanager
    def working(self, policy: Policy = USUAL, **conduct: object) -> Iterator[None]:
        """Let a worker tell CIS what is queued; see `worker`."""
        with worker(self.house, TEST, policy, **conduct):
            yield


@contextmanager
def cis_market(postgres: EmbeddedPostgres, home: Path) -> Iterator[Market]:
    """Open a gateway, and CIS beside it."""
    with opened_beside(postgres, home, "hr_cis_test", Office) as (house, url, _):
        yield Market(house, url)
