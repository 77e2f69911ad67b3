"""Polish invoices issued while KSeF is away: marked, sent in time, corrected technically."""

import base64
import datetime
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from gateway.channels.registry import adapters
from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from gateway.transmissions.conduct import Offline
from gateway.transmissions.deadlines.watch import Watch
from gateway.transmissions.routes import ROUTES
from tests.formats.pdf.documents import text_of
from tests.gateway.documents.test_ksef_storm import worker_of
from tests.gateway.houses import Json, Shop
from tests.gateway.ksef import TEST, Market, ksef_market, sale

pytestmark = pytest.mark.timeout(300)
PLACES = ("access", "invoices", "enquiries", "batches")


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, official: Path
) -> Iterator[Market]:
    with ksef_market(postgres, tmp_path_factory.mktemp("offline"), official) as found:
        yield found


@pytest.fixture(autouse=True)
def undisturbed(market: Market) -> Iterator[None]:
    yield
    back(market)
    market.tell("script", {"rate_limits": "off", "verdicts": [], "delay_seconds": 0})


def away(market: Market) -> None:
    """Let KSeF be away, as it says itself."""
    fault = {"fault": "maintenance", "seconds": 1, "probability": 1.0}
    market.tell("faults", {"rules": [{**fault, "where": place} for place in PLACES]})


def back(market: Market) -> None:
    market.tell("faults", {"rules": []})


@contextmanager
def working(market: Market, *, after: timedelta = timedelta(hours=1)) -> Iterator[None]:
    """Let a worker send what is queued; KSeF counts as away after some time."""
    worker = worker_of(market, None)
    for bench in worker._benches.values():
        conduct = bench.adapter.conduct
        assert conduct.offline is not None
        away_after = Offline(after=after, within=conduct.offline.within)
        bench.adapter.conduct = replace(conduct, offline=away_after)
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(30)


def waited(shop: Shop, document: Json, member: str, words: set[str]) -> Json:
    """Wait until the newest transmission of a document says one of some words."""
    shown: Json = {}
    for _ in range(200):
        shown = shop.get(f"/v1/documents/{document['id']}")
        if shown["transmissions"][-1][member] in words:
            return shown
        time.sleep(0.05)
    pytest.fail(f"it is {shown['transmissions']}")


def issued_offline(market: Market, shop: Shop) -> Json:
    """Issue an invoice while KSeF is away, and let it come back."""
    away(market)
    issued = shop.issued(sale())
    with working(market, after=timedelta(0)):
        waited(shop, issued, "transport", {"deferred"})
    return issued


def created_at(market: Market, issued: Json) -> datetime.datetime:
    """Return when the transmission of a document was queued."""
    transmission = parse_id(issued["transmissions"][0]["id"], "trn")
    query = "select created_at from outbox where transmission_id = %s"
    ((found,),) = market.house.sql(query, transmission)
    assert isinstance(found, datetime.datetime)
    return found


def pages(shop: Shop, document: Json) -> str:
    return text_of(shop.call("GET", f"/v1/documents/{document['id']}/pdf").content)


def number_of(shown: Json) -> list[str]:
    return [one["identifier"] for one in shown["stamps"] if one["kind"] == "ksef-number"]


def test_what_is_issued_while_ksef_is_away_is_sent_when_it_is_back(market: Market) -> None:
    shop = market.shop(offline=True)
    issued = issued_offline(market, shop)
    page = pages(shop, issued)
    assert "OFFLINE" in page
    assert "CERTYFIKAT" in page
    (adapter,) = [one for one in adapters(market.house.runtime.settings) if one.channel == TEST]
    watch = Watch(market.house.runtime.database, {TEST: adapter.conduct})
    watch.look()
    (deadline,) = [one for one in shop.get("/v1/deadlines")["data"] if one["kind"] == "offline"]
    latest = ROUTES[TEST].latest(created_at(market, issued))
    assert latest is not None
    assert abs(datetime.datetime.fromisoformat(deadline["due_at"]) - latest) < timedelta(seconds=1)
    assert market.ledger(shop) == []
    back(market)
    with working(market):
        shown = waited(shop, issued, "regulatory", {"cleared"})
    (row,) = market.ledger(shop)
    assert json.loads(row["value"])["invoicingMode"] == "Offline"
    assert number_of(shown) == [row["ksef_number"]]
    page = pages(shop, issued)
    assert row["ksef_number"] in page
    assert "OFFLINE" not in page
    (deadline,) = [one for one in shop.get("/v1/deadlines")["data"] if one["kind"] == "offline"]
    assert deadline["state"] == "met"


