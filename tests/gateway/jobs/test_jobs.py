"""Jobs: asked for in a transaction, done by a worker, looked at over HTTP, taken back."""

import threading
import time
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from gateway.jobs import service
from gateway.jobs.work import Work
from gateway.kit import clock
from gateway.kit.ids import new_id, parse_id, public_id
from gateway.kit.tenancy import Actor, Tenant
from gateway.problems import ConflictProblem, UnavailableProblem
from tests.gateway.conftest import Account
from tests.gateway.jobs.conftest import Desk


def left_in_queue(admin_url: str) -> int:
    with psycopg.connect(admin_url) as connection:
        row = connection.execute("select count(*) from procrastinate_jobs").fetchone()
    assert row is not None
    return int(row[0])


def test_a_job_is_done_and_leaves_nothing_in_the_queue(desk: Desk, admin_url: str) -> None:
    desk.jobs.handler("sum", lambda work: {"sum": sum(work.parameters["numbers"])})
    asked = desk.ask("sum", numbers=[1, 2, 3])
    queued = desk.read(asked)
    assert (queued["object"], queued["state"], queued["attempts"]) == ("job", "queued", 0)
    assert left_in_queue(admin_url) == 1
    with desk.open():
        job = desk.ended(asked)
    assert (job["state"], job["result"], job["error"]) == ("succeeded", {"sum": 6}, None)
    assert (job["attempts"], job["entity_id"]) == (1, None)
    assert job["actor"] == {"kind": "system", "id": None}
    assert left_in_queue(admin_url) == 0


def test_a_rolled_back_transaction_asks_for_nothing(desk: Desk, admin_url: str) -> None:
    def change_ones_mind() -> None:
        with desk.runtime.database.transaction(desk.tenant) as tx:
            service.enqueue(tx, "sum", {}, now=clock.now())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_ones_mind()
    assert left_in_queue(admin_url) == 0
    assert desk.account.call("GET", "/v1/jobs").json()["data"] == []


def test_the_queue_holds_ids_and_nothing_else(desk: Desk, admin_url: str) -> None:
    asked = desk.ask("sum", private="of the tenant")
    with psycopg.connect(admin_url) as connection:
        row = connection.execute("select args, queue_name from procrastinate_jobs").fetchone()
    assert row == (
        {
            "account_id": str(desk.account.id),
            "entity_id": None,
            "environment": "sandbox",
            "job_id": str(parse_id(asked, "job")),
        },
        "gateway",
    )


def test_a_handler_works_in_the_tenant_and_name_of_who_asked(desk: Desk, account: Account) -> None:
    entity, other = account.new_entity(), account.new_entity()
    seen: dict[str | None, Tenant] = {}  # whoever asked; the two jobs may end in any order

    def look(work: Work) -> list[str]:
        seen[work.tenant.actor.id] = work.tenant
        with work.transaction() as tx:
            return [job.kind for job in service.page(tx, limit=10)]

    desk.jobs.handler("look", look)
    desk.ask("look")
    actor = Actor("key", "key_x")
    tenant = Tenant(account.id, (parse_id(entity, "ent"),), "sandbox", True, actor=actor)  # noqa: FBT003
    with desk.runtime.database.transaction(tenant) as tx:
        asked = public_id("job", service.enqueue(tx, "look", {}, now=clock.now()))
    with desk.open():
        job = desk.ended(asked)
    assert job["entity_id"] == entity
    assert job["actor"] == {"kind": "key", "id": "key_x"}
    assert job["result"] == ["look"]  # not the account's own, and nothing of a sister
    assert seen["key_x"] == Tenant(account.id, (parse_id(entity, "ent"),), "sandbox", actor=actor)
    key, sister = account.entity_key(entity), account.entity_key(other)
    assert account.call("GET", f"/v1/jobs/{asked}", key=key).json() == job
    assert account.call("GET", f"/v1/jobs/{asked}", key=sister).status_code == 404
    assert len(account.call("GET", "/v1/jobs", key=key).json()["data"]) == 1
    assert len(account.call("GET", "/v1/jobs").json()["data"]) == 2


def test_an_account_wide_job_reaches_all_entities_of_its_environment(
    desk: Desk, account: Account
) -> None:
    entities = {account.new_entity(), account.new_entity()}

    def reach(work: Work) -> bool:
        assert work.tenant.all_entities
        for entity in entities:
            with work.transaction() as tx:
                found = tx.for_entity(parse_id(entity, "ent"))
                assert found.entity_id == parse_id(entity, "ent")
        return True

    desk.jobs.handler("reach", reach)
    asked = desk.ask("reach")
    with desk.open():
        assert desk.ended(asked)["result"] is True


