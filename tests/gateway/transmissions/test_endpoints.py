"""Transmissions over HTTP: lists, lineage, attempts with their bytes, replays."""

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from gateway.runtime import Runtime
from gateway.transmissions import actions
from gateway.transmissions.adapter import Answer, Request
from gateway.transmissions.attempts import Decisions, begin, carry, end
from gateway.transmissions.tape import Exchange
from tests.gateway.houses import House, Shop, opened

Json = Mapping[str, Any]


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("house") / "data") as one:
        yield one


@pytest.fixture
def shop(house: House) -> Shop:
    return Shop.opened(house)


def transmission_of(shop: Shop, document: Json) -> str:
    listed = shop.get(f"/v1/transmissions?document_id={document['id']}")
    assert len(listed["data"]) == 1
    return str(listed["data"][0]["id"])


def test_lists_are_narrowed_and_go_on_where_they_ended(shop: Shop) -> None:
    made = [transmission_of(shop, shop.issued()) for _ in range(3)]
    first = shop.get("/v1/transmissions?limit=2")
    assert [one["id"] for one in first["data"]] == [made[2], made[1]]
    rest = shop.get(f"/v1/transmissions?limit=2&cursor={first['next_cursor']}")
    assert ([one["id"] for one in rest["data"]], rest["next_cursor"]) == ([made[0]], None)
    for query, count in (
        ("transport=queued", 3),
        ("transport=delivered", 0),
        ("regulatory=pending&business=none", 3),
        ("channel=sandbox-network", 3),
        ("channel=another", 0),
        ("action_required=false", 3),
        ("action_required=true", 0),
    ):
        assert len(shop.get(f"/v1/transmissions?{query}")["data"]) == count, query


def test_one_says_when_to_ask_again(shop: Shop) -> None:
    made = transmission_of(shop, shop.issued())
    answer = shop.call("GET", f"/v1/transmissions/{made}")
    assert answer.json()["next_poll_at"] is not None
    assert answer.headers["Retry-After"] == "1"


def test_why_is_told_by_event_and_rule(shop: Shop) -> None:
    document = shop.issued()
    found = shop.get(f"/v1/transmissions/{transmission_of(shop, document)}/why")
    assert found["document_id"] == document["id"]
    assert found["headline"]["status"] == "scheduled"
    (event,) = found["events"]
    assert [(move["axis"], move["rule"]) for move in event["moves"]] == [
        ("transport", "transport_step")
    ]
    assert found["waiting"]["what"] == "send"
    assert found["summary"][0].startswith("The document is scheduled.")


def test_what_would_be_issued_now_is_what_was_issued(shop: Shop) -> None:
    found = shop.get(f"/v1/transmissions/{transmission_of(shop, shop.issued())}/replay")
    issued = found["issued_now"]
    assert (issued["identical"], issued["changes"], issued["new_findings"]) == (True, [], [])
    assert found["now"] == {"not_prepared": "it was never sent"}
    assert (found["attempts"], found["same"]) == ([], True)


@pytest.fixture
def sent(shop: Shop, house: House) -> str:
    """A transmission with one attempt, whose answer holds secrets."""
    made = transmission_of(shop, shop.issued())
    runtime: Runtime = house.runtime
    answer = Answer(
        200, b'{"ok": true, "token": "t-secret"}', None, (("Set-Cookie", "c-secret"), ("X-A", "b"))
    )
    tenant = Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), "sandbox")
    with runtime.database.worker_transaction(tenant) as tx:
        held = runtime.journal.hold(tx, parse_id(made, "trn"))
        request = Request(
            "POST", "http://h/x", (("Authorization", "a-secret"), ("A", "1")), held.message.payload
        )
        decisions = Decisions(lambda: 0.5)
        now = held.created_at
        begun = begin(tx, held.message, "send", endpoint="h", decisions=decisions, now=now)
        (one,) = carry(tx, [begun], request)
        exchanges = [Exchange(request, answer)]
        end(
            tx,
            one,
            "acknowledged",
            reason="answered",
            exchanges=exchanges,
            decisions=decisions,
            now=now,
        )
    return made


