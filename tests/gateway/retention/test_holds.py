"""Legal holds: what they cover, who ends them, and that they end once."""

import datetime

import httpx2
import psycopg.errors
import pytest
from freezegun import freeze_time

from gateway.cli.listing import made, show
from gateway.cli.retention import explain
from gateway.kit.ids import parse_id
from tests.gateway.houses import Json, Shop, invoice, kind
from tests.gateway.matrix.bodies import SELLER

HOLDS = "/v1/retention/holds"


def held(shop: Shop, **limits: object) -> Json:
    answer = shop.call("POST", HOLDS, {"reason": "audit", **limits})
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


def holding(shop: Shop, document: str) -> list[str]:
    place = "received" if document.startswith("rcv_") else "documents"
    found: list[str] = shop.get(f"/v1/retention/{place}/{document}")["holds"]
    return found


def came(shop: Shop, **changes: object) -> str:
    body = invoice(seller=SELLER, number="R-1", **changes)
    answer = shop.call("POST", "/v1/inbox", body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_a_hold_without_limits_covers_everything_until_it_ends(shop: Shop) -> None:
    issued, received = shop.issued()["id"], came(shop)
    assert holding(shop, issued) == []
    hold = held(shop)
    assert hold["active"] is True
    assert hold["placed_by"]["kind"] == "key"
    assert hold["placed_by"]["id"].startswith("key_")
    assert holding(shop, issued) == holding(shop, received) == [hold["id"]]
    later = shop.issued()["id"]
    assert holding(shop, later) == [hold["id"]]
    answer = shop.call("POST", f"{HOLDS}/{hold['id']}/end", {"reason": "audit over"})
    assert answer.status_code == 200
    assert answer.json()["active"] is False
    assert answer.json()["end_reason"] == "audit over"
    assert holding(shop, issued) == holding(shop, received) == []
    again = shop.call("POST", f"{HOLDS}/{hold['id']}/end", {"reason": "x"})
    assert kind(again) == "hold-ended"
    types = [event["type"] for event in shop.get("/v1/events?limit=200")["data"]]
    assert types.count("retention_hold.placed") == types.count("retention_hold.ended") == 1


@pytest.mark.parametrize(
    ("limits", "covered"),
    [
        ({}, True),
        ({"kinds": ["invoice"]}, True),
        ({"kinds": ["credit_note", "received"]}, False),
        ({"issued_from": "2026-05-10"}, True),
        ({"issued_from": "2026-05-11"}, False),
        ({"issued_until": "2026-05-10"}, True),
        ({"issued_until": "2026-05-09"}, False),
        ({"issued_from": "2026-05-01", "issued_until": "2026-05-31", "kinds": ["invoice"]}, True),
        ({"issued_from": "2026-05-01", "issued_until": "2026-05-31", "kinds": ["order"]}, False),
    ],
)
def test_a_hold_covers_what_meets_all_its_limits(
    shop: Shop,
    limits: dict[str, object],
    covered: bool,  # noqa: FBT001 - pytest gives it
) -> None:
    issued = shop.issued(invoice(issue_date="2026-05-10"))["id"]
    hold = held(shop, **limits)
    assert holding(shop, issued) == ([hold["id"]] if covered else [])


def test_a_received_document_counts_by_the_day_it_bears_and_the_day_it_came(shop: Shop) -> None:
    with freeze_time("2026-06-02T12:00:00Z"):
        received = came(shop, issue_date="2026-05-10")
    by_its_own = held(shop, issued_from="2026-05-10", issued_until="2026-05-10")
    by_arrival = held(shop, issued_from="2026-06-02", issued_until="2026-06-02")
    held(shop, issued_until="2026-05-09")
    held(shop, issued_from="2026-06-03")
    assert holding(shop, received) == [by_its_own["id"], by_arrival["id"]]


def test_a_received_document_that_bears_a_later_day_still_counts_by_the_day_it_came(
    shop: Shop,
) -> None:
    with freeze_time("2026-06-02T12:00:00Z"):
        received = came(shop, issue_date="2026-07-01")
    by_its_own = held(shop, issued_from="2026-07-01", issued_until="2026-07-01")
    by_arrival = held(shop, issued_from="2026-06-02", issued_until="2026-06-02")
    held(shop, issued_until="2026-06-01")
    held(shop, issued_from="2026-07-02")
    assert holding(shop, received) == [by_its_own["id"], by_arrival["id"]]


@pytest.mark.parametrize("received", [True, False])
def test_a_hold_of_one_document_covers_no_other(
    shop: Shop,
    received: bool,  # noqa: FBT001 - pytest gives it
) -> None:
    one, other = (came(shop) if received else shop.issued()["id"]), shop.issued()["id"]
    hold = held(shop, document_id=one)
    assert hold["document_id"] == one
    assert holding(shop, one) == [hold["id"]]
    assert holding(shop, other) == []


def test_what_is_not_there_is_held_by_nobody(shop: Shop) -> None:
    stranger = Shop.opened(shop.house)
    for document in (stranger.issued()["id"], came(stranger), shop.draft()["id"], "inv_x", "x"):
        answer = shop.call("POST", HOLDS, {"reason": "audit", "document_id": document})
        assert kind(answer) == "not-found", document
    mine = held(stranger)
    assert shop.call("GET", f"{HOLDS}/{mine['id']}").status_code == 404
    assert shop.call("POST", f"{HOLDS}/{mine['id']}/end", {"reason": "x"}).status_code == 404
    assert shop.get(HOLDS)["data"] == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"reason": ""},
        {"reason": "x", "kinds": []},
        {"reason": "x", "kinds": ["gold"]},
        {"reason": "x", "issued_from": "2026-01-02", "issued_until": "2026-01-01"},
    ],
)
def test_a_hold_that_says_nothing_clear_is_refused(shop: Shop, body: Json) -> None:
    assert kind(shop.call("POST", HOLDS, body)) == "request-invalid"


