"""Recurring invoices over HTTP: made, changed, paused, and each day's document exactly once."""

from datetime import UTC, datetime, timedelta

import pytest

from gateway.background import running
from gateway.jobs.worker import JobWorker
from gateway.problems import UnavailableProblem
from gateway.recurring.generator import Generator
from gateway.recurring.making import Maker
from tests.gateway.houses import invoice, kind, line
from tests.gateway.recurring.conftest import BEGIN, Plan

MONTHLY = {"frequency": "monthly", "start_date": "2026-11-30", "day_of_month": 31}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_each_month_has_its_document_at_the_beginning_of_its_day(plan: Plan) -> None:
    made = plan.made(
        MONTHLY,
        name="Rent",
        due_days=15,
        document=invoice(
            profile="en16931-ubl",
            lines=[line(item_name="Rent {{month_name}} {{year}}")],
            metadata={"contract": "7"},
        ),
        metadata={"tenant": "upstairs"},
    )
    assert (made["state"], made["next_date"], made["made"]) == ("active", "2026-11-30", 0)
    assert plan.work(at("2026-11-29T22:59:59")) == 0  # 23:59:59 in Ljubljana
    assert plan.work(at("2026-11-29T23:00:00")) == 1
    assert plan.work(at("2026-11-29T23:00:00")) == 0
    plan.work(at("2026-12-30T23:00:00"))
    documents = plan.documents(made["id"])
    assert [one["issue_date"] for one in documents] == ["2026-11-30", "2026-12-31"]
    assert [one["state"] for one in documents] == ["issued", "issued"]
    texts = [one["invoice"]["lines"][0]["item_name"] for one in documents]
    assert texts == ["Rent November 2026", "Rent December 2026"]
    assert documents[0]["invoice"]["payment_due_date"] == "2026-12-15"
    assert documents[0]["metadata"] == {"contract": "7"}
    assert plan.by_the_system(made["id"]) == [
        (verb, one["id"])
        for one in reversed(documents)
        for verb in ("finalize_invoice", "create_invoice")
    ]
    shown = plan.read(made["id"])
    assert (shown["made"], shown["last_date"], shown["next_date"]) == (
        2,
        "2026-12-31",
        "2027-01-31",
    )
    assert plan.events(made["id"]) == ["created", "invoice_generated", "invoice_generated"]


def test_days_missed_are_made_up_for_each_under_its_own_date(plan: Plan) -> None:
    made = plan.made({"frequency": "daily", "start_date": "2026-11-22", "count": 4})
    assert plan.work(at("2026-12-24T12:00:00")) == 4
    documents = plan.documents(made["id"])
    assert [one["issue_date"] for one in documents] == [
        "2026-11-22",
        "2026-11-23",
        "2026-11-24",
        "2026-11-25",
    ]
    assert plan.read(made["id"])["state"] == "completed"
    assert plan.events(made["id"])[-1] == "completed"


def test_where_the_series_went_on_a_missed_day_is_dated_today(plan: Plan) -> None:
    made = plan.made({"frequency": "daily", "start_date": "2026-11-22", "count": 1})
    issued = plan.shop.issue(invoice(profile="en16931-ubl", issue_date="2026-11-21"))
    assert issued.status_code == 200, issued.text
    later = plan.made({"frequency": "daily", "start_date": "2026-11-24", "count": 1})
    database, maker = plan.shop.house.runtime.database, plan.shop.house.runtime.recurring.maker
    Generator(database, maker).turn(at("2026-11-22T01:00:00"))
    assert [one["issue_date"] for one in plan.documents(made["id"])] == ["2026-11-22"]
    third = plan.made({"frequency": "daily", "start_date": "2026-11-23", "count": 1})
    plan.call("POST", f"{third['id']}/pause", BEGIN)
    plan.work(at("2026-11-24T12:00:00"))
    plan.call("POST", f"{third['id']}/resume", BEGIN)
    plan.work(at("2026-11-25T12:00:00"))
    assert [one["issue_date"] for one in plan.documents(later["id"])] == ["2026-11-24"]
    assert [one["issue_date"] for one in plan.documents(third["id"])] == ["2026-11-25"]
    assert plan.occurrences(third["id"])[0]["date"] == "2026-11-23"


def test_a_schedule_of_a_deleted_entity_rests(plan: Plan) -> None:
    plan.made(MONTHLY)
    answer = plan.shop.account.call(
        "DELETE", f"/v1/entities/{plan.shop.entity}", key=plan.shop.key
    )
    assert answer.status_code == 204, answer.text
    assert plan.work(at("2026-11-29T23:00:00")) == 1
    assert plan.work(at("2026-12-30T23:00:00")) == 0


