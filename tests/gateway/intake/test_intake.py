"""Handing in: taken durably in shared transactions, made once, nothing lost."""

import datetime
import json
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import psycopg
import pytest
import sqlalchemy as sa
from freezegun import freeze_time
from httpx2 import Response

from gateway.demo.companies import SELLERS
from gateway.documents.service import Documents
from gateway.intake import repository
from gateway.intake.maker import Maker
from gateway.kit import clock
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from gateway.problems import UnavailableProblem
from gateway.signing.problems import KeyUnusableProblem
from tests.gateway.conftest import Account

BUYER = {
    "name": "Kupec d.o.o.",
    "postal_address": {
        "line_1": "Trg 1",
        "city": "Celje",
        "post_code": "3000",
        "country_code": "SI",
    },
}


@pytest.fixture
def entity(account: Account) -> str:
    answer = account.call("POST", "/v1/entities", SELLERS["SI"])
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.fixture
def maker(account: Account) -> Maker:
    return Maker(account.runtime.database, account.runtime.documents)


def body(name: str = "Bread") -> dict[str, object]:
    return {
        "customer": BUYER,
        "items": [{"name": name, "quantity": "2", "price": "12.50", "vat_rate": "22"}],
    }


def hand_in(
    account: Account, entity: str, given: object, more: str = "", **headers: str
) -> Response:
    path = f"/v1/invoices?async=true{more}"
    return account.call("POST", path, given, Entity_Id=entity, **headers)


def test_what_is_handed_in_is_made_and_issued(account: Account, entity: str, maker: Maker) -> None:
    answer = hand_in(account, entity, body(), "&finalize=true", Idempotency_Key="a")
    assert answer.status_code == 202, answer.text
    taken = answer.json()
    assert (taken["state"], taken["document_id"], taken["kind"]) == ("queued", None, "invoice")
    assert maker.work_once() == 1
    made = account.call("GET", f"/v1/intake/{taken['id']}", Entity_Id=entity).json()
    assert made["state"] == "succeeded", made["error"]
    issued = account.call("GET", f"/v1/invoices/{made['document_id']}", Entity_Id=entity).json()
    assert issued["number"] == "INV-000001"
    assert maker.work_once() == 0
    done = account.call("GET", "/v1/activity?limit=10").json()["data"]
    assert {"hand_in_document", "create_invoice", "finalize_invoice"} <= {
        one["action"] for one in done
    }


def test_what_cannot_be_made_says_why_and_stays(
    account: Account, entity: str, maker: Maker
) -> None:
    wrong = body() | {"customer_id": "cus_01jd0000000000000000000000"}
    del wrong["customer"]
    taken = hand_in(account, entity, wrong).json()
    maker.work_once()
    found = account.call("GET", f"/v1/intake/{taken['id']}", Entity_Id=entity).json()
    assert (found["state"], found["document_id"]) == ("failed", None)
    assert found["error"]["status"] == 404
    failed = account.call("GET", "/v1/intake?state=failed", Entity_Id=entity).json()["data"]
    assert [one["id"] for one in failed] == [taken["id"]]


def test_a_body_of_the_wrong_shape_is_refused_at_once(account: Account, entity: str) -> None:
    answer = hand_in(account, entity, {"items": "none"})
    assert answer.status_code == 422
    assert account.call("GET", "/v1/intake", Entity_Id=entity).json()["data"] == []


def test_one_key_is_one_document(account: Account, entity: str, maker: Maker) -> None:
    with ThreadPoolExecutor(16) as pool:
        answers = list(
            pool.map(lambda _: hand_in(account, entity, body(), Idempotency_Key="same"), range(48))
        )
    assert {one.status_code for one in answers} <= {202, 409}
    ids = {one.json()["id"] for one in answers if one.status_code == 202}
    assert len(ids) == 1
    other = hand_in(account, entity, body("Cake"), Idempotency_Key="same")
    assert other.status_code == 422
    assert other.json()["type"].endswith("idempotency-mismatch")
    assert maker.work_once() == 1
    again = hand_in(account, entity, body(), Idempotency_Key="same")
    assert (again.status_code, again.json()["id"]) == (202, ids.pop())
    assert again.headers["Idempotency-Replayed"] == "true"