def test_a_problem_ends_the_job_with_that_problem(desk: Desk) -> None:
    def refuse(_work: Work) -> None:
        raise ConflictProblem("There is nothing to export.")

    desk.jobs.handler("refuse", refuse)
    asked = desk.ask("refuse")
    with desk.open():
        job = desk.ended(asked)
    assert (job["state"], job["attempts"]) == ("failed", 1)
    assert job["error"]["type"] == "/problems/conflict"
    assert job["error"]["detail"] == "There is nothing to export."
    assert job["error"]["instance"] == f"/v1/jobs/{asked}"


def test_a_bug_is_tried_again_and_then_shown_without_its_secrets(desk: Desk) -> None:
    calls: list[int] = []

    def stumble(work: Work) -> None:
        calls.append(work.attempt)
        raise ValueError("password=hunter2")

    desk.jobs.handler("stumble", stumble)
    asked = desk.ask("stumble")
    with desk.open():
        job = desk.ended(asked)
    assert calls == [1, 2, 3]
    assert (job["state"], job["attempts"]) == ("failed", 3)
    assert job["error"]["type"] == "/problems/job-failed"
    assert "incident" in job["error"]
    assert "hunter2" not in str(job)


def test_what_fails_once_is_done_the_next_time(desk: Desk) -> None:
    def second_time(work: Work) -> int:
        if work.attempt == 1:
            raise ValueError
        return work.attempt

    desk.jobs.handler("twice", second_time)
    asked = desk.ask("twice")
    with desk.open():
        job = desk.ended(asked)
    assert (job["state"], job["result"], job["error"]) == ("succeeded", 2, None)


def test_an_outage_puts_the_job_off_and_says_so(desk: Desk) -> None:
    def unreachable(_work: Work) -> None:
        raise UnavailableProblem("The mail server does not answer.")

    desk.jobs.handler("mail", unreachable)
    asked = desk.ask("mail")
    with desk.open():
        job = desk.until(asked, lambda one: one["error"] is not None)
    assert (job["state"], job["finished_at"]) == ("queued", None)
    assert job["error"]["type"] == "/problems/unavailable"
    assert job["run_at"] > job["updated_at"]


def test_a_kind_nobody_knows_waits_for_who_does(desk: Desk) -> None:
    asked = desk.ask("of_the_future")
    with desk.open():
        job = desk.until(asked, lambda one: one["error"] is not None)
    assert job["state"] == "queued"


def test_progress_is_seen_while_it_runs(desk: Desk) -> None:
    go_on = threading.Event()

    def steps(work: Work) -> None:
        work.progress(1, 3)
        go_on.wait(10)
        work.progress(3, 3)

    desk.jobs.handler("steps", steps)
    asked = desk.ask("steps")
    with desk.open():
        job = desk.until(asked, lambda one: one["progress"]["done"] == 1)
        assert (job["state"], job["progress"]) == ("running", {"done": 1, "total": 3})
        assert desk.account.call("DELETE", f"/v1/jobs/{asked}").status_code == 409
        go_on.set()
        assert desk.ended(asked)["progress"] == {"done": 3, "total": 3}


def test_a_queued_job_can_be_cancelled_and_is_never_done(desk: Desk, admin_url: str) -> None:
    done: list[Any] = []
    desk.jobs.handler("never", done.append)
    asked = desk.ask("never")
    for _ in range(2):
        answer = desk.account.call("DELETE", f"/v1/jobs/{asked}")
        assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
    with desk.open():
        deadline = time.monotonic() + 10
        while left_in_queue(admin_url) and time.monotonic() < deadline:
            time.sleep(0.05)
    assert not done
    assert desk.read(asked)["state"] == "cancelled"
    assert left_in_queue(admin_url) == 0


def test_a_job_waits_for_its_time(desk: Desk) -> None:
    desk.jobs.handler("late", lambda _work: None)
    now = clock.now()
    with desk.runtime.database.transaction(desk.tenant) as tx:
        run_at = now + timedelta(seconds=1.5)
        asked = public_id("job", service.enqueue(tx, "late", {}, now=now, run_at=run_at))
    with desk.open():
        desk.ended(asked)
    assert clock.now() >= run_at


