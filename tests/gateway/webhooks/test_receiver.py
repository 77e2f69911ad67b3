"""The receiver written from the documentation verifies what we send, and asks for replays."""

import random
import re
import time
from collections.abc import Callable
from pathlib import Path

from gateway.kit import clock
from tests.gateway.webhooks.conftest import Desk, Json
from tests.gateway.webhooks.receiver import Inbox, verified
from tests.gateway.webhooks.receivers import Answer, Received, receiving

DOCUMENT = Path(__file__).parents[3] / "docs" / "webhooks.md"


def test_it_takes_each_message_once_and_puts_them_in_order(desk: Desk) -> None:
    chance = random.Random(5)  # noqa: S311 - to be repeated
    inboxes: list[Inbox] = []

    def answer(one: Received) -> Answer:
        if chance.random() < 0.4:
            return 500, {}, b"not now"
        return inboxes[0].take(one.headers, one.body), {}, b""

    start = clock.now().isoformat()
    with receiving(answer) as receiver:
        endpoint = desk.endpoint(receiver.url)
        inboxes.append(Inbox(endpoint["secret"]))
        desk.happens(count=20)
        with desk.working():
            wait(lambda: all(d["state"] == "delivered" for d in full(desk, endpoint, 20)))
            body = {"which": "all", "since": start}
            again = desk.account.call("POST", desk.path(endpoint, "/replay"), body)
            assert again.json()["queued"] == 20
            wait(lambda: inboxes[0].twice >= 20)
            wait(lambda: all(d["state"] == "delivered" for d in full(desk, endpoint, 20)))
    (inbox,) = inboxes
    assert [one["data"]["details"]["number"] for one in inbox.in_order()] == list(range(20))
    feed = desk.account.call("GET", "/v1/events?limit=200", Entity_Id=desk.entity).json()["data"]
    assert [one["id"] for one in inbox.in_order()] == [
        one["id"] for one in feed if one["type"] == "customer.created"
    ]


def full(desk: Desk, endpoint: Json, count: int) -> list[Json]:
    found = desk.deliveries(endpoint)
    return found if len(found) >= count else [{"state": "missing"}]


def wait(until: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_it_refuses_what_is_not_ours(desk: Desk) -> None:
    with receiving() as receiver:
        endpoint = desk.endpoint(receiver.url)
        desk.happens()
        courier = desk.courier()
        courier.sweep()
        courier.deliver_due()
    (one,) = receiver.received
    moment = int(one.headers["webhook-timestamp"])
    secret = endpoint["secret"]
    assert verified(secret, one.headers, one.body, moment)
    assert not verified(secret, one.headers, one.body + b" ", moment)
    assert not verified(secret, one.headers, one.body, moment + 301)
    assert not verified(secret, {**one.headers, "webhook-id": "evt_other"}, one.body, moment)
    later = {**one.headers, "webhook-timestamp": str(moment + 1)}
    assert not verified(secret, later, one.body, moment)
    other = desk.endpoint(receiver.url)["secret"]
    assert not verified(other, one.headers, one.body, moment)


def test_the_vector_of_the_document_is_right() -> None:
    text = " ".join(DOCUMENT.read_text(encoding="utf-8").split())
    found = re.search(
        r"the secret `(\S+)`, the id `(\S+)`, the timestamp `(\d+)` and the body `(.+?)` the"
        r" signature is `(\S+)`",
        text,
    )
    assert found is not None
    secret, name, moment, body, signature = found.groups()
    headers = {"webhook-id": name, "webhook-timestamp": moment, "webhook-signature": signature}
    assert verified(secret, headers, body.encode(), int(moment))
