"""The internal act says what the entity's settings, premises and series say."""

from collections.abc import Iterator

import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.formats.pdf.documents import text_of
from tests.gateway.furs import Market, furs_market
from tests.gateway.houses import Shop

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Market]:
    with furs_market(postgres, tmp_path_factory.mktemp("market")) as found:
        yield found


def act(shop: Shop, query: str = "") -> str:
    answer = shop.call("GET", f"/v1/premises/internal-act{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    return "".join(text_of(answer.content).split())


def test_the_act_says_who_numbers_where(market: Market) -> None:
    shop = market.shop(numbering="C")
    market.declared(shop, "KIOSK2", valid_from="2026-05-04")
    second = {"code": "B2", "pattern": "{premise}-{device}-{seq}", "premise": "KIOSK2"}
    made = shop.call("POST", "/v1/series", second | {"device": "TAB7", "next_number": 41})
    assert made.status_code == 201
    page = act(shop, "?adopted_on=2026-12-01")
    for word in ("81234562", "TRG1-B1-1", "KIOSK2-TAB7-41", "4. 5. 2026", "neprijavljen"):
        assert word.replace(" ", "") in page, word
    assert "(oznakaC)" in page
    assert "(oznakaB)" not in page
    assert "veljaod1.12.2026" in page


def test_a_premise_in_a_building_is_named_by_its_address(market: Market) -> None:
    shop = market.shop("SI29555779", premise=None)
    estate = {
        "property": {"cadastral_community": 1723, "building": 4, "section": 5},
        "address": {
            "street": "Čopova ulica",
            "house_number": "3",
            "house_number_addition": "a",
            "community": "Ljubljana",
            "city": "Ljubljana",
            "postal_code": "1000",
        },
    }
    supplier = {"foreign_name": "Gateway"}
    content = {"scheme": "si-furs", "real_estate": estate, "software_supplier": supplier}
    market.declared(shop, "SHOP1", content=content)
    page = act(shop)
    assert "Čopovaulica3a,1000Ljubljana" in page
    assert "katastrskaobčina1723,stavba4,del5" in page
    assert "nimaelektronskihnaprav" in page
    assert "(oznakaB)" in page


def test_who_tells_furs_of_nothing_has_no_act(market: Market) -> None:
    shop = market.shop("SI18742904", premise=None)
    off = {"settings": {"fiscalization": None}}
    assert shop.call("PATCH", f"/v1/entities/{shop.entity}", off).status_code == 200
    answer = shop.call("GET", "/v1/premises/internal-act")
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/premise-scheme"