def test_somebody_is_told_at_50_80_and_100_percent_of_the_time(market: Market) -> None:
    shop = market.shop()
    issued = issued_offline(market, shop)
    (adapter,) = [one for one in adapters(market.house.runtime.settings) if one.channel == TEST]
    created = created_at(market, issued)
    latest = ROUTES[TEST].latest(created)
    assert latest is not None
    ahead = [timedelta()]
    watch = Watch(
        market.house.runtime.database,
        {TEST: adapter.conduct},
        clock=lambda: clock.now() + ahead[0],
    )
    watch.look()
    said = []
    for share in (0.51, 0.81, 1.01):
        ahead[0] = created + (latest - created) * share - clock.now()
        watch.look()
        feed = [one for one in shop.get("/v1/events")["data"] if "deadline." in one["type"]]
        said = [
            (one["type"], one["data"].get("share"))
            for one in feed
            if one["data"].get("kind") == "offline"
        ]
    assert [word for word, _ in said] == [
        "deadline.approaching",
        "deadline.approaching",
        "deadline.missed",
    ]
    back(market)
    with working(market):  # late, it is sent all the same
        assert number_of(waited(shop, issued, "regulatory", {"cleared"}))


def test_what_is_refused_offline_is_corrected_technically(market: Market) -> None:
    shop = market.shop(offline=True)
    issued = issued_offline(market, shop)
    place = f"/v1/documents/{issued['id']}/fiscal-records"
    back(market)
    market.tell("script", {"rate_limits": "off", "verdicts": [450, 430]})
    with working(market):
        shown = waited(shop, issued, "regulatory", {"rejected"})
        for _ in range(2):
            answer = shop.call("POST", place, {"reason": "The file was not valid."})
            assert answer.status_code == 200, answer.text
            shown = waited(shop, issued, "regulatory", {"rejected", "cleared"})
    assert [one["regulatory"] for one in shown["transmissions"]] == [
        "rejected",
        "rejected",
        "cleared",
    ]
    first, second, third = market.ledger(shop)
    assert [one["status"] for one in (first, second, third)] == [450, 430, 200]
    content = shop.call("GET", f"/v1/documents/{issued['id']}/xml").content
    refused = base64.b64encode(hashlib.sha256(content).digest()).decode()
    assert first["hash"] == refused
    named = [json.loads(one["value"]).get("corrects") for one in (second, third)]
    assert named == [refused, refused]
    assert number_of(shown) == [third["ksef_number"]]
    assert third["ksef_number"] in pages(shop, issued)
    code = next(one["qr"] for one in shown["stamps"] if one["kind"] == "ksef-code")
    assert third["ksef_number"] in market.client.get(code).text  # the buyer's code leads to it
    again = shop.call("POST", place, {"reason": "Once more."})
    assert (again.status_code, again.json()["type"].rpartition("/")[2]) == (
        409,
        "fiscal-record-stands",
    )


def test_what_was_refused_online_is_not(market: Market) -> None:
    shop = market.shop()
    market.tell("script", {"rate_limits": "off", "verdicts": [450]})
    issued = shop.issued(sale())
    with working(market):
        waited(shop, issued, "regulatory", {"rejected"})
    place = f"/v1/documents/{issued['id']}/fiscal-records"
    answer = shop.call("POST", place, {"reason": "The file was not valid."})
    assert answer.status_code == 409
    assert len(shop.get(f"/v1/documents/{issued['id']}")["transmissions"]) == 1
