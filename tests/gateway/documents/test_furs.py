"""Slovenian cash invoices: issued with a ZOI, told to FURS, and stamped with its EOR."""

import base64
import datetime
import hashlib
import json
import time
from collections.abc import Iterator

import httpx2
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from countries.si import receipt_code
from formats.furs.mapping import ZONE
from gateway.fsck.service import check
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.formats.pdf.documents import text_of
from tests.gateway.furs import SCHEME, TEST, Market, furs_market
from tests.gateway.houses import Json, Shop, invoice

pytestmark = pytest.mark.timeout(300)


def told(shop: Shop, document: Json) -> Json:
    """Wait until FURS was told of a document, and return it."""
    sent: Json = {}
    for _ in range(300):
        shown = shop.get(f"/v1/documents/{document['id']}")
        (sent,) = (one for one in shown["transmissions"] if one["channel"] == TEST)
        if sent["transport"] in {"submitted", "failed_permanent"}:
            return shown
        time.sleep(0.1)
    pytest.fail(f"it is {sent}")


def verdict(shown: Json) -> str:
    """Return what FURS says of a document."""
    (sent,) = (one for one in shown["transmissions"] if one["channel"] == TEST)
    return str(sent["regulatory"])


def sale(**changes: object) -> Json:
    return invoice(series="TILL", **changes)


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Market]:
    with furs_market(postgres, tmp_path_factory.mktemp("market")) as found:
        yield found


def test_an_invoice_has_its_zoi_at_once_and_its_eor_when_furs_was_told(market: Market) -> None:
    shop = market.shop()
    issued = shop.issued(sale())
    assert issued["number"] == "TRG1-B1-1"
    (mark,) = shop.get(f"/v1/documents/{issued['id']}")["stamps"]
    assert mark["kind"] == "zoi"
    assert receipt_code.is_valid(mark["qr"])
    assert int(mark["qr"][:39]) == int(mark["identifier"], 16)
    with market.working():
        shown = told(shop, issued)
    mark, eor = shown["stamps"]
    (row,) = market.ledger()
    assert eor["kind"] == "eor"
    assert eor["identifier"] in row["answer"]
    assert verdict(shown) == "cleared"
    page = text_of(shop.call("GET", f"/v1/documents/{issued['id']}/pdf").content)
    assert mark["identifier"] in page
    report = check(market.house.admin_url, market.house.runtime.settings.data)
    assert report.problems == ()


def test_the_number_is_premise_device_and_sequence(market: Market) -> None:
    shop = market.shop("SI82345678")
    answer = shop.issue(invoice())
    assert answer.status_code == 422
    assert [one["rule"] for one in answer.json()["findings"]] == ["SI-05"]
    assert shop.documents() == []
    assert market.ledger("SI82345678") == []


def test_a_credit_note_names_the_invoice_as_furs_knows_it(market: Market) -> None:
    vat = "SI15012557"
    shop = market.shop(vat)
    series = {"code": "BACK", "pattern": "{premise}-{device}-{seq}"}
    made = shop.call("POST", "/v1/series", {**series, "premise": "TRG1", "device": "B2"})
    assert made.status_code == 201
    issued = shop.issued(sale())
    credit = shop.issue(invoice(corrects=issued["id"], series="BACK"), "credit-notes")
    assert credit.status_code == 200, credit.text
    with market.working():
        shown = told(shop, credit.json())
    assert verdict(shown) == "cleared"
    record = record_of(shop, shown)
    (named,) = record["ReferenceInvoice"]
    assert named["ReferenceInvoiceIdentifier"]["InvoiceNumber"] == "1"
    assert record["InvoiceAmount"] < 0


def test_no_invoice_takes_the_place_of_one_that_furs_knows(market: Market) -> None:
    shop = market.shop("SI34567895")
    first = shop.issued(sale())
    body = {"method": "corrective_invoice", "reason": "Wrong name"}
    made = shop.call("POST", f"/v1/documents/{first['id']}/corrections", body)
    assert made.status_code == 201, made.text
    answer = shop.call("POST", f"/v1/invoices/{made.json()['id']}/finalize")
    assert answer.status_code == 422, answer.text
    assert [one["rule"] for one in answer.json()["findings"]] == ["SI-07"]