def test_days_before_today_are_not_made_up_for(plan: Plan) -> None:
    made = plan.made({"frequency": "weekly", "start_date": "2026-01-05"})  # a Monday
    assert made["next_date"] == "2026-11-23"


def test_drafts_are_left_undated_for_who_issues_them(plan: Plan) -> None:
    made = plan.made(
        {"frequency": "daily", "start_date": "2026-11-22", "count": 1}, actions={"finalize": False}
    )
    plan.work(at("2026-11-23T00:00:00"))
    (document,) = plan.documents(made["id"])
    assert (document["state"], document["number"]) == ("draft", None)


def test_one_failure_keeps_the_schedule_and_says_why(plan: Plan) -> None:
    broken = invoice(profile="en16931-ubl", lines=[line(vat_category_code="S", vat_rate=None)])
    broken["totals"] = {"total_with_vat": "1.00"}
    made = plan.made({"frequency": "daily", "start_date": "2026-11-22"}, document=broken)
    plan.work(at("2026-11-22T00:00:00"))
    shown = plan.read(made["id"])
    assert (shown["state"], shown["next_date"]) == ("active", "2026-11-23")
    assert shown["error"]["status"] == 422
    pointers = [one.get("pointer") for one in shown["error"]["findings"]]
    assert all(one is None or one.startswith("/document/") for one in pointers)
    (failed,) = plan.occurrences(made["id"])
    assert (failed["state"], failed["document_id"]) == ("failed", None)
    assert plan.events(made["id"]) == ["created", "generation_failed"]
    plan.call("PATCH", made["id"], BEGIN, {"document": {"totals": None}})
    plan.work(at("2026-11-23T00:00:00"))
    assert plan.read(made["id"])["error"] is None
    assert [one["state"] for one in plan.occurrences(made["id"])] == ["failed", "generated"]


def test_three_failures_in_a_row_stop_it_until_it_is_resumed(plan: Plan) -> None:
    broken = invoice(profile="en16931-ubl", totals={"total_with_vat": "1.00"})
    made = plan.made({"frequency": "daily", "start_date": "2026-11-22"}, document=broken)
    assert plan.work(at("2026-12-01T00:00:00")) == 3
    assert plan.read(made["id"])["state"] == "failed"
    assert plan.work(at("2026-12-02T00:00:00")) == 0
    answer = plan.call("POST", f"{made['id']}/resume", at("2026-12-02T12:00:00"))
    assert (answer.json()["state"], answer.json()["next_date"]) == ("active", "2026-12-02")


