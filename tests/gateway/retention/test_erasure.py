"""What is said of a person goes when two decided so; what a law keeps goes in its time."""

import datetime

import psycopg.errors
import pytest
from freezegun import freeze_time

from gateway.intake.maker import Maker
from gateway.kit.ids import parse_id
from gateway.retention.erasure_rounds import ErasureRounds
from tests.gateway.houses import Json, Shop, kind
from tests.gateway.retention.deeds import HOME as DESTRUCTIONS
from tests.gateway.retention.deeds import PERSON, done, naming, person, sold
from tests.gateway.tenants.people import came_in

HOME = "/v1/retention/erasures"


def asked(shop: Shop, customer: str) -> str:
    answer = shop.call("POST", HOME, {"customer_id": customer, "reason": "asked by letter"})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def approved(shop: Shop, erasure: str) -> Json:
    answer = shop.call("POST", f"{HOME}/{erasure}/approve", {}, key=shop.account.new_key())
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def remaining(shop: Shop, erasure: str) -> list[tuple[str, str | None]]:
    found = shop.get(f"{HOME}/{erasure}/documents")["data"]
    return [(one["id"], one["kept_because"]) for one in found]


def work(shop: Shop, now: datetime.datetime | None = None) -> None:
    """Make the round, and do the jobs of destruction that it asked for."""
    ErasureRounds(shop.house.runtime.database).look(now or datetime.datetime.now(datetime.UTC))
    jobs = shop.get("/v1/jobs?kind=retention_destruction&limit=200")["data"]
    for job in jobs:
        if job["state"] == "queued":
            assert done(shop, job["id"])["state"] == "succeeded"


def said(shop: Shop, words: str) -> list[str]:
    """Return the tables of the entity in which some row has these words; bytes are read, too."""
    entity, found = parse_id(shop.entity, "ent"), []
    for table, stored in shop.house.sql(
        "select table_name, array_agg(column_name::text) filter (where data_type = 'bytea')"
        " from information_schema.columns where table_schema = 'public' group by 1"
        " having bool_or(column_name = 'entity_id') order by 1"
    ):
        read = "".join(f", encode(t.{one}, 'escape')" for one in stored or ())
        text = f"concat_ws(' ', t::text{read})"
        statement = f"select 1 from {table} t where t.entity_id = %s and {text} like %s limit 1"  # noqa: S608
        if shop.house.sql(statement, entity, f"%{words}%"):
            found.append(str(table))
    return found


def test_the_catalogue_forgets_at_once_and_what_law_keeps_stays(shop: Shop) -> None:
    customer = person(shop)
    recent = sold(shop, customer, "2026-03-01")
    erasure = asked(shop, customer)
    assert remaining(shop, erasure) == [(recent, "kept")]
    assert shop.get(f"/v1/customers/{customer}")["name"] == "Janez Novak"  # nothing is gone yet
    found = approved(shop, erasure)
    assert (found["state"], found["customer_id"]) == ("approved", customer)
    for method, path in (
        ("GET", f"/v1/customers/{customer}"),
        ("PATCH", f"/v1/customers/{customer}"),
        ("POST", f"/v1/customers/{customer}/restore"),
    ):
        answer = shop.call(method, path, {} if method == "PATCH" else None)
        assert (answer.status_code, kind(answer)) == (410, "customer-erased")
    [blank] = shop.get("/v1/customers?deleted=true")["data"]
    assert (blank["id"], blank["name"], blank["buyer"], blank["metadata"]) == (
        customer,
        "",
        {},
        {},
    )
    assert blank["erased_at"] is not None
    assert said(shop, "Janezek") == []
    kept = shop.get(f"/v1/invoices/{recent}")
    assert (kept["customer_id"], kept["invoice"]["buyer"]["name"]) == (customer, "Janez Novak")
    work(shop)
    assert shop.get(f"{HOME}/{erasure}")["state"] == "approved"
    [left] = shop.get(f"{HOME}/{erasure}/documents")["data"]
    assert (left["id"], left["retain_until"]) == (recent, kept["retain_until"])
    assert left["rule"]["until"] == left["retain_until"]


