"""A shop that has issued and received, and has it judged again by a worker."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from gateway.background import running
from gateway.jobs.worker import JobWorker
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.houses import House, Json, Shop, invoice, opened
from tests.gateway.inbox.conftest import written
from tests.gateway.reports.conftest import sell


@dataclass(frozen=True)
class Office:
    """Somebody who looks back.

    Attributes:
        ids: Of two invoices, a credit note, an estimate and a received invoice.
    """

    shop: Shop
    ids: tuple[str, ...]

    def ask(self, **body: object) -> Json:
        answer = self.shop.call("POST", "/v1/archive/revalidations", body)
        assert answer.status_code == 202, answer.text
        path = f"/v1/jobs/{answer.json()['id']}?wait=30"
        job: Json = self.shop.call("GET", path).json()
        assert job["state"] == "succeeded", job
        return job

    def fetch(self, job: Json, form: str = "json") -> bytes:
        path = f"/v1/archive/revalidations/{job['id']}/report?format={form}"
        answer = self.shop.call("GET", path)
        assert answer.status_code == 200, answer.text
        digest = job["result"]["files"][form]["sha256"]
        assert hashlib.sha256(answer.content).hexdigest() == digest
        return answer.content

    def report(self, **body: object) -> Json:
        found: Json = json.loads(self.fetch(self.ask(**body)))
        return found

    def documents(self, **body: object) -> list[Json]:
        found: list[Json] = self.report(**body)["documents"]
        return found


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with (
        opened(postgres, tmp_path_factory.mktemp("revalidations")) as made,
        running([JobWorker(made.runtime.jobs)]),
    ):
        yield made


@pytest.fixture(scope="module")
def office(house: House) -> Office:
    shop = Shop.opened(house)
    made = [
        sell(shop, "2026-10-05", "100.00"),
        sell(shop, "2026-11-05", "10.00"),
        sell(shop, "2026-11-06", "4.00", "credit-notes"),
        shop.issued(invoice(issue_date="2026-11-07"), "estimates"),
    ]
    answer = shop.call("POST", "/v1/inbox", written(), Content_Type="application/xml")
    assert answer.status_code == 201, answer.text
    return Office(shop, (*(str(one["id"]) for one in made), answer.json()["id"]))
