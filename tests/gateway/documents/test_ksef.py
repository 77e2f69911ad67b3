"""Polish invoices: issued as FA(3), sent to KSeF, numbered by it, and proved by its UPO."""

import base64
import datetime
import hashlib
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from formats.ksef_api import upo
from formats.signatures.signer import Signer
from formats.xml import parse
from gateway.archive.service import Archive
from gateway.documents.fiscal import ksef
from gateway.documents.fiscal.scheme import Case, Tools
from gateway.fsck.service import check
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import TenantTransaction
from gateway.signing.problems import KeyUnusableProblem, Unusable
from tests.formats.pdf.documents import text_of
from tests.gateway.houses import Json, Shop, rules
from tests.gateway.ksef import SCHEME, TEST, Market, a_nip, ksef_market, nip_of, sale

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, official: Path
) -> Iterator[Market]:
    with ksef_market(postgres, tmp_path_factory.mktemp("market"), official) as found:
        yield found


@pytest.fixture(autouse=True)
def undisturbed(market: Market) -> Iterator[None]:
    yield
    market.tell("script", {"rate_limits": "off", "verdicts": [], "delay_seconds": 0})


def sent_of(shown: Json) -> Json:
    """Return how a document travels: to KSeF, and nowhere else."""
    (sent,) = shown["transmissions"]
    assert sent["channel"] == TEST
    found: Json = sent
    return found


def judged(shop: Shop, document: Json) -> Json:
    """Wait until KSeF has judged a document, and return it."""
    shown: Json = {}
    for _ in range(600):
        shown = shop.get(f"/v1/documents/{document['id']}")
        if sent_of(shown)["regulatory"] != "pending":
            return shown
        time.sleep(0.05)
    pytest.fail(f"it is {sent_of(shown)}")


def kinds(shown: Json) -> dict[str, Json]:
    """Return the stamps of a document by their kind."""
    return {one["kind"]: one for one in shown["stamps"]}


def evidence(shop: Shop, shown: Json, name: str) -> bytes:
    """Return the evidence of a document that has a name."""
    entries = shop.get(f"/v1/documents/{shown['id']}/evidence")["data"]
    (one,) = (entry for entry in entries if entry["name"] == name)
    return shop.call("GET", f"/v1/documents/{shown['id']}/evidence/{one['id']}").content


def shop_seller(shop: Shop) -> Json:
    found: Json = shop.get(f"/v1/entities/{shop.entity}")["seller"]
    return found


def xml_of(shop: Shop, shown: Json) -> bytes:
    return shop.call("GET", f"/v1/documents/{shown['id']}/xml").content


def verdict_of(market: Market, address: str) -> str:
    """Return what the page behind a QR code says."""
    return market.client.get(address).text.partition('data-verdict="')[2].partition('"')[0]


def test_an_invoice_is_cleared_with_its_number_and_its_upo(market: Market) -> None:
    shop = market.shop()
    issued = shop.issued(sale())
    content = xml_of(shop, issued)
    code = kinds(shop.get(f"/v1/documents/{issued['id']}"))["ksef-code"]
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
    assert code["identifier"] == digest
    assert code["qr"].endswith(f"/{digest}")
    assert f"/invoice/{nip_of(shop)}/" in code["qr"]
    assert verdict_of(market, code["qr"]) == "unknown"

    with market.working():
        shown = judged(shop, issued)
    assert (sent_of(shown)["transport"], sent_of(shown)["regulatory"]) == ("delivered", "cleared")
    (row,) = market.ledger(shop)
    number = kinds(shown)["ksef-number"]["identifier"]
    assert number == row["ksef_number"]
    assert base64.b64decode(row["hash"]) == hashlib.sha256(content).digest()
    proved = upo.entry_for(upo.read(evidence(shop, shown, "upo.xml")), content, number)
    assert proved.ksef_number == number
    assert verdict_of(market, code["qr"]) == "found"
    page = text_of(shop.call("GET", f"/v1/documents/{issued['id']}/pdf").content)
    assert number in page
    assert "OFFLINE" not in page
    report = check(market.house.admin_url, market.house.runtime.settings.data)
    assert report.problems == ()


