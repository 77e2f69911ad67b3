"""How failures are met: patience, Retry-After, giving up, disabling, and telling so."""

import datetime
import random
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from gateway.kit.exchange import Answer
from gateway.kit.tenancy import TenantTransaction
from gateway.webhooks.attempt import excerpt
from gateway.webhooks.policy import Policy, retry_after
from gateway.webhooks.repository import EndpointRow
from tests.gateway.webhooks.conftest import Clock, Desk
from tests.gateway.webhooks.receivers import FINE, receiving

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


@dataclass
class Mail:
    """Remembers who was told."""

    told: list[str] = field(default_factory=list)

    def disabled(
        self, tx: TenantTransaction, row: EndpointRow, reason: str, now: datetime.datetime
    ) -> None:
        assert tx.tenant.account_id == row.account_id
        assert now.tzinfo is not None
        self.told.append(f"{reason} {row.url}")


@pytest.mark.parametrize("chance", [0.0, 0.5, 0.999])
def test_there_are_ten_attempts_over_at_least_75_hours(chance: float) -> None:
    policy, moment, attempts = Policy(), NOW, 1
    while again := policy.retry_at(attempts, moment, lambda: chance, None):
        moment = again
        attempts += 1
    assert attempts == 10
    assert timedelta(hours=75) <= moment - NOW < timedelta(hours=83)


def test_two_that_fail_together_are_not_tried_together_again() -> None:
    chance = random.Random(1).random  # noqa: S311 - to be repeated
    for failures in range(1, 10):
        moments = {Policy().retry_at(failures, NOW, chance, None) for _ in range(50)}
        assert len(moments) == 50


def test_retry_after_is_read_as_seconds_and_as_a_date() -> None:
    assert retry_after({"retry-after": "120"}, NOW) == timedelta(minutes=2)
    date = "Sat, 21 Nov 2026 13:00:00 GMT"
    assert retry_after({"retry-after": date}, NOW) == timedelta(hours=1)
    assert retry_after({"retry-after": "Sat, 21 Nov 2020 13:00:00 GMT"}, NOW) == timedelta()
    for text in ("", "soon", "-5", "1.5", "²", "9" * 400):
        found = retry_after({"retry-after": text}, NOW)
        assert found is None or found > timedelta(days=1)
    long = Policy().retry_at(1, NOW, lambda: 0, timedelta(days=300))
    assert long == NOW + timedelta(hours=24)


def test_an_excerpt_is_one_line_of_printable_text() -> None:
    body = b"<b>\r\nSet-Cookie: x\x00\xff\x1b[2J\xe2\x80\xae end" + b"a" * 1000
    said = excerpt(Answer(500, {}, body))
    assert said.isprintable()
    assert len(said) == 500


def test_a_dead_endpoint_is_disabled_after_75_hours_and_everybody_is_told(desk: Desk) -> None:
    clock, mail = Clock(), Mail()
    started = clock.now
    with receiving(lambda _: (503, {}, b"")) as dead, receiving() as other:
        endpoint = desk.endpoint(dead.url, "customer.created")
        watcher = desk.endpoint(other.url, "webhook_endpoint.*")
        desk.happens()
        courier = desk.courier(Policy(), clock=clock, notice=mail)
        courier.sweep()
        while desk.read(endpoint)["enabled"]:
            courier.deliver_due()
            due = desk.deliveries(endpoint)[0]["next_attempt_at"]
            if due is not None:
                clock.now = datetime.datetime.fromisoformat(due)
        assert clock.now - started >= timedelta(hours=75)
        assert len(dead.received) == 10
        courier.sweep()
        courier.deliver_due()
    (told,) = desk.deliveries(watcher)
    assert told["type"] == "webhook_endpoint.disabled"
    assert b'"reason":"failing"' in other.received[0].body
    assert mail.told == [f"failing {dead.url}"]
    shown = desk.read(endpoint)
    assert shown["disabled_reason"] == "failing"
    assert shown["disabled_at"]
    (done,) = desk.account.call("GET", "/v1/activity?actor=system").json()["data"]
    assert (done["action"], done["subject_id"]) == ("disable_webhook_endpoint", endpoint["id"])
    assert (done["entity_id"], done["data"]) == (desk.entity, {"reason": "failing"})
    (row,) = desk.deliveries(endpoint)
    assert row["state"] == "failed"
    assert len(row["attempts"]) == 10
    assert "503" in row["attempts"][0]["error"]


