"""The declaración responsable says of the program what every record says of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from gateway.cli.verifactu import declaration as command
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.version import VERSION
from tests.formats.pdf.documents import text_of
from tests.gateway.documents.test_verifactu import (
    SCHEME,
    Market,
    opened_market,
    record_of,
    sale,
    text,
)
from tests.gateway.houses import Json, Shop, kind

pytestmark = pytest.mark.timeout(300)

SIGNED = {
    "producer_address": "Calle Mayor 1, 28013 Madrid",
    "producer_contact": "soporte@example.com",
    "declared_version": VERSION,
    "declared_on": "2026-11-20",
    "declared_in": "Madrid",
}


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, official: Path
) -> Iterator[Market]:
    with opened_market(postgres, tmp_path_factory.mktemp("declaring"), official) as found:
        yield found


def chosen(shop: Shop, **more: object) -> None:
    body = {"settings": {"fiscalization": SCHEME | more}}
    assert shop.call("PATCH", f"/v1/entities/{shop.entity}", body).status_code == 200


def listed(shop: Shop) -> Json:
    items = shop.get(f"/v1/entities/{shop.entity}/readiness")["items"]
    (found,) = [one for one in items if one["id"] == "responsible_declaration"]
    return dict(found)


@contextmanager
def asking(shop: Shop) -> Iterator[TestClient]:
    """Return a client that speaks as a shop."""
    own = {"Authorization": f"Bearer {shop.key}", "Entity-Id": shop.entity}
    shop.house.client.headers.update(own)
    yield shop.house.client
    for name in own:
        del shop.house.client.headers[name]


def test_it_says_what_records_say_and_what_is_missing(market: Market) -> None:
    shop = market.shop()
    told = shop.get("/v1/verifactu/declaration")
    assert (told["version"], told["complete"]) == (VERSION, False)
    assert told["missing"] == ["producer_address", "declared_on"]
    assert listed(shop)["state"] == "missing"
    assert [one["letter"] for one in told["points"]] == list("abcdefghijkl")
    sold = shop.issued(sale())
    record = record_of(shop, sold)
    assert told["system"] == {
        name: text(record, "SistemaInformatico", name) for name in told["system"]
    }
    assert told["system"]["Version"] == VERSION
    said = {one["letter"]: one["text"] for one in told["points"]}
    names = ("NombreSistemaInformatico", "IdSistemaInformatico", "Version", "NombreRazon", "NIF")
    assert [said[letter] for letter in "abchi"] == [told["system"][name] for name in names]


def test_the_page_can_be_signed(market: Market) -> None:
    shop = market.shop()
    chosen(shop, **SIGNED)
    told = shop.get("/v1/verifactu/declaration")
    assert (told["complete"], told["missing"]) == (True, [])
    assert told["points"][-1]["text"] == "Madrid, 20 de noviembre de 2026"
    assert listed(shop)["state"] == "done"
    answer = shop.call("GET", "/v1/verifactu/declaration/pdf")
    assert answer.headers["content-type"] == "application/pdf"
    page = "".join(text_of(answer.content).split())
    for word in ("B12345674", "CalleMayor1", "20denoviembrede2026", VERSION, "soporte@example"):
        assert word in page, word
    chosen(shop, **SIGNED | {"declared_version": "0.0.9"})
    assert shop.get("/v1/verifactu/declaration")["missing"] == ["declared_on"]


def test_the_command_prints_it_and_writes_the_page(
    market: Market, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = market.shop()
    with asking(shop) as http:
        assert command(http, None, as_json=False) == 1
    said = capsys.readouterr()
    assert "producer_address" in said.err
    assert VERSION in said.out
    chosen(shop, **SIGNED)
    path = tmp_path / "page.pdf"
    with asking(shop) as http:
        assert command(http, path, as_json=True) == 0
    assert path.read_bytes().startswith(b"%PDF-")


def test_who_is_under_no_such_scheme_has_none(market: Market) -> None:
    shop = Shop.opened(market.house)
    answer = shop.call("GET", "/v1/verifactu/declaration")
    assert (answer.status_code, kind(answer)) == (409, "verifactu-scheme")