def test_each_document_goes_after_its_last_day_and_then_it_is_done(shop: Shop) -> None:
    customer = person(shop)
    past, later = sold(shop, customer, "2013-03-01"), sold(shop, customer, "2014-03-01")
    erasure = asked(shop, customer)
    with freeze_time("2024-12-31T12:00:00Z"):  # the last day of the second
        shop.house.sql(
            "update erasure set requested_at = now() - interval '1 day' where id = %s",
            parse_id(erasure, "ers"),
        )
        approved(shop, erasure)
        work(shop, datetime.datetime(2024, 12, 31, 12, tzinfo=datetime.UTC))
        assert remaining(shop, erasure) == [(later, "kept")]
        assert shop.call("GET", f"/v1/invoices/{past}").status_code == 410
    with freeze_time("2025-01-01T12:00:01Z"):
        now = datetime.datetime(2025, 1, 1, 12, 0, 1, tzinfo=datetime.UTC)
        work(shop, now)
        assert remaining(shop, erasure) == []
        assert shop.get(f"{HOME}/{erasure}")["state"] == "approved"
        work(shop, now + datetime.timedelta(days=1))
    found = shop.get(f"{HOME}/{erasure}")
    assert (found["state"], found["next_look_at"]) == ("done", None)
    certificate = shop.get(f"/v1/retention/certificates/{later}")["certificate"]
    assert certificate["proposed"]["id"] == found["requested_by"]["id"]
    assert certificate["approved"]["id"] == found["decided_by"]["id"]
    assert {one["erasure_id"] for one in shop.get(DESTRUCTIONS)["data"]} == {erasure}
    assert said(shop, "Novak") == []
    types = [one["type"] for one in shop.get("/v1/events?limit=200")["data"]]
    wanted = ("erasure.requested", "erasure.approved", "erasure.done")
    assert [one for one in types if one.startswith("erasure.")] == list(wanted)


def test_a_hold_wins(shop: Shop) -> None:
    customer = person(shop)
    past = sold(shop, customer, "2013-03-01")
    body = {"reason": "court", "document_id": past}
    hold = shop.call("POST", "/v1/retention/holds", body).json()["id"]
    erasure = asked(shop, customer)
    approved(shop, erasure)
    work(shop)
    assert remaining(shop, erasure) == [(past, "held")]
    ended = shop.call("POST", f"/v1/retention/holds/{hold}/end", {"reason": "over"})
    assert ended.status_code == 200
    assert remaining(shop, erasure) == [(past, None)]
    tomorrow = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1, minutes=1)
    work(shop, tomorrow)
    assert remaining(shop, erasure) == []


def test_four_eyes_decide_and_once(shop: Shop) -> None:
    customer = person(shop)
    erasure = asked(shop, customer)
    again = shop.call("POST", HOME, {"customer_id": customer})
    assert (kind(again), again.json()["erasure_id"]) == ("erasure-open", erasure)
    admin = came_in(shop.account, shop.entity, "admin")
    for key in (shop.key, admin):
        refused = shop.call("POST", f"{HOME}/{erasure}/approve", {}, key=key)
        assert kind(refused) == "same-person"
    with pytest.raises(psycopg.errors.CheckViolation):
        shop.house.sql(
            "update erasure set state = 'approved', decided_at = requested_at, due_at = now(),"
            " decided_by_kind = requested_by_kind, decided_hand = requested_hand where id = %s",
            parse_id(erasure, "ers"),
        )
    assert shop.call("POST", f"{HOME}/{erasure}/reject", {}).json()["state"] == "rejected"
    late = shop.call("POST", f"{HOME}/{erasure}/approve", {}, key=shop.account.new_key())
    assert (kind(late), late.json()["state"]) == ("erasure-state", "rejected")
    assert asked(shop, customer) != erasure
    assert shop.get(f"/v1/customers/{customer}")["reference"] == "J-1"


def test_whoever_nobody_decides_about_is_asked_for_again(shop: Shop) -> None:
    customer = person(shop)
    erasure = asked(shop, customer)
    with freeze_time(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=15)):
        assert shop.get(f"{HOME}/{erasure}")["state"] == "expired"
        second = asked(shop, customer)
    assert {one["id"] for one in shop.get(HOME)["data"]} == {erasure, second}


