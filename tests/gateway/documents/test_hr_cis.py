"""Croatian cash invoices: issued with a ZKI, told to CIS, and stamped with its JIR."""

import json
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from freezegun import freeze_time
from lxml import etree

from gateway.fsck.service import check
from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.formats.pdf.documents import text_of
from tests.gateway.houses import Json, Shop, invoice, kind, rules
from tests.gateway.hr_cis import SCHEME, TEST, Market, an_oib, cis_market, sale

pytestmark = pytest.mark.timeout(300)

DONE = frozenset({"submitted", "failed_permanent"})


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Market]:
    with cis_market(postgres, tmp_path_factory.mktemp("market")) as found:
        yield found


@pytest.fixture(autouse=True)
def sound(market: Market) -> Iterator[None]:
    yield
    market.fails()


def sent(shown: Json) -> Json:
    (one,) = (one for one in shown["transmissions"] if one["channel"] == TEST)
    found: Json = one
    return found


def told(shop: Shop, document: Json, seconds: float = 60) -> Json:
    """Wait until CIS was told of a document, and return it."""
    until = time.monotonic() + seconds
    shown = document
    while time.monotonic() < until:
        shown = shop.get(f"/v1/documents/{document['id']}")
        if sent(shown)["transport"] in DONE:
            return shown
        time.sleep(0.1)
    pytest.fail(f"it is {shown}")


def evidence(shop: Shop, document: Json, role: str) -> bytes:
    place = f"/v1/documents/{document['id']}/evidence"
    (one,) = (entry for entry in shop.get(place)["data"] if entry["role"] == role)
    return shop.call("GET", f"{place}/{one['id']}").content


def test_an_invoice_has_its_zki_at_once_and_its_jir_when_cis_was_told(market: Market) -> None:
    oib = an_oib()
    shop = market.shop(oib)
    issued = shop.issued(sale())
    assert issued["number"] == "1/POSL1/1"
    (mark,) = shop.get(f"/v1/documents/{issued['id']}")["stamps"]
    assert mark["kind"] == "zki"
    asked = parse_qs(urlsplit(mark["qr"]).query)
    assert (asked["zki"], asked["izn"]) == ([mark["identifier"]], ["12500"])
    with market.working():
        shown = told(shop, issued)
    mark, jir = shown["stamps"]
    (row,) = market.ledger(oib)
    assert (jir["kind"], jir["identifier"], jir["qr"]) == ("jir", row["answer"], None)
    assert sent(shown)["regulatory"] == "cleared"
    remark = json.loads(row["remark"])
    assert (remark["zki"], remark["late"]) == (mark["identifier"], False)
    page = text_of(shop.call("GET", f"/v1/documents/{issued['id']}/pdf").content)
    assert mark["identifier"] in page
    assert jir["identifier"][-12:] in page  # the line breaks at a hyphen
    report = check(market.house.admin_url, market.house.runtime.settings.data)
    assert report.problems == ()


def test_each_year_begins_with_one_at_midnight_in_zagreb(market: Market) -> None:
    oib = an_oib()
    shop = market.shop(oib)
    assert shop.series("TILL")["reset"] == "yearly"
    year = clock.now().year
    moments = (
        ("22:59:59", "1/POSL1/1", year),
        ("22:59:59", "2/POSL1/1", year),
        ("23:00:00", "1/POSL1/1", year + 1),
        ("23:00:01", "2/POSL1/1", year + 1),
    )
    issued = list[Json]()
    for time_of_day, number, of in moments:
        with freeze_time(f"{year}-12-31T{time_of_day}Z"):
            issued.append(shop.issued(sale()))
        assert (issued[-1]["number"], issued[-1]["issue_date"][:4]) == (number, str(of))
    with freeze_time(f"{year}-12-31T23:00:02Z"):
        late = shop.issue(sale(issue_date=f"{year}-12-31"))
    assert rules(late) == {"HR-06"}
    report = shop.get(f"/v1/series/{shop.series('TILL')['id']}/report")
    assert (report["documents"], report["complete"], report["duplicates"]) == (4, True, [])
    marks = [shop.get(f"/v1/documents/{one['id']}")["stamps"][0]["identifier"] for one in issued]
    assert len(set(marks)) == 4
    market.house.sql("update outbox set due_at = now() where state = 'queued'")
    with market.working():
        shown = [told(shop, one) for one in issued]
    rows = {(one["number"], json.loads(one["remark"])["year"]) for one in market.ledger(oib)}
    assert rows == {(number, str(of)) for _, number, of in moments}
    assert len({one["stamps"][1]["identifier"] for one in shown}) == 4
    assert check(market.house.admin_url, market.house.runtime.settings.data).problems == ()