def test_what_furs_does_not_know_cannot_be_named(market: Market) -> None:
    """The invoice was issued before the entity told FURS of anything, under another number."""
    vat = "SI27289877"
    shop = market.shop(vat)
    off = {"settings": {"fiscalization": None}}
    assert shop.call("PATCH", f"/v1/entities/{shop.entity}", off).status_code == 200
    issued = shop.issued(invoice())
    on = {"settings": {"fiscalization": SCHEME}}
    assert shop.call("PATCH", f"/v1/entities/{shop.entity}", on).status_code == 200
    answer = shop.issue(invoice(corrects=issued["id"], series="TILL"), "credit-notes")
    assert answer.status_code == 422, answer.text
    assert [one["rule"] for one in answer.json()["findings"]] == ["SI-07"]


def test_what_is_kept_of_a_request_is_what_was_signed(market: Market) -> None:
    vat = "SI50223054"
    shop = market.shop(vat)
    issued = shop.issued(sale())
    with market.working():
        shown = told(shop, issued)
    entries = shop.get(f"/v1/documents/{shown['id']}/evidence")["data"]
    (one,) = (entry for entry in entries if entry["role"] == "request")
    sent = shop.call("GET", f"/v1/documents/{shown['id']}/evidence/{one['id']}").content
    _, _, body = sent.partition(b"\r\n\r\n")
    _, content, _ = json.loads(body)["token"].split(".")
    told_of = json.loads(base64.urlsafe_b64decode(content + "=" * (-len(content) % 4)))
    number = told_of["InvoiceRequest"]["Invoice"]["InvoiceIdentifier"]["InvoiceNumber"]
    assert number == "1"


def record_of(shop: Shop, shown: Json) -> Json:
    """Return the frozen record of a document, from its evidence."""
    entries = shop.get(f"/v1/documents/{shown['id']}/evidence")["data"]
    (one,) = (entry for entry in entries if entry["role"] == "fiscal-record")
    content = shop.call("GET", f"/v1/documents/{shown['id']}/evidence/{one['id']}").content
    found: Json = json.loads(content)["InvoiceRequest"]["Invoice"]
    return found


def test_only_the_key_itself_makes_the_zoi(market: Market) -> None:
    """With the published rule alone: MD5 of the RSA signature over what FURS prescribes."""
    vat = "SI59082437"
    shop = market.shop(vat)
    given = httpx2.post(f"{market.url}/test-taxpayers/{vat[2:]}", content=b"", trust_env=False)
    key = serialization.load_pem_private_key(given.content, None)
    assert isinstance(key, rsa.RSAPrivateKey)
    record = record_of(shop, shop.issued(sale()))
    day, moment = record["IssueDateTime"].split("T")
    year, month, date = day.split("-")
    text = (
        f"{record['TaxNumber']}{date}.{month}.{year} {moment}1TRG1B1{record['InvoiceAmount']:.2f}"
    )
    other = hashlib.md5(
        key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()), usedforsecurity=False
    ).hexdigest()
    assert other != record["ProtectedID"]  # another key of the same taxpayer


def test_each_sending_has_an_id_and_a_moment_of_its_own(market: Market) -> None:
    shop = market.shop("SI19000006")
    issued = shop.issued(sale())
    market.fails({"fault": "drop_after_accept", "nth": 1, "where": "invoices"})
    with market.working():
        for _ in range(300):
            if market.ledger("SI19000006"):
                break
            time.sleep(0.1)
        market.fails()
        shown = told(shop, issued)
    (sent,) = (one for one in shown["transmissions"] if one["channel"] == TEST)
    place = f"/v1/transmissions/{sent['id']}"
    made = [one for one in shop.get(f"{place}/attempts")["data"] if one["purpose"] == "send"]
    outcomes = [one["outcome"] for one in made]
    assert (set(outcomes[:-1]), outcomes[-1]) == ({"unknown"}, "acknowledged")
    kept = f"/v1/documents/{issued['id']}/evidence"
    ours = [one["id"] for one in shop.get(kept)["data"] if one["role"] == "request"]
    requests = [asked(shop, f"{kept}/{one}")["InvoiceRequest"] for one in ours]
    assert all(one["Invoice"] == requests[0]["Invoice"] for one in requests)
    ids = [one["Header"]["MessageID"] for one in requests]
    assert len(set(ids)) == len(ids) == sent["attempts"]
    for one, request in zip(made, requests, strict=True):
        begun = datetime.datetime.fromisoformat(one["begun_at"]).astimezone(ZONE)
        assert request["Header"]["DateTime"] == f"{begun:%Y-%m-%dT%H:%M:%S}"
    (row,) = market.ledger("SI19000006")
    assert (row["message_id"], row["repeats"]) == (ids[0], len(ids) - 1)
    replayed = shop.get(f"{place}/replay")
    assert (replayed["same"], len(replayed["attempts"])) == (True, len(made))


