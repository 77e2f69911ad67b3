"""Polling: cheap when nothing happened, at once when something did, and it says when to ask."""

import threading
import time
from collections.abc import Iterator

import pytest
from httpx2 import Response

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.houses import House, Shop, invoice, kind, opened


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A gateway that listens for hints, as `gateway serve` does."""
    with opened(postgres, tmp_path_factory.mktemp("house")) as house:
        house.runtime.notifier.start()
        yield house


def _status(shop: Shop, document: str, query: str = "", tag: str | None = None) -> Response:
    headers = {} if tag is None else {"If_None_Match": tag}
    return shop.call("GET", f"/v1/documents/{document}/status{query}", **headers)


def _settle(shop: Shop, document: str) -> None:
    """Have the buyer accept, as far as the status can tell."""
    shop.house.sql(
        "update transmission t set transport = 'delivered', regulatory = 'accepted',"
        " business = 'accepted' from document d where d.id = t.document_id and d.number = %s"
        " and d.account_id = %s",
        document,
        shop.account.id,
    )


def test_the_same_tag_means_no_news(shop: Shop) -> None:
    document = shop.issued()["id"]
    first = _status(shop, document)
    assert first.status_code == 200
    again = _status(shop, document, tag=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["retry-after"] == first.headers["retry-after"]


def test_every_change_changes_the_tag(shop: Shop) -> None:
    draft = shop.draft()
    tags = [_status(shop, draft["id"]).headers["etag"]]
    shop.call("PUT", f"/v1/invoices/{draft['id']}", invoice(buyer_reference="order-2"))
    tags.append(_status(shop, draft["id"], tag=tags[-1]).headers["etag"])
    shop.call("POST", f"/v1/invoices/{draft['id']}/finalize")
    tags.append(_status(shop, draft["id"], tag=tags[-1]).headers["etag"])
    assert len(set(tags)) == 3


def test_a_reader_without_tag_gets_the_status_at_once(shop: Shop) -> None:
    issued = shop.issued()
    answer = _status(shop, issued["id"]).json()
    assert (answer["id"], answer["number"], answer["state"]) == (
        issued["id"],
        issued["number"],
        "issued",
    )
    assert answer["status"] == issued["status"] == "scheduled"
    assert answer["final"] is False
    assert answer["transmissions"] == issued["transmissions"]
    about = [one for one in shop.get("/v1/events")["data"] if one["document_id"] == issued["id"]]
    assert answer["events"] == len(about)


def test_waiting_ends_when_something_happens(shop: Shop) -> None:
    draft = shop.draft()
    tag = _status(shop, draft["id"]).headers["etag"]
    change = threading.Timer(
        0.5, shop.call, ("PUT", f"/v1/invoices/{draft['id']}", invoice(buyer_reference="2"))
    )
    began = time.monotonic()
    change.start()
    answer = _status(shop, draft["id"], "?wait=20", tag)
    took = time.monotonic() - began
    change.join()
    assert answer.status_code == 200
    assert answer.headers["etag"] != tag
    assert 0.4 <= took < 19


def test_waiting_ends_with_the_time(shop: Shop) -> None:
    document = shop.issued()["id"]
    tag = _status(shop, document).headers["etag"]
    for sent, code in ((tag, 304), (None, 200)):
        began = time.monotonic()
        assert _status(shop, document, "?wait=1", sent).status_code == code
        assert 1 <= time.monotonic() - began < 30


def test_what_is_final_is_not_waited_for_and_names_no_next_poll(shop: Shop) -> None:
    issued = shop.issued()
    moving = _status(shop, issued["id"])
    assert int(moving.headers["retry-after"]) > 0
    _settle(shop, issued["number"])
    began = time.monotonic()
    final = _status(shop, issued["id"], "?wait=20")
    assert time.monotonic() - began < 19
    assert (final.json()["status"], final.json()["final"]) == ("accepted", True)
    assert "retry-after" not in final.headers


def test_a_draft_is_not_worth_polling(shop: Shop) -> None:
    answer = _status(shop, shop.draft()["id"])
    assert answer.json()["status"] == "draft"
    assert "retry-after" not in answer.headers


@pytest.mark.parametrize("wait", ["-1", "31", "x", "1.5"])
def test_a_wait_beyond_the_limit_is_refused(shop: Shop, wait: str) -> None:
    answer = _status(shop, shop.draft()["id"], f"?wait={wait}")
    assert (answer.status_code, kind(answer)) == (422, "request-invalid")


def test_a_status_may_only_be_kept_by_its_caller(shop: Shop) -> None:
    assert "private" in _status(shop, shop.draft()["id"]).headers["cache-control"]