def test_what_waits_for_ksef_has_both_codes(market: Market) -> None:
    shop = market.shop(offline=True)
    issued = shop.issued(sale())
    marks = kinds(shop.get(f"/v1/documents/{issued['id']}"))
    assert marks.keys() == {"ksef-code", "ksef-certificate"}
    assert verdict_of(market, marks["ksef-certificate"]["qr"]) == "genuine"
    page = text_of(shop.call("GET", f"/v1/documents/{issued['id']}/pdf").content)
    assert "OFFLINE" in page
    assert "CERTYFIKAT" in page
    with market.working():
        shown = judged(shop, issued)
    assert sent_of(shown)["regulatory"] == "cleared"
    page = text_of(shop.call("GET", f"/v1/documents/{issued['id']}/pdf").content)
    assert kinds(shown)["ksef-number"]["identifier"] in page
    assert "OFFLINE" not in page
    assert "CERTYFIKAT" not in page


def test_what_another_issued_under_the_number_is_refused(market: Market) -> None:
    number = a_nip()
    first, second = market.shop(number), market.shop(number)
    one = first.issued(sale())
    with market.working():
        assert sent_of(judged(first, one))["regulatory"] == "cleared"
        other = second.issued(sale(buyer_reference="other"))
        assert one["number"] == other["number"]
        shown = judged(second, other)
    assert sent_of(shown)["regulatory"] == "rejected"
    assert "ksef-number" not in kinds(shown)


def test_what_ksef_gave_up_goes_again_by_itself(market: Market) -> None:
    shop = market.shop()
    market.tell("script", {"rate_limits": "off", "verdicts": [550]})
    issued = shop.issued(sale())
    with market.working():
        shown = judged(shop, issued)
    assert sent_of(shown)["regulatory"] == "cleared"
    assert sent_of(shown)["attempts"] == 2
    assert [row["status"] for row in market.ledger(shop)] == [550, 200]


def test_a_refusal_tells_field_and_fix_before_a_number_is_used(market: Market) -> None:
    shop = market.shop()
    tomorrow = datetime.datetime.now(ZoneInfo("Europe/Warsaw")).date() + datetime.timedelta(days=1)
    assert rules(shop.issue(sale(issue_date=tomorrow.isoformat()))) == {"PL-31"}
    line = sale()["lines"][0] | {"item_name": "x" * 600}
    answer = shop.issue(sale(lines=[line]))
    (finding,) = [one for one in answer.json()["findings"] if one["rule"] == "PL-10"]
    assert finding["pointer"] == "/lines/0/item_name"
    assert finding["fix"]
    assert shop.documents() == []
    assert market.ledger(shop) == []


def test_who_has_no_nip_issues_nothing(market: Market) -> None:
    shop = market.shop()
    seller = {"seller": {"vat_identifier": "DE123456789"}}
    assert shop.call("PATCH", f"/v1/entities/{shop.entity}", seller).status_code == 200
    assert "PL-10" in rules(shop.issue(sale()))


def test_the_structure_is_not_a_choice(market: Market) -> None:
    shop = market.shop()
    answer = shop.issue(sale(profile="peppol-bis-3"))
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/profile"]


def test_a_refusal_of_ksef_is_the_end_and_says_why(market: Market) -> None:
    shop = market.shop()
    market.tell("script", {"rate_limits": "off", "verdicts": [410]})
    issued = shop.issued(sale())
    with market.working():
        shown = judged(shop, issued)
    assert sent_of(shown)["regulatory"] == "rejected"
    status = evidence(shop, shown, "verdict.json")
    assert b'"code": 410' in status or b'"code":410' in status


def test_what_ksef_refused_was_never_issued_and_is_voided(market: Market) -> None:
    shop = market.shop()
    market.tell("script", {"rate_limits": "off", "verdicts": [410]})
    issued = shop.issued(sale())
    waiting = shop.call("POST", f"/v1/documents/{issued['id']}/void", {"reason": "?"})
    assert (waiting.status_code, waiting.json()["type"]) == (409, "/problems/void-refused")
    with market.working():
        assert sent_of(judged(shop, issued))["regulatory"] == "rejected"
    credit = shop.issue(sale(corrects=issued["id"]), "credit-notes")
    (found,) = (one for one in credit.json()["findings"] if one["rule"] == "PL-32")
    assert found["fix"].startswith("Void it")
    voided = shop.call("POST", f"/v1/documents/{issued['id']}/void", {"reason": "Odrzucona"})
    assert voided.status_code == 200, voided.text
    assert shop.get(f"/v1/documents/{issued['id']}")["state"] == "voided"
    anew = shop.issued(sale())
    numbered(market, shop, anew)
    kept = shop.call("POST", f"/v1/documents/{anew['id']}/void", {"reason": "?"})
    assert (kept.status_code, kept.json()["type"]) == (409, "/problems/void-refused")


