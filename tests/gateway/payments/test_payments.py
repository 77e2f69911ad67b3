"""Payments on documents: what is paid, what is open, and what is taken back."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

from freezegun import freeze_time
from httpx2 import Response

from tests.gateway.houses import Json, Shop, invoice, kind


def test_a_document_is_paid_when_nothing_is_open(shop: Shop) -> None:
    issued = shop.issued()
    assert (issued["payment_status"], issued["open_amount"]) == ("unpaid", "3.61")
    _paid(shop, issued, "1.00")
    now = shop.get(f"/v1/invoices/{issued['id']}")
    assert (now["payment_status"], now["open_amount"]) == ("partially_paid", "2.61")
    _paid(shop, issued, "2.61")
    now = shop.get(f"/v1/invoices/{issued['id']}")
    assert (now["payment_status"], now["open_amount"]) == ("paid", "0.00")
    happened = [one["type"] for one in shop.get("/v1/events")["data"]]
    assert happened.count("invoice.paid") == 1
    assert happened.count("payment.received") == 2


def test_a_reversal_opens_what_was_paid(shop: Shop) -> None:
    issued = shop.issued()
    payment = _paid(shop, issued, "3.61", reference="psp-1", metadata={"order": "9"})
    path = f"/v1/payments/{payment['id']}/reverse"
    answer = shop.call("POST", path, {"reason": "chargeback"})
    assert (answer.json()["state"], answer.json()["reversal_reason"]) == ("reversed", "chargeback")
    now = shop.get(f"/v1/invoices/{issued['id']}")
    assert (now["payment_status"], now["open_amount"]) == ("reversed", "3.61")
    assert kind(shop.call("POST", path, {"reason": "again"})) == "payment-reversed"
    [reversed_] = [
        one for one in shop.get("/v1/events")["data"] if one["type"] == "payment.reversed"
    ]
    assert (reversed_["subject_id"], reversed_["data"]["metadata"]) == (
        payment["id"],
        {"order": "9"},
    )
    assert [one["id"] for one in shop.get("/v1/payments?metadata[order]=9")["data"]] == [
        payment["id"]
    ]
    listed = shop.get("/v1/invoices?payment_status=reversed")["data"]
    assert [one["id"] for one in listed] == [issued["id"]]


def test_no_more_is_paid_than_is_open_however_many_pay(shop: Shop) -> None:
    issued = shop.issued()
    path = f"/v1/documents/{issued['id']}/payments"
    with ThreadPoolExecutor(8) as pool:
        codes = list(
            pool.map(lambda _: shop.call("POST", path, {"amount": "1.00"}).status_code, range(8))
        )
    assert sorted(codes) == [201] * 3 + [409] * 5
    now = shop.get(f"/v1/invoices/{issued['id']}")
    assert Decimal(now["amount_paid"]) == 3


def test_what_cannot_be_paid_says_why(shop: Shop) -> None:
    draft, issued = shop.draft(), shop.issued()
    assert kind(_pay(shop, draft, amount="1")) == "not-payable"
    assert kind(_pay(shop, issued, amount="99")) == "not-payable"
    for wrong, pointer in (
        ({"amount": "0.001"}, "/amount"),
        ({"amount": "1", "currency_code": "USD"}, "/currency_code"),
        ({"amount": "-1"}, "/amount"),
        ({"amount": "1", "paid_on": "20260101"}, "/paid_on"),
    ):
        answer = _pay(shop, issued, **wrong)
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"][0]["pointer"] == pointer
    _paid(shop, issued, "1", reference="one")
    assert kind(_pay(shop, issued, amount="1", reference="one")) == "payment-known"


def test_a_paid_document_is_found_by_its_payment(shop: Shop) -> None:
    issued = shop.issued(invoice(metadata={"tenant": "42"}))
    payment = _paid(shop, issued, "3.61", reference="psp-9")
    [found] = shop.get("/v1/payments?reference=psp-9")["data"]
    assert (found["id"], found["document_id"]) == (payment["id"], issued["id"])
    listed = shop.get(f"/v1/payments?document_id={issued['id']}")["data"]
    assert [one["id"] for one in listed] == [payment["id"]]


def _pay(shop: Shop, document: Json, **body: object) -> Response:
    return shop.call("POST", f"/v1/documents/{document['id']}/payments", body)


def _paid(shop: Shop, document: Json, amount: str, **more: object) -> Json:
    answer = _pay(shop, document, amount=amount, **more)
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


@freeze_time("2026-12-10T23:30:00Z")
def test_today_is_the_day_at_the_seat(shop: Shop) -> None:
    made = shop.issued()
    answer = shop.call("POST", f"/v1/documents/{made['id']}/payments", {"amount": "1"})
    assert answer.status_code == 201, answer.text
    assert answer.json()["paid_on"] == "2026-12-11", "in Ljubljana"
