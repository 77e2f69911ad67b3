"""A caller who knows the total says so: another one is shown in the draft and never issued."""

from tests.gateway.houses import Shop, invoice, kind, line, rules

# the sample: 3 x 1.10 at 9.5 % = 3.30 + 0.31 = 3.61


def test_the_expected_total_is_issued(shop: Shop) -> None:
    issued = shop.issued(invoice(expected_total="3.61", expected_amount_due=3.61))
    assert issued["invoice"]["totals"]["total_with_vat"] == "3.61"
    assert "expected_total" not in issued["invoice"]


def test_a_draft_with_another_total_says_so_and_is_not_issued(shop: Shop) -> None:
    draft = shop.draft(invoice(expected_total="3.62"))
    (finding,) = draft["findings"]
    assert (finding["rule"], finding["pointer"]) == ("GW-06", "/expected_total")
    assert (finding["flag"], finding["term"]) == ("fatal", "BT-112")
    assert "3.61" in finding["message"]
    assert "3.62" in finding["message"]
    refused = shop.call("POST", f"/v1/invoices/{draft['id']}/finalize")
    assert (refused.status_code, kind(refused)) == (422, "invoice-not-compliant")
    assert rules(refused) == {"GW-06"}
    assert shop.series("INV")["next_number"] == 1


def test_create_and_finalize_in_one_call_is_refused_too(shop: Shop) -> None:
    refused = shop.call("POST", "/v1/invoices?finalize=true", invoice(expected_amount_due="0.01"))
    assert (refused.status_code, rules(refused)) == (422, {"GW-06"})


def test_a_replaced_draft_expects_what_its_new_body_says(shop: Shop) -> None:
    draft = shop.draft(invoice(expected_total="3.61"))
    replaced = shop.call(
        "PUT",
        f"/v1/invoices/{draft['id']}",
        invoice(expected_total="3.61", lines=[line(item_net_price="1.20")]),
    )
    assert [finding["rule"] for finding in replaced.json()["findings"]] == ["GW-06"]


def test_consumer_prices_are_issued_with_their_sum(shop: Shop) -> None:
    body = invoice(lines=[line(item_net_price="1.20")], prices_include_vat=True)
    issued = shop.issued(body | {"expected_total": "3.60"})  # 3.29 + 0.31
    totals = issued["invoice"]["totals"]
    assert (totals["total_without_vat"], totals["total_vat"]) == ("3.29", "0.31")
    assert issued["invoice"]["lines"][0]["item_net_price"] == "1.096"


def test_consumer_prices_without_a_sum_are_refused_unless_they_may_be_rounded(shop: Shop) -> None:
    # 0.06 at 9.5 %: 0.05 bears no VAT, 0.06 bears 0.01
    body = invoice(lines=[line(item_net_price="0.02")], prices_include_vat=True)
    refused = shop.call("POST", "/v1/invoices?finalize=true", body)
    assert (refused.status_code, rules(refused)) == (422, {"GW-07"})
    issued = shop.issued(body | {"rounding_permitted": True, "expected_amount_due": "0.06"})
    assert issued["invoice"]["totals"]["rounding_amount"] == "0.01"


def test_reverse_charge_needs_no_more_than_its_category(shop: Shop) -> None:
    draft = shop.draft(
        invoice(
            buyer={
                "name": "Käufer GmbH",
                "vat_identifier": "ATU12345675",
                "electronic_address": {"value": "ATU12345675", "scheme_identifier": "9915"},
                "postal_address": {"city": "Graz", "country_code": "AT"},
            },
            lines=[line(vat_category_code="AE", vat_rate="0", unit_code="pieces")],
        )
    )
    assert draft["findings"] == []
    (row,) = draft["invoice"]["vat_breakdown"]
    assert row["exemption_reason_code"] == "VATEX-EU-AE"
    assert draft["invoice"]["lines"][0]["unit_code"] == "H87"
