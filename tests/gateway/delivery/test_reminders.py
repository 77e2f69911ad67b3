"""Unpaid invoices: told once per threshold, reminded of once per day chosen, by the local day."""

import datetime
from typing import Any

import pytest
import structlog
from freezegun import freeze_time

from formats.pdf import RenderingError
from gateway.delivery import repository
from gateway.delivery.reminders import Found, Reminders
from gateway.delivery.renditions import Document, File, Renditions
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import UnavailableProblem
from tests.gateway.houses import House, Shop, invoice, kind, line

Json = dict[str, Any]
REMINDERS = {"payment_reminders": {"days": [7, 14], "days_before": [3]}}


def owed(shop: Shop, due: str = "2026-12-10") -> Json:
    """Return an issued invoice that is due on a day; its column as the documents room fills it."""
    body = invoice(payment_due_date=due, issue_date="2026-11-21")
    body["buyer"] = {**body["buyer"], "contact": {"email_address": "k@stranka.example"}}
    made = shop.issued(body)
    shop.house.sql(
        "update document set due_date = %s, amount_due = 3.61 where number = %s"
        " and entity_id = (select id from entity order by created_at desc limit 1) returning 1",
        due,
        made["number"],
    )
    return made


def visited(house: House, moment: str) -> None:
    runtime = house.runtime
    now = datetime.datetime.fromisoformat(moment).replace(tzinfo=datetime.UTC)
    runtime.reminders.round(now)


def told(shop: Shop) -> list[int]:
    found = shop.get("/v1/events?limit=200")["data"]
    return [one["data"]["threshold_days"] for one in found if one["type"] == "invoice.overdue"]


def mails(shop: Shop) -> list[str]:
    return [one["subject"] for one in shop.get("/v1/emails")["data"]]


def test_overdue_is_told_once_per_threshold(house: House) -> None:
    thresholds = {"overdue_notifications": {"threshold_days": [1, 7, 30]}}
    shop = Shop.opened(house, settings=thresholds)
    owed(shop)
    visited(house, "2026-12-10T12:00")
    assert told(shop) == []
    for _ in range(3):
        visited(house, "2026-12-11T12:00")
    assert told(shop) == [1]
    visited(house, "2026-12-17T12:00")
    assert told(shop) == [1, 7]
    visited(house, "2027-03-01T12:00")
    assert told(shop) == [1, 7, 30]
    assert mails(shop) == []


def test_what_was_missed_is_told_once(house: House) -> None:
    shop = Shop.opened(house, settings={"overdue_notifications": {"threshold_days": [1, 7, 30]}})
    owed(shop)
    visited(house, "2027-01-20T12:00")
    assert told(shop) == [30]


def test_a_day_begins_at_the_seat_of_the_entity(house: House) -> None:
    shop = Shop.opened(house)
    owed(shop)
    visited(house, "2026-12-10T22:59")  # 23:59 in Ljubljana
    assert told(shop) == []
    visited(house, "2026-12-10T23:01")
    assert told(shop) == [1]


def test_paid_invoices_and_drafts_are_left_alone(house: House) -> None:
    shop = Shop.opened(house, settings=REMINDERS)
    paid = owed(shop)
    shop.draft()
    shop.house.sql("update document set amount_paid = 3.61 where number = %s", paid["number"])
    visited(house, "2026-12-25T12:00")
    assert told(shop) == []
    assert mails(shop) == []


def test_reminders_go_out_once_each(house: House) -> None:
    shop = Shop.opened(house, settings=REMINDERS)
    made = owed(shop)
    for moment in ("2026-12-06T12:00", "2026-12-07T12:00", "2026-12-07T18:00"):
        visited(house, moment)
    assert len(mails(shop)) == 1
    assert mails(shop)[0] == f"Opomnik za plačilo: Račun {made['number']}"
    visited(house, "2026-12-16T12:00")
    assert len(mails(shop)) == 1
    visited(house, "2026-12-17T12:00")
    visited(house, "2026-12-17T13:00")
    assert len(mails(shop)) == 2
    visited(house, "2026-12-24T12:00")
    assert len(mails(shop)) == 3
    body = shop.get("/v1/emails")["data"][0]
    assert body["purpose"] == "reminder"
    path = "/v1/activity?actor=system&action=remind_of_invoice"
    done = shop.account.call("GET", path, key=shop.key).json()["data"]
    assert [one["subject_id"] for one in done] == [made["id"]] * 3
    assert done[0]["data"] == {"email_id": body["id"]}
    assert "3,61\u00a0EUR" in body["body"]


