"""What is corrected, settled and continued, and what is refused: money is counted once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from httpx2 import Response

from gateway.demo.companies import BUYERS
from gateway.documents.recasting import overlaid
from gateway.kinds import DocumentKind
from tests.gateway.documents.bodies import series_for
from tests.gateway.houses import House, Json, Shop, invoice, kind, line, sold_to

OTHER = BUYERS["SI"] | {"name": "Nekdo drug d.o.o.", "vat_identifier": "SI15012557"}


def test_a_corrective_is_asked_of_the_law_wherever_it_is_made(house: House) -> None:
    shop = Shop.opened(house, "BE")
    original = shop.issued(sold_to("BE"))
    refused = shop.call("POST", "/v1/invoices", sold_to("BE", corrects=original["id"]))
    assert (refused.status_code, kind(refused)) == (422, "correction-refused")
    assert refused.json()["methods"] == ["credit_note"]
    assert refused.json()["errors"][0]["pointer"] == "/corrects"


def test_only_its_own_kind_takes_the_place_of_a_document(shop: Shop) -> None:
    series_for(shop, DocumentKind.ADVANCE_INVOICE)
    body = invoice(corrects=shop.issued()["id"])
    refused = shop.issue(body, "advance-invoices")
    assert (refused.status_code, _pointers(refused)) == (422, ["/corrects"])


def test_a_credit_note_is_not_credited(shop: Shop) -> None:
    note = _credited(shop, shop.issued())
    refused = shop.issue(invoice(corrects=note["id"]), "credit-notes")
    assert (refused.status_code, _pointers(refused)) == (422, ["/corrects"])


@pytest.mark.parametrize("method", ["corrective_invoice", "credit_note"])
def test_an_invoice_is_replaced_once_and_not_credited_beside(shop: Shop, method: str) -> None:
    original = shop.issued()
    first = _drafted(shop, original, method="corrective_invoice")
    second = _drafted(shop, original, method=method)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: _finalize(shop, one), (first, second)))
    assert sorted(one.status_code for one in answers) in ([200, 409], [200, 422])
    [refused] = [one for one in answers if one.status_code != 200]
    assert kind(refused) in {"document-state", "credit-exceeds"}
    assert _state(shop, original)["state"] == "corrected"


def test_what_is_replaced_has_nothing_left_to_credit(shop: Shop) -> None:
    original = shop.issued()
    assert _finalize(shop, _drafted(shop, original, method="corrective_invoice")).is_success
    refused = _finalize(shop, _drafted(shop, original))
    assert (refused.status_code, kind(refused)) == (422, "credit-exceeds")
    assert refused.json()["available"] == "0"


def test_what_is_credited_in_part_is_not_replaced(shop: Shop) -> None:
    original = shop.issued()
    _credited(shop, original, lines=[{"line": "1", "quantity": 1}])
    refused = _finalize(shop, _drafted(shop, original, method="corrective_invoice"))
    assert (refused.status_code, kind(refused)) == (409, "document-state")


def test_what_is_paid_is_not_replaced_until_the_money_is_taken_off(shop: Shop) -> None:
    original = shop.issued()
    path = f"/v1/documents/{original['id']}/payments"
    payment = shop.call("POST", path, {"amount": "1.00"}).json()
    draft = _drafted(shop, original, method="corrective_invoice")
    refused = _finalize(shop, draft)
    assert (refused.status_code, kind(refused)) == (409, "document-state")
    assert refused.json()["errors"][0]["pointer"] == "/corrects"
    shop.call("POST", f"/v1/payments/{payment['id']}/reverse", {"reason": "moved"})
    assert _finalize(shop, draft).is_success


@pytest.mark.parametrize("paid", ["1.00", "3.61"])
def test_a_list_finds_the_payment_state_that_the_document_says(shop: Shop, paid: str) -> None:
    original = shop.issued()
    shop.call("POST", f"/v1/documents/{original['id']}/payments", {"amount": paid})
    _credited(shop, original)
    said = _state(shop, original)["payment_status"]
    assert said == "paid"
    for state in ("unpaid", "partially_paid", "paid", "reversed"):
        listed = shop.get(f"/v1/invoices?payment_status={state}")["data"]
        assert [one["id"] for one in listed] == ([original["id"]] if state == said else [])


def test_a_credit_note_is_not_voided(house: House) -> None:
    shop = Shop.opened(house)
    original = shop.issued()
    note = _credited(shop, original)
    refused = _void(shop, note)
    assert (refused.status_code, kind(refused)) == (409, "void-refused")
    assert refused.json()["reason"] == "It corrects another document, which stays corrected."
    assert _state(shop, original)["amount_credited"] == "3.61"


def test_a_credit_note_for_somebody_else_is_refused(shop: Shop) -> None:
    original = shop.issued()
    refused = shop.issue(invoice(corrects=original["id"], buyer=OTHER), "credit-notes")
    assert (refused.status_code, _pointers(refused)) == (422, ["/corrects"])


def test_a_part_is_credited_with_its_share_of_what_concerned_the_whole(shop: Shop) -> None:
    taxed = {"vat_category_code": "S", "vat_rate": "9.5", "reason": "Agreed"}
    body = invoice(
        lines=[line(invoiced_quantity="10", item_net_price="10.00")],
        document_level_allowances=[taxed | {"percentage": "10"}],
        document_level_charges=[taxed | {"amount": "5.00"}],
    )
    original = shop.issued(body)
    assert original["total_without_vat"] == "95.00"
    part = _credited(shop, original, lines=[{"line": "1", "quantity": 4}])
    assert (part["total_without_vat"], part["total_with_vat"]) == ("38.00", "41.61")
    [allowance] = part["invoice"]["document_level_allowances"]
    assert (allowance["amount"], allowance["base_amount"]) == ("4.00", "40.00")


def test_only_what_was_paid_too_much_is_given_back(shop: Shop) -> None:
    original = shop.issued(invoice(lines=[line(invoiced_quantity="10", item_net_price="10.00")]))
    part = _credited(shop, original, lines=[{"line": "1", "quantity": 4}])
    assert (original["total_with_vat"], part["total_with_vat"]) == ("109.50", "43.80")
    refused = _pay(shop, part, "0.01")
    assert (kind(refused), refused.json()["open_amount"]) == ("not-payable", "0")
    assert _pay(shop, original, "65.70").status_code == 201
    rest = _credited(shop, original, lines=[{"line": "1", "quantity": 1}])
    assert _pay(shop, part, "10.95").status_code == 201
    refused = _pay(shop, rest, "0.01")
    assert (kind(refused), refused.json()["open_amount"]) == ("not-payable", "0.00")


def test_an_offer_is_continued_once(shop: Shop) -> None:
    series_for(shop, DocumentKind.ESTIMATE)
    estimate = shop.issued(invoice(), "estimates")
    drafts = [_converted(shop, estimate) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: _finalize(shop, one), drafts))
    assert sorted(one.status_code for one in answers) == [200, 409]


def test_an_offer_rejected_meanwhile_is_not_continued(shop: Shop) -> None:
    series_for(shop, DocumentKind.ESTIMATE)
    estimate = shop.issued(invoice(), "estimates")
    draft = _converted(shop, estimate)
    assert shop.call("POST", f"/v1/documents/{estimate['id']}/reject", {}).is_success
    refused = _finalize(shop, draft)
    assert (refused.status_code, kind(refused)) == (409, "document-state")
    assert refused.json()["errors"][0]["pointer"] == "/derived_from"


def test_an_item_has_no_price_with_vat(shop: Shop) -> None:
    item = shop.call("POST", "/v1/items", {"name": "Kruh", "price": "100.00"}).json()
    lines = [line(), {"item_id": item["id"], "invoiced_quantity": "1"}]
    body = invoice(lines=lines, prices_include_vat=True)
    refused = shop.call("POST", "/v1/invoices/preview", body)
    assert (refused.status_code, _pointers(refused)) == (422, ["/lines/1/item_id"])
    body["lines"] = [lines[1] | {"item_net_price": "122.00", "vat_rate": "22"}]
    shown = shop.call("POST", "/v1/invoices/preview", body).json()
    assert (shown["total_without_vat"], shown["total_with_vat"]) == ("100.00", "122.00")


def test_a_correction_says_what_its_country_asks_for(shop: Shop) -> None:
    original = shop.issued()
    spain = {"tipo_factura": "R4", "importe_rectificacion": {"base_rectificada": 1.50}}
    draft = _drafted(shop, original, extensions={"spain": spain})
    said = draft["invoice"]["extensions"]["spain"]
    assert said["tipo_factura"] == "R4"
    assert said["importe_rectificacion"]["base_rectificada"] in {"1.5", "1.50"}


@pytest.mark.parametrize(
    ("extensions", "pointer"),
    [
        ({"spain": {"tipo": "R4"}}, "/extensions/spain/tipo"),
        ({"nowhere": {}}, "/extensions/nowhere"),
        ([], "/extensions"),
    ],
)
def test_what_no_country_asks_for_is_refused_where_it_stands(
    shop: Shop, extensions: object, pointer: str
) -> None:
    body = {"reason": "returned", "extensions": extensions}
    path = f"/v1/documents/{shop.issued()['id']}/corrections"
    refused = shop.call("POST", path, body)
    assert (refused.status_code, _pointers(refused)) == (422, [pointer])


def test_what_a_correction_says_lies_over_what_the_document_said() -> None:
    below = {"poland": {"fa": {"p_6": "a", "tp": ["1"]}}, "spain": {"cupon": True}, "x": 1}
    above = {"poland": {"fa": {"typ_korekty": "2", "tp": ["2"]}}, "spain": None}
    assert overlaid(below, above) == {
        "poland": {"fa": {"p_6": "a", "tp": ["2"], "typ_korekty": "2"}},
        "spain": None,
        "x": 1,
    }
    assert below["poland"] == {"fa": {"p_6": "a", "tp": ["1"]}}, "it stays as it was"


def test_a_draft_whose_item_is_gone_is_shown_as_it_was(shop: Shop) -> None:
    item = shop.call("POST", "/v1/items", {"name": "Kruh", "price": "2.00"}).json()
    draft = shop.draft(invoice(lines=[{"item_id": item["id"], "invoiced_quantity": "1"}]))
    assert shop.call("DELETE", f"/v1/items/{item['id']}").status_code == 204
    shown = shop.get(f"/v1/invoices/{draft['id']}")
    assert shown["total_with_vat"] == draft["total_with_vat"]
    broken = [one for one in shown["findings"] if one["rule"] == "GW-32"]
    assert [(one["pointer"], one["flag"]) for one in broken] == [("/lines/0/item_id", "fatal")]


def _drafted(shop: Shop, original: Json, **more: object) -> Json:
    body = {"reason": "returned", **more}
    answer = shop.call("POST", f"/v1/documents/{original['id']}/corrections", body)
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


def _credited(shop: Shop, original: Json, **more: object) -> Json:
    answer = _finalize(shop, _drafted(shop, original, **more))
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def _converted(shop: Shop, earlier: Json) -> Json:
    answer = shop.call("POST", f"/v1/documents/{earlier['id']}/convert", {"to": "invoice"})
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


def _finalize(shop: Shop, draft: Json) -> Response:
    collection = DocumentKind(draft["object"]).collection
    return shop.call("POST", f"/v1/{collection}/{draft['id']}/finalize")


def _void(shop: Shop, document: Json) -> Response:
    shop.house.sql("update transmission set transport = 'failed_permanent'")
    return shop.call("POST", f"/v1/documents/{document['id']}/void", {"reason": "mistake"})


def _pay(shop: Shop, document: Json, amount: str) -> Response:
    return shop.call("POST", f"/v1/documents/{document['id']}/payments", {"amount": amount})


def _state(shop: Shop, document: Json) -> Json:
    return shop.get(f"/v1/documents/{document['id']}")


def _pointers(answer: Response) -> list[str]:
    return [part["pointer"] for part in answer.json()["errors"]]
