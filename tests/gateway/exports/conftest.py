"""Two shops of one account whose exports a worker makes."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from gateway.background import running
from gateway.jobs.worker import JobWorker
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.houses import House, Json, Shop, opened
from tests.gateway.reports.conftest import sell

HOSTILE = {"formula": "=cmd|' /C calc'!A0", "plain": 'o-1, second "part"', "minus": "-1+1"}


@dataclass(frozen=True)
class Office:
    """Somebody who exports."""

    shop: Shop
    sister: Shop

    def ask(self, *, key: str | None = None, entity: str | None = None, **body: object) -> Json:
        headers = {} if entity is None else {"Entity_Id": entity}
        key = key or self.shop.key
        answer = self.shop.account.call("POST", "/v1/exports", body, key=key, **headers)
        assert answer.status_code == 202, answer.text
        path = f"/v1/jobs/{answer.json()['id']}?wait=30"
        assert answer.headers["location"] == path.partition("?")[0]
        job: Json = self.shop.account.call("GET", path, key=key).json()
        assert job["state"] == "succeeded", job
        return job

    def fetch(self, job: Json, which: str = "file") -> bytes:
        path = f"/v1/exports/{job['id']}/{which}"
        answer = self.shop.account.call("GET", path, key=self.shop.key)
        assert answer.status_code == 200, answer.text
        assert hashlib.sha256(answer.content).hexdigest() == job["result"][which]["sha256"]
        return answer.content


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with (
        opened(postgres, tmp_path_factory.mktemp("exports")) as made,
        running([JobWorker(made.runtime.jobs)]),
    ):
        yield made


@pytest.fixture(scope="module")
def office(house: House) -> Office:
    """An account that has issued two invoices and a credit note here, one invoice there."""
    shop = Shop.opened(house)
    sell(shop, "2026-10-05", "100.00", metadata=HOSTILE)
    sell(shop, "2026-11-05", "10.00", metadata={"plain": "o-2"})
    sell(shop, "2026-11-06", "4.00", "credit-notes")
    shop.draft()
    body = shop.get(f"/v1/entities/{shop.entity}")
    given = {name: body[name] for name in ("name", "country_code", "seller")}
    answer = shop.account.call("POST", "/v1/entities", given, key=shop.key)
    sister = Shop(house, shop.account, answer.json()["id"], shop.key)
    sell(sister, "2026-11-15", "20.00")
    return Office(shop, sister)
