"""A house with job workers, for bulk work over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from httpx2 import Response

from gateway.background import running
from gateway.jobs.worker import JobWorker
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.houses import House, Shop, opened

Json = dict[str, Any]


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("house")) as house:
        yield house


class Depot:
    """A shop that does many things at once."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop

    @contextmanager
    def working(self) -> Iterator[None]:
        """Do jobs for the length of the block."""
        with running([JobWorker(self.shop.house.runtime.jobs)]):
            yield

    def post(self, what: str, body: object, query: str = "", **headers: str) -> Response:
        return self.shop.call("POST", f"/v1/bulk/{what}{query}", body, **headers)

    def asked(self, what: str, body: object, query: str = "") -> Json:
        answer = self.post(what, body, query)
        assert answer.status_code == 202, answer.text
        job: Json = answer.json()
        return job

    def done(self, what: str, body: object) -> tuple[Json, list[Json]]:
        """Return the job, once it has ended, and all its items."""
        with self.working():
            job = self.asked(what, body, "?wait=30")
        assert job["state"] == "succeeded", job["error"]
        return job, self.items(job["id"])

    def items(self, job: str, query: str = "") -> list[Json]:
        listed: list[Json] = self.shop.get(f"/v1/bulk/{job}/items?limit=200{query}")["data"]
        return listed


@pytest.fixture
def depot(house: House) -> Depot:
    return Depot(Shop.opened(house))
