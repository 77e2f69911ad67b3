"""A company with an inbox, and invoices that its suppliers write."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from httpx2 import Response

from formats.registry import PROFILES
from gateway.demo.companies import SELLERS
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.formats.samples import invoice as sample
from tests.gateway.conftest import Account
from tests.gateway.houses import House, opened

Json = dict[str, Any]


def written(profile: str = "en16931-ubl", **changes: object) -> bytes:
    """Return a supplier's invoice to our company, as XML of a profile."""
    ours = SELLERS["SI"]["seller"]
    buyer = sample().buyer.model_copy(
        update={
            "name": ours["name"],
            "vat_identifier": ours["vat_identifier"],
            "legal_registration_identifier": None,
            "identifier": None,
        }
    )
    one = sample().model_copy(update={"buyer": buyer, **changes})
    return PROFILES[profile].write(one)


@dataclass(frozen=True)
class Company:
    """An entity, and what can be done with its inbox."""

    account: Account
    entity: str

    def call(self, method: str, path: str = "", body: object = None, **headers: str) -> Response:
        headers.setdefault("Entity_Id", self.entity)
        return self.account.call(method, f"/v1/inbox{path}", body, **headers)

    def upload(
        self, content: bytes, kind: str = "application/xml", query: str = "", **headers: str
    ) -> Response:
        return self.call("POST", query, content, Content_Type=kind, **headers)

    def received(self, content: bytes, kind: str = "application/xml", query: str = "") -> Json:
        answer = self.upload(content, kind, query)
        assert answer.status_code == 201, answer.text
        found: Json = answer.json()
        return found

    def listed(self, query: str = "") -> list[str]:
        answer = self.call("GET", query)
        assert answer.status_code == 200, answer.text
        return [one["id"] for one in answer.json()["data"]]


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A gateway whose rules are loaded once."""
    with opened(postgres, tmp_path_factory.mktemp("inbox")) as made:
        yield made


@pytest.fixture
def company(house: House) -> Company:
    """A Slovenian bakery."""
    account = house.account()
    answer = account.call("POST", "/v1/entities", SELLERS["SI"])
    assert answer.status_code == 201, answer.text
    return Company(account, str(answer.json()["id"]))


@pytest.fixture
def events(company: Company) -> Callable[[], list[Json]]:
    """Return what the feed tells about received documents."""

    def read() -> list[Json]:
        answer = company.account.call("GET", "/v1/events", Entity_Id=company.entity)
        found: list[Json] = answer.json()["data"]
        return [one for one in found if one["type"].startswith("received_document.")]

    return read
