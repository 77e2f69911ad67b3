"""Advance invoices: what they taxed comes off the invoice that settles them, once and exactly."""

from decimal import Decimal

import pytest
from httpx2 import Response

from gateway.demo.companies import BUYERS
from gateway.kinds import DocumentKind
from tests.gateway.houses import House, Json, Shop, invoice, kind, line

OTHER = BUYERS["SI"] | {"name": "Nekdo drug d.o.o.", "vat_identifier": "SI15012557"}


@pytest.fixture
def shop(house: House) -> Shop:
    """A seller who asks for advances."""
    shop = Shop.opened(house)
    code = DocumentKind.ADVANCE_INVOICE.default_series
    if code not in {one["code"] for one in shop.get("/v1/series")["data"]}:
        assert shop.call("POST", "/v1/series", {"code": code}).status_code == 201
    return shop


def test_prices_with_vat_take_an_advance_off_with_its_own_vat(shop: Shop) -> None:
    advance = _advance(shop)
    assert advance["total_with_vat"] == "109.50"
    lines = [_line("1220.00", vat_rate="22")]
    final = shop.issued(invoice(lines=lines, settles=[advance["id"]], prices_include_vat=True))
    assert final["total_with_vat"] == "1110.50"
    rows = {
        row["category_rate"]: (row["category_taxable_amount"], row["category_tax_amount"])
        for row in final["invoice"]["vat_breakdown"]
    }
    assert rows == {"22": ("1000.00", "220.00"), "9.5": ("-100.00", "-9.50")}


@pytest.mark.parametrize("price", ["0.16", "1.00", "2.79"])
def test_a_deduction_keeps_its_net_amount_among_lines_with_vat(shop: Shop, price: str) -> None:
    advance = _advance(shop, price)
    lines = [_line(one) for one in ("111.11", "77.77", "33.35")]
    body = invoice(
        lines=lines, settles=[advance["id"]], prices_include_vat=True, rounding_permitted=True
    )
    final = shop.issued(body)
    assert Decimal(final["invoice"]["lines"][-1]["net_amount"]) == -Decimal(price)
    assert Decimal(final["amount_due"]) == Decimal("222.23") - Decimal(advance["total_with_vat"])


def test_what_is_left_of_a_credited_advance_comes_off(shop: Shop) -> None:
    advance = shop.issued(invoice(lines=[_line("10.00", "10")]), "advance-invoices")
    _credit(shop, advance, lines=[{"line": "1", "quantity": 4}])
    final = shop.issued(invoice(lines=[_line("1000.00")], settles=[advance["id"]]))
    assert final["total_without_vat"] == "940.00"


def test_nothing_is_left_of_an_advance_that_is_all_credited(shop: Shop) -> None:
    advance = _advance(shop)
    _credit(shop, advance)
    refused = shop.issue(invoice(lines=[_line("1000.00")], settles=[advance["id"]]))
    assert (refused.status_code, _pointers(refused)) == (422, ["/settles/0"])


def test_a_settled_advance_is_not_credited_until_its_invoice_is(shop: Shop) -> None:
    advance = _advance(shop)
    body = invoice(lines=[_line("1000.00")], settles=[advance["id"]])
    final = shop.issued(body)
    refused = _finalize(shop, _correction(shop, advance))
    assert (refused.status_code, kind(refused)) == (422, "credit-exceeds")
    assert refused.json()["available"] == "0"
    assert kind(shop.issue(body)) == "already-settled"
    _credit(shop, final)
    again = shop.issued(body)
    assert again["total_without_vat"] == "900.00"


def test_an_advance_is_settled_anew_when_what_replaced_its_invoice_is_credited(shop: Shop) -> None:
    body = invoice(lines=[_line("1000.00")], settles=[_advance(shop)["id"]])
    draft = _correction(shop, shop.issued(body), method="corrective_invoice")
    replaced = shop.call("POST", f"/v1/invoices/{draft['id']}/finalize").json()
    assert replaced["total_without_vat"] == "900.00"
    assert kind(shop.issue(body)) == "already-settled"
    _credit(shop, replaced)
    assert shop.issued(body)["total_without_vat"] == "900.00"


def test_an_advance_is_settled_anew_when_its_invoice_is_voided(shop: Shop) -> None:
    advance = _advance(shop)
    body = invoice(lines=[_line("1000.00")], settles=[advance["id"]])
    final = shop.issued(body)
    refused = _void(shop, advance)
    assert (refused.status_code, kind(refused)) == (409, "void-refused")
    assert refused.json()["reason"].startswith("An invoice has settled it")
    assert _void(shop, final).status_code == 200
    assert shop.issued(body)["total_without_vat"] == "900.00"


def test_an_advance_of_somebody_else_is_not_settled(shop: Shop) -> None:
    advance = _advance(shop)
    body = invoice(lines=[_line("1000.00")], settles=[advance["id"]], buyer=OTHER)
    refused = shop.issue(body)
    assert (refused.status_code, _pointers(refused)) == (422, ["/settles/0"])


def test_an_advance_is_not_larger_than_its_invoice(shop: Shop) -> None:
    advance = _advance(shop)
    refused = shop.issue(invoice(lines=[_line("99.99")], settles=[advance["id"]]))
    assert (refused.status_code, _pointers(refused)) == (422, ["/settles"])
    assert (
        shop.issued(invoice(lines=[_line("100.00")], settles=[advance["id"]]))["total_with_vat"]
        == "0.00"
    )


def test_a_draft_whose_advance_was_voided_is_shown_as_it_was(shop: Shop) -> None:
    advance = _advance(shop)
    draft = shop.draft(invoice(lines=[_line("1000.00")], settles=[advance["id"]]))
    assert _void(shop, advance).status_code == 200
    shown = shop.get(f"/v1/invoices/{draft['id']}")
    assert shown["total_without_vat"] == "900.00"
    assert [one["pointer"] for one in shown["findings"] if one["rule"] == "GW-32"] == [
        "/settles/0"
    ]


def _line(price: str, quantity: str = "1", **changes: object) -> Json:
    return line(item_net_price=price, invoiced_quantity=quantity, **changes)


def _advance(shop: Shop, price: str = "100.00") -> Json:
    return shop.issued(invoice(lines=[_line(price)]), "advance-invoices")


def _correction(shop: Shop, original: Json, **more: object) -> Json:
    body = {"reason": "returned", **more}
    answer = shop.call("POST", f"/v1/documents/{original['id']}/corrections", body)
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


def _finalize(shop: Shop, draft: Json) -> Response:
    return shop.call("POST", f"/v1/credit-notes/{draft['id']}/finalize")


def _credit(shop: Shop, original: Json, **more: object) -> None:
    answer = _finalize(shop, _correction(shop, original, **more))
    assert answer.status_code == 200, answer.text


def _void(shop: Shop, document: Json) -> Response:
    shop.house.sql("update transmission set transport = 'failed_permanent'")
    return shop.call("POST", f"/v1/documents/{document['id']}/void", {"reason": "mistake"})


def _pointers(answer: Response) -> list[str]:
    return [part["pointer"] for part in answer.json()["errors"]]