def test_nobody_is_dunned_for_long_ago(house: House) -> None:
    shop = Shop.opened(house, settings=REMINDERS)
    owed(shop)
    visited(house, "2027-06-01T12:00")
    assert mails(shop) == []


def test_switched_off_means_off(house: House) -> None:
    shop = Shop.opened(house, settings={"payment_reminders": {"enabled": False}})
    owed(shop)
    visited(house, "2026-12-18T12:00")
    assert mails(shop) == []


@freeze_time("2026-12-18T12:00:00Z")
def test_somebody_may_remind_at_any_time(house: House) -> None:
    shop = Shop.opened(house)
    made = owed(shop)
    path = f"/v1/invoices/{made['id']}/remind"
    answer = shop.call("POST", path, {"message": "Hej {number}"}, Idempotency_Key="one")
    assert answer.status_code == 202, answer.text
    assert f"Hej {made['number']}" in answer.json()["body"]
    assert shop.call("POST", path, {}).status_code == 202
    assert len(mails(shop)) == 2


@pytest.mark.parametrize("state", ["paid", "draft"])
def test_there_must_be_something_to_pay(house: House, state: str) -> None:
    shop = Shop.opened(house)
    made = shop.draft() if state == "draft" else owed(shop)
    if state == "paid":
        house.sql("update document set amount_paid = 3.61 where number = %s", made["number"])
    answer = shop.call("POST", f"/v1/invoices/{made['id']}/remind", {})
    assert answer.status_code == 409
    assert kind(answer) == "nothing-to-remind-of"


def credited(shop: Shop, document: Json, quantity: str) -> Json:
    """Take so much of a document's one line back."""
    [line] = document["invoice"]["lines"]
    given = {"reason": "x", "lines": [{"line": line["identifier"], "quantity": quantity}]}
    draft = shop.call("POST", f"/v1/documents/{document['id']}/corrections", given).json()
    answer = shop.call("POST", f"/v1/credit-notes/{draft['id']}/finalize")
    assert answer.status_code == 200, answer.text
    made: Json = answer.json()
    return made


def open_of(shop: Shop, document: Json) -> str:
    amount: str = shop.get(f"/v1/documents/{document['id']}")["open_amount"]
    return amount


def sold(shop: Shop, address: str | None = "k@stranka.example") -> Json:
    """Return an issued invoice over 122 euro, due on 10 December."""
    goods = line(invoiced_quantity="10", item_net_price="10.00", vat_rate="22")
    body = invoice(payment_due_date="2026-12-10", issue_date="2026-11-21", lines=[goods])
    contact = {} if address is None else {"contact": {"email_address": address}}
    return shop.issued(body | {"buyer": body["buyer"] | contact})


@freeze_time("2026-12-17T12:00:00Z")
def test_only_what_is_open_is_asked_for(house: House) -> None:
    shop = Shop.opened(house, settings=REMINDERS)
    made = sold(shop)
    credited(shop, made, "4")
    paid = shop.call("POST", f"/v1/documents/{made['id']}/payments", {"amount": "13.20"})
    assert paid.status_code == 201, paid.text
    assert open_of(shop, made) == "60.00"
    visited(house, "2026-12-17T12:00")
    [mail] = shop.get("/v1/emails")["data"]
    assert "60,00\u00a0EUR" in mail["body"]
    assert "122" not in mail["body"]
    [event] = [
        e for e in shop.get("/v1/events?limit=200")["data"] if e["type"] == "invoice.overdue"
    ]
    assert event["data"]["amount_open"] == "60.00"
    answer = shop.call("POST", f"/v1/documents/{made['id']}/send", {})
    assert answer.status_code == 202, answer.text
    assert "60,00\u00a0EUR" in answer.json()["body"]


