"""Documents whose lines say nothing of VAT: decided by the law, shown, printed, archived."""

from typing import Any

import pytest

from gateway.demo.companies import BUYERS
from tests.formats.pdf.documents import text_of
from tests.gateway.houses import House, Shop, invoice, rules

AUTOMATIC: dict[str, object] = {"auto_reverse_charge": True, "auto_remove_tax_export": True}
DELIVERED = {
    "actual_delivery_date": "2026-11-20",
    "deliver_to_address": {"country_code": "DE"},
}


def _shop(house: House, country: str = "SI", *, eu: dict[str, object] | None = None) -> Shop:
    settings = {"tax_rules": {"eu": eu or {}}, "locale": "de"}
    return Shop.opened(house, country, settings=settings)


def _sold(name: str, kind: str | None = None, code: str | None = None) -> dict[str, Any]:
    line: dict[str, Any] = {"item_name": name, "invoiced_quantity": "1", "item_net_price": "100"}
    if kind is not None:
        line["supply_kind"] = kind
    if code is not None:
        line["supply_code"] = code
    return line


def _mixed(**changes: object) -> dict[str, Any]:
    """Return an invoice to a German business."""
    return invoice(
        **{
            "buyer": BUYERS["DE"],
            "lines": [_sold("Machine", "goods")],
            "delivery_information": DELIVERED,
            "profile": "en16931-ubl",
            **changes,
        }
    )


def _categories(document: dict[str, Any]) -> list[tuple[str | None, str | None]]:
    lines = document["invoice"]["lines"]
    return [(one.get("vat_category_code"), one.get("vat_rate")) for one in lines]


def test_everything_in_one_invoice_passes_the_official_rules(complete_house: House) -> None:
    shop = _shop(complete_house, eu=AUTOMATIC)
    lines = [
        _sold("Inspection", "real_estate"),
        _sold("Letting", "real_estate", "68.20.11"),
        _sold("Software", "service", "62.01"),
    ]
    body = _mixed(place_of_supply="SI", lines=lines)
    issued = shop.issued(body)
    assert _categories(issued) == [("S", "22"), ("E", "0"), ("AE", "0")]
    assert issued["findings"] == []
    assert {layer["outcome"] for layer in issued["layers"]} == {"ran"}
    decision = shop.get(f"/v1/invoices/{issued['id']}/tax-decision")
    assert [one["category"] for one in decision["lines"]] == ["S", "E", "AE"]
    assert [one["vatex"] for one in decision["lines"]] == [None, "VATEX-EU-135-1", "VATEX-EU-AE"]
    assert decision["lines"][2]["note"] == "Steuerschuldnerschaft des Leistungsempfängers"
    assert [one["decided_by"] for one in decision["lines"]] == ["law", "law", "law"]
    content = shop.call("GET", f"/v1/documents/{issued['id']}/xml").text
    assert "VATEX-EU-AE" in content
    assert "VATEX-EU-135-1" in content
    assert "Steuerschuldnerschaft des Leistungsempfängers" in content
    pdf = shop.call("GET", f"/v1/documents/{issued['id']}/pdf")
    assert "SteuerschuldnerschaftdesLeistungsempfängers" in text_of(pdf.content)


def test_goods_and_services_across_the_border(complete_house: House) -> None:
    shop = _shop(complete_house, eu=AUTOMATIC)
    lines = [_sold("Machine", "goods"), _sold("Software", "service", "62.01")]
    issued = shop.issued(_mixed(lines=lines))
    assert _categories(issued) == [("K", "0"), ("AE", "0")]
    assert issued["findings"] == []


def test_without_leave_nothing_is_free_of_vat(house: House) -> None:
    shop = _shop(house)
    draft = shop.draft(_mixed(lines=[_sold("Machine", "goods")]))
    [finding] = [one for one in draft["findings"] if one["rule"] == "GW-01"]
    assert finding["pointer"] == "/lines/0/vat_category_code"
    assert "VATD-138" in finding["fix"]
    decision = shop.get(f"/v1/invoices/{draft['id']}/tax-decision")
    assert [(one["category"], one["decided_by"]) for one in decision["lines"]] == [
        ("K", "document")
    ]