def asked(shop: Shop, place: str) -> Json:
    """Return what FURS was told, out of the exact bytes of a request."""
    _, _, body = shop.call("GET", place).content.partition(b"\r\n\r\n")
    part = json.loads(body)["token"].split(".")[1]
    found: Json = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return found


def test_a_premise_that_furs_forgot_is_a_reason_to_wait_and_to_act(market: Market) -> None:
    vat = "SI80267432"
    shop = market.shop(vat, premise=None)
    body = {"pattern": "{premise}-{device}-{seq}", "premise": "NEW1", "device": "B1"}
    assert shop.call("POST", "/v1/series", {"code": "TILL", **body}).status_code == 201
    made = market.declared(shop, "NEW1")
    market.house.sql(
        "update premise set state = 'registered', registered_at = now() where code = 'NEW1'"
    )
    issued = shop.issued(sale())
    with market.working():
        sent: Json = {}
        for _ in range(100):
            shown = shop.get(f"/v1/documents/{issued['id']}")
            (sent,) = (one for one in shown["transmissions"] if one["channel"] == TEST)
            if sent["transport"] == "failed_retryable":
                break
            time.sleep(0.1)
        else:
            pytest.fail(f"it is {sent}")
        assert shop.call("POST", f"/v1/premises/{made['id']}/register").status_code == 200
        assert verdict(told(shop, issued)) == "cleared"


def test_nobody_takes_an_invoice_away_from_furs(market: Market) -> None:
    shop = market.shop("SI73120006")
    issued = shop.issued(sale())
    place = f"/v1/documents/{issued['id']}"
    (sent,) = (one for one in shop.get(place)["transmissions"] if one["channel"] == TEST)
    refused = shop.call("POST", f"/v1/transmissions/{sent['id']}/cancel")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/duty")
    # As it was when that was possible.
    market.house.sql("update transmission set transport = 'cancelled_before_send', facts = null")
    voided = shop.call("POST", f"{place}/void", {"reason": "wrong buyer"})
    assert (voided.status_code, voided.json()["type"]) == (409, "/problems/void-refused")
    assert shop.get(place)["state"] == "issued"


def test_nothing_is_issued_where_furs_knows_no_premise(market: Market) -> None:
    shop = market.shop("SI91245737", premise=None)
    body = {"pattern": "{premise}-{device}-{seq}", "premise": "OUT1", "device": "B1"}
    assert shop.call("POST", "/v1/series", {"code": "TILL", **body}).status_code == 201

    def refused() -> str:
        answer = shop.issue(sale())
        assert answer.status_code == 422, answer.text
        (finding,) = answer.json()["findings"]
        assert finding["fix"]
        return str(finding["rule"])

    assert refused() == "SI-09"
    made = market.declared(shop, "OUT1")
    assert refused() == "SI-09"
    draft = shop.draft(sale())
    shown = shop.get(f"/v1/documents/{draft['id']}/preflight")
    (check_of_rules,) = (one for one in shown["checks"] if one["id"] == "rules")
    assert (shown["light"], check_of_rules["light"]) == ("red", "red")
    assert "SI-09" in [one["rule"] for one in check_of_rules["data"]["findings"]]
    place = f"/v1/premises/{made['id']}"
    assert shop.call("POST", f"{place}/register").status_code == 200
    issued = shop.issued(sale())
    assert issued["number"] == "OUT1-B1-1"  # no number was used before
    with market.working():
        told(shop, issued)
    assert shop.call("POST", f"{place}/close").json()["state"] == "closed"
    assert refused() == "SI-09"


def test_a_premise_that_opens_later_issues_nothing_yet(market: Market) -> None:
    shop = market.shop("SI33411492", premise=None)
    body = {"pattern": "{premise}-{device}-{seq}", "premise": "LATE1", "device": "B1"}
    assert shop.call("POST", "/v1/series", {"code": "TILL", **body}).status_code == 201
    made = market.declared(shop, "LATE1", valid_from="2999-01-01")
    assert shop.call("POST", f"/v1/premises/{made['id']}/register").status_code == 200
    answer = shop.issue(sale())
    assert [one["rule"] for one in answer.json()["findings"]] == ["SI-09"]


