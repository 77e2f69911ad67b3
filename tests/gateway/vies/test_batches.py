"""Batches: many numbers as one job, each asked once, and a report in three forms."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest

from gateway.background import running
from gateway.jobs.worker import JobWorker
from gateway.vies.answers import Fault
from gateway.vies.batches import Batches
from gateway.vies.policy import Policy
from tests.gateway.houses import House, Shop
from tests.gateway.vies.conftest import Json, Office, hurried, office
from tests.gateway.vies.registry import down, some, storm

NUMBERS = some(40, seed=5)
HELD = NUMBERS[:30]
WRONG = NUMBERS[0][:-1] + str((int(NUMBERS[0][-1]) + 1) % 10)


class Counter:
    """A shop that has many numbers checked."""

    def __init__(self, at: Office) -> None:
        self.office = at
        self.shop = at.shop

    @contextmanager
    def working(self) -> Iterator[None]:
        with running([JobWorker(self.shop.house.runtime.jobs)]):
            yield

    def done(self, body: object) -> Json:
        with self.working():
            answer = self.shop.call("POST", "/v1/vat-checks/batch?wait=30", body)
            assert answer.status_code == 202, answer.text
        job: Json = answer.json()
        assert job["state"] == "succeeded", job
        return job

    def report(self, job: Json, query: str = "") -> Json:
        return self.shop.get(f"/v1/vat-checks/batch/{job['id']}?limit=200{query}")


def _counter(house: House, policy: Policy) -> Counter:
    at = office(house, policy)
    at.register.holders |= {one: (f"Holder of {one}", "Street 1") for one in HELD}
    batches = Batches(at.checks)
    house.runtime.vat_batches = batches
    house.runtime.jobs._handlers["vat_batch"] = batches.run
    return Counter(at)


@pytest.fixture
def counter(house: House) -> Counter:
    return _counter(house, hurried())


def test_each_number_is_asked_once_and_reported_in_order(counter: Counter) -> None:
    written = [f"si {one[2:5]}-{one[5:]}" for one in NUMBERS[:3]]
    given = [*NUMBERS, *written, WRONG, "12345678", "NO974760673MVA"]
    job = counter.done({"vat_ids": given})
    assert job["result"] == {"valid": 30, "invalid": 11, "unknown": 2, "waiting": 0}
    assert job["progress"] == {"done": 43, "total": 43}
    asked = [one.number.written for one in counter.office.register.asked]
    assert sorted(asked) == NUMBERS
    report = counter.report(job)
    assert report["counts"] == job["result"]
    assert report["faults"] == {"INVALID_INPUT": 1, "NOT_SERVED": 1}
    assert [one["vat_id"] for one in report["data"]] == [
        *NUMBERS,
        WRONG,
        "12345678",
        "NO974760673MVA",
    ]
    first, wrong, unread, nobody = (report["data"][place] for place in (0, 40, 41, 42))
    assert (first["outcome"], first["name"]) == ("valid", f"Holder of {NUMBERS[0]}")
    assert first["consultation_number"].startswith("WAPI")
    assert counter.shop.get(f"/v1/vat-checks/{first['check_id']}")["vat_id"] == NUMBERS[0]
    assert (wrong["outcome"], wrong["fault"]) == ("invalid", None)
    assert (unread["outcome"], unread["fault"], unread["check_id"]) == (
        "unknown",
        "INVALID_INPUT",
        None,
    )
    assert (nobody["fault"], bool(nobody["action"])) == ("NOT_SERVED", True)
    page = counter.shop.get(f"/v1/vat-checks/batch/{job['id']}?limit=3&outcome=unknown")
    assert [one["position"] for one in page["data"]] == [41, 42]


def test_the_report_is_there_as_csv_and_as_workbook(counter: Counter) -> None:
    counter.office.register.holders[NUMBERS[0]] = ("=cmd|' /C calc'!A0", "Street 1")
    job = counter.done({"vat_ids": [NUMBERS[0], NUMBERS[-1], "12345678"]})
    path = f"/v1/vat-checks/batch/{job['id']}/file"
    answer = counter.shop.call("GET", f"{path}?format=csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [(one["vat_id"], one["outcome"], one["fault"]) for one in rows] == [
        (NUMBERS[0], "valid", ""),
        (NUMBERS[-1], "invalid", ""),
        ("12345678", "unknown", "INVALID_INPUT"),
    ]
    assert rows[0]["name"] == "'=cmd|' /C calc'!A0"
    book = openpyxl.load_workbook(
        io.BytesIO(counter.shop.call("GET", f"{path}?format=xlsx").content)
    )
    cells = [list(row) for row in book.active.iter_rows(values_only=True)]
    assert [row[1] for row in cells] == ["vat_id", NUMBERS[0], NUMBERS[-1], "12345678"]
    assert cells[0] == list(rows[0])


def test_the_numbers_of_all_customers(counter: Counter) -> None:
    made = [
        counter.shop.call("POST", "/v1/customers", {"name": name, "vat_id": vat_id}).json()["id"]
        for name, vat_id in (("A", NUMBERS[0]), ("B", NUMBERS[-1]), ("C", NUMBERS[0]))
    ]
    counter.shop.call("POST", "/v1/customers", {"name": "Without"})
    job = counter.done({"customers": "all"})
    found = [(one["vat_id"], one["customer_id"]) for one in counter.report(job)["data"]]
    assert found == [(NUMBERS[0], made[0]), (NUMBERS[-1], made[1])]


def test_nobody_with_a_number_is_refused(counter: Counter) -> None:
    answer = counter.shop.call("POST", "/v1/vat-checks/batch", {"customers": "all"})
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/customers"]


@pytest.mark.parametrize("body", [{}, {"vat_ids": [], "customers": "all"}, {"vat_ids": []}])
def test_a_list_or_customers_and_not_both(counter: Counter, body: object) -> None:
    assert counter.shop.call("POST", "/v1/vat-checks/batch", body).status_code == 422


def test_what_is_known_is_not_asked_again(counter: Counter) -> None:
    counter.done({"vat_ids": NUMBERS[:10]})
    job = counter.done({"vat_ids": NUMBERS[:12]})
    assert len(counter.office.register.asked) == 12
    cached = [one["from_cache"] for one in counter.report(job)["data"]]
    assert cached == [True] * 10 + [False] * 2
    counter.done({"vat_ids": NUMBERS[:10], "max_age": 0})
    assert len(counter.office.register.asked) == 22


def test_through_a_storm_every_number_is_answered(counter: Counter) -> None:
    counter.office.register.weather = storm(0.6)
    job = counter.done({"vat_ids": NUMBERS})
    assert job["result"] == {"valid": 30, "invalid": 10, "unknown": 0, "waiting": 0}
    assert any(one["attempts"] for one in counter.report(job)["data"])
    asked = {one.number.written for one in counter.office.register.asked}
    assert asked == set(NUMBERS)


def test_what_nobody_answers_in_time_is_unknown_with_its_reason_and_asked_on(
    house: House,
) -> None:
    quick = hurried()
    hour = timedelta(hours=1)
    policy = replace(quick, batch=quick.look * 500, pause=hour, longest_pause=hour)
    counter = _counter(house, policy)
    counter.office.register.weather = down("SI")
    job = counter.done({"vat_ids": [*NUMBERS[:8], "NO974760673MVA"], "retry": True})
    report = counter.report(job)
    assert report["counts"] == {"valid": 0, "invalid": 0, "unknown": 9, "waiting": 0}
    reasons = report["faults"]
    assert set(reasons) == {"MS_UNAVAILABLE", "PAUSED", "NOT_SERVED"}
    assert sum(reasons.values()) == 9
    listed = counter.shop.get(f"/v1/vat-checks?vat_id={NUMBERS[0]}")["data"]
    assert listed[0]["fault"] == Fault.MS_UNAVAILABLE
    assert listed[0]["retry"]["state"] == "waiting"


def test_a_report_is_its_entitys_and_of_a_batch(counter: Counter, house: House) -> None:
    job = counter.done({"vat_ids": NUMBERS[:1]})
    path = f"/v1/vat-checks/batch/{job['id']}"
    assert Shop.opened(house).call("GET", path).status_code == 404
    export = counter.shop.call("POST", "/v1/exports", {"format": "csv"}).json()["id"]
    assert counter.shop.call("GET", f"/v1/vat-checks/batch/{export}").status_code == 404
