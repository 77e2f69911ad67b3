"""Polish invoices over a bad line to a KSeF that fails: its ledger and our archive agree on each.

By default there are a few of them; with `--full` two hundred.
"""

import base64
import hashlib
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from formats.ksef_api import upo
from gateway.channels.credentials import Credentials
from gateway.channels.registry import adapters
from gateway.fsck.service import check
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.transmissions.conduct import Batch
from gateway.transmissions.policy import Policy
from gateway.transmissions.worker import Worker
from tests.gateway.houses import Json, Shop
from tests.gateway.ksef import BUYER, TEST, Market, a_nip, ksef_market, sale

SHARE, ALL = 12, 200
FAULTS = (
    *("drop_before_accept", "drop_after_accept", "http_500_after_accept", "broken_off"),
    *("http_503_before_accept", "empty", "garbage", "rate_limit", "foreign_answer"),
)
PATIENT = Policy(
    poll_seconds=0.1,
    first_delay=timedelta(milliseconds=50),
    longest_delay=timedelta(milliseconds=500),
    pause=timedelta(milliseconds=400),
)

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, official: Path
) -> Iterator[Market]:
    with ksef_market(postgres, tmp_path_factory.mktemp("storm"), official) as found:
        yield found


def body(number: int) -> Json:
    """Return one of several kinds of sale, each with an amount of its own."""
    line = sale()["lines"][0] | {"item_net_price": f"{100 + number}.00"}
    food = line | {"item_name": "Chleb", "vat_rate": "5", "unit_code": "KGM"}
    nobody = {"name": "Konsument"}
    kinds: tuple[Json, ...] = (
        {},
        {"lines": [line, food]},
        {"buyer": nobody},
        {"buyer": {**BUYER, "name": "Żuk"}},
    )
    return sale(**{"lines": [line], **kinds[number % len(kinds)]})


def worker_of(market: Market, batch: Batch | None) -> Worker:
    """Return a worker in a hurry: no limits, and little patience."""
    runtime = market.house.runtime
    (adapter,) = [one for one in adapters(runtime.settings) if one.channel == TEST]
    adapter.conduct = replace(
        adapter.conduct,
        limits=(),
        batch=batch,
        settle=timedelta(milliseconds=200),
        first_ask=timedelta(milliseconds=100),
        longest_ask=timedelta(seconds=1),
    )
    return Worker(
        runtime.database,
        runtime.archive,
        [adapter],
        policy=PATIENT,
        chance=random.Random(7).random,  # noqa: S311 - to be repeated
        vault=Credentials(runtime.database, runtime.vault),
    )


def ledger(market: Market) -> list[Json]:
    """Return what KSeF was sent, in the order it came."""
    found: list[Json] = market.client.get(f"{market.url}/__sandbox/ledger").json()["invoices"]
    return found


def settled(market: Market, count: int, seconds: float) -> None:
    """Wait until nothing is on its way any more."""
    deadline = time.monotonic() + seconds
    while True:
        rows = market.house.sql("select state from outbox where state <> 'closed'")
        if not rows:
            return
        assert time.monotonic() < deadline, (count, rows)
        time.sleep(0.2)


def content_of(shop: Shop, document: Json, name: str) -> bytes:
    """Return the newest evidence of a name."""
    place = f"/v1/documents/{document['id']}/evidence"
    found = [one for one in shop.get(place)["data"] if one["name"] == name]
    return shop.call("GET", f"{place}/{found[-1]['id']}").content


def agrees(shop: Shop, document: Json, rows: list[Json]) -> str:
    """Compare a document with what KSeF has of it, and return its verdict."""
    shown = shop.get(f"/v1/documents/{document['id']}")
    (sent,) = shown["transmissions"]
    content = shop.call("GET", f"/v1/documents/{document['id']}/xml").content
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    taken = [row for row in rows if row["hash"] == digest and row["status"] == 200]
    numbers = [one["identifier"] for one in shown["stamps"] if one["kind"] == "ksef-number"]
    assert numbers == [row["ksef_number"] for row in taken]
    verdict = str(sent["regulatory"])
    if not taken:
        assert verdict == "rejected"
        return verdict
    assert verdict in {"cleared", "duplicate_of_accepted"}
    proved = upo.entry_for(upo.read(content_of(shop, shown, "upo.xml")), content, numbers[0])
    assert proved.hash == digest
    return verdict


@pytest.mark.parametrize("batch", [None, Batch(most=8, least=2)], ids=["alone", "batches"])
def test_ledger_and_archive_agree_document_by_document(
    market: Market,
    request: pytest.FixtureRequest,
    figures: Callable[..., None],
    batch: Batch | None,
) -> None:
    count = ALL if request.config.getoption("--full") else SHARE
    nip = a_nip()
    shop, double = market.shop(nip), market.shop(nip)
    issued = [(shop, shop.issued(body(number))) for number in range(count)]
    others = max(1, count // 20)
    issued += [(double, double.issued(sale(buyer_reference="double"))) for _ in range(others)]
    market.tell(
        "faults",
        {
            "rules": [
                {"fault": fault, "probability": 0.03, "where": where, "seed": seed}
                for seed, fault in enumerate(FAULTS)
                for where in ("access", "invoices", "enquiries", "batches", "files")
            ]
        },
    )
    gone = [550, 405, 500] * max(1, count // 30)
    market.tell("script", {"rate_limits": "off", "delay_seconds": 0, "verdicts": gone})
    stop, worker = threading.Event(), worker_of(market, batch)
    before = len(ledger(market))
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    try:
        settled(market, count, 120 + 3 * count)
    finally:
        market.tell("faults", {"rules": []})
        stop.set()
        thread.join(60)
    rows = ledger(market)[before:]
    assert any("-SB-" in row["session"] for row in rows) == (batch is not None)
    verdicts = [agrees(one, document, rows) for one, document in issued]
    assert len(rows) > len(issued)  # the line was bad
    assert {row["status"] for row in rows} >= {200, 550, 405, 500, 440}
    assert verdicts.count("rejected") == others  # of two of one number, one
    accepted = [row for row in rows if row["status"] == 200]
    assert len(accepted) == count
    report = check(market.house.admin_url, market.house.runtime.settings.data)
    assert report.problems == ()
    figures(
        documents=len(issued), sent=len(rows), duplicates=verdicts.count("duplicate_of_accepted")
    )