@pytest.mark.parametrize("price", ["100.00", "40.00"])
def test_a_refused_credit_note_is_voided_and_the_invoice_is_as_before(
    market: Market, price: str
) -> None:
    shop = market.shop()
    issued = shop.issued(sale())
    numbered(market, shop, issued)
    before = shop.get(f"/v1/documents/{issued['id']}")
    lines = [sale()["lines"][0] | {"item_net_price": price}]
    market.tell("script", {"rate_limits": "off", "verdicts": [410]})
    credit = shop.issued(sale(corrects=issued["id"], lines=lines), "credit-notes")
    waiting = shop.call("POST", f"/v1/documents/{credit['id']}/void", {"reason": "?"})
    assert (waiting.status_code, waiting.json()["type"]) == (409, "/problems/void-refused")
    with market.working():
        assert sent_of(judged(shop, credit))["regulatory"] == "rejected"
    taken = shop.get(f"/v1/documents/{issued['id']}")
    assert taken["state"] == ("corrected" if price == "100.00" else "issued")
    assert taken["amount_credited"] == credit["invoice"]["totals"]["total_with_vat"]
    voided = shop.call("POST", f"/v1/documents/{credit['id']}/void", {"reason": "Odrzucona"})
    assert (voided.status_code, voided.json()["state"]) == (200, "voided"), voided.text
    after = shop.get(f"/v1/documents/{issued['id']}")
    assert after["state"] == "issued"
    assert Decimal(after["amount_credited"]) == 0
    assert after["payment_status"] == before["payment_status"]
    told = [one["type"] for one in shop.get("/v1/events?limit=100")["data"]]
    assert told[-2:] == ["invoice.correction_voided", "credit_note.voided"]
    anew = shop.issued(sale(corrects=issued["id"]), "credit-notes")
    numbered(market, shop, anew)
    assert shop.get(f"/v1/documents/{issued['id']}")["state"] == "corrected"
    kept = shop.call("POST", f"/v1/documents/{anew['id']}/void", {"reason": "?"})
    assert (kept.status_code, kept.json()["type"]) == (409, "/problems/void-refused")
    report = check(market.house.admin_url, market.house.runtime.settings.data)
    assert report.problems == ()


@pytest.mark.parametrize(
    ("reason", "code"), [("none", True), ("retired", True), ("revoked", True), ("locked", False)]
)
def test_a_key_that_cannot_be_had_for_a_moment_leaves_no_invoice_without_its_code(
    reason: Unusable, *, code: bool
) -> None:
    def no_key(*_: object, **__: object) -> Signer:
        raise KeyUnusableProblem(reason, "...")

    tools = Tools(cast("Archive", None), no_key, str)
    case = cast("Case", SimpleNamespace(now=datetime.datetime.now(datetime.UTC)))
    tx = cast("TenantTransaction", None)
    if code:
        assert ksef._offline(tx, case, tools) is None
        return
    with pytest.raises(KeyUnusableProblem) as failed:
        ksef._offline(tx, case, tools)
    assert failed.value.reason == reason


