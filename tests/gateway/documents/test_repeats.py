"""Idempotency-Key on documents: one effect, one answer, however often and at once it is sent."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from freezegun import freeze_time

from gateway.kit import clock
from tests.gateway.houses import House, Shop, invoice, kind

THREADS = 16
REPLAYED = "Idempotency-Replayed"


@pytest.mark.parametrize("finalize", [False, True], ids=["draft", "issued"])
def test_the_same_request_gets_the_same_answer(shop: Shop, finalize: bool) -> None:  # noqa: FBT001
    path = "/v1/invoices" + ("?finalize=true" if finalize else "")
    first = shop.call("POST", path, invoice(), Idempotency_Key="one")
    again = shop.call("POST", path, invoice(), Idempotency_Key="one")
    assert first.status_code == again.status_code == (200 if finalize else 201)
    assert first.content == again.content
    assert REPLAYED not in first.headers
    assert again.headers[REPLAYED] == "true"
    assert again.headers["content-type"] == first.headers["content-type"]
    assert len(shop.documents()) == 1


def test_the_answer_to_an_issue_is_the_same_after_a_month(shop: Shop) -> None:
    first = shop.issue(Idempotency_Key="one")
    with freeze_time(clock.now() + datetime.timedelta(days=31)):
        again = shop.issue(Idempotency_Key="one")
    assert (again.status_code, again.content) == (200, first.content)
    assert len(shop.documents()) == 1


def test_finalizing_again_with_the_same_key_is_not_a_conflict(shop: Shop) -> None:
    path = f"/v1/invoices/{shop.draft()['id']}/finalize"
    first = shop.call("POST", path, Idempotency_Key="one")
    assert first.status_code == 200
    assert shop.call("POST", path, Idempotency_Key="one").content == first.content
    other = shop.call("POST", path, Idempotency_Key="two")
    assert (other.status_code, kind(other)) == (409, "document-state")


def test_the_answer_stays_although_the_document_moved_on(shop: Shop) -> None:
    first = shop.call("POST", "/v1/invoices", invoice(), Idempotency_Key="one")
    shop.call("POST", f"/v1/invoices/{first.json()['id']}/finalize")
    again = shop.call("POST", "/v1/invoices", invoice(), Idempotency_Key="one")
    assert again.content == first.content
    assert again.json()["state"] == "draft"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/invoices?finalize=true", invoice(buyer_reference="order-2")),
        ("/v1/invoices", invoice()),
        ("/v1/credit-notes?finalize=true", invoice()),
        ("/v1/invoices?finalize=1", invoice()),
    ],
    ids=["other body", "not finalized", "other collection", "otherwise written"],
)
def test_another_request_with_the_key_is_refused(shop: Shop, path: str, body: object) -> None:
    assert shop.issue(Idempotency_Key="one").status_code == 200
    answer = shop.call("POST", path, body, Idempotency_Key="one")
    assert (answer.status_code, kind(answer)) == (422, "idempotency-mismatch")
    assert len(shop.documents()) == 1


def test_the_entity_may_be_named_either_way(shop: Shop) -> None:
    first = shop.issue(Idempotency_Key="one")
    path = f"/v1/invoices?finalize=true&entity_id={shop.entity}"
    again = shop.call("POST", path, invoice(), Idempotency_Key="one")
    assert again.content == first.content


def test_keys_of_different_entities_are_different_keys(house: House) -> None:
    one, two = Shop.opened(house), Shop.opened(house)
    sister = one.account.new_entity("Sister")
    answers = [
        one.issue(Idempotency_Key="same"),
        two.issue(Idempotency_Key="same"),
        one.call("POST", "/v1/invoices", invoice(), Idempotency_Key="same", Entity_Id=sister),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 201]
    assert len({answer.json()["id"] for answer in answers}) == 3


def test_the_alias_is_the_same_key(shop: Shop) -> None:
    first = shop.issue(X_Request_Id="one")
    assert shop.issue(Idempotency_Key="one").content == first.content


def test_what_was_refused_may_be_mended_with_the_same_key(shop: Shop) -> None:
    wrong = invoice(totals={"total_with_vat": "3.62"})
    assert shop.issue(wrong, Idempotency_Key="one").status_code == 422
    assert shop.issue(Idempotency_Key="one").json()["number"] == "INV-000001"


@pytest.mark.parametrize("key", ["", " ", "a b ", "x" * 256, "ü"])
def test_a_key_that_is_none_is_refused(shop: Shop, key: str) -> None:
    headers = {"Authorization": f"Bearer {shop.key}", "Entity-Id": shop.entity}
    raw = {name.encode(): value.encode() for name, value in headers.items()}
    raw[b"Idempotency-Key"] = key.encode()
    answer = shop.account.client.post("/v1/invoices", json=invoice(), headers=raw)
    assert (answer.status_code, kind(answer)) == (400, "malformed-request")


@pytest.mark.parametrize("wave", range(3))
def test_sixteen_at_once_make_one_document(shop: Shop, wave: int) -> None:
    key = f"wave-{wave}"
    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(lambda _: shop.issue(Idempotency_Key=key), range(THREADS)))
    good = {answer.content for answer in answers if answer.status_code == 200}
    others = [answer for answer in answers if answer.status_code != 200]
    assert len(good) == 1
    assert {(one.status_code, kind(one)) for one in others} <= {(409, "idempotency-in-flight")}
    assert all(one.headers["retry-after"] for one in others)
    assert len(shop.documents()) == 1
    assert shop.series("INV")["next_number"] == 2


@pytest.mark.parametrize("how", ["one call", "two calls"])
def test_live_wants_a_key_to_issue(house: House, how: str) -> None:
    shop = Shop.opened(house, environment="live")
    if how == "one call":
        answer = shop.issue()
    else:
        answer = shop.call("POST", f"/v1/invoices/{shop.draft()['id']}/finalize")
    assert (answer.status_code, kind(answer)) == (400, "idempotency-key-required")
    assert {one["state"] for one in shop.documents()} <= {"draft"}
