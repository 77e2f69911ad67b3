"""Slovenian invoices of several devices over a bad line, and while FURS is away.

Each device counts for itself (strategy B) or all of a premise together (C). FURS's ledger and our
archive agree on each, no number is missing or there twice, and every ZOI is made again here by the
published rule alone.
"""

import datetime
import hashlib
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from gateway.channels.si_furs import CONDUCT
from gateway.fsck.service import check
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.documents.test_furs import record_of, told
from tests.gateway.furs import TEST, Market, furs_market
from tests.gateway.houses import Json, Shop, invoice, kind
from tests.gateway.houses import rules as named
from tests.gateway.sending import HURRIED, LEFT_ALONE

pytestmark = pytest.mark.timeout(900)  # with --full

FAULTS = (
    *("drop_before_accept", "drop_after_accept", "http_503_before_accept"),
    *("http_500_after_accept", "wrong_signature", "foreign_answer", "garbage", "broken_off"),
)
DEVICES = ("B1", "B2", "B3")
SOON = timedelta(milliseconds=100)


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Market]:
    with furs_market(postgres, tmp_path_factory.mktemp("storm")) as found:
        yield found


@pytest.fixture(autouse=True)
def sound(market: Market) -> Iterator[None]:
    yield
    market.fails()


def sale(device: str) -> Json:
    return invoice(series="TILL" if device == DEVICES[0] else device)


def tills(market: Market, shop: Shop, *, together: bool) -> None:
    """Open a series for each device; the first of them is there."""
    first = shop.series("TILL")["id"]
    for device in DEVICES[1:]:
        market.till(shop, device, device, **({"counts_with": first} if together else {}))


def sent(shown: Json) -> Json:
    (one,) = (one for one in shown["transmissions"] if one["channel"] == TEST)
    found: Json = one
    return found


def marked(market: Market, vat: str, record: Json) -> str:
    """Return the ZOI of what FURS was told, by the published rule alone."""
    key, _, _ = pkcs12.load_key_and_certificates(market.keys[vat], b"x")
    assert isinstance(key, rsa.RSAPrivateKey)
    at = datetime.datetime.fromisoformat(record["IssueDateTime"])
    who = record["InvoiceIdentifier"]
    text = (
        f"{record['TaxNumber']}{at:%d.%m.%Y %H:%M:%S}{who['InvoiceNumber']}"
        f"{who['BusinessPremiseID']}{who['ElectronicDeviceID']}{record['InvoiceAmount']:.2f}"
    )
    signature = key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
    return hashlib.md5(signature, usedforsecurity=False).hexdigest()


@pytest.mark.parametrize(("vat", "numbering"), [("SI10693637", "B"), ("SI15012557", "C")])
def test_many_tills_meet_mixed_faults(
    market: Market,
    vat: str,
    numbering: str,
    request: pytest.FixtureRequest,
    figures: Callable[..., None],
) -> None:
    """Two hundred with `--full` for each strategy, a share without."""
    many = 200 if request.config.getoption("--full") else 12
    shop = market.shop(vat, numbering=numbering)
    tills(market, shop, together=numbering == "C")
    market.fails(
        *(
            {"fault": fault, "probability": 0.07, "seed": seed, "where": "invoices"}
            for seed, fault in enumerate(FAULTS)
        ),
        *(
            {"fault": "protocol_fault", "word": "S100", "nth": nth, "where": "invoices"}
            for nth in (3, 8)
        ),
    )
    begun = time.monotonic()
    bodies = [sale(DEVICES[n % len(DEVICES)]) for n in range(many)]
    with market.working(HURRIED, settle=SOON):
        with ThreadPoolExecutor(6) as tellers:
            issued = list(tellers.map(shop.issued, bodies))
        shown = [told(shop, one) for one in issued]
    took = time.monotonic() - begun

    numbers = sorted(one["number"] for one in issued)
    share = {device: sum(1 for n in range(many) if DEVICES[n % 3] == device) for device in DEVICES}
    if numbering == "B":
        wanted = [f"TRG1-{device}-{n}" for device in DEVICES for n in range(1, share[device] + 1)]
        assert numbers == sorted(wanted)
    else:
        parts = [one.rsplit("-", 1) for one in numbers]
        assert sorted(int(sequence) for _, sequence in parts) == list(range(1, many + 1))
        heads = [head for head, _ in parts]
        assert {head: heads.count(head) for head in set(heads)} == {
            f"TRG1-{device}": count for device, count in share.items()
        }

    rows = {row["number"].replace("/", "-"): row for row in market.ledger(vat)}
    assert sorted(rows) == numbers
    assert len(market.ledger(vat)) == len(rows)
    for one in shown:
        row, record = rows[one["number"]], record_of(shop, one)
        zoi, eor = one["stamps"]
        assert (zoi["kind"], eor["kind"]) == ("zoi", "eor")
        assert zoi["identifier"] == record["ProtectedID"] == marked(market, vat, record)
        assert json.loads(row["remark"])["zoi"] == zoi["identifier"]
        assert eor["identifier"] == row["answer"]
        assert record["NumberingStructure"] == numbering
        assert sent(one)["regulatory"] == "cleared"
    assert market.noted()["MESSAGE-ID"] == 0
    attempts = sum(sent(one)["attempts"] for one in shown)
    assert attempts > many  # something failed
    figures(invoices=many, strategy=numbering, attempts=attempts, seconds=round(took, 1))
    report = check(market.house.admin_url, market.house.runtime.settings.data)
    assert report.problems == ()


