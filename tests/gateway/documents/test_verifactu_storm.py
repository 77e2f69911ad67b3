"""Spanish invoices over a bad line: the AEAT's ledger and our archive agree, the chain holds."""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import etree

from formats.xml import parse
from gateway.channels.credentials import Credentials
from gateway.channels.es_verifactu import CONDUCT, EsVerifactu
from gateway.channels.registry import adapters
from gateway.fsck.service import check
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.transmissions.conduct import Batch
from gateway.transmissions.policy import Policy
from gateway.transmissions.worker import Worker
from tests.gateway.documents.test_verifactu import (
    TEST,
    Market,
    opened_market,
    sale,
    text,
)
from tests.gateway.houses import Json, Shop

pytestmark = pytest.mark.timeout(900)  # with --full

FAULTS = (
    *("drop_before_accept", "drop_after_accept", "http_503_before_accept"),
    *("http_500_after_accept", "foreign_answer", "garbage", "broken_off", "empty"),
)
QUICK = replace(
    CONDUCT,
    settle=timedelta(milliseconds=50),
    usual_answer=timedelta(seconds=1),
    first_ask=timedelta(milliseconds=50),
    longest_ask=timedelta(milliseconds=500),
    batch=Batch(most=4),
)
PATIENCE = Policy(
    poll_seconds=0.05,
    first_delay=timedelta(milliseconds=20),
    longest_delay=timedelta(milliseconds=300),
    failures=50,
)


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, official: Path
) -> Iterator[Market]:
    with opened_market(postgres, tmp_path_factory.mktemp("storm"), official) as found:
        yield found


@contextmanager
def working(market: Market) -> Iterator[None]:
    """Send with little patience."""
    runtime = market.house.runtime
    (adapter,) = (one for one in adapters(runtime.settings) if one.channel == TEST)
    assert isinstance(adapter, EsVerifactu)
    adapter.conduct = QUICK
    worker = Worker(
        runtime.database,
        runtime.archive,
        [adapter],
        policy=PATIENCE,
        chance=random.Random(5).random,  # noqa: S311 - to be repeated
        vault=Credentials(runtime.database, runtime.vault),
    )
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(30)


def settled(shop: Shop, documents: list[Json]) -> list[Json]:
    """Wait until every record of documents is answered, and return how they stand."""
    return [answered(shop, one) for one in documents]


def answered(shop: Shop, document: Json) -> Json:
    for _ in range(3000):
        shown = shop.get(f"/v1/documents/{document['id']}")
        sent = [one for one in shown["transmissions"] if one["channel"] == TEST]
        if all(one["regulatory"] != "pending" for one in sent):
            return shown
        time.sleep(0.05)
    pytest.fail(f"{document['number']} is not answered")


def archived(shop: Shop, document: Json) -> list[etree._Element]:
    """Return every record of a document, from its evidence alone."""
    place = f"/v1/documents/{document['id']}/evidence"
    found = []
    for one in shop.get(place)["data"]:
        if one["role"] == "fiscal-record":
            content = shop.call("GET", f"{place}/{one['id']}").content
            ((record,),) = parse(content).findall(".//{*}RegistroFactura")
            found.append(record)
    return found


def huella(record: etree._Element) -> str:
    """Return a record's huella by the published rule alone (huella 0.1.2)."""
    ending = "" if etree.QName(record).localname == "RegistroAlta" else "Anulada"
    pairs = [
        (f"{name}{ending}", text(record, "IDFactura", f"{name}{ending}"))
        for name in ("IDEmisorFactura", "NumSerieFactura", "FechaExpedicionFactura")
    ]
    if not ending:
        pairs += [
            (name, text(record, name)) for name in ("TipoFactura", "CuotaTotal", "ImporteTotal")
        ]
    pairs.append(("Huella", text(record, "Encadenamiento", "RegistroAnterior", "Huella")))
    pairs.append(("FechaHoraHusoGenRegistro", text(record, "FechaHoraHusoGenRegistro")))
    joined = "&".join(f"{name}={value}" for name, value in pairs)
    return sha256(joined.encode()).hexdigest().upper()