def test_an_offline_certificate_that_ended_is_missed_only_while_ksef_is_away(
    market: Market,
) -> None:
    shop = market.shop(offline=True)
    (key,) = [
        one["id"]
        for one in shop.get("/v1/signing-keys")["data"]
        if one["purposes"] == ["fiscal-signature"]
    ]
    over = "update signing_certificate set not_after = now() - interval '1 day' where key_id = %s"
    market.house.sql(over, parse_id(key, "sgk"))
    draft = shop.draft(sale())
    shown = shop.get(f"/v1/documents/{draft['id']}/preflight")
    said = {one["data"]["purpose"]: one for one in shown["checks"] if one["id"] == "certificate"}
    assert said["fiscal-signature"]["light"] == "amber"
    assert said["fiscal-signature"]["data"]["reason"] == "certificate_expired"
    online = shop.issued(sale())
    assert kinds(shop.get(f"/v1/documents/{online['id']}")).keys() == {"ksef-code"}
    numbered(market, shop, online)
    place = f"{TEST}/somewhere:443"
    market.house.sql(
        "insert into breaker (key, failures, down_since, updated_at) values (%s, 1, now(), now())",
        place,
    )
    try:
        offline = shop.issue(sale())
    finally:
        market.house.sql("delete from breaker where key = %s", place)
    assert (offline.status_code, offline.json()["reason"]) == (409, "certificate_expired")


def test_before_issuing_it_is_said_whether_the_key_is_there(market: Market) -> None:
    shop = market.shop()
    draft = shop.draft(sale())
    shown = shop.get(f"/v1/documents/{draft['id']}/preflight")
    assert {one["light"] for one in shown["checks"] if one["id"] == "certificate"} == {"green"}
    keyless = Shop.opened(
        market.house, "PL", settings={"fiscalization": SCHEME}, seller=shop_seller(shop)
    )
    draft = keyless.draft(sale())
    shown = keyless.get(f"/v1/documents/{draft['id']}/preflight")
    (found,) = (one for one in shown["checks"] if one["id"] == "certificate")
    assert (found["light"], found["data"]["purpose"]) == ("red", "authentication")


def test_a_supply_to_another_member_state_tells_the_seller_with_his_prefix(
    market: Market,
) -> None:
    shop = market.shop()
    address = {"city": "Berlin", "post_code": "10115", "country_code": "DE", "line_1": "Weg 1"}
    german = {"name": "K GmbH", "vat_identifier": "DE136695976", "postal_address": address}
    line = sale()["lines"][0] | {"vat_category_code": "K", "vat_rate": "0"}
    reason = {"category_code": "K", "code": "VATEX-EU-IC", "text": "art. 42 ustawy"}
    delivery = {
        "actual_delivery_date": "2026-11-02",
        "deliver_to_address": {"country_code": "DE"},
    }
    body = sale(buyer=german, lines=[line], vat_exemptions=[reason], delivery_information=delivery)
    issued = shop.issued(body)
    assert fa_of(shop, issued, "Podmiot1", "PrefiksPodatnika") == ["PL"]
    assert fa_of(shop, issued, "Fa", "FaWiersz", "P_12") == ["0 WDT"]


def test_the_document_is_an_fa_of_its_schema(market: Market) -> None:
    shop = market.shop()
    root = parse(xml_of(shop, shop.issued(sale())))
    assert root.findtext("{*}Fa/{*}RodzajFaktury") == "VAT"
    assert root.findtext("{*}Podmiot1/{*}DaneIdentyfikacyjne/{*}NIP") == nip_of(shop)


def numbered(market: Market, shop: Shop, *documents: Json) -> list[Json]:
    """Have documents cleared, and return them."""
    with market.working():
        shown = [judged(shop, one) for one in documents]
    assert [sent_of(one)["regulatory"] for one in shown] == ["cleared"] * len(shown)
    return shown


def fa_of(shop: Shop, shown: Json, *path: str) -> list[str | None]:
    """Return the texts of the elements at a path of the document."""
    found = parse(xml_of(shop, shown)).findall("/".join(f"{{*}}{one}" for one in path))
    return [one.text for one in found]


def test_corrections_name_the_number_of_what_they_correct(market: Market) -> None:
    shop = market.shop()
    issued = shop.issued(sale())
    early = shop.issue(sale(corrects=issued["id"]), "credit-notes")
    assert rules(early) == {"PL-32"}
    (first,) = numbered(market, shop, issued)
    number = kinds(first)["ksef-number"]["identifier"]
    credit = shop.issued(sale(corrects=issued["id"]), "credit-notes")
    (shown,) = numbered(market, shop, credit)
    assert fa_of(shop, shown, "Fa", "RodzajFaktury") == ["KOR"]
    corrected = ("Fa", "DaneFaKorygowanej")
    assert fa_of(shop, shown, *corrected, "NrKSeFFaKorygowanej") == [number]
    assert fa_of(shop, shown, *corrected, "NrFaKorygowanej") == [issued["number"]]
    assert fa_of(shop, shown, "Fa", "P_15") == ["-123.00"]