def kinds(shown: Json) -> list[str]:
    """Return what a document is stamped with."""
    return [one["kind"] for one in shown["stamps"]]


def channels(shown: Json) -> list[str]:
    """Return by which ways a document goes."""
    return [one["channel"] for one in shown["transmissions"]]


def test_an_invoice_of_another_system_is_credited(market: Market) -> None:
    shop = market.shop("SI10693637")
    earlier = {
        "number": "OLD1-B7-41",
        "issued_at": "2026-10-31T23:30:00Z",  # the next day in Slovenia
        "zoi": "A" * 32,
    }
    credit = shop.issue(sale(earlier_invoices=[earlier]), "credit-notes")
    assert credit.status_code == 200, credit.text
    (named,) = credit.json()["invoice"]["preceding_invoice_references"]
    assert (named["reference"], named["issue_date"]) == ("OLD1-B7-41", "2026-11-01")
    with market.working():
        shown = told(shop, credit.json())
    assert verdict(shown) == "cleared"
    record = record_of(shop, shown)
    (told_of,) = record["ReferenceInvoice"]
    assert told_of["ReferenceInvoiceIdentifier"] == {
        "BusinessPremiseID": "OLD1",
        "ElectronicDeviceID": "B7",
        "InvoiceNumber": "41",
    }
    assert told_of["ReferenceInvoiceIssueDateTime"] == "2026-11-01T00:30:00"
    assert record["SpecialNotes"] == f"OLD1-B7-41 ZOI {'a' * 32}"


@pytest.mark.parametrize(
    "wrong", [{"number": "41"}, {"issued_at": "2026-11-01T10:00:00"}, {"zoi": "no"}]
)
def test_an_earlier_invoice_is_named_as_furs_knows_it(market: Market, wrong: Json) -> None:
    right = {"number": "OLD1-B7-41", "issued_at": "2026-11-01T10:00:00+01:00"}
    shop = market.shop(premise=None)
    answer = shop.issue(sale(earlier_invoices=[right | wrong]), "credit-notes")
    assert answer.status_code == 422
    (part,) = answer.json()["errors"]
    assert part["pointer"] == f"/earlier_invoices/0/{next(iter(wrong))}"


def test_what_is_paid_by_transfer_alone_need_not_be_told(market: Market) -> None:
    shop = market.shop("SI43464602", tells="cash")
    account = {"payment_account_identifier": "SI56192001234567892"}
    means = {"payment_means_type_code": "30", "credit_transfers": [account]}
    transfer = invoice(payment_instructions=[means])
    untold = shop.get(f"/v1/documents/{shop.issued(transfer)['id']}")
    assert (kinds(untold), TEST in channels(untold)) == ([], False)
    draft = shop.draft(transfer)
    assert shop.get(f"/v1/documents/{draft['id']}/preflight")["light"] != "red"
    credit = shop.issue(invoice(corrects=untold["id"]), "credit-notes")
    assert credit.status_code == 200, credit.text
    assert TEST not in channels(shop.get(f"/v1/documents/{credit.json()['id']}"))
    cash = shop.issued(sale(payment_instructions=[{"payment_means_type_code": "48"}]))
    assert kinds(shop.get(f"/v1/documents/{cash['id']}")) == ["zoi"]
    misplaced = shop.issue(invoice(payment_instructions=[{"payment_means_type_code": "10"}]))
    assert [one["rule"] for one in misplaced.json()["findings"]] == ["SI-05"]
    told_of = shop.issue(sale(corrects=cash["id"]), "credit-notes").json()
    assert kinds(shop.get(f"/v1/documents/{told_of['id']}")) == ["zoi"]


def test_a_series_of_transfers_takes_no_cash(market: Market) -> None:
    shop = market.shop("SI27005283", untold_series=["INV"])
    transfer = shop.issued(invoice())
    assert TEST not in channels(shop.get(f"/v1/documents/{transfer['id']}"))
    answer = shop.issue(invoice(payment_instructions=[{"payment_means_type_code": "10"}]))
    assert answer.status_code == 422
    assert [one["rule"] for one in answer.json()["findings"]] == ["SI-12"]
    assert kinds(shop.get(f"/v1/documents/{shop.issued(sale())['id']}")) == ["zoi"]