def test_what_is_sold_is_asked_for_where_it_matters(house: House) -> None:
    shop = _shop(house, eu=AUTOMATIC)
    draft = shop.draft(_mixed(lines=[_sold("Something")]))
    [finding] = [one for one in draft["findings"] if one["rule"] == "GW-01"]
    assert "lines.kind" in finding["fix"]


def test_the_own_words_of_a_line_win(house: House) -> None:
    shop = _shop(house, eu=AUTOMATIC)
    own = {**_sold("Machine", "goods"), "vat_category_code": "S", "vat_rate": "22"}
    issued = shop.issued(_mixed(lines=[own]))
    assert _categories(issued) == [("S", "22")]
    decision = shop.get(f"/v1/invoices/{issued['id']}/tax-decision")["lines"][0]
    assert (decision["category"], decision["stated_category"]) == ("K", "S")


def test_an_item_brings_what_it_is(house: House) -> None:
    shop = _shop(house, eu=AUTOMATIC)
    book = {"name": "Book", "price": "10", "supply_kind": "goods", "supply_code": "4901"}
    item = shop.call("POST", "/v1/items", book).json()
    assert (item["supply_kind"], item["supply_code"]) == ("goods", "4901")
    at_home = invoice(lines=[{"item_id": item["id"], "invoiced_quantity": "2"}])
    assert _categories(shop.issued(at_home)) == [("S", "5")]
    abroad = _mixed(lines=[{"item_id": item["id"], "invoiced_quantity": "2"}])
    assert _categories(shop.issued(abroad)) == [("K", "0")]


def test_a_small_business_prints_the_sentence_of_its_law(house: House) -> None:
    shop = _shop(house, "DE", eu={"schemes": ["small_business"]})
    body = invoice(buyer=BUYERS["DE"], lines=[_sold("Cake", "goods")], profile="en16931-ubl")
    issued = shop.issued(body)
    assert _categories(issued) == [("E", "0")]
    [row] = issued["invoice"]["vat_breakdown"]
    assert "19" in row["exemption_reason_text"]


def test_a_consumer_abroad_pays_at_home_below_the_threshold(house: House) -> None:
    buyer = {"name": "Kunde", "postal_address": {"country_code": "DE"}}
    body = invoice(buyer=buyer, lines=[_sold("Machine")], profile="en16931-ubl")
    shop = _shop(house)
    [asked] = [one for one in shop.draft(body)["findings"] if one["rule"] == "GW-01"]
    assert "buyer.kind" in asked["fix"]
    assert _categories(shop.issued({**body, "buyer_kind": "consumer"})) == [("S", "22")]
    one_stop = _shop(house, eu={"schemes": ["oss_union"]})
    sold = {**body, "buyer_kind": "consumer", "lines": [_sold("Machine", "goods")]}
    assert _categories(one_stop.issued(sold)) == [("S", "19")]


def test_prices_for_consumers_include_vat_where_the_entity_wants_it(house: House) -> None:
    shop = _shop(house, eu={"require_gross_prices": True})
    private = {"name": "Kunde", "postal_address": {"country_code": "SI"}}
    body = invoice(buyer=private, lines=[_sold("Cake")], profile="en16931-ubl")
    assert "GW-36" in rules(shop.issue(body))
    assert _categories(shop.issued({**body, "prices_include_vat": True})) == [("S", "22")]


@pytest.mark.parametrize("member", ["buyer_kind", "place_of_supply"])
def test_facts_that_are_none_are_refused(house: House, member: str) -> None:
    refused = _shop(house).call("POST", "/v1/invoices", invoice(**{member: "nothing"}))
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == f"/{member}"


def test_an_issued_decision_is_what_was_archived(house: House) -> None:
    shop = _shop(house, eu=AUTOMATIC)
    issued = shop.issued(_mixed(lines=[_sold("Machine", "goods")]))
    path = f"/v1/documents/{issued['id']}"
    before = shop.get(f"{path}/tax-decision")
    shop.call("PATCH", f"/v1/entities/{shop.entity}", {"settings": {"tax_rules": None}})
    assert shop.get(f"{path}/tax-decision") == before
    roles = [one["role"] for one in shop.get(f"{path}/evidence")["data"]]
    assert roles.count("tax-decision") == 1
