"""Polish invoices that wait go to KSeF together, where enough of them do."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from formats.ksef_api import upo
from gateway.fsck.service import check
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.transmissions.conduct import Batch, Conduct, Limit
from gateway.transmissions.worker import Worker
from tests.gateway.documents.test_ksef_storm import content_of, worker_of
from tests.gateway.houses import Json, Shop
from tests.gateway.ksef import Market, ksef_market, nip_of, sale
from tests.gateway.sandbox.ksef.api import Caller, certified

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, official: Path
) -> Iterator[Market]:
    with ksef_market(postgres, tmp_path_factory.mktemp("batches"), official) as found:
        yield found


@contextmanager
def working(market: Market, batch: Batch | None, *limits: Limit) -> Iterator[Worker]:
    """Let a worker send what is queued, so many together."""
    worker = worker_of(market, batch)
    for bench in worker._benches.values():
        conduct: Conduct = bench.adapter.conduct
        bench.adapter.conduct = replace(conduct, limits=limits)
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    try:
        yield worker
    finally:
        stop.set()
        thread.join(30)


def settled(shop: Shop, issued: list[Json]) -> list[Json]:
    """Wait until KSeF has judged documents, and return them."""
    shown: list[Json] = []
    for _ in range(400):
        shown = [shop.get(f"/v1/documents/{one['id']}") for one in issued]
        if all(one["transmissions"][0]["regulatory"] != "pending" for one in shown):
            return shown
        time.sleep(0.05)
    pytest.fail(f"{[one['transmissions'] for one in shown]}")


def sessions(market: Market, shop: Shop) -> list[str]:
    """Return the kind of session that each invoice came in, in their order."""
    return [row["session"].split("-")[1] for row in market.ledger(shop)]


def test_what_waits_goes_in_one_batch_and_each_is_proved(market: Market) -> None:
    shop = market.shop()
    issued = [shop.issued(sale()) for _ in range(4)]
    with working(market, Batch(most=8, least=3)):
        shown = settled(shop, issued)
    rows = {row["hash"]: row for row in market.ledger(shop)}
    assert sessions(market, shop) == ["SB"] * 4
    assert len({row["session"] for row in rows.values()}) == 1
    for one in shown:
        content = shop.call("GET", f"/v1/documents/{one['id']}/xml").content
        proof = upo.read(content_of(shop, one, "upo.xml"))
        (number,) = [mark["identifier"] for mark in one["stamps"] if mark["kind"] == "ksef-number"]
        assert upo.entry_for(proof, content, number).hash in rows
        assert one["transmissions"][0]["attempts"] == 1
    report = check(market.house.admin_url, market.house.runtime.settings.data)
    assert report.problems == ()


def test_fewer_than_a_batch_is_worth_go_alone(market: Market) -> None:
    shop = market.shop()
    issued = [shop.issued(sale()) for _ in range(2)]
    with working(market, Batch(most=8, least=3)):
        settled(shop, issued)
    assert sessions(market, shop) == ["SO"] * 2


def test_batches_have_a_limit_of_their_own_and_what_is_beyond_it_goes_alone(
    market: Market,
) -> None:
    shop = market.shop()
    issued = [shop.issued(sale()) for _ in range(6)]
    once = Limit(operation="batch", scope="credential", tokens=1, seconds=3600.0)
    with working(market, Batch(most=3, least=2), once):
        settled(shop, issued)
    assert sorted(sessions(market, shop)) == ["SB"] * 3 + ["SO"] * 3


def test_a_package_that_is_refused_as_a_whole_goes_again_in_halves(market: Market) -> None:
    shop = market.shop()
    owner = certified(market.url, market.client, nip=nip_of(shop))
    caller = Caller(market.url, None, market.client).log_in(owner, nip_of(shop))
    most = {
        "maxInvoiceSizeInMB": 1,
        "maxInvoiceWithAttachmentSizeInMB": 3,
        "maxInvoices": 2,
    }
    said = {"onlineSession": {**most, "maxInvoices": 10_000}, "batchSession": most}
    assert caller.call("POST", "/testdata/limits/context/session", said).status_code == 200
    issued = [shop.issued(sale()) for _ in range(4)]
    with working(market, Batch(most=4, least=2)):
        shown = settled(shop, issued)
    assert {one["transmissions"][0]["regulatory"] for one in shown} == {"cleared"}
    rows = market.ledger(shop)
    assert [row["status"] for row in rows] == [200] * 4
    together = Counter(row["session"] for row in rows if "-SB-" in row["session"])
    assert max(together.values(), default=0) <= 2  # those whose time has not come go alone