def draft_of(shop: Shop, issued: Json, **body: object) -> Json:
    """Return the draft of a correction, as a body that can be sent again."""
    said = {"reason": "Cena", "method": "corrective_invoice", **body}
    made = shop.call("POST", f"/v1/documents/{issued['id']}/corrections", said)
    assert made.status_code == 201, made.text
    found: Json = made.json()
    return found


def test_a_corrective_invoice_says_the_difference_and_stands_beside_the_first(
    market: Market,
) -> None:
    shop = market.shop()
    first = shop.issued(sale())
    numbered(market, shop, first)
    anew = shop.issue(sale(corrects=first["id"]))
    assert rules(anew) == {"PL-33"}

    draft = draft_of(shop, first)
    assert draft["invoice"]["totals"]["total_with_vat"] == "0.00"
    before, now = draft["invoice"]["lines"]
    assert (before["net_amount"], now["net_amount"]) == ("-100.00", "100.00")
    now = {name: now[name] for name in sale()["lines"][0]} | {"item_net_price": "110.00"}
    before = {name: before[name] for name in (*sale()["lines"][0], "extensions")}
    kor = shop.issued(sale(corrects=first["id"], lines=[before, now]))
    (shown,) = numbered(market, shop, kor)
    assert fa_of(shop, shown, "Fa", "RodzajFaktury") == ["KOR"]
    assert fa_of(shop, shown, "Fa", "FaWiersz", "StanPrzed") == ["1"]
    assert fa_of(shop, shown, "Fa", "FaWiersz", "P_11") == ["100.00", "110.00"]
    assert fa_of(shop, shown, "Fa", "P_13_1") == ["10.00"]
    assert fa_of(shop, shown, "Fa", "P_14_1") == ["2.30"]
    assert fa_of(shop, shown, "Fa", "P_15") == ["12.30"]
    told = [shop.get(f"/v1/documents/{one['id']}") for one in (first, kor)]
    assert [one["state"] for one in told] == ["issued", "issued"]
    assert [one["open_amount"] for one in told] == ["123.00", "12.30"]


def test_a_difference_below_nothing_is_a_credit_note(market: Market) -> None:
    shop = market.shop()
    first = shop.issued(sale())
    numbered(market, shop, first)
    before, now = draft_of(shop, first)["invoice"]["lines"]
    now = {name: now[name] for name in sale()["lines"][0]} | {"item_net_price": "90.00"}
    before = {name: before[name] for name in (*sale()["lines"][0], "extensions")}
    answer = shop.issue(sale(corrects=first["id"], lines=[before, now]))
    assert answer.status_code == 409
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/corrects"]


def test_an_advance_is_settled_and_corrected_by_its_number(market: Market) -> None:
    shop = market.shop()
    advance = shop.issued(sale(), "advance-invoices")
    (first,) = numbered(market, shop, advance)
    number = kinds(first)["ksef-number"]["identifier"]
    assert fa_of(shop, first, "Fa", "RodzajFaktury") == ["ZAL"]
    line = sale()["lines"][0] | {"item_net_price": "300.00"}
    final = shop.issued(sale(lines=[line], settles=[advance["id"]]))
    (shown,) = numbered(market, shop, final)
    assert fa_of(shop, shown, "Fa", "RodzajFaktury") == ["ROZ"]
    assert fa_of(shop, shown, "Fa", "FakturaZaliczkowa", "NrKSeFFaZaliczkowej") == [number]
    assert fa_of(shop, shown, "Fa", "P_15") == ["246.00"]
    note = shop.issued(sale(corrects=final["id"]), "credit-notes")
    (shown,) = numbered(market, shop, note)
    assert fa_of(shop, shown, "Fa", "RodzajFaktury") == ["KOR_ROZ"]
    assert fa_of(shop, shown, "Fa", "FakturaZaliczkowa", "NrKSeFFaZaliczkowej") == [number]
    other = shop.issued(sale(), "advance-invoices")
    numbered(market, shop, other)
    note = shop.issued(sale(corrects=other["id"]), "credit-notes")
    (shown,) = numbered(market, shop, note)
    assert fa_of(shop, shown, "Fa", "RodzajFaktury") == ["KOR_ZAL"]