def test_a_series_that_counts_on_is_followed_by_one_in_the_new_year(market: Market) -> None:
    shop = market.shop(an_oib())
    body = {"pattern": "{seq}/{premise}/{device}", "premise": "POSL1", "device": "7"}
    made = shop.call("POST", "/v1/series", {"code": "OLD", "reset": "never", **body}).json()
    assert shop.issued(sale(series="OLD"))["number"] == "1/POSL1/7"
    archived = shop.call("PATCH", f"/v1/series/{made['id']}", {"archived": True})
    assert archived.status_code == 200
    again = shop.call("POST", "/v1/series", {"code": "NEW", **body})
    assert again.json()["errors"][0]["pointer"] == "/pattern"
    with freeze_time(f"{clock.now().year + 1}-01-02T12:00:00Z"):
        again = shop.call("POST", "/v1/series", {"code": "NEW", **body})
        assert (again.status_code, again.json()["reset"]) == (201, "yearly")
        assert shop.issued(sale(series="NEW"))["number"] == "1/POSL1/7"
        back = shop.call("PATCH", f"/v1/series/{made['id']}", {"archived": False})
    assert (back.status_code, kind(back)) == (409, "series-exists")


def test_what_the_qr_code_names_is_found_by_whoever_bought(market: Market) -> None:
    shop = market.shop(an_oib())
    issued = shop.issued(sale())
    with market.working():
        shown = told(shop, issued)
    (address,) = (one["qr"] for one in shown["stamps"] if one["qr"])
    query = urlsplit(address).query
    page = httpx2.get(f"{market.url}/rn?{query}", trust_env=False).text
    assert "Račun je fiskaliziran." in page
    other = httpx2.get(f"{market.url}/rn?{query}0", trust_env=False).text
    assert "Račun nije fiskaliziran." in other


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"series": None}, "HR-05"),
        ({"payment_instructions": []}, "HR-07"),
    ],
)
def test_what_cis_cannot_be_told_is_not_issued(market: Market, change: Json, rule: str) -> None:
    oib = an_oib()
    shop = market.shop(oib)
    body = {name: value for name, value in sale(**change).items() if value is not None}
    assert rule in rules(shop.issue(body))
    assert shop.documents() == []
    assert market.ledger(oib) == []
    assert shop.issued(sale())["number"] == "1/POSL1/1"  # no number was used


def test_a_credit_note_is_told_below_zero(market: Market) -> None:
    shop = market.shop(an_oib())
    market.till(shop, "BACK", "2")
    issued = shop.issued(sale())
    credit = shop.issued(sale(corrects=issued["id"], series="BACK"), "credit-notes")
    with market.working():
        shown = told(shop, credit)
    assert sent(shown)["regulatory"] == "cleared"
    record = etree.fromstring(evidence(shop, credit, "fiscal-record"))
    ns = {"f": "http://www.apis-it.hr/fin/2012/types/f73"}
    assert record.findtext("f:IznosUkupno", None, ns) == "-125.00"
    assert record.findtext("f:OibOper", None, ns) == SCHEME["operator_oib"]
    assert record.findtext("f:NacinPlac", None, ns) == "G"