def test_lists_tell_those_that_hold_from_those_that_ended(shop: Shop) -> None:
    first, second = held(shop), held(shop)
    shop.call("POST", f"{HOLDS}/{first['id']}/end", {"reason": "over"})
    assert [one["id"] for one in shop.get(f"{HOLDS}?active=true")["data"]] == [second["id"]]
    assert [one["id"] for one in shop.get(f"{HOLDS}?active=false")["data"]] == [first["id"]]
    page = shop.get(f"{HOLDS}?limit=1")
    assert [one["id"] for one in page["data"]] == [second["id"]]
    rest = shop.get(f"{HOLDS}?limit=1&cursor={page['next_cursor']}")
    assert [one["id"] for one in rest["data"]] == [first["id"]]
    assert rest["next_cursor"] is None


def test_an_auditor_reads_holds_and_an_auditor_of_a_period_does_not(shop: Shop) -> None:
    hold = held(shop)
    key = shop.account.entity_key(shop.entity, "auditor")
    assert shop.call("GET", f"{HOLDS}/{hold['id']}", key=key).status_code == 200
    assert shop.call("POST", HOLDS, {"reason": "x"}, key=key).status_code == 403
    body = {
        "name": "audit",
        "role": "auditor",
        "entity_id": shop.entity,
        "period": {"since": "2026-01-01", "until": "2026-12-31"},
    }
    narrow = shop.account.call("POST", "/v1/api-keys", body).json()["key"]
    assert shop.call("GET", f"{HOLDS}/{hold['id']}", key=narrow).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        "ended_at = null, ended_by_kind = null, end_reason = null",
        "end_reason = 'another'",
    ],
)
def test_who_serves_cannot_bring_an_ended_hold_to_life(shop: Shop, change: str) -> None:
    hold = held(shop)
    shop.call("POST", f"{HOLDS}/{hold['id']}/end", {"reason": "over"})
    statement = f"update retention_hold set {change} where id = %s"  # noqa: S608 - of the list
    with pytest.raises(psycopg.errors.RestrictViolation):
        shop.house.sql(statement, parse_id(hold["id"], "hld"))


def test_the_command_line_explains_and_holds(
    shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    issued = shop.issued(invoice(issue_date="2026-05-10"))["id"]
    own = {"Authorization": f"Bearer {shop.key}", "Entity-Id": shop.entity}
    http = shop.house.client
    http.headers.update(own)
    try:
        assert isinstance(http, httpx2.Client)
        assert made(http, HOLDS, {"reason": "audit", "document_id": issued, "kinds": None}) == 0
        hold = capsys.readouterr().out.split()[-1]
        assert explain(http, issued, None, as_json=False) == 0
        said = capsys.readouterr().out
        assert "2036-12-31" in said
        assert hold in said
        assert show(http, f"{HOLDS}?active=true", ("id", "reason"), as_json=True) == 0
        assert hold in capsys.readouterr().out
        assert made(http, f"{HOLDS}/{hold}/end", {"reason": "over"}) == 0
        assert made(http, f"{HOLDS}/{hold}/end", {"reason": "over"}) != 0
        day = datetime.date(2030, 1, 1).isoformat()
        assert explain(http, issued, day, as_json=True) == 0
        assert '"as_of": "2030-01-01"' in capsys.readouterr().out
        assert explain(http, "inv_x", None, as_json=False) != 0
    finally:
        for name in own:
            del http.headers[name]
