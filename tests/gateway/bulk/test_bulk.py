"""Bulk work over HTTP: each item succeeds or fails by itself, once."""

import time

import pytest

from gateway.bulk.service import Bulk
from gateway.documents.service import Documents
from gateway.kit.ids import new_id, public_id
from gateway.problems import UnavailableProblem
from tests.gateway.bulk.conftest import Depot, Json
from tests.gateway.conftest import Account
from tests.gateway.houses import House, Shop, invoice, kind

GOOD = invoice(profile="en16931-ubl")


def documents(*bodies: object, **more: object) -> Json:
    return {"documents": [{"body": body} for body in bodies], **more}


def test_drafts_are_made_each_with_its_result(depot: Depot) -> None:
    body = {
        "documents": [
            {"body": GOOD, "reference": "order 1"},
            {"body": invoice(itmes=[])},
            {"body": GOOD, "kind": "credit_note"},
        ]
    }
    job, items = depot.done("documents", body)
    assert job["result"] == {"succeeded": 2, "failed": 1}
    assert job["progress"] == {"done": 3, "total": 3}
    assert job["kind"] == "bulk_documents"
    assert [one["state"] for one in items] == ["succeeded", "failed", "succeeded"]
    assert [one["position"] for one in items] == [0, 1, 2]
    assert items[0]["reference"] == "order 1"
    assert items[0]["document_id"].startswith("inv_")
    assert items[2]["document_id"].startswith("crn_")
    assert items[1]["error"]["type"] == "/problems/request-invalid"
    assert items[1]["error"]["errors"][0]["pointer"] == "/documents/1/body/itmes"
    assert {one["state"] for one in depot.shop.documents()} == {"draft"}
    assert len(depot.shop.documents()) == 2


def test_each_document_is_in_the_activity_log_of_who_asked(depot: Depot) -> None:
    job, items = depot.done("documents", documents(GOOD, invoice(itmes=[]), finalize=True))
    account = depot.shop.account
    listed = account.call("GET", "/v1/activity?limit=20", key=depot.shop.key).json()["data"]
    done = [(one["action"], one["subject_id"]) for one in listed if one["data"].get("job_id")]
    assert done == [
        ("finalize_invoice", items[0]["document_id"]),
        ("create_invoice", items[0]["document_id"]),
    ]
    ended, asked = [one for one in listed if one["subject_id"] == job["id"]]
    assert (ended["action"], ended["data"]["state"]) == ("end_job", "succeeded")
    doers = {one["actor_id"] for one in listed if one["data"].get("job_id")}
    assert doers == {asked["actor_id"]} == {ended["actor_id"]}


def test_issued_ones_are_numbered_in_the_order_of_the_request_without_gap(depot: Depot) -> None:
    wrong = invoice(profile="en16931-ubl", totals={"total_with_vat": "1.00"})
    bodies = [wrong if number % 3 == 1 else GOOD for number in range(9)]
    job, items = depot.done("documents", documents(*bodies, finalize=True))
    assert job["result"] == {"succeeded": 6, "failed": 3}
    sequences = [int(one["number"][-3:].strip("INV-/")) for one in items if one["number"]]
    assert sequences == [1, 2, 3, 4, 5, 6]
    failed = [one for one in items if one["state"] == "failed"]
    assert [one["position"] for one in failed] == [1, 4, 7]
    for one in failed:
        pointers = [finding.get("pointer") for finding in one["error"]["findings"]]
        prefix = f"/documents/{one['position']}/body/"
        assert all(pointer is None or pointer.startswith(prefix) for pointer in pointers)
    assert {one["state"] for one in depot.shop.documents()} == {"issued"}
    assert depot.shop.series("INV")["next_number"] == 7


def test_drafts_are_issued_by_their_ids(depot: Depot, house: House) -> None:
    mine = [depot.shop.draft(GOOD)["id"] for _ in range(2)]
    issued = depot.shop.issued(GOOD)["id"]
    theirs = Shop.opened(house).draft(GOOD)["id"]
    ids = [mine[0], theirs, "nonsense", issued, mine[1], public_id("inv", new_id())]
    job, items = depot.done("finalize", {"ids": ids})
    assert job["result"] == {"succeeded": 2, "failed": 4}
    assert [one["reference"] for one in items] == ids
    errors = [one["error"] and one["error"]["type"].removeprefix("/problems/") for one in items]
    assert errors == [None, "not-found", "not-found", "document-state", None, "not-found"]
    said = [items[1]["error"], items[2]["error"], items[5]["error"]]
    assert said[0] == said[1] == said[2]  # somebody else's, none at all, and never existed
    assert items[1]["document_id"] is None
    assert items[0]["document_id"] == mine[0]
    assert items[0]["number"]