def test_what_is_kept_of_a_request_is_what_was_signed(market: Market) -> None:
    shop = market.shop(an_oib())
    issued = shop.issued(sale())
    with market.working():
        told(shop, issued)
    _, _, body = evidence(shop, issued, "request").partition(b"\r\n\r\n")
    envelope = etree.fromstring(body)
    assert etree.QName(envelope[0][0]).localname == "RacunZahtjev"
    assert envelope[0][0].findtext("{*}Zaglavlje/{*}IdPoruke")
    kept = etree.fromstring(evidence(shop, issued, "fiscal-record"))
    assert [one.text for one in kept] == [one.text for one in envelope[0][0][1]]


def test_an_invoice_issued_while_cis_was_away_is_told_afterwards(market: Market) -> None:
    oib = an_oib()
    shop = market.shop(oib)
    market.fails({"fault": "maintenance", "seconds": 1, "probability": 1.0})
    issued = shop.issued(sale())
    with market.working():
        time.sleep(1)
        assert market.ledger(oib) == []
        market.fails()
        shown = told(shop, issued)
    assert sent(shown)["regulatory"] == "cleared"
    assert len(market.ledger(oib)) == 1


def test_an_error_of_the_certificate_waits_for_another_one(market: Market) -> None:
    oib = an_oib()
    shop = market.shop(oib)
    market.fails({"fault": "protocol_fault", "word": "s002", "nth": 1, "count": 1})
    issued = shop.issued(sale())
    with market.working():
        shown = told(shop, issued)
    assert sent(shown)["regulatory"] == "cleared"
    assert sent(shown)["attempts"] >= 2


@pytest.mark.parametrize("code", ["s001", "s004"])
def test_what_cis_did_not_take_waits_for_a_person_and_is_told_in_the_end(
    market: Market, code: str
) -> None:
    oib = an_oib()
    shop = market.shop(oib)
    market.fails({"fault": "protocol_fault", "word": code, "nth": 1, "count": 1})
    issued = shop.issued(sale())
    with market.working():
        shown = _asked_for(shop, issued)
        assert sent(shown)["transport"] == "failed_retryable"
        assert [one["kind"] for one in shown["stamps"]] == ["zki"]
        assert market.ledger(oib) == []
        again = shop.call("POST", f"/v1/transmissions/{sent(shown)['id']}/retry")
        assert again.status_code == 200, again.text
        assert sent(told(shop, issued))["regulatory"] == "cleared"
    assert len(market.ledger(oib)) == 1


def _asked_for(shop: Shop, document: Json) -> Json:
    """Wait until a person is asked for, and return the document."""
    shown = document
    for _ in range(300):
        shown = shop.get(f"/v1/documents/{document['id']}")
        if sent(shown)["action_required"] == "stuck":
            return shown
        time.sleep(0.1)
    pytest.fail(f"it is {shown}")


def test_the_certificate_of_a_sister_company_issues_nothing(market: Market) -> None:
    shop = market.shop(an_oib())
    seller = shop.get(f"/v1/entities/{shop.entity}")["seller"] | {
        "vat_identifier": f"HR{an_oib()}"
    }
    changed = shop.call("PATCH", f"/v1/entities/{shop.entity}", {"seller": seller})
    assert changed.status_code == 200, changed.text
    draft = shop.draft(sale())
    checks = shop.get(f"/v1/documents/{draft['id']}/preflight")["checks"]
    assert "red" in [one["light"] for one in checks if one["id"] == "certificate"]
    answer = shop.issue(sale())
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/fiscal-key")


def test_only_croatian_entities_can_choose_it(market: Market) -> None:
    shop = Shop.opened(market.house)
    chosen = {"settings": {"fiscalization": SCHEME}}
    answer = shop.call("PATCH", f"/v1/entities/{shop.entity}", chosen)
    assert answer.status_code == 422, answer.text
    assert shop.issued(invoice())["number"]


def test_an_operator_has_a_right_oib(market: Market) -> None:
    shop = market.shop(an_oib())
    wrong = {"settings": {"fiscalization": SCHEME | {"operator_oib": "79517545746"}}}
    assert shop.call("PATCH", f"/v1/entities/{shop.entity}", wrong).status_code == 422
