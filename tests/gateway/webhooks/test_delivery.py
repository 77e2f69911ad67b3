"""From an event to an endpoint: what is sent, how it is tried again, when it is given up."""

from datetime import timedelta

from standardwebhooks import Webhook

from gateway.events import service as events
from gateway.kit.clock import now
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from tests.gateway.webhooks.conftest import Clock, Desk
from tests.gateway.webhooks.receivers import FINE, receiving


def test_an_event_arrives_signed_once(desk: Desk) -> None:
    with receiving() as receiver:
        endpoint = desk.endpoint(receiver.url)
        desk.happens(metadata={"order": "7"})
        courier = desk.courier()
        assert courier.sweep() == 1
        assert courier.sweep() == 0
        assert courier.deliver_due() == 1
        assert courier.deliver_due() == 0
    (one,) = receiver.received
    assert one.path == "/hooks"
    said = Webhook(endpoint["secret"]).verify(one.body, one.headers)
    assert said["type"] == "customer.created"
    assert said["id"] == one.id
    assert said["entity_id"] == desk.entity
    assert said["data"]["details"]["metadata"] == {"order": "7"}
    (row,) = desk.deliveries(endpoint)
    assert row["state"] == "delivered"
    assert [a["status"] for a in row["attempts"]] == [204]
    after = desk.account.call("GET", f"/v1/events?after={said['cursor']}", Entity_Id=desk.entity)
    assert after.json()["data"] == []


def test_what_is_committed_after_an_endpoint_was_made_is_sent_to_it(desk: Desk) -> None:
    tenant = Tenant(desk.account.id, (parse_id(desk.entity, "ent"),), "sandbox")
    with receiving() as receiver:
        with desk.runtime.database.transaction(tenant) as tx:
            data = {"number": 1}
            events.append(tx, type="customer.created", subject_id="cus_1", data=data, now=now())
            endpoint = desk.endpoint(receiver.url)
        assert desk.courier().sweep() == 1
    assert [row["type"] for row in desk.deliveries(endpoint)] == ["customer.created"]


def test_a_failed_attempt_is_made_again_with_the_same_bytes(desk: Desk) -> None:
    answers = iter([(500, {}, b"no\x00\x1b[31mway"), (302, {"location": "/"}, b""), FINE])
    clock = Clock()
    with receiving(lambda _: next(answers)) as receiver:
        endpoint = desk.endpoint(receiver.url)
        desk.happens()
        courier = desk.courier(clock=clock)
        courier.sweep()
        for _ in range(3):
            assert courier.deliver_due() == 1
            clock.go(timedelta(minutes=1))
    assert len({one.body for one in receiver.received}) == 1
    assert len({one.id for one in receiver.received}) == 1
    assert len({one.headers["webhook-timestamp"] for one in receiver.received}) == 3
    (row,) = desk.deliveries(endpoint)
    assert [a["status"] for a in row["attempts"]] == [500, 302, 204]
    assert row["attempts"][0]["excerpt"] == "no [31mway"
    assert desk.read(endpoint)["failing_since"] is None
