"""Which documents no law keeps any more."""

from freezegun import freeze_time

from tests.gateway.houses import Json, Shop, invoice
from tests.gateway.matrix.bodies import SELLER


def over(shop: Shop, what: str = "documents", query: str = "") -> list[Json]:
    found: list[Json] = shop.get(f"/v1/retention/{what}{query}")["data"]
    return found


def test_what_is_past_is_listed_and_what_is_not_is_not(shop: Shop) -> None:
    past = shop.issued(invoice(issue_date="2015-03-01"))
    shop.issued(invoice(issue_date="2026-03-01"))
    shop.draft(invoice(issue_date="2010-03-01"))
    [found] = over(shop)
    assert found["id"] == past["id"]
    assert found["number"] == past["number"]
    assert (found["kind"], found["issued"]) == ("invoice", "2015-03-01")
    assert found["retain_until"] == found["by_law_until"] == "2025-12-31"
    assert found["holds"] == []
    assert over(Shop.opened(shop.house)) == []


def test_a_held_one_says_so(shop: Shop) -> None:
    past = shop.issued(invoice(issue_date="2015-03-01"))["id"]
    body = {"reason": "court", "document_id": past}
    hold = shop.call("POST", "/v1/retention/holds", body).json()["id"]
    assert over(shop)[0]["holds"] == [hold]


def test_the_last_day_is_kept_whole_where_the_entity_is(shop: Shop) -> None:
    shop.issued(invoice(issue_date="2015-03-01"))
    with freeze_time("2025-12-31T22:59:59Z"):  # a second to midnight in Ljubljana
        assert over(shop) == []
    with freeze_time("2025-12-31T23:00:00Z"):
        assert len(over(shop)) == 1


def test_received_ones_are_listed_apart_and_page_by_page(shop: Shop) -> None:
    with freeze_time("2015-03-01T12:00:00Z"):
        for number in ("R-1", "R-2", "R-3"):
            body = invoice(seller=SELLER, number=number, issue_date="2015-03-01")
            assert shop.call("POST", "/v1/inbox", body).status_code == 201
    assert over(shop) == []
    page = shop.get("/v1/retention/received?limit=2")
    assert len(page["data"]) == 2
    assert {one["kind"] for one in page["data"]} == {"received"}
    rest = shop.get(f"/v1/retention/received?limit=2&cursor={page['next_cursor']}")
    assert len(rest["data"]) == 1
    assert rest["next_cursor"] is None
    ids = {one["id"] for one in page["data"] + rest["data"]}
    assert len(ids) == 3