def test_one_message_that_is_never_taken_does_not_disable_the_endpoint(desk: Desk) -> None:
    clock = Clock()
    bad: set[str] = set()
    with receiving(lambda one: (500, {}, b"") if one.id in bad else FINE) as receiver:
        endpoint = desk.endpoint(receiver.url)
        desk.happens()
        courier = desk.courier(Policy(), clock=clock)
        courier.sweep()
        bad.add(desk.deliveries(endpoint)[0]["event_id"])
        for _ in range(10):
            courier.deliver_due()
            desk.happens()
            courier.sweep()
            courier.deliver_due()
            clock.go(timedelta(hours=26))
    assert desk.read(endpoint)["enabled"]
    states = sorted(row["state"] for row in desk.deliveries(endpoint))
    assert states == ["delivered"] * 10 + ["failed"]


def test_410_disables_at_once_and_enabling_goes_on(desk: Desk) -> None:
    gone = True
    with receiving(lambda _: (410, {}, b"") if gone else FINE) as receiver:
        endpoint = desk.endpoint(receiver.url)
        desk.happens(count=2)
        courier = desk.courier()
        courier.sweep()
        assert courier.deliver_due() == 1
        assert desk.read(endpoint)["disabled_reason"] == "gone"
        desk.happens()  # is missed
        courier.sweep()
        assert courier.deliver_due() == 0
        gone = False
        desk.account.call("PATCH", desk.path(endpoint), {"enabled": True})
        desk.happens()
        courier.sweep()
        assert courier.deliver_due() == 2  # what waited, and what is new
    assert desk.read(endpoint)["disabled_reason"] is None
    states = sorted(row["state"] for row in desk.deliveries(endpoint))
    assert states == ["delivered", "delivered", "failed"]


def test_retry_after_holds_back_all_that_goes_there(desk: Desk) -> None:
    clock = Clock()
    answers = iter([(429, {"retry-after": "3600"}, b"")])
    with receiving(lambda _: next(answers, FINE)) as receiver:
        desk.endpoint(receiver.url)
        desk.happens(count=3)
        courier = desk.courier(clock=clock)
        courier.sweep()
        assert courier.deliver_due() == 1
        clock.go(timedelta(minutes=59))
        assert courier.deliver_due() == 0
        clock.go(timedelta(minutes=2))
        assert courier.deliver_due() == 3
    assert len(receiver.received) == 4


def test_what_somebody_took_and_never_came_back_with_is_sent_again(desk: Desk) -> None:
    clock = Clock()
    with receiving() as receiver:
        endpoint = desk.endpoint(receiver.url)
        desk.happens()
        courier = desk.courier(clock=clock)
        courier.sweep()
        assert len(courier._claim(10)) == 1
        assert courier.deliver_due() == 0
        clock.go(timedelta(seconds=6))
        assert courier.deliver_due() == 1
    assert len(receiver.received) == 1
    (row,) = desk.deliveries(endpoint)
    assert [one["outcome"] for one in row["attempts"]] == ["unknown", "delivered"]


def test_who_lost_a_delivery_does_not_settle_it(desk: Desk) -> None:
    clock = Clock()
    with receiving(lambda _: (500, {}, b"")) as receiver:
        endpoint = desk.endpoint(receiver.url)
        desk.happens()
        courier = desk.courier(clock=clock)
        courier.sweep()
        (lost,) = courier._claim(10)
        clock.go(timedelta(seconds=6))
        (held,) = courier._claim(10)
        courier._attempts.make(lost)
        assert desk.deliveries(endpoint)[0]["attempts"] == []
        courier._attempts.make(held)
    assert len(desk.deliveries(endpoint)[0]["attempts"]) == 2


def test_the_log_is_kept_for_thirty_days(desk: Desk) -> None:
    clock = Clock()
    with receiving() as receiver:
        endpoint = desk.endpoint(receiver.url)
        desk.happens(count=2)
        courier = desk.courier(clock=clock)
        courier.sweep()
        courier.deliver_due()
        desk.account.call("POST", desk.path(endpoint, "/test"))  # still waits then
        clock.go(timedelta(days=29))
        courier.sweep()
        assert len(desk.deliveries(endpoint)) == 3
        clock.go(timedelta(days=2))
        courier.sweep()
        assert [row["type"] for row in desk.deliveries(endpoint)] == ["webhook.test"]
        assert courier.deliver_due() == 1