def test_tenants_share_a_transaction_and_nothing_else(
    account: Account, other_account: Account, entity: str
) -> None:
    theirs = other_account.new_entity()
    with ThreadPoolExecutor(16) as pool:
        answers = list(
            pool.map(
                lambda n: (
                    hand_in(account, entity, body(), Idempotency_Key=f"k{n}")
                    if n % 2
                    else hand_in(other_account, theirs, body(), Idempotency_Key=f"k{n}")
                ),
                range(40),
            )
        )
    assert [one.status_code for one in answers] == [202] * 40
    assert {one.json()["entity_id"] for one in answers[::2]} == {theirs}
    for who, whose in ((account, entity), (other_account, theirs)):
        listed = who.call("GET", "/v1/intake?limit=100", Entity_Id=whose).json()["data"]
        assert len(listed) == 20
        assert {one["entity_id"] for one in listed} == {whose}
    foreign = hand_in(account, theirs, body())
    assert foreign.status_code == 404
    path = f"/v1/intake/{answers[0].json()['id']}"
    assert account.call("GET", path, Entity_Id=entity).status_code == 404


def test_only_who_may_hands_in(account: Account, entity: str) -> None:
    path = "/v1/invoices?async=true"
    assert account.call("POST", path, body(), key="gw_sandbox_x").status_code == 401
    wrong = account.call("POST", path, {"items": "none"}, key="gw_sandbox_x")
    assert wrong.status_code == 401  # strangers are not told about their bodies
    auditor = account.new_key(role="auditor")
    assert account.call("POST", path, body(), key=auditor, Entity_Id=entity).status_code == 403
    assert account.call("POST", path, body()).status_code == 400
    live = account.new_key(environment="live")
    assert account.call("POST", path, body(), key=live, Entity_Id=entity).status_code == 404


def test_makers_share_the_work(account: Account, entity: str, maker: Maker) -> None:
    for number in range(30):
        answer = hand_in(account, entity, body(), "&finalize=true", Idempotency_Key=f"n{number}")
        assert answer.status_code == 202
    threads = [threading.Thread(target=maker.work_once) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while maker.work_once():
        pass
    listed = account.call("GET", "/v1/intake?limit=100", Entity_Id=entity).json()["data"]
    assert {one["state"] for one in listed} == {"succeeded"}
    invoices = account.call("GET", "/v1/invoices?limit=100", Entity_Id=entity).json()["data"]
    numbers = sorted(one["number"] for one in invoices)
    assert numbers == [f"INV-{n:06}" for n in range(1, 31)]


def test_nobody_waits_for_somebody_elses_thousands(
    account: Account, other_account: Account, entity: str, maker: Maker
) -> None:
    for number in range(80):
        assert hand_in(account, entity, body(f"Bread {number}")).status_code == 202
    theirs = other_account.new_entity()
    late = hand_in(other_account, theirs, body()).json()["id"]
    maker.work_once()
    found = other_account.call("GET", f"/v1/intake/{late}", Entity_Id=theirs).json()
    assert found["state"] != "queued"


def test_without_the_parameter_it_is_made_at_once(account: Account, entity: str) -> None:
    answer = account.call("POST", "/v1/invoices", body(), Entity_Id=entity)
    for query in ("", "?async=false"):
        answer = account.call("POST", f"/v1/invoices{query}", body(), Entity_Id=entity)
        assert answer.status_code == 201
    assert json.loads(answer.content)["object"] == "invoice"


class Failing:
    """Documents that cannot be made for the reasons given, one after the other, then can be."""

    def __init__(self, real: Documents, reasons: Iterable[Exception]) -> None:
        self._real, self._reasons = real, iter(reasons)

    def create(self, *given: object) -> UUID:
        for reason in self._reasons:
            raise reason
        return self._real.create(*given)  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)


def failing(account: Account, *reasons: Exception) -> Maker:
    documents: Any = Failing(account.runtime.documents, reasons)
    return Maker(account.runtime.database, documents)


def made(account: Account, entity: str, maker: Maker, times: int) -> dict[str, Any]:
    """Hand one in, have it tried some times, and return what became of it, with its pauses."""
    taken = hand_in(account, entity, body()).json()
    pauses = []
    for _ in range(times):
        if maker.work_once() == 0:
            break
        with account.runtime.database.worker_transaction() as tx:
            [due] = tx.execute(sa.text("select due_at from intake")).scalars().all()
            pauses.append(due and round((due - clock.now()).total_seconds()))
            tx.execute(sa.text("update intake set due_at = now() where state = 'queued'"))
    found = account.call("GET", f"/v1/intake/{taken['id']}", Entity_Id=entity).json()
    return {**found, "pauses": pauses}


LOCKED = KeyUnusableProblem("locked", "The installation cannot open the key now.")
TIMED_OUT = sa.exc.OperationalError("", {}, psycopg.errors.QueryCanceled("too long"))