def test_devices_that_count_together_number_one_after_the_other(market: Market) -> None:
    shop = market.shop("SI27289877", numbering="C")
    tills(market, shop, together=True)
    given = [shop.issued(sale(device))["number"] for device in ("B2", "B1", "B3", "B2")]
    assert given == ["TRG1-B2-1", "TRG1-B1-2", "TRG1-B3-3", "TRG1-B2-4"]
    counting, sharing = shop.series("TILL"), shop.series("B2")
    assert (counting["counts_with"], sharing["counts_with"]) == (None, counting["id"])
    assert (counting["next_number"], sharing["next_number"]) == (5, 5)
    place = f"/v1/series/{sharing['id']}/preview?count=2"
    assert shop.get(place)["numbers"] == ["TRG1-B2-5", "TRG1-B2-6"]
    shown = shop.get(f"/v1/series/{counting['id']}/report")
    assert (shown["documents"], shown["complete"]) == (4, True)
    draft = shop.draft(sale("B3"))
    assert "TRG1-B3-5" in json.dumps(shop.get(f"/v1/documents/{draft['id']}/preflight"))
    report = check(market.house.admin_url, market.house.runtime.settings.data)
    assert report.problems == ()


@pytest.mark.parametrize(("vat", "numbering"), [("SI50223054", "B"), ("SI59082437", "C")])
def test_who_counts_otherwise_than_furs_is_told_issues_nothing(
    market: Market, vat: str, numbering: str
) -> None:
    shop = market.shop(vat, numbering=numbering)
    tills(market, shop, together=numbering == "B")
    assert named(shop.issue(sale("B2"))) == {"SI-15"}
    assert shop.documents() == []
    other = {"B": "C", "C": "B"}[numbering]
    chosen = shop.get(f"/v1/entities/{shop.entity}")["settings"]["fiscalization"]
    body = {"settings": {"fiscalization": chosen | {"numbering": other}}}
    assert shop.call("PATCH", f"/v1/entities/{shop.entity}", body).status_code == 200
    assert shop.issued(sale("B2"))["number"] == "TRG1-B2-1"  # no number was used before


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"premise": "TRG2"}, "/premise"),
        ({"pattern": "{premise}-{seq}"}, "/pattern"),
        ({"next_number": 7}, "/next_number"),
        ({"counts_with": "ser_01jd0000000000000000000000"}, "/counts_with"),
    ],
)
def test_a_device_counts_together_with_those_of_its_premise(
    market: Market, changes: Json, pointer: str
) -> None:
    shop = market.shop("SI80267432")
    body = {"pattern": "{premise}-{device}-{seq}", "premise": "TRG1", "device": "B2"}
    shared = {"code": "B2", **body, "counts_with": shop.series("TILL")["id"]}
    answer = shop.call("POST", "/v1/series", shared | changes)
    assert answer.status_code == 422, answer.text
    assert pointer in {one["pointer"] for one in answer.json()["errors"]}
    made = shop.call("POST", "/v1/series", shared)
    assert made.status_code == 201, made.text
    for one in (made.json()["id"], shop.series("TILL")["id"]):
        change = shop.call("PATCH", f"/v1/series/{one}", {"device": "B9"})
        assert kind(change) == "series-in-use"


def test_what_was_handed_over_while_furs_was_away_says_so_when_it_is_told(market: Market) -> None:
    vat = "SI91245737"
    shop = market.shop(vat)
    market.fails({"fault": "http_503_before_accept", "probability": 1.0})
    assert CONDUCT.offline is not None
    early = replace(CONDUCT.offline, after=SOON)
    with market.working(LEFT_ALONE, settle=SOON, offline=early):
        issued = shop.issued(sale("B1"))
        put_aside = issued
        for _ in range(300):
            put_aside = shop.get(f"/v1/documents/{issued['id']}")
            if sent(put_aside)["transport"] == "deferred":
                break
            time.sleep(0.1)
        assert sent(put_aside)["transport"] == "deferred"
        (zoi,) = put_aside["stamps"]
        assert market.ledger(vat) == []
        market.fails()
        shown = told(shop, issued)
        told(shop, shop.issued(sale("B1")))
    first, second = (json.loads(row["remark"]) for row in market.ledger(vat))
    assert [first["subsequent"], second["subsequent"]] == [True, False]
    assert first["zoi"] == zoi["identifier"] == shown["stamps"][0]["identifier"]
    assert [mark["kind"] for mark in shown["stamps"]] == ["zoi", "eor"]
    assert sent(shown)["regulatory"] == "cleared"
    assert "SubsequentSubmit" not in record_of(shop, shown)  # as it was frozen
