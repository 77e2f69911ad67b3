"""Shared links can be asked for so often: by address, and each for itself."""

from collections.abc import Iterator

import pytest
from freezegun import freeze_time
from starlette.testclient import TestClient

from gateway.app import create_app
from gateway.kit import clock
from gateway.runtime import Runtime
from tests.gateway.houses import House, Shop


def client_of(house: House, **limits: int) -> Iterator[TestClient]:
    """Another process over the house's database, with low limits."""
    runtime = Runtime.open(house.runtime.settings.model_copy(update=limits))
    yield TestClient(create_app(runtime))
    runtime.close()


@pytest.fixture
def by_address(house: House) -> Iterator[TestClient]:
    yield from client_of(house, shared_per_minute=3)


@pytest.fixture
def by_link(house: House) -> Iterator[TestClient]:
    yield from client_of(house, shared_link_per_minute=2)


def link(shop: Shop, document: str) -> str:
    answer = shop.call("POST", f"/v1/documents/{document}/share-links", {})
    return "/s/" + str(answer.json()["url"]).rpartition("/")[2]


def test_one_address_is_told_to_wait_whatever_it_asks_for(
    shop: Shop, by_address: TestClient
) -> None:
    path = link(shop, shop.issued()["id"])
    with freeze_time(clock.now()) as frozen:
        wrong = [by_address.get(f"/s/{'x' * 43}") for _ in range(2)]
        assert [one.status_code for one in wrong] == [404, 404], "guesses count"
        assert by_address.get(path).status_code == 200
        refused = by_address.get(f"{path}/pdf", headers={"Accept-Language": "sl"})
        assert refused.status_code == 429
        assert "Trenutek, prosimo" in refused.text
        assert refused.headers["content-type"].startswith("text/html")
        assert "default-src 'none'" in refused.headers["content-security-policy"]
        frozen.tick(int(refused.headers["retry-after"]) + 60)
        assert by_address.get(path).status_code == 200


def test_one_link_is_limited_and_the_others_are_not(shop: Shop, by_link: TestClient) -> None:
    issued = shop.issued()["id"]
    first, second = link(shop, issued), link(shop, issued)
    with freeze_time(clock.now()):
        answers = [by_link.get(first + rest) for rest in ("", "/brand.css", "/xml")]
        assert [one.status_code for one in answers] == [200, 200, 429]
        assert int(answers[-1].headers["retry-after"]) > 0
        assert by_link.get(second).status_code == 200
        assert by_link.get(f"/s/{'x' * 43}").status_code == 404