def test_an_outage_is_no_failure(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    made = plan.made({"frequency": "daily", "start_date": "2026-11-22"})
    with monkeypatch.context() as patch:

        def down(*_: object) -> None:
            raise UnavailableProblem("The disk is away.")

        patch.setattr(Maker, "make", down)
        assert plan.work(at("2026-11-22T00:00:00")) == 1
    assert plan.occurrences(made["id"]) == []
    assert plan.work(at("2026-11-22T00:00:01")) == 0  # put off
    assert plan.work(at("2026-11-22T00:00:10")) == 1
    assert len(plan.documents(made["id"])) == 1


def test_a_bug_is_tried_again_and_then_counts_as_a_failure(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = plan.made({"frequency": "daily", "start_date": "2026-11-22", "count": 1})

    def stumble(*_: object) -> None:
        raise ValueError("secret")

    monkeypatch.setattr(Maker, "make", stumble)
    moment = at("2026-11-22T00:00:00")
    for _ in range(6):
        assert plan.work(moment) == 1
        moment += timedelta(hours=1)
    (failed,) = plan.occurrences(made["id"])
    assert failed["error"]["type"] == "/problems/internal"
    assert "secret" not in str(failed)


def test_a_paused_one_makes_nothing_and_what_passed_is_left_out(plan: Plan) -> None:
    made = plan.made({"frequency": "daily", "start_date": "2026-11-22"})
    paused = plan.call("POST", f"{made['id']}/pause", BEGIN)
    assert paused.json()["state"] == "paused"
    assert kind(plan.call("POST", f"{made['id']}/pause", BEGIN)) == "recurring-invoice-state"
    assert plan.work(at("2026-11-25T00:00:00")) == 0
    resumed = plan.call("POST", f"{made['id']}/resume", at("2026-11-25T12:00:00"))
    assert (resumed.json()["state"], resumed.json()["next_date"]) == ("active", "2026-11-25")
    plan.work(at("2026-11-25T12:00:00"))
    assert [one["date"] for one in plan.occurrences(made["id"])] == ["2026-11-25"]
    assert plan.events(made["id"]) == ["created", "paused", "resumed", "invoice_generated"]


def test_a_deleted_one_is_gone_and_its_documents_stay(plan: Plan) -> None:
    made = plan.made({"frequency": "daily", "start_date": "2026-11-22"})
    plan.work(at("2026-11-22T00:00:00"))
    (document,) = plan.documents(made["id"])
    assert plan.call("DELETE", made["id"], BEGIN).status_code == 204
    for method in ("GET", "DELETE"):
        assert plan.call(method, made["id"], BEGIN).status_code == 404
    assert plan.work(at("2026-12-01T00:00:00")) == 0
    assert plan.shop.get(f"/v1/documents/{document['id']}")["state"] == "issued"


def test_another_schedule_goes_on_behind_the_last_day(plan: Plan) -> None:
    made = plan.made({"frequency": "daily", "start_date": "2026-11-22"})
    plan.work(at("2026-11-23T00:00:00"))
    patch = {"schedule": {"frequency": "monthly", "day_of_month": 1}, "name": "Rent"}
    changed = plan.call("PATCH", made["id"], at("2026-11-23T00:00:00"), patch)
    assert changed.status_code == 200, changed.text
    assert changed.json()["next_date"] == "2026-12-01"
    assert changed.json()["schedule"]["start_date"] == "2026-11-22"
    ended = plan.call("PATCH", made["id"], BEGIN, {"schedule": {"end_date": "2026-11-24"}})
    assert (ended.json()["state"], ended.json()["next_date"]) == ("completed", None)
    again = plan.call("PATCH", made["id"], BEGIN, {"schedule": {"end_date": None}})
    assert (again.json()["state"], again.json()["next_date"]) == ("active", "2026-12-01")


def test_the_preview_shows_days_and_the_next_document_and_stores_nothing(plan: Plan) -> None:
    made = plan.made(
        {**MONTHLY, "count": 3},
        document=invoice(profile="en16931-ubl", lines=[line(item_name="{{period}}")]),
    )
    path = f"/v1/recurring-invoices/{made['id']}/preview"
    shown = plan.shop.get(path)
    assert shown["dates"] == ["2026-11-30", "2026-12-31", "2027-01-31"]
    assert shown["document"]["invoice"]["lines"][0]["item_name"] == "November 2026"
    assert shown["document"]["invoice"]["issue_date"] == "2026-11-30"
    assert len(plan.shop.get(f"{path}?count=2")["dates"]) == 2
    auditor = plan.shop.account.entity_key(plan.shop.entity, "auditor")
    assert plan.shop.call("GET", path, key=auditor).json() == shown
    assert plan.shop.documents() == []


def test_what_is_issued_is_sent_if_asked_for(plan: Plan) -> None:
    buyer = {**invoice()["buyer"], "contact": {"email_address": "ana@example.org"}}
    made = plan.made(
        {"frequency": "daily", "start_date": "2026-11-22", "count": 1},
        document=invoice(profile="en16931-ubl", buyer=buyer),
        actions={"send": True},
    )
    plan.work(at("2026-11-22T00:00:00"))
    (document,) = plan.documents(made["id"])
    with running([JobWorker(plan.shop.house.runtime.jobs)]):
        (job,) = plan.shop.get("/v1/jobs?kind=recurring_send")["data"]
        job = plan.shop.get(f"/v1/jobs/{job['id']}?wait=30")
    assert job["state"] == "succeeded", job["error"]
    (day,) = plan.shop.get(f"/v1/recurring-invoices/{made['id']}/occurrences")["data"]
    assert day["sent_at"] is not None
    assert day["send_error"] is None
    (mail,) = plan.shop.get("/v1/emails")["data"]
    assert mail["document_id"] == document["id"]
    assert [one["address"] for one in mail["recipients"]] == ["ana@example.org"]


def test_a_day_says_that_its_document_was_not_sent(plan: Plan) -> None:
    buyer = {**invoice()["buyer"]}  # who has no address to send to
    made = plan.made(
        {"frequency": "daily", "start_date": "2026-11-22", "count": 1},
        document=invoice(profile="en16931-ubl", buyer=buyer),
        actions={"send": True},
    )
    plan.work(at("2026-11-22T00:00:00"))
    (document,) = plan.documents(made["id"])
    with running([JobWorker(plan.shop.house.runtime.jobs)]):
        (job,) = plan.shop.get("/v1/jobs?kind=recurring_send")["data"]
        job = plan.shop.get(f"/v1/jobs/{job['id']}?wait=30")
    assert job["state"] == "failed"
    (day,) = plan.shop.get(f"/v1/recurring-invoices/{made['id']}/occurrences")["data"]
    assert (day["state"], day["document_id"]) == ("generated", document["id"])
    assert (day["error"], day["sent_at"]) == (None, None)
    assert day["send_error"] == job["error"]
    events = plan.shop.get("/v1/events")["data"]
    (told,) = [one for one in events if one["type"] == "recurring_invoice.sending_failed"]
    assert (told["subject_id"], told["document_id"]) == (made["id"], document["id"])
    assert told["data"]["error"] == job["error"]
    assert document["state"] == "issued"


def test_lists_filter_by_state_and_metadata(plan: Plan) -> None:
    one = plan.made({"frequency": "daily"}, metadata={"for": "a"})
    two = plan.made({"frequency": "daily"}, metadata={"for": "b"})
    plan.call("POST", f"{two['id']}/pause", BEGIN)

    def listed(query: str) -> list[str]:
        return [one["id"] for one in plan.shop.get(f"/v1/recurring-invoices?{query}")["data"]]

    assert listed("") == [two["id"], one["id"]]
    assert listed("state=paused") == listed("metadata[for]=b") == [two["id"]]
    assert listed("limit=1") == [two["id"]]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"schedule": {"frequency": "hourly"}}, "/schedule/frequency"),
        ({"schedule": {"frequency": "daily", "interval": 0}}, "/schedule/interval"),
        ({"schedule": {"frequency": "weekly", "day_of_month": 3}}, "/schedule"),
        (
            {"schedule": {"frequency": "daily", "count": 1, "end_date": "2027-01-01"}},
            "/schedule",
        ),
        ({"schedule": {"frequency": "daily", "end_date": "2026-11-20"}}, "/schedule/end_date"),
        ({"document": invoice(itmes=[])}, "/document/itmes"),
        ({"document": invoice(issue_date="2026-11-21")}, "/document/issue_date"),
        ({"document": invoice(number="7")}, "/document/number"),
        ({"document": invoice(payment_due_date="2026-11-21")}, "/document/payment_due_date"),
        ({"document": invoice(payment_terms="{{monat}}")}, "/document/payment_terms"),
        ({"document": invoice(profile="none")}, "/document/profile"),
        ({"document": invoice(buyer_reference="{{month}}" * 30_000)}, None),
        ({"actions": {"send": True, "finalize": False}}, "/actions"),
        ({"kind": "letter"}, "/kind"),
        ({"due_days": -1}, "/due_days"),
        ({"name": ""}, "/name"),
        ({"nmae": "x"}, "/nmae"),
    ],
)
def test_what_is_wrong_is_pointed_at(
    plan: Plan, changes: dict[str, object], pointer: str | None
) -> None:
    body = {"schedule": {"frequency": "daily"}, **changes}
    answer = plan.post(**body)  # type: ignore[arg-type] # wrong on purpose
    if pointer is not None:
        assert answer.status_code == 422, answer.text
        assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]
    assert answer.status_code < 500


