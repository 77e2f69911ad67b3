"""Every kind of document: drafts, numbers of its own, and what is issued."""

import json

import pytest

from gateway.kinds import DocumentKind
from tests.gateway.documents.bodies import body_of, series_for
from tests.gateway.houses import Shop, invoice, line, rules

COMMERCIAL = [kind for kind in DocumentKind if not kind.fiscal]


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_kind_is_drafted_and_issued_under_its_own_number(
    shop: Shop, kind: DocumentKind
) -> None:
    series_for(shop, kind)
    draft = shop.draft(body_of(kind), kind.collection)
    assert (draft["object"], draft["state"], draft["number"]) == (kind.value, "draft", None)
    assert draft["id"].startswith(f"{kind.prefix}_")
    issued = shop.issued(body_of(kind), kind.collection)
    assert issued["number"].startswith(kind.default_series)
    assert issued["invoice"]["type_code"] == kind.default_type_code
    assert issued["total_with_vat"] == "3.61"
    listed = shop.get(f"/v1/{kind.collection}")["data"]
    assert [one["id"] for one in listed] == [issued["id"], draft["id"]]
    happened = [one["type"] for one in shop.get("/v1/events")["data"]]
    assert happened.count(f"{kind.value}.created") == 2
    assert happened.count(f"{kind.value}.finalized") == 1


@pytest.mark.parametrize("kind", COMMERCIAL)
def test_what_is_no_invoice_is_frozen_as_json_and_sent_over_no_network(
    shop: Shop, kind: DocumentKind
) -> None:
    series_for(shop, kind)
    issued = shop.issued(body_of(kind), kind.collection)
    assert (issued["profile"], issued["transmissions"]) == ("gateway-json", [])
    answer = shop.call("GET", f"/v1/documents/{issued['id']}/xml")
    assert answer.headers["content-type"] == "application/json"
    written = json.loads(answer.content)
    assert (written["kind"], written["number"]) == (kind.value, issued["number"])
    assert written["totals"]["total_with_vat"] == "3.61"


def test_an_order_needs_lines_and_a_name_and_nothing_that_only_invoices_need(shop: Shop) -> None:
    series_for(shop, DocumentKind.ORDER)
    refused = shop.issue({"customer": {"email": "a@b.example"}, "items": []}, "orders")
    assert rules(refused) >= {"BR-07", "BR-16"}
    bare = {
        "customer": {"name": "Kavarna"},
        "items": [{"name": "Bread", "quantity": 1, "price": 2}],
    }
    assert shop.issue(bare, "orders").status_code == 200


def test_a_delivery_note_needs_no_prices(shop: Shop) -> None:
    series_for(shop, DocumentKind.DELIVERY_NOTE)
    note = {"customer": {"name": "Kavarna"}, "items": [{"name": "Bread", "quantity": 3}]}
    issued = shop.issued(note, "delivery-notes")
    assert issued["invoice"]["lines"][0]["invoiced_quantity"] == "3"
    series_for(shop, DocumentKind.ESTIMATE)
    assert "BR-26" in rules(shop.issue(note, "estimates"))


def test_in_self_billing_the_entity_buys_and_its_supplier_sells(shop: Shop) -> None:
    kind = DocumentKind.SELF_BILLED_INVOICE
    series_for(shop, kind)
    issued = shop.issued(body_of(kind), kind.collection)
    entity = shop.get(f"/v1/entities/{shop.entity}")
    assert issued["invoice"]["buyer"]["name"] == entity["seller"]["name"]
    assert issued["invoice"]["seller"]["name"] == "Mlin d.o.o."
    assert (issued["invoice"]["type_code"], issued["customer_id"]) == ("389", None)
    wrong = shop.call(
        "POST", f"/v1/{kind.collection}", {**body_of(kind), "customer": {"name": "x"}}
    )
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["pointer"] == "/customer"


def test_the_minimal_body_is_issued(shop: Shop) -> None:
    body = {
        "customer": {"name": "Kavarna Rožle", "email": "racuni@rozle.example"},
        "items": [{"name": "Kruh", "quantity": 2, "price": 3.5}],
    }
    issued = shop.issued(body)
    assert issued["total_without_vat"] == "7.00"
    assert issued["profile"] == "en16931-ubl"  # no network reaches a buyer without an address
    assert issued["invoice"]["buyer"]["postal_address"]["country_code"] == "SI"
    assert issued["invoice"]["lines"][0]["vat_rate"] == "22"
    assert issued["due_date"] > issued["issue_date"]
    assert issued["invoice_id"] == issued["id"]


def test_the_country_of_a_customer_without_address_is_that_of_its_vat_number(shop: Shop) -> None:
    body = {"customer": {"name": "Café", "vat_id": "DE129261942"}, "items": [_plain()]}
    draft = shop.draft(body)
    assert draft["invoice"]["buyer"]["postal_address"]["country_code"] == "DE"


def test_a_type_code_makes_an_advance_invoice_of_an_invoice(shop: Shop) -> None:
    series_for(shop, DocumentKind.ADVANCE_INVOICE)
    assert shop.draft(invoice(type_code="386"))["object"] == "advance_invoice"


def test_a_draft_is_deleted_restored_and_its_versions_are_kept(shop: Shop) -> None:
    draft = shop.draft()
    path = f"/v1/invoices/{draft['id']}"
    changed = invoice(lines=[line(invoiced_quantity="5")])
    assert shop.call("PUT", f"{path}?change_reason=five", changed).status_code == 200
    assert shop.call("PUT", path, changed).status_code == 200
    pages = f"/v1/documents/{draft['id']}/versions?limit=1"
    later = shop.get(pages)
    assert [one["version"] for one in later["data"]] == [2]
    last = shop.get(f"{pages}&cursor={later['next_cursor']}")
    assert last["next_cursor"] is None
    versions = last["data"]
    assert [(one["version"], one["reason"]) for one in versions] == [(1, "five")]
    assert versions[0]["body"]["lines"][0]["invoiced_quantity"] == "3"
    assert shop.call("DELETE", path).status_code == 204
    assert shop.call("GET", path).status_code == 404
    assert shop.call("DELETE", path).status_code == 404
    assert [one["id"] for one in shop.get("/v1/invoices?deleted=true")["data"]] == [draft["id"]]
    assert shop.call("POST", f"/v1/documents/{draft['id']}/restore").status_code == 200
    assert shop.get(path)["total_with_vat"] == "6.02"


def test_what_is_issued_is_never_deleted(shop: Shop) -> None:
    issued = shop.issued()
    answer = shop.call("DELETE", f"/v1/invoices/{issued['id']}")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/document-state")


def test_on_the_last_day_of_all_no_later_day_to_pay_is_made_up(shop: Shop) -> None:
    last = invoice(issue_date="9999-12-31", payment_terms=None)
    draft = shop.draft(last)
    assert draft["due_date"] is None
    assert "BR-CO-25" in {finding["rule"] for finding in draft["findings"]}


def test_a_preview_stores_nothing_and_takes_no_number(shop: Shop) -> None:
    before = shop.series("INV")["next_number"]
    answer = shop.call("POST", "/v1/invoices/preview", invoice())
    assert answer.status_code == 200, answer.text
    preview = answer.json()
    assert (preview["total_with_vat"], preview["series"]) == ("3.61", "INV")
    assert preview["number"].endswith("1")
    assert shop.series("INV")["next_number"] == before
    assert shop.documents() == []
    assert shop.get("/v1/customers")["data"] == []
    issued = shop.issued()
    assert issued["number"] == preview["number"]


def _plain() -> dict[str, object]:
    return {"name": "Bread", "quantity": 1, "price": 1}