def test_sending_is_refused_where_nothing_can_send(
    depot: Depot, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = depot.shop.house.runtime
    bulk = Bulk(runtime.documents)
    monkeypatch.setattr(runtime, "bulk", bulk)
    monkeypatch.setitem(runtime.jobs._handlers, "bulk_send", bulk.run)
    answer = depot.post("documents", documents(GOOD, finalize=True, send=True))
    assert answer.json()["errors"][0]["pointer"] == "/send"
    _, items = depot.done("send", {"ids": [depot.shop.issued(GOOD)["id"]]})
    assert items[0]["error"]["type"] == "/problems/conflict"


def test_what_is_sent_is_captured_in_the_sandbox(depot: Depot) -> None:
    buyer = {**GOOD["buyer"], "contact": {"email_address": "ana@example.org"}}
    to_ana = invoice(profile="en16931-ubl", buyer=buyer)
    job, items = depot.done("documents", documents(to_ana, GOOD, finalize=True, send=True))
    mails = depot.shop.get("/v1/emails")["data"]
    sent = [one["document_id"] for one in items if one["state"] == "succeeded"]
    assert {one["document_id"] for one in mails} == set(sent)
    assert len(sent) == job["result"]["succeeded"] >= 1


def test_sending_goes_through_the_seam(depot: Depot, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[object] = []
    runtime = depot.shop.house.runtime
    bulk = Bulk(runtime.documents, lambda _tx, document, _now: sent.append(document))
    monkeypatch.setattr(runtime, "bulk", bulk)
    monkeypatch.setitem(runtime.jobs._handlers, "bulk_documents", bulk.run)
    monkeypatch.setitem(runtime.jobs._handlers, "bulk_send", bulk.run)
    job, items = depot.done("documents", documents(GOOD, GOOD, finalize=True, send=True))
    assert job["result"] == {"succeeded": 2, "failed": 0}
    assert len(sent) == 2
    depot.done("send", {"ids": [one["document_id"] for one in items]})
    assert sent[:2] == sent[2:]


def test_results_are_read_page_by_page_and_by_state(depot: Depot) -> None:
    bodies = [GOOD if number % 2 else {"itmes": []} for number in range(5)]
    job, items = depot.done("documents", documents(*bodies))
    path = f"/v1/bulk/{job['id']}/items"
    first = depot.shop.get(f"{path}?limit=2")
    second = depot.shop.get(f"{path}?limit=2&cursor={first['next_cursor']}")
    third = depot.shop.get(f"{path}?limit=2&cursor={second['next_cursor']}")
    assert first["data"] + second["data"] + third["data"] == items
    assert third["next_cursor"] is None
    assert [one["position"] for one in depot.items(job["id"], "&state=failed")] == [0, 2, 4]


def test_a_repeated_request_is_one_job(depot: Depot) -> None:
    answers = [
        depot.post("documents", documents(GOOD), Idempotency_Key="bulk-1") for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    with depot.working():
        waited = depot.post("documents", documents(GOOD), "?wait=0", Idempotency_Key="bulk-1")
        assert waited.status_code in {202, 422}  # another address is another request
        job = depot.shop.get(f"/v1/jobs/{answers[0].json()['id']}?wait=30")
    assert job["state"] == "succeeded"
    assert len(depot.shop.documents()) == 1


def test_live_it_takes_a_key_of_its_own(house: House) -> None:
    depot = Depot(Shop.opened(house, environment="live"))
    for what, body in (("documents", documents(GOOD)), ("finalize", {"ids": ["inv_x"]})):
        assert kind(depot.post(what, body)) == "idempotency-key-required"
        assert depot.post(what, body, Idempotency_Key=what).status_code == 202


@pytest.mark.parametrize(
    ("what", "body", "pointer"),
    [
        ("documents", {"documents": []}, "/documents"),
        ("documents", {"documents": [{"body": 3}]}, "/documents/0/body"),
        ("documents", {"documents": [{"body": {}, "kind": "letter"}]}, "/documents/0/kind"),
        ("documents", {"documents": [{"body": {}}] * 1001}, "/documents"),
        ("documents", documents({}, send=True), "/send"),
        ("documents", documents({}, reference="x"), "/reference"),
        ("finalize", {"ids": []}, "/ids"),
        ("finalize", {"ids": ["x"] * 1001}, "/ids"),
        ("finalize", {"ids": [7]}, "/ids/0"),
        ("finalize", {"ids": ["a\0b"]}, "/ids/0"),
    ],
)
def test_a_wrong_request_is_refused_as_a_whole(
    depot: Depot, what: str, body: object, pointer: str
) -> None:
    answer = depot.post(what, body)
    assert answer.status_code == 422, answer.text
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]
    assert depot.shop.get("/v1/jobs")["data"] == []


def test_a_bug_at_one_item_is_that_items_and_shows_nothing(
    depot: Depot, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = Documents.create

    def stumble(self: Documents, *arguments: object) -> object:
        if b"stumble" in arguments[2]:  # type: ignore[operator] # the content
            raise ValueError("secret")
        return create(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Documents, "create", stumble)
    job, items = depot.done("documents", documents(GOOD, invoice(buyer_reference="stumble"), GOOD))
    assert job["result"] == {"succeeded": 2, "failed": 1}
    assert items[1]["error"]["type"] == "/problems/internal"
    assert "secret" not in str(items)


def test_an_outage_keeps_what_is_done_and_goes_on_later(
    depot: Depot, monkeypatch: pytest.MonkeyPatch
) -> None:
    create, calls = Documents.create, [0]

    def once_down(self: Documents, *arguments: object) -> object:
        calls[0] += 1
        if calls[0] == 2:
            raise UnavailableProblem("The disk is away.")
        return create(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Documents, "create", once_down)
    with depot.working():
        job = depot.asked("documents", documents(GOOD, GOOD, GOOD), "?wait=2")
        assert job["state"] == "queued"
        assert [one["state"] for one in depot.items(job["id"])] == [
            "succeeded",
            "queued",
            "queued",
        ]
        job = depot.shop.get(f"/v1/jobs/{job['id']}?wait=30")
    assert job["result"] == {"succeeded": 3, "failed": 0}
    assert len(depot.shop.documents()) == 3


def test_a_cancelled_job_makes_nothing(depot: Depot) -> None:
    job = depot.asked("documents", documents(GOOD))
    assert depot.shop.call("DELETE", f"/v1/jobs/{job['id']}").status_code == 200
    with depot.working():
        time.sleep(1)
    assert depot.shop.documents() == []
    assert [one["state"] for one in depot.items(job["id"])] == ["queued"]


def test_items_of_somebody_else_are_none(depot: Depot, house: House) -> None:
    job = depot.asked("documents", documents(GOOD))
    path = f"/v1/bulk/{job['id']}/items"
    other: Account = house.account()
    assert other.call("GET", path).status_code == 404
    sister = depot.shop.account.new_entity()
    sisters = depot.shop.account.entity_key(sister)
    assert depot.shop.account.call("GET", path, key=sisters).status_code == 404
    own = depot.shop.account.entity_key(depot.shop.entity)
    assert len(depot.shop.account.call("GET", path, key=own).json()["data"]) == 1
    account_job = public_id("job", new_id())
    assert depot.shop.call("GET", f"/v1/bulk/{account_job}/items").status_code == 404


def test_a_key_that_may_not_issue_or_send_cannot_have_it_done(depot: Depot) -> None:
    account, home = depot.shop.account, "/v1/recurring-invoices"

    def key(*scopes: str) -> str:
        body = {"name": "x", "role": "writer", "scopes": ["documents:read", *scopes]}
        body["entity_id"] = depot.shop.entity
        answer = account.call("POST", "/v1/api-keys", body, key=depot.shop.key)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["key"])

    writer, issuer = key("documents:write"), key("documents:write", "documents:issue")

    def asked(path: str, body: object, who: str, method: str = "POST") -> int:
        return account.call(method, path, body, key=who).status_code

    many = documents(GOOD)
    assert asked("/v1/bulk/documents", many, writer) == 202
    assert asked("/v1/bulk/documents", {**many, "finalize": True}, writer) == 403
    assert asked("/v1/bulk/documents", {**many, "finalize": True}, issuer) == 202
    assert asked("/v1/bulk/documents", {**many, "finalize": True, "send": True}, issuer) == 403
    assert asked("/v1/bulk/finalize", {"ids": ["inv_x"]}, writer) == 403
    again = {"document": GOOD, "schedule": {"frequency": "daily", "start_date": "2999-01-01"}}
    assert asked(home, again, writer) == 403
    assert asked(home, {**again, "actions": {"finalize": False}}, writer) == 201
    made = depot.shop.get(home)["data"]
    assert len(made) == 1
    path = f"{home}/{made[0]['id']}"
    assert asked(path, {"actions": {"finalize": True}}, writer, "PATCH") == 403
    assert depot.shop.get(path)["actions"]["finalize"] is False