@freeze_time("2026-12-17T12:00:00Z")
def test_nobody_is_dunned_for_what_was_credited(house: House) -> None:
    shop = Shop.opened(house, settings=REMINDERS)
    made = sold(shop)
    paid = shop.call("POST", f"/v1/documents/{made['id']}/payments", {"amount": "73.20"})
    assert paid.status_code == 201, paid.text
    credited(shop, made, "4")
    assert shop.get(f"/v1/documents/{made['id']}")["state"] == "issued"
    with house.runtime.database.auth_connection() as connection:
        owing = repository.owing_entities(connection, datetime.date.max)
    assert parse_id(shop.entity, "ent") not in {entity_id for _, entity_id, _ in owing}
    visited(house, "2026-12-17T12:00")
    assert (told(shop), mails(shop)) == ([], [])
    answer = shop.call("POST", f"/v1/invoices/{made['id']}/remind", {})
    assert (answer.status_code, kind(answer)) == (409, "nothing-to-remind-of")


@pytest.mark.parametrize("what", ["paid", "voided"])
def test_what_is_settled_during_the_round_is_left_alone(
    house: House, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    shop = Shop.opened(house, settings=REMINDERS)
    made = sold(shop)
    settle = {
        "paid": "update document set amount_paid = 122 where id = %s",
        "voided": "update document set state = 'voided', voided_at = now(), void_reason = 'x'"
        " where id = %s",
    }[what]
    chosen = Reminders._due

    def between(
        reminders: Reminders, tx: TenantTransaction, now: datetime.datetime
    ) -> tuple[Found, Found]:
        found = chosen(reminders, tx, now)
        house.sql(settle, parse_id(made["id"], "inv"))
        return found

    monkeypatch.setattr(Reminders, "_due", between)
    visited(house, "2026-12-17T12:00")
    assert (told(shop), mails(shop)) == ([], [])


def test_one_that_cannot_be_drawn_does_not_stop_the_others(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Shop.opened(house, settings=REMINDERS)
    bad, good = sold(shop), sold(shop)
    drawn = Renditions.pdf

    def pdf(
        self: Renditions, tx: TenantTransaction, row: Document, now: datetime.datetime
    ) -> File:
        if row.number == bad["number"]:
            raise RenderingError("a glyph is missing")
        return drawn(self, tx, row, now)

    monkeypatch.setattr(Renditions, "pdf", pdf)
    with structlog.testing.capture_logs() as logs:
        visited(house, "2026-12-17T12:00")
    assert [good["number"] in subject for subject in mails(shop)] == [True]
    assert told(shop) == [1, 1]
    ours = [one for one in logs if one["event"] == "reminder_failed"]
    assert [one["document_id"] for one in ours] == [str(parse_id(bad["id"], "inv"))]

    def outage(*_: object) -> File:
        raise UnavailableProblem("The disk is full.")

    monkeypatch.setattr(Renditions, "pdf", outage)
    with pytest.raises(UnavailableProblem):
        visited(house, "2026-12-17T12:00")


def test_a_customer_without_address_is_tried_once(house: House) -> None:
    shop = Shop.opened(house, settings=REMINDERS)
    sold(shop, address=None)
    for expected in (1, 0):
        with structlog.testing.capture_logs() as logs:
            visited(house, "2026-12-17T12:00")
        ours = [one for one in logs if one["event"] == "reminder_without_address"]
        assert len(ours) == expected
    assert mails(shop) == []


def test_a_round_with_nothing_new_only_reads(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Shop.opened(house, settings=REMINDERS)
    sold(shop)
    visited(house, "2026-12-17T12:00")
    assert (told(shop), len(mails(shop))) == ([1], 1)

    def attempted(*_: object) -> None:
        raise AssertionError("a document was visited that has nothing new")

    monkeypatch.setattr(Reminders, "_attempt", attempted)
    visited(house, "2026-12-17T12:15")
    with pytest.raises(AssertionError):
        visited(house, "2026-12-24T12:00")