def chained(records: list[etree._Element]) -> list[str]:
    """Return the huellas of a chain in its order; every record must be in it."""
    after = {text(one, "Encadenamiento", "RegistroAnterior", "Huella"): one for one in records}
    assert len(after) == len(records)  # no two name the same predecessor
    order: list[str] = []
    while (record := after.pop(order[-1] if order else "", None)) is not None:
        assert (text(record, "Encadenamiento", "PrimerRegistro") == "S") == (not order)
        assert text(record, "Huella") == huella(record)
        order.append(huella(record))
    assert after == {}
    return order


def test_a_cancellation_whose_answer_is_lost_is_found_in_the_month_of_operation(
    market: Market,
) -> None:
    shop = market.shop()
    day = datetime.now(UTC).date() - timedelta(days=40)
    delivered = {"actual_delivery_date": day.isoformat()}
    sold = shop.issued(sale(delivery_information=delivered))
    lost = {"fault": "drop_after_accept", "where": "submissions", "nth": 1, "count": 1}
    with working(market):
        answered(shop, sold)
        market.tell("faults", {"rules": [lost]})
        body = {"reason": "No hubo venta"}
        shop.take_back(sold["id"], but=TEST)
        assert shop.call("POST", f"/v1/documents/{sold['id']}/void", body).status_code == 200
        shown = answered(shop, sold)
    assert market.fired() == {"submissions drop_after_accept": 1}
    market.tell("faults", {"rules": []})
    assert shown["status"] == "voided"
    why = shop.get(f"/v1/transmissions/{shown['transmissions'][-1]['id']}/why")
    assert why["names"]["operation-month"].endswith(f"/{day:%Y-%m}")
    *_, row = market.ledger(shop)
    assert "anulacion" in row["remark"]
    assert row["repeats"] == 0  # it was asked for, and never sent again


def test_ledger_and_archive_agree_after_mixed_faults(
    market: Market, request: pytest.FixtureRequest
) -> None:
    """Two hundred invoices with `--full`; some are credited, some cancelled."""
    many = 200 if request.config.getoption("--full") else 16
    shop = market.shop()
    certain = {"fault": "drop_after_accept", "nth": 3, "where": "submissions"}
    chances = [
        {"fault": fault, "probability": 0.06, "seed": seed, "where": place}
        for seed, fault in enumerate(FAULTS)
        for place in ("submissions", "queries")
    ]
    market.tell("faults", {"rules": [certain, *chances]})
    sold = [shop.issued(sale()) for _ in range(many)]
    with working(market):
        settled(shop, sold)
        gone = sold[::8]
        for one in gone:
            shop.take_back(one["id"], but=TEST)
            answer = shop.call("POST", f"/v1/documents/{one['id']}/void", {"reason": "Prueba"})
            assert answer.status_code == 200, answer.text
        credits_ = [shop.issued(sale(corrects=one["id"]), "credit-notes") for one in sold[1::12]]
        shown = settled(shop, [*sold, *credits_])
    fired = sum(market.fired().values())
    market.tell("faults", {"rules": []})

    records = {one["id"]: archived(shop, one) for one in shown}
    order = chained([record for some in records.values() for record in some])
    rows = market.ledger(shop)
    assert sorted(row["digest"] for row in rows) == sorted(order)
    assert {row["state"] for row in rows} == {"accepted"}
    by_digest = {row["digest"]: row for row in rows}
    for document in shown:
        ours = [text(record, "Huella") for record in records[document["id"]]]
        assert {by_digest[one]["number"] for one in ours} == {document["number"]}
        sent = [one for one in document["transmissions"] if one["channel"] == TEST]
        assert [one["regulatory"] for one in sent] == ["reported"] * len(ours)
        voided = document["id"] in {one["id"] for one in gone}
        assert len(ours) == (2 if voided else 1)
        assert (document["state"] == "voided") is voided
    assert fired >= many / 16
    report = check(market.house.admin_url, market.house.runtime.settings.data)
    assert report.problems == ()
