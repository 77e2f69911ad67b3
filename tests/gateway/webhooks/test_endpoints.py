"""Endpoints over HTTP: made, changed, their secrets, their log, and sending again."""

import base64
import datetime
import json
from datetime import timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook

from gateway.kit import clock as machine
from tests.gateway.conftest import Account
from tests.gateway.webhooks.conftest import Clock, Desk
from tests.gateway.webhooks.receivers import receiving

URL = "https://hooks.example/in"


def test_an_endpoint_is_made_changed_and_deleted(desk: Desk) -> None:
    made = desk.endpoint(URL, "invoice.*", metadata={"a": "1", "b": "2"}, description="Shop")
    assert made["entity_id"] is None
    assert len(base64.b64decode(made.pop("secret").removeprefix("whsec_"))) == 32
    assert desk.read(made) == made
    patch = {"metadata": {"a": None, "c": "3"}, "event_types": ["*"], "enabled": False}
    changed = desk.account.call("PATCH", desk.path(made), patch).json()
    assert changed["metadata"] == {"b": "2", "c": "3"}
    assert changed["event_types"] == ["*"]
    assert changed["disabled_reason"] == "by_you"
    assert changed["url"] == URL
    listed = desk.account.call("GET", "/v1/webhook-endpoints?metadata[c]=3").json()["data"]
    assert listed == [changed]
    assert desk.account.call("GET", "/v1/webhook-endpoints?metadata[c]=4").json()["data"] == []
    assert desk.account.call("DELETE", desk.path(made)).status_code == 204
    assert desk.account.call("GET", desk.path(made)).status_code == 404
    assert desk.account.call("GET", "/v1/webhook-endpoints").json()["data"] == []


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"url": "https://10.0.0.1/"}, "/url"),
        ({"url": "https://example.com:22/"}, None),
        ({"url": "file:///etc/passwd"}, "/url"),
        ({"event_types": ["invoice"]}, "/event_types/0"),
        ({"event_types": ["nothing.*"]}, "/event_types/0"),
        ({"event_types": []}, "/event_types"),
        ({"secret": "whsec_YQ=="}, "/secret"),
        ({"secret": "a" * 40}, "/secret"),
        ({"extra": 1}, "/extra"),
    ],
)
def test_what_is_wrong_is_pointed_at(
    desk: Desk, change: dict[str, Any], pointer: str | None
) -> None:
    answer = desk.account.call("POST", "/v1/webhook-endpoints", {"url": URL, **change})
    if pointer is None:  # this gateway may send to private networks, whose ports are free
        assert answer.status_code == 201
        return
    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_live_endpoints_must_be_https(account: Account) -> None:
    key = account.new_key(environment="live")
    body = {"url": "http://hooks.example/"}
    answer = account.call("POST", "/v1/webhook-endpoints", body, key=key)
    assert answer.status_code == 422
    assert account.call("POST", "/v1/webhook-endpoints", body).status_code == 201


def test_a_secret_is_shown_once_and_not_to_who_repeats_the_request(desk: Desk) -> None:
    body, path = {"url": URL}, "/v1/webhook-endpoints"
    first = desk.account.call("POST", path, body, Idempotency_Key="one")
    again = desk.account.call("POST", path, body, Idempotency_Key="one")
    assert first.json()["secret"].startswith("whsec_")
    assert again.json() == {**first.json(), "secret": None}
    brought = "whsec_" + base64.b64encode(b"k" * 24).decode()
    assert desk.endpoint(URL, secret=brought)["secret"] == brought


def test_an_entitys_key_makes_endpoints_of_the_entity(desk: Desk) -> None:
    key = desk.account.entity_key(desk.entity)
    made = desk.account.call("POST", "/v1/webhook-endpoints", {"url": URL}, key=key).json()
    assert made["entity_id"] == desk.entity
    whole = desk.endpoint(URL)
    listed = desk.account.call("GET", "/v1/webhook-endpoints", key=key).json()["data"]
    assert [one["id"] for one in listed] == [made["id"]]
    path = desk.path(whole)
    assert desk.account.call("GET", path, key=key).status_code == 404
    query = f"/v1/webhook-endpoints?entity_id={desk.entity}"
    assert len(desk.account.call("GET", query).json()["data"]) == 1


def test_who_gets_what(desk: Desk) -> None:
    sister = desk.account.new_entity("Schwester")
    with receiving() as receiver:
        everything = desk.endpoint(receiver.url + "/all")
        own = desk.endpoint(receiver.url + "/own", "customer.*", entity_id=desk.entity)
        exact = desk.endpoint(receiver.url + "/exact", "item.created", "payment.received")
        off = desk.endpoint(receiver.url + "/off", enabled=False)
        desk.happens("customer.created")
        desk.happens("customer.created", entity=sister)
        desk.happens("item.created", entity=sister)
        courier = desk.courier()
        assert courier.sweep() == 5
        courier.deliver_due()
    assert len(desk.deliveries(everything)) == 3
    assert len(desk.deliveries(own)) == 1
    assert [row["type"] for row in desk.deliveries(exact)] == ["item.created"]
    assert desk.deliveries(off) == []
    by_event: dict[str, set[bytes]] = {}
    for one in receiver.received:
        by_event.setdefault(one.id, set()).add(one.body)
    assert all(len(bodies) == 1 for bodies in by_event.values())