@pytest.mark.parametrize("reason", [UnavailableProblem("away"), LOCKED, TIMED_OUT])
def test_what_passes_puts_off_longer_each_time_and_is_no_error_of_ours(
    account: Account, entity: str, reason: Exception
) -> None:
    maker = failing(account, *[reason] * 4, RuntimeError("ours"))
    done = made(account, entity, maker, 6)
    assert done["state"] == "succeeded", done["error"]
    assert done["pauses"] == [10, 20, 40, 80, 10, None]


def test_an_error_of_ours_fails_it_after_a_few_times(account: Account, entity: str) -> None:
    done = made(account, entity, failing(account, *[RuntimeError("ours")] * 9), 9)
    assert (done["state"], done["error"]["status"]) == ("failed", 500)
    assert done["pauses"] == [10, 10, None]


class KilledError(BaseException):
    """The end of the process: nothing that is written for errors sees it."""


def killed(account: Account, times: int) -> Maker:
    documents: Any = Failing(account.runtime.documents, [KilledError] * times)  # type: ignore[list-item]
    return Maker(account.runtime.database, documents)


def begun_anew(account: Account, maker: Maker) -> None:
    """Let a maker begin, and die of it; the lease ends."""
    with pytest.raises(KilledError):
        maker.work_once()
    with account.runtime.database.worker_transaction() as tx:
        tx.execute(sa.text("update intake set due_at = now() where state = 'queued'"))


def test_what_ends_the_process_is_set_aside_with_a_finding(account: Account, entity: str) -> None:
    taken = hand_in(account, entity, body()).json()
    maker = killed(account, 3)
    for _ in range(3):
        begun_anew(account, maker)
    assert maker.work_once() == 1
    found = account.call("GET", f"/v1/intake/{taken['id']}", Entity_Id=entity).json()
    assert (found["state"], found["error"]["type"]) == ("failed", "/problems/document-set-aside")
    assert [one["rule"] for one in found["error"]["findings"]] == ["GW-40"]
    assert account.call("GET", "/v1/invoices", Entity_Id=entity).json()["data"] == []
    assert maker.work_once() == 0


def test_what_is_begun_with_it_and_what_survives_is_made(account: Account, entity: str) -> None:
    first, second = (hand_in(account, entity, body(name)).json() for name in ("Bread", "Salt"))
    maker = killed(account, 2)
    for _ in range(2):
        begun_anew(account, maker)
    assert maker.work_once() == 2
    for one in (first, second):
        found = account.call("GET", f"/v1/intake/{one['id']}", Entity_Id=entity).json()
        assert found["state"] == "succeeded"
    with account.runtime.database.transaction(
        Tenant(account.id, (parse_id(entity, "ent"),), "sandbox")
    ) as tx:
        counted = tx.execute(sa.text("select attempts from intake order by id")).scalars().all()
    assert counted == [3, 1]  # who only waited behind it is not blamed


def test_an_outage_while_it_is_put_off_is_no_attempt(
    account: Account, entity: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = hand_in(account, entity, body()).json()

    def away(*_: object) -> None:
        raise TIMED_OUT

    with monkeypatch.context() as broken:
        broken.setattr(repository, "wait", away)
        maker = failing(account, *[LOCKED] * 5)
        for _ in range(5):
            assert maker.work_once() == 1
            with account.runtime.database.worker_transaction() as tx:
                tx.execute(sa.text("update intake set due_at = now() where state = 'queued'"))
    assert maker.work_once() == 1
    found = account.call("GET", f"/v1/intake/{taken['id']}", Entity_Id=entity).json()
    assert found["state"] == "succeeded", found["error"]


def test_what_never_passes_fails_it_in_the_end(account: Account, entity: str) -> None:
    taken = hand_in(account, entity, body()).json()
    maker = failing(account, LOCKED, LOCKED)
    assert maker.work_once() == 1
    with freeze_time(clock.now() + datetime.timedelta(hours=71)):
        assert maker.work_once() == 1
        again = account.call("GET", f"/v1/intake/{taken['id']}", Entity_Id=entity).json()
        assert again["state"] == "queued"
    with freeze_time(clock.now() + datetime.timedelta(hours=73)):
        assert failing(account, LOCKED).work_once() == 1
    found = account.call("GET", f"/v1/intake/{taken['id']}", Entity_Id=entity).json()
    assert (found["state"], found["error"]["type"]) == ("failed", "/problems/key-unusable")