def test_drafts_and_schedules_are_in_the_way_and_deleted_drafts_are_not(shop: Shop) -> None:
    customer = person(shop)
    body = naming(customer, metadata={"nick": "Janezek"})
    gone, open_ = shop.draft(body)["id"], shop.draft(body)["id"]
    schedule = {
        "document": body,
        "schedule": {"frequency": "monthly", "start_date": "2027-01-01"},
    }
    made = shop.call("POST", "/v1/recurring-invoices", schedule)
    assert made.status_code == 201, made.text
    recurring = made.json()["id"]
    assert shop.call("DELETE", f"/v1/invoices/{gone}").status_code in {200, 204}
    erasure, second = asked(shop, customer), shop.account.new_key()
    refused = shop.call("POST", f"{HOME}/{erasure}/approve", {}, key=second)
    assert (kind(refused), refused.json()["uses"]) == ("customer-in-use", [open_, recurring])
    assert shop.call("DELETE", f"/v1/invoices/{open_}").status_code in {200, 204}
    shop.call("DELETE", f"/v1/recurring-invoices/{recurring}")
    assert approved(shop, erasure)["state"] == "done"
    assert said(shop, "Janezek") == ["recurring_invoice"]
    restored = shop.call("POST", f"/v1/documents/{gone}/restore")
    assert restored.status_code == 200, restored.text
    assert (restored.json()["customer_id"], restored.json()["metadata"]) == (None, {})


def test_bodies_of_which_nothing_could_be_made_are_forgotten(shop: Shop) -> None:
    runtime, nobody = shop.house.runtime, f"cus_{'0' * 26}"
    customer = shop.call("POST", "/v1/customers", PERSON | {"name": "Žiga Novak"}).json()["id"]
    bodies = [naming(nobody, metadata={"nick": name}) for name in ("ŽIGA NOVAK", "Meta")]
    for body in bodies:
        taken = shop.call("POST", "/v1/invoices?async=true", body)
        assert taken.status_code == 202, taken.text
    maker = Maker(runtime.database, runtime.documents)
    while maker.work_once():
        pass
    asked_for = {"documents": [{"kind": "invoice", "body": body} for body in bodies]}
    bulk = shop.call("POST", "/v1/bulk/documents", asked_for)
    assert bulk.status_code == 202, bulk.text
    ended = shop.call("DELETE", f"/v1/jobs/{bulk.json()['id']}")
    assert ended.json()["state"] == "cancelled", ended.text
    entity = parse_id(shop.entity, "ent")
    shop.house.sql(  # as most programs write it
        "update intake set body = replace(body, 'ŽIGA', '\\u017dIGA') where entity_id = %s", entity
    )
    shop.house.sql(
        "insert into event (account_id, entity_id, id, type, subject_id, data, at)"
        " select account_id, id, gen_random_uuid(), 'vat_number.changed', %s,"
        """ '{"changes": {"name": {"old": "Novak"}}}', now() from entity where id = %s""",
        customer,
        entity,
    )
    assert said(shop, "u017dIGA") == ["intake"]
    assert {"bulk_item", "event"} <= set(said(shop, "OVAK") + said(shop, "Novak"))
    approved(shop, asked(shop, customer))
    assert said(shop, "OVAK") == said(shop, "Novak") == []
    assert said(shop, "Meta") == ["bulk_item", "intake"]
    failed = shop.get("/v1/intake?state=failed")["data"]
    assert [one["error"]["type"] for one in failed] == ["/problems/not-found"] * 2


def test_a_draft_that_came_meanwhile_is_refused(shop: Shop) -> None:
    customer = person(shop)
    draft = shop.draft()["id"]
    approved(shop, asked(shop, customer))
    with pytest.raises(psycopg.errors.SerializationFailure):
        shop.house.sql(
            "update document set customer_id = %s where id = %s",
            parse_id(customer, "cus"),
            parse_id(draft, "inv"),
        )
    with pytest.raises(psycopg.errors.RestrictViolation):
        shop.house.sql(
            "update customer set name = 'Janez' where id = %s", parse_id(customer, "cus")
        )
    named = shop.call("POST", "/v1/invoices", naming(customer))
    assert named.status_code in {404, 410}


def test_what_is_kept_can_still_be_corrected(shop: Shop) -> None:
    customer = person(shop)
    recent = sold(shop, customer, "2026-03-01")
    approved(shop, asked(shop, customer))
    made = shop.call("POST", f"/v1/documents/{recent}/corrections", {"reason": "wrong"})
    assert made.status_code == 201, made.text
    assert made.json()["invoice"]["buyer"]["name"] == "Janez Novak"
    assert made.json()["customer_id"] != customer
    relations = shop.get(f"/v1/documents/{recent}/relations")["data"]
    assert [one["from_id"] for one in relations] == [made.json()["id"]]
