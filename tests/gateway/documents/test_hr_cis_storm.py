"""Croatian invoices over a bad line, and while CIS is away: its ledger and our archive agree."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree

from gateway.channels.hr_cis import CONDUCT
from gateway.fsck.service import check
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.documents.test_hr_cis import evidence, sent, told
from tests.gateway.houses import Json, Shop
from tests.gateway.hr_cis import Market, an_oib, cis_market, sale
from tests.gateway.sending import HURRIED, LEFT_ALONE

pytestmark = pytest.mark.timeout(900)  # with --full

FAULTS = (
    *("drop_before_accept", "drop_after_accept", "http_503_after_accept", "garbage"),
    *("wrong_signature", "broken_off"),
)
SOON = timedelta(milliseconds=100)


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Market]:
    with cis_market(postgres, tmp_path_factory.mktemp("storm")) as found:
        yield found


@pytest.fixture(autouse=True)
def sound(market: Market) -> Iterator[None]:
    yield
    market.fails()


def record(shop: Shop, document: Json) -> etree._Element:
    """Return what is archived as told to CIS."""
    return etree.fromstring(evidence(shop, document, "fiscal-record"))


def test_two_hundred_invoices_meet_mixed_faults(
    market: Market, request: pytest.FixtureRequest, figures: Callable[..., None]
) -> None:
    """Two hundred with `--full`, a share without: each has one JIR, and CIS knows no other."""
    many = 200 if request.config.getoption("--full") else 12
    oib = an_oib()
    shop = market.shop(oib)
    market.till(shop, "OTHER", "2")
    market.fails(
        *(
            {"fault": fault, "probability": 0.1, "seed": seed, "where": "racuni"}
            for seed, fault in enumerate(FAULTS)
        ),
        {"fault": "protocol_fault", "word": "s006", "probability": 0.1, "seed": 9},
    )
    begun = time.monotonic()
    issued = [shop.issued(sale(series=("TILL", "OTHER")[n % 2])) for n in range(many)]
    with market.working(HURRIED, settle=SOON):
        shown = [told(shop, one, 600) for one in issued]
    took = time.monotonic() - begun
    rows = {row["number"]: row for row in market.ledger(oib)}
    half = range(1, many // 2 + 1)
    assert set(rows) == {f"{n}/POSL1/{device}" for n in half for device in "12"}
    assert len(market.ledger(oib)) == len(rows)
    for one in shown:
        row = rows.pop(one["number"])
        zki, jir = one["stamps"]
        known = json.loads(row["remark"])
        assert (jir["kind"], jir["identifier"]) == ("jir", row["answer"])
        assert (zki["kind"], zki["identifier"]) == ("zki", known["zki"])
        assert record(shop, one).findtext("{*}ZastKod") == known["zki"]
        assert sent(one)["regulatory"] == "cleared"
    assert rows == {}
    assert market.noted()["MESSAGE-ID"] == 0
    attempts = sum(sent(one)["attempts"] for one in shown)
    assert attempts > many  # something failed
    figures(invoices=many, attempts=attempts, seconds=round(took, 1))
    report = check(market.house.admin_url, market.house.runtime.settings.data)
    assert report.problems == ()


def test_what_was_handed_over_while_cis_was_away_says_so_when_it_is_told(market: Market) -> None:
    oib = an_oib()
    shop = market.shop(oib)
    market.fails({"fault": "http_503_before_accept", "probability": 1.0})
    assert CONDUCT.offline is not None
    early = replace(CONDUCT.offline, after=SOON)
    with market.working(LEFT_ALONE, settle=SOON, offline=early):
        issued = shop.issued(sale())
        put_aside = until(shop, issued, "deferred")
        (zki,) = put_aside["stamps"]
        assert market.ledger(oib) == []
        market.fails()
        shown = told(shop, issued)
        punctual = told(shop, shop.issued(sale()))
    first, second = (json.loads(row["remark"]) for row in market.ledger(oib))
    assert [first["late"], second["late"]] == [True, False]
    assert [mark["kind"] for mark in shown["stamps"]] == ["zki", "jir"]
    assert (first["zki"], shown["stamps"][0]) == (zki["identifier"], zki)
    assert sent(shown)["regulatory"] == sent(punctual)["regulatory"] == "cleared"
    assert record(shop, shown).findtext("{*}NakDost") == "false"  # as it was frozen
    last = shop.get(f"/v1/documents/{shown['id']}/evidence")["data"]
    (*_, request) = (one for one in last if one["role"] == "request")
    place = f"/v1/documents/{shown['id']}/evidence/{request['id']}"
    _, _, body = shop.call("GET", place).content.partition(b"\r\n\r\n")
    assert etree.fromstring(body).findtext(".//{*}NakDost") == "true"


def until(shop: Shop, document: Json, word: str) -> Json:
    """Wait until a document's transmission stands so, and return the document."""
    shown = document
    for _ in range(300):
        shown = shop.get(f"/v1/documents/{document['id']}")
        if sent(shown)["transport"] == word:
            return shown
        time.sleep(0.1)
    pytest.fail(f"it is {shown}")


def test_devices_of_a_premise_count_together_where_the_setting_says_so(market: Market) -> None:
    oib = an_oib()
    shop = market.shop(oib, numbering="P")
    first = shop.series("TILL")["id"]
    body = {"pattern": "{seq}/{premise}/{device}", "premise": "POSL1", "device": "2"}
    made = shop.call("POST", "/v1/series", {"code": "OTHER", **body, "counts_with": first})
    assert made.status_code == 201, made.text
    sold = [shop.issued(sale(series=code)) for code in ("TILL", "OTHER", "TILL")]
    assert [one["number"] for one in sold] == ["1/POSL1/1", "2/POSL1/2", "3/POSL1/1"]
    with market.working():
        shown = [told(shop, one) for one in sold]
    assert {sent(one)["regulatory"] for one in shown} == {"cleared"}
    assert {record(shop, one).findtext("{*}OznSlijed") for one in shown} == {"P"}
    market.till(shop, "APART", "3")
    answer = shop.issue(sale(series="APART"))
    assert [one["rule"] for one in answer.json()["findings"]] == ["HR-09"]