def test_a_settlement_is_credited_by_its_correction(market: Market) -> None:
    shop = market.shop()
    advance = shop.issued(sale(), "advance-invoices")
    numbered(market, shop, advance)
    line = sale()["lines"][0] | {"item_net_price": "300.00"}
    final = shop.issued(sale(lines=[line], settles=[advance["id"]]))
    numbered(market, shop, final)
    draft = draft_of(shop, final, method="credit_note")
    answer = shop.call("POST", f"/v1/credit-notes/{draft['id']}/finalize")
    assert answer.status_code == 200, answer.text
    note = shop.get(f"/v1/documents/{draft['id']}")
    assert fa_of(shop, note, "Fa", "RodzajFaktury") == ["KOR_ROZ"]
    assert fa_of(shop, note, "Fa", "P_15") == ["-246.00"]


def test_who_bills_himself_for_his_seller_needs_his_permission(market: Market) -> None:
    buyer, number = market.shop(), a_nip()
    seller = shop_seller(buyer) | {"name": "Dostawca", "vat_identifier": f"PL{number}"}
    body = {name: value for name, value in sale().items() if name != "buyer"}
    refused = buyer.issued({**body, "seller": seller}, "self-billed-invoices")
    with market.working():
        assert sent_of(judged(buyer, refused))["regulatory"] == "rejected"
    market.allow_self_billing(number, nip_of(buyer))
    issued = buyer.issued({**body, "seller": seller}, "self-billed-invoices")
    (shown,) = numbered(market, buyer, issued)
    assert fa_of(buyer, shown, "Fa", "Adnotacje", "P_17") == ["1"]
    assert f"/invoice/{number}/" in kinds(shown)["ksef-code"]["qr"]


def brought(shop: Shop, token: str) -> Json:
    """Put a KSeF token into the vault."""
    body = {"kind": "ksef-token", "name": "Sending", "value": token}
    answer = shop.call("POST", "/v1/secrets", body)
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


def credentials(shop: Shop, sent: Json) -> set[str]:
    """Return by what kinds of credentials a transmission was sent and asked about."""
    attempts = shop.get(f"/v1/transmissions/{sent['id']}/attempts")["data"]
    return {str(one["credential"])[:3] for one in attempts}


def test_an_entity_without_key_sends_by_its_token(market: Market) -> None:
    shop = market.shop(keyless=True)
    items = {one["id"]: one for one in shop.get(f"/v1/entities/{shop.entity}/readiness")["items"]}
    assert items["certificate:authentication"]["state"] == "missing"
    assert "/v1/secrets" in items["certificate:authentication"]["fix"]
    made = brought(shop, market.token(nip_of(shop)))
    items = {one["id"]: one for one in shop.get(f"/v1/entities/{shop.entity}/readiness")["items"]}
    assert "certificate:authentication" not in items
    assert items["secret:ksef-token"]["state"] == "done"
    draft = shop.draft(sale())
    checks = shop.get(f"/v1/documents/{draft['id']}/preflight")["checks"]
    told = [(one["light"], one["reason"]) for one in checks if one["id"] == "certificate"]
    assert told == [("green", "The ksef-token 'Sending' is used.")]
    issued = shop.issued(sale())
    with market.working():
        sent = sent_of(judged(shop, issued))
    assert sent["regulatory"] == "cleared"
    assert credentials(shop, sent) == {"sct"}
    assert shop.get(f"/v1/secrets/{made['id']}")["last_used_at"] is not None
    assert len(market.ledger(shop)) == 1


def test_the_token_goes_first_and_deleting_it_leads_back_to_the_key(market: Market) -> None:
    shop = market.shop()
    made = brought(shop, market.token(nip_of(shop)))
    first = shop.issued(sale())
    with market.working():
        assert credentials(shop, sent_of(judged(shop, first))) == {"sct"}
    assert shop.call("DELETE", f"/v1/secrets/{made['id']}").status_code == 204
    second = shop.issued(sale(buyer_reference="second"))
    with market.working():
        assert credentials(shop, sent_of(judged(shop, second))) == {"sgk"}
