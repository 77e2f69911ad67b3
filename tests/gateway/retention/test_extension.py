"""Documents are kept longer when law or settings change, never shorter, also by a killed job."""

import dataclasses
import datetime
import threading

import pytest
from freezegun import freeze_time

from countries.base import Country, Retention
from countries.registry import COUNTRIES
from gateway.jobs.execution import Ticket, attempt
from gateway.jobs.work import JobStoppedError, Work
from gateway.kit import clock
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from gateway.retention import extension, papers, rounds
from tests.gateway.houses import Json, Shop, invoice
from tests.gateway.matrix.bodies import SELLER

DAY = "2026-11-20"


def tenant(shop: Shop) -> Tenant:
    return Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), shop.environment)


def look(shop: Shop) -> bool:
    """Make the round of one shop, as the process would; tell whether a job was asked for."""
    return rounds.Rounds(shop.house.runtime.database).make(tenant(shop), clock.now())


def done(shop: Shop, job: str) -> Json:
    entity_id = parse_id(shop.entity, "ent")
    ticket = Ticket(shop.account.id, entity_id, shop.environment, parse_id(job, "job"))
    attempt(shop.house.runtime.jobs, ticket, threading.Event())
    return shop.get(f"/v1/jobs/{job}")


def asked(shop: Shop) -> str:
    answer = shop.call("POST", "/v1/retention/extensions")
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def came(shop: Shop) -> str:
    answer = shop.call("POST", "/v1/inbox", invoice(seller=SELLER, number="R-1"))
    return str(answer.json()["id"])


def last_day(shop: Shop, document: str) -> str:
    place = "received" if document.startswith("rcv_") else "documents"
    return str(shop.get(f"/v1/retention/{place}/{document}")["retain_until"])


def extended(shop: Shop) -> list[str]:
    events = shop.get("/v1/events?limit=200")["data"]
    return [one["subject_id"] for one in events if one["type"] == "retention.extended"]


@pytest.fixture
def law(monkeypatch: pytest.MonkeyPatch) -> dict[str, Country]:
    """The declared countries as retention sees them; a test may change the law."""
    known = dict(COUNTRIES)
    monkeypatch.setattr(papers, "COUNTRIES", known)
    return known


def changed(law: dict[str, Country], years: int, enacted: datetime.date | None = None) -> None:
    source = law["SI"].retention[0].source
    rule = Retention(years=years, source=source, enacted=enacted)
    law["SI"] = dataclasses.replace(law["SI"], retention=(*law["SI"].retention, rule))


@freeze_time("2026-11-20T12:00:00Z")
def test_a_new_law_lengthens_what_exists_and_says_so(shop: Shop, law: dict[str, Country]) -> None:
    issued, received = shop.issued(invoice(issue_date=DAY))["id"], came(shop)
    assert look(shop) is False
    changed(law, 12)
    assert look(shop) is True
    job = shop.get("/v1/jobs?kind=retention_extension")["data"][0]["id"]
    found = done(shop, job)
    assert found["state"] == "succeeded"
    result = found["result"]
    assert (result["examined"], result["extended"]) == (2, 2)
    assert [one["id"] for one in result["documents"]] == [issued, received]
    assert result["documents"][0]["from"] == "2036-12-31"
    assert result["documents"][0]["until"] == "2038-12-31"
    assert last_day(shop, issued) == last_day(shop, received) == "2038-12-31"
    assert shop.get(f"/v1/documents/{issued}")["retain_until"] == "2038-12-31"
    assert extended(shop) == [issued, received]
    assert look(shop) is False


def test_a_law_counts_from_its_day(shop: Shop, law: dict[str, Country]) -> None:
    issued = shop.issued(invoice(issue_date=DAY))["id"]
    changed(law, 12, clock.now().date() + datetime.timedelta(days=30))
    assert look(shop) is False
    assert done(shop, asked(shop))["result"]["extended"] == 0
    assert last_day(shop, issued) == "2036-12-31"


def test_a_law_that_asks_for_less_shortens_nothing(shop: Shop, law: dict[str, Country]) -> None:
    issued = shop.issued(invoice(issue_date=DAY))["id"]
    source = law["SI"].retention[0].source
    law["SI"] = dataclasses.replace(law["SI"], retention=(Retention(years=3, source=source),))
    assert look(shop) is True
    assert done(shop, asked(shop))["result"]["extended"] == 0
    found = shop.get(f"/v1/retention/documents/{issued}")
    assert (found["retain_until"], found["by_law_until"]) == ("2036-12-31", "2029-12-31")


@freeze_time("2026-11-20T12:00:00Z")
def test_another_business_year_lengthens_where_the_law_counts_by_it(shop: Shop) -> None:
    shop = Shop.opened(shop.house, "NL")
    received = came(shop)
    body = {"settings": {"retention": {"fiscal_year_end": "10-31"}}}
    answer = shop.account.call("PATCH", f"/v1/entities/{shop.entity}", body, key=shop.key)
    assert answer.status_code == 200, answer.text
    due = shop.house.sql(
        "select due_at <= now() from retention_round where entity_id = %s",
        parse_id(shop.entity, "ent"),
    )
    assert due == [(True,)]
    assert look(shop) is True
    job = shop.get("/v1/jobs?kind=retention_extension")["data"][0]["id"]
    before = last_day(shop, received)
    assert done(shop, job)["result"]["extended"] == 1
    assert before == "2033-12-31"
    assert last_day(shop, received) == "2034-10-31"
    assert look(shop) is False


def test_a_job_that_is_stopped_half_way_is_finished_by_the_next(
    shop: Shop, law: dict[str, Country], monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [shop.issued(invoice(issue_date=DAY))["id"] for _ in range(3)]
    changed(law, 12)
    monkeypatch.setattr(extension, "_PAGE", 1)
    job = asked(shop)
    seen: list[int] = []
    original = Work.progress

    def stopped(work: Work, done: int, total: int | None = None) -> None:
        seen.append(done)
        if done == 2:
            raise JobStoppedError
        original(work, done, total)

    monkeypatch.setattr(Work, "progress", stopped)
    entity_id = parse_id(shop.entity, "ent")
    ticket = Ticket(shop.account.id, entity_id, shop.environment, parse_id(job, "job"))
    with pytest.raises(Exception, match="again"):
        attempt(shop.house.runtime.jobs, ticket, threading.Event())
    assert len(extended(shop)) == 2
    assert look(shop) is True  # nobody said that it is applied
    monkeypatch.setattr(Work, "progress", original)
    found = done(shop, job)
    assert (found["result"]["examined"], found["result"]["extended"]) == (3, 1)
    assert sorted(extended(shop)) == sorted(documents)  # each once
    assert seen == [1, 2]


def test_rounds_take_each_entity_once_a_day(shop: Shop) -> None:
    entity = parse_id(shop.entity, "ent")
    shop.house.sql("update retention_round set due_at = now() + interval '1 day'")
    shop.house.sql(
        "update retention_round set due_at = now() - interval '1 hour', applied = null"
        " where entity_id = %s",
        entity,
    )
    around = rounds.Rounds(shop.house.runtime.database)
    around.look(clock.now())
    around.look(clock.now())
    assert len(shop.get("/v1/jobs?kind=retention_extension")["data"]) == 1


def test_who_may_not_write_does_not_ask_for_it(shop: Shop) -> None:
    key = shop.account.entity_key(shop.entity, "auditor")
    assert shop.call("POST", "/v1/retention/extensions", key=key).status_code == 403