def test_the_same_key_makes_one(plan: Plan) -> None:
    body = {"document": invoice(), "schedule": {"frequency": "daily"}}
    answers = [
        plan.shop.call("POST", "/v1/recurring-invoices", body, Idempotency_Key="once")
        for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert len(plan.shop.get("/v1/recurring-invoices")["data"]) == 1


def test_digits_are_kept_as_they_were_sent(plan: Plan) -> None:
    body = b"""{"schedule": {"frequency": "daily"}, "document": {"customer": {"name": "A"},
      "items": [{"name": "Bread", "quantity": 1.50, "price": 0.1000000000000000055}]}}"""
    made = plan.shop.call("POST", "/v1/recurring-invoices", body)
    assert made.status_code == 201, made.text
    item = made.json()["document"]["items"][0]
    assert (item["quantity"], item["price"]) == ("1.50", "0.1000000000000000055")


def test_a_day_is_the_entitys_own_where_the_clocks_change(plan: Plan) -> None:
    made = plan.made(
        {"frequency": "daily", "start_date": "2027-03-28", "count": 2},
        at=at("2027-03-20T09:00:00"),
    )
    assert plan.work(at("2027-03-27T22:59:59")) == 0
    assert plan.work(at("2027-03-27T23:00:00")) == 1  # winter still
    assert plan.work(at("2027-03-28T21:59:59")) == 0
    assert plan.work(at("2027-03-28T22:00:00")) == 1  # summer since that night
    assert plan.read(made["id"])["state"] == "completed"