def test_attempts_show_their_bytes_without_secrets(shop: Shop, sent: str) -> None:
    (one,) = shop.get(f"/v1/transmissions/{sent}/attempts")["data"]
    assert (one["number"], one["purpose"], one["outcome"]) == (1, "send", "acknowledged")
    request = shop.call("GET", f"/v1/transmissions/{sent}/attempts/1/request")
    assert request.headers["Content-Type"] == "message/http"
    assert request.content.startswith(
        b"POST http://h/x\r\nAuthorization: (secret)\r\nA: (secret)\r\n\r\n<"
    )
    response = shop.call("GET", f"/v1/transmissions/{sent}/attempts/1/response")
    assert response.content.startswith(
        b"HTTP/1.1 200\r\nSet-Cookie: (secret)\r\nX-A: (secret)\r\n\r\n{"
    )
    assert b'"token": "(secret)"' in response.content
    everything = request.text + response.text + str(shop.get(f"/v1/transmissions/{sent}/why"))
    assert not [word for word in ("a-secret", "c-secret", "t-secret") if word in everything]
    for path in ("attempts/2/request", "attempts/1/request?exchange=7", "attempts/x/response"):
        assert shop.call("GET", f"/v1/transmissions/{sent}/{path}").status_code == 404


def test_one_is_tried_again_or_taken_back_by_who_may_send(shop: Shop) -> None:
    made = transmission_of(shop, shop.issued())
    again = shop.call("POST", f"/v1/transmissions/{made}/retry")
    assert (again.status_code, again.json()["transport"]) == (200, "queued")
    reader = shop.account.new_key(role="auditor")
    for verb in ("retry", "cancel"):
        assert shop.call("POST", f"/v1/transmissions/{made}/{verb}", key=reader).status_code == 403
    back = shop.call("POST", f"/v1/transmissions/{made}/cancel", Idempotency_Key="k-1")
    assert (back.status_code, back.json()["transport"]) == (200, "cancelled_before_send")
    same = shop.call("POST", f"/v1/transmissions/{made}/cancel", Idempotency_Key="k-1")
    assert same.json() == back.json()
    assert back.json()["next_poll_at"] is None
    late = shop.call("POST", f"/v1/transmissions/{made}/retry")
    assert (late.status_code, late.json()["type"]) == (409, "/problems/transmission-busy")
    why = shop.get(f"/v1/transmissions/{made}/why")
    assert why["headline"]["reason"] == "transport_end"
    assert {one["data"]["actor"]["kind"] for one in why["events"][1:]} == {"key"}


@pytest.mark.parametrize(("verb", "event"), [("retry", "retried"), ("cancel", "cancelled")])
def test_what_was_done_but_not_answered_is_done_once(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, verb: str, event: str
) -> None:
    made = transmission_of(shop, shop.issued())
    path = f"/v1/transmissions/{made}/{verb}"

    def killed(*_: object) -> NoReturn:
        raise RuntimeError("between the two commits")

    with monkeypatch.context() as patched:
        patched.setattr(actions, "shown", killed)
        failed = shop.call("POST", path, Idempotency_Key="k-2")
    assert (failed.status_code, failed.json()["type"]) == (500, "/problems/internal")
    assert "nothing was changed" not in failed.json()["detail"]
    again = shop.call("POST", path, Idempotency_Key="k-2")
    assert again.status_code == 200, again.text
    told = [one["type"] for one in shop.get(f"/v1/transmissions/{made}/why")["events"]]
    assert told.count(f"transmission.{event}") == 1
    other = shop.call("POST", path, Idempotency_Key="k-3")
    assert other.status_code == (200 if verb == "retry" else 409)
