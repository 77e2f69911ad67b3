"""A house whose entities leave it, and the exits that are made of them."""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from gateway.exits.box import Opener
from gateway.jobs.execution import Ticket, attempt
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from tests.gateway.houses import House, Json, Shop, opened

KNOWN = str(Opener(X25519PrivateKey.generate()).receiver)
"""The key of an installation that the operator of the house has named."""


@dataclass(frozen=True)
class Leaver:
    """A shop whose entity is exported whole."""

    shop: Shop

    def ask(self, **body: object) -> Json:
        """Return the job of a new exit, done."""
        shop = self.shop
        answer = shop.call("POST", "/v1/exits", body)
        assert answer.status_code == 202, answer.text
        asked = answer.json()["id"]
        assert answer.headers["location"] == f"/v1/jobs/{asked}"
        entity_id, job_id = parse_id(shop.entity, "ent"), parse_id(asked, "job")
        ticket = Ticket(shop.account.id, entity_id, shop.environment, job_id)
        attempt(shop.house.runtime.jobs, ticket, threading.Event())
        job = shop.get(f"/v1/exits/{asked}")
        assert job["state"] == "succeeded", job
        return job

    def fetch(self, job: Json) -> bytes:
        """Return the file of an exit."""
        answer = self.shop.call("GET", f"/v1/exits/{job['id']}/file")
        assert answer.status_code == 200, answer.text
        assert hashlib.sha256(answer.content).hexdigest() == job["result"]["file"]["sha256"]
        return answer.content


@pytest.fixture(scope="package")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    directory = tmp_path_factory.mktemp("exits")
    with opened(postgres, directory, exit_receivers=f"gwexit1:other, {KNOWN}") as made:
        yield made


@pytest.fixture(scope="package")
def new(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Another installation, where nobody is yet."""
    with opened(postgres, tmp_path_factory.mktemp("new")) as made:
        yield made