def test_waiting_holds_the_answer_until_the_end(desk: Desk) -> None:
    desk.jobs.handler("short", lambda _work: time.sleep(0.3))
    asked = desk.ask("short")
    with desk.open():
        answer = desk.account.call("GET", f"/v1/jobs/{asked}?wait=20")
    assert answer.json()["state"] == "succeeded"


def test_jobs_are_listed_by_state_and_kind_page_by_page(desk: Desk) -> None:
    asked = [desk.ask("a"), desk.ask("b"), desk.ask("a")]
    assert desk.account.call("DELETE", f"/v1/jobs/{asked[0]}").status_code == 200

    def listed(query: str) -> list[str]:
        return [one["id"] for one in desk.account.call("GET", f"/v1/jobs?{query}").json()["data"]]

    assert listed("") == asked[::-1]
    assert listed("kind=a") == [asked[2], asked[0]]
    assert listed("state=queued") == [asked[2], asked[1]]
    first = desk.account.call("GET", "/v1/jobs?limit=2").json()
    assert listed(f"limit=2&cursor={first['next_cursor']}") == [asked[0]]


def test_somebody_elses_job_answers_like_none(desk: Desk, other_account: Account) -> None:
    asked = desk.ask("a")
    for method in ("GET", "DELETE"):
        assert other_account.call(method, f"/v1/jobs/{asked}").status_code == 404
    live = desk.account.new_key(environment="live")
    assert desk.account.call("GET", f"/v1/jobs/{asked}", key=live).status_code == 404
    assert other_account.call("GET", "/v1/jobs").json()["data"] == []


def test_a_job_is_followed_with_the_permission_of_what_it_is_about(
    desk: Desk, account: Account
) -> None:
    bulk, export = desk.ask("bulk_documents"), desk.ask("export")

    def key(*scopes: str) -> str:
        body = {"name": "x", "role": "writer", "scopes": scopes}
        return str(account.call("POST", "/v1/api-keys", body).json()["key"])

    def listed(with_key: str) -> set[str]:
        answer = account.call("GET", "/v1/jobs", key=with_key)
        return {one["id"] for one in answer.json()["data"]}

    of_documents, of_exports = key("documents:read"), key("exports:read")
    assert account.call("GET", f"/v1/jobs/{bulk}", key=of_documents).json()["id"] == bulk
    refused = account.call("GET", f"/v1/jobs/{export}", key=of_documents)
    assert (refused.status_code, refused.json()["missing"]) == (403, ["exports:read"])
    refused = account.call("GET", f"/v1/jobs/{bulk}", key=of_exports)
    assert (refused.status_code, refused.json()["missing"]) == (403, ["documents:read"])
    assert (listed(of_documents), listed(of_exports)) == ({bulk}, {export})
    assert listed(account.key) == {bulk, export}

    for path in ("/v1/jobs", f"/v1/jobs/{bulk}", f"/v1/jobs/{public_id('job', new_id())}"):
        refused = account.call("GET", path, key=key("items:read"))
        assert refused.status_code == 403
        assert refused.json()["missing"] == [
            "customers:read",
            "documents:read",
            "exits:read",
            "exports:read",
            "inbox:read",
            "retention:read",
        ]

    refused = account.call("DELETE", f"/v1/jobs/{export}", key=key("documents:write"))
    assert (refused.status_code, refused.json()["missing"]) == (403, ["exports:write"])
    refused = account.call("DELETE", f"/v1/jobs/{bulk}", key=of_documents)
    assert refused.status_code == 403
    assert desk.read(bulk)["state"] == desk.read(export)["state"] == "queued"
    taken = account.call("DELETE", f"/v1/jobs/{bulk}", key=key("documents:write"))
    assert taken.json()["state"] == "cancelled"


def test_a_stopped_worker_gives_back_what_it_had_not_finished(desk: Desk) -> None:
    begun = threading.Event()
    rest = [0]

    def long(work: Work) -> int:
        for step in range(rest[0], 1000):
            rest[0] = step
            begun.set()
            work.progress(step, 1000)
            time.sleep(0.001 if step > 300 else 0.01)
        return work.attempt

    desk.jobs.handler("long", long)
    asked = desk.ask("long")
    with desk.open():
        assert begun.wait(10)
    job = desk.read(asked)
    assert (job["state"], job["attempts"]) == ("queued", 0)
    with desk.open():
        assert desk.ended(asked)["result"] == 1