def test_a_new_secret_overlaps_with_the_old_one(desk: Desk) -> None:
    clock = Clock()
    with receiving() as receiver:
        endpoint = desk.endpoint(receiver.url)
        old = endpoint["secret"]
        turned = desk.account.call("POST", desk.path(endpoint, "/rotate-secret"), {}).json()
        new = turned["secret"]
        assert new != old
        assert turned["previous_secret_until"]
        courier = desk.courier(clock=clock)
        for hours in (0, 25):
            clock.now = machine.now() + timedelta(hours=hours)
            desk.happens()
            courier.sweep()
            courier.deliver_due()
    first, second = (one.headers["webhook-signature"].split() for one in receiver.received)
    assert (len(first), len(second)) == (2, 1)
    for secret in (old, new):
        Webhook(secret).verify(receiver.received[0].body, receiver.received[0].headers)
    moment = datetime.datetime.fromtimestamp(
        int(receiver.received[1].headers["webhook-timestamp"]), datetime.UTC
    )
    body = receiver.received[1].body.decode()
    assert second == [Webhook(new).sign(receiver.received[1].id, moment, body)]


def test_a_test_message_is_tried_once(desk: Desk) -> None:
    with receiving(lambda _: (500, {}, b"")) as receiver:
        endpoint = desk.endpoint(receiver.url)
        answer = desk.account.call("POST", desk.path(endpoint, "/test"))
        assert answer.status_code == 202
        courier = desk.courier()
        assert courier.deliver_due() == 1
        assert courier.deliver_due() == 0
    said = Webhook(endpoint["secret"]).verify(
        receiver.received[0].body, receiver.received[0].headers
    )
    assert said["type"] == "webhook.test"
    (row,) = desk.deliveries(endpoint)
    assert row["state"] == "failed"
    assert desk.read(endpoint)["failing_since"] is None


def test_one_delivery_is_sent_again_with_the_same_bytes(desk: Desk) -> None:
    with receiving() as receiver:
        endpoint = desk.endpoint(receiver.url)
        desk.happens()
        courier = desk.courier()
        courier.sweep()
        courier.deliver_due()
        (row,) = desk.deliveries(endpoint)
        path = desk.path(endpoint, f"/deliveries/{row['id']}")
        assert desk.account.call("POST", f"{path}/replay").json()["state"] == "pending"
        assert desk.account.call("POST", f"{path}/replay").status_code == 202
        courier.deliver_due()
        shown = desk.account.call("GET", path).json()
    one, two = receiver.received
    assert (one.id, one.body) == (two.id, two.body)
    assert shown["payload"] == json.loads(one.body)
    assert len(shown["attempts"]) == 2


def test_many_are_sent_again_by_time_and_state(desk: Desk) -> None:
    start = machine.now()
    broken = True
    with receiving(lambda _: (410 if broken else 204, {}, b"")) as receiver:
        first = desk.endpoint(receiver.url)
        desk.happens()
        courier = desk.courier()
        courier.sweep()
        courier.deliver_due()  # 410: disabled
        desk.happens(count=3)  # missed
        courier.sweep()
        broken = False
        replay = desk.path(first, "/replay")
        body = {"which": "failed", "since": start.isoformat()}
        refused = desk.account.call("POST", replay, body)
        assert refused.status_code == 409
        assert refused.json()["type"] == "/problems/webhook-endpoint-disabled"
        desk.account.call("PATCH", desk.path(first), {"enabled": True})
        courier.sweep()

        def again(which: str, **more: str) -> int:
            asked = {"which": which, "since": start.isoformat(), **more}
            answer = desk.account.call("POST", replay, asked)
            assert answer.status_code == 202, answer.text
            assert answer.json()["next_cursor"] is None
            queued: int = answer.json()["queued"]
            assert courier.deliver_due() == queued
            return queued

        assert again("failed") == 1
        assert again("failed") == 0
        assert again("missed", until=start.isoformat()) == 0
        assert again("missed") == 4  # and that it was disabled
        assert again("missed") == 0
        assert again("all") == 5
    younger = desk.endpoint(URL)
    answer = desk.account.call(
        "POST",
        desk.path(younger, "/replay"),
        {"which": "missed", "since": start.isoformat(), "cursor": "x"},
    )
    assert answer.status_code == 422


def test_every_type_is_listed(desk: Desk) -> None:
    listed = desk.account.call("GET", "/v1/event-types").json()["data"]
    names = {one["name"] for one in listed}
    assert {"invoice.finalized", "customer.created", "e_invoicing.submission.failed"} <= names
    assert all(one["description"] for one in listed)
