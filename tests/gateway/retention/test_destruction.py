"""What no law keeps is destroyed when two decided so; never early, never twice, and provably."""

import base64
import hashlib
import json
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from freezegun import freeze_time
from sqlalchemy.exc import DBAPIError

from gateway.fsck.service import check
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from gateway.retention.destroying import Destroyer
from gateway.retention.telling import terms_of
from tests.gateway.houses import Shop, invoice
from tests.gateway.matrix.bodies import SELLER
from tests.gateway.retention.deeds import HOME, approved, destroyed, done, old, proposed


def digests(shop: Shop, document: str) -> list[bytes]:
    rows = shop.house.sql(
        "select sha256 from archive_entry where coalesce(document_id, received_id) = %s"
        " and role <> 'destruction-certificate'",
        parse_id(document, document.partition("_")[0]),
    )
    return [bytes(row[0]) for row in rows]


def test_what_is_over_is_destroyed_and_certified(shop: Shop) -> None:
    past = old(shop)
    recent = shop.issued(invoice())["id"]
    before = digests(shop, past)
    job, found = destroyed(shop, reason="spring")
    assert job["state"] == "succeeded", job
    assert (job["result"]["destroyed"], job["result"]["spared"]) == (1, 0), found["documents"]
    assert found["state"] == "done"
    assert found["counts"] == {"invoice": 1}
    assert [(one["id"], one["state"]) for one in found["documents"]] == [(past, "destroyed")]
    gone = shop.call("GET", f"/v1/invoices/{past}")
    assert gone.status_code == 410
    assert gone.json()["type"] == "/problems/document-destroyed"
    place = gone.json()["certificate"]
    said = shop.get(place)
    certificate = said["certificate"]
    assert certificate["document"] == past
    assert {bytes.fromhex(one["sha256"]) for one in certificate["evidence"]} == set(before)
    assert certificate["proposed"]["id"] != certificate["approved"]["id"]
    leaf = base64.b64decode(said["leaf"])
    assert json.loads(leaf)["sha256"] == said["sha256"]
    canonical = json.dumps(certificate, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(canonical.encode()).hexdigest() == said["sha256"]
    assert shop.get(f"/v1/invoices/{recent}")["id"] == recent
    assert [one["id"] for one in shop.get("/v1/invoices")["data"]] == [recent]


def test_what_an_older_backup_brings_back_is_named(shop: Shop, tmp_path: Path) -> None:
    """The list outside the database knows it; the database of before does not."""
    settings = shop.house.runtime.settings
    past, listed = old(shop), settings.data / "log" / "destroyed"
    destroyed(shop)
    [said] = [one.split(" ") for one in listed.read_text().splitlines() if past in one]
    gone = shop.call("GET", f"/v1/invoices/{past}").json()
    assert said[:2] == [shop.entity, past]
    assert said[2] >= gone["destroyed_at"]
    asked = "select role from archive_entry where id = %s"
    assert shop.house.sql(asked, parse_id(said[3], "arc")) == [("destruction-certificate",)]
    recent = shop.issued(invoice())["id"]
    (tmp_path / "destroyed").write_text(
        f"{shop.entity} {past} 2026-11-20T00:00:00Z arc_x\n"
        f"{shop.entity} {recent} 2026-11-20T00:00:00Z arc_y\n"
        "half a line\n"
    )
    report = check(shop.house.admin_url, settings.data, anchors=tmp_path)
    found = [(name, one.where) for name, one in report.problems]
    assert ("INV5", f"document {parse_id(recent, 'inv')}") in found
    assert ("INV5", str(tmp_path / "destroyed")) in found
    assert ("INV5", f"document {parse_id(past, 'inv')}") not in found
    assert report.invariants["INV5"].examined["destroyed"] >= 4


def test_nothing_that_it_said_is_left_in_the_database(shop: Shop) -> None:
    past = old(shop)
    destroyed(shop)
    row = shop.house.sql(
        "select body, invoice, report, customer_name, metadata, number is not null,"
        " content_sha256 is not null from document where id = %s",
        parse_id(past, "inv"),
    )
    assert row == [("", None, None, None, {}, True, True)]
    sent = shop.house.sql(
        "select payload, sender, receiver, length(payload_sha256) from transmission"
        " where document_id = %s",
        parse_id(past, "inv"),
    )
    assert [(bytes(one[0]), *one[1:]) for one in sent] == [(b"", "", "", 32)]


def test_its_files_are_gone_and_those_of_others_are_not(shop: Shop) -> None:
    past, root = old(shop), shop.house.runtime.settings.data / "archive" / "entities"
    recent = shop.issued(invoice())["id"]
    own, others = set(digests(shop, past)), set(digests(shop, recent))
    destroyed(shop)
    there = {bytes.fromhex(one.name) for one in root.glob(f"{parse_id(shop.entity, 'ent')}/*/*")}
    assert len(own - others) > 2
    assert not (own - others) & there
    assert others <= there
    tenant = Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), shop.environment)
    with shop.house.runtime.database.transaction(tenant) as tx:
        assert set(terms_of(tx, own | others)) == others  # a store is told of nothing else


def test_a_transmission_on_its_way_spares_its_document(shop: Shop) -> None:
    past = old(shop)
    shop.house.sql(
        "update outbox set state = 'queued', due_at = now() where entity_id = %s",
        parse_id(shop.entity, "ent"),
    )
    _, found = destroyed(shop, document_ids=[past])
    assert found["documents"][0]["spared_because"] == "unfinished"


def test_who_proposed_it_does_not_approve_it(shop: Shop) -> None:
    old(shop)
    destruction = proposed(shop)["id"]
    answer = shop.call("POST", f"{HOME}/{destruction}/approve", {})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/same-person")


def test_a_rejected_one_is_not_done_and_can_be_proposed_again(shop: Shop) -> None:
    past = old(shop)
    destruction = proposed(shop)["id"]
    again = shop.call("POST", HOME, {"document_ids": [past]})
    assert again.status_code == 409
    assert again.json()["documents"] == [{"id": past, "reason": "listed"}]
    assert shop.call("POST", f"{HOME}/{destruction}/reject", {}).json()["state"] == "rejected"
    key = shop.account.new_key()
    late = shop.call("POST", f"{HOME}/{destruction}/approve", {}, key=key)
    assert (late.status_code, late.json()["state"]) == (409, "rejected")
    assert len(proposed(shop)["documents"]) == 1


def test_what_a_law_keeps_is_not_listed(shop: Shop) -> None:
    recent = shop.issued(invoice())["id"]
    answer = shop.call("POST", HOME, {"document_ids": [recent]})
    assert answer.status_code == 409
    assert answer.json()["documents"] == [{"id": recent, "reason": "kept"}]


def test_a_hold_that_is_placed_meanwhile_spares(shop: Shop) -> None:
    past = old(shop)
    destruction = proposed(shop)["id"]
    job = approved(shop, destruction)["job_id"]
    shop.call("POST", "/v1/retention/holds", {"reason": "court", "document_id": past})
    assert done(shop, job)["result"] == {"destroyed": 0, "spared": 1, "files": 0}
    [item] = shop.get(f"{HOME}/{destruction}")["documents"]
    assert (item["state"], item["spared_because"]) == ("spared", "held")
    assert shop.get(f"/v1/invoices/{past}")["id"] == past


def test_postgresql_itself_refuses_what_is_early(shop: Shop) -> None:
    recent = shop.issued(invoice())["id"]
    with pytest.raises(psycopg.errors.RestrictViolation):
        shop.house.sql(
            "update document set destroyed_at = now(), body = '', invoice = null, report = null,"
            " customer_id = null, customer_name = null, metadata = '{}' where id = %s",
            parse_id(recent, "inv"),
        )


def test_a_job_that_was_killed_half_way_is_finished_by_the_next(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [old(shop) for _ in range(3)]
    destruction = proposed(shop)["id"]
    job = approved(shop, destruction)["job_id"]
    real, left = Destroyer._destroy, [1]

    def killed(*given: object) -> int:
        if not left[0]:
            raise OSError("killed")
        left[0] -= 1
        return real(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Destroyer, "_destroy", killed)
        with pytest.raises(Exception, match="again"):
            done(shop, job)
    states = [one["state"] for one in shop.get(f"{HOME}/{destruction}")["documents"]]
    assert sorted(states) == ["destroyed", "listed", "marked"]
    assert done(shop, job)["result"]["destroyed"] == 3
    count = shop.house.sql(
        "select count(*) from archive_entry where role = 'destruction-certificate'"
        " and document_id = any(%s)",
        [parse_id(one, "inv") for one in documents],
    )
    assert count == [(3,)]


def test_received_ones_go_too_and_do_not_come_back(shop: Shop) -> None:
    body = invoice(seller=SELLER, number="R-1", issue_date="2015-03-01")
    with freeze_time("2015-03-01T12:00:00Z"):
        received = shop.call("POST", "/v1/inbox", body).json()["id"]
    refused = shop.account.call("DELETE", f"/v1/entities/{shop.entity}")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/entity-received")
    job, found = destroyed(shop)
    assert job["state"] == "succeeded", job
    assert [(one["id"], one["state"]) for one in found["documents"]] == [(received, "destroyed")]
    assert shop.call("GET", f"/v1/inbox/{received}").status_code == 410
    assert shop.call("POST", "/v1/inbox", body).status_code == 410
    assert shop.account.call("DELETE", f"/v1/entities/{shop.entity}").status_code == 204


def test_the_checker_takes_what_is_certified_for_whole_and_nothing_else(
    shop: Shop, postgres: EmbeddedPostgres
) -> None:
    past = old(shop)
    destroyed(shop)
    house, entry = shop.house, "document_id = %s and role <> 'destruction-certificate'"
    settings, database = house.runtime.settings, str(house.sql("select current_database()")[0][0])

    def broken() -> list[str]:
        report = check(postgres.url(database), settings.data)
        return [one for one in map(str, report.problems) if "archive_entry" in one]

    assert broken() == []
    house.sql("alter table archive_entry disable trigger archive_entry_destroyed_once")
    house.sql(
        f"update archive_entry set destroyed_at = now() where {entry}",  # noqa: S608 - our words
        parse_id(past, "inv"),
    )
    house.sql("alter table archive_entry enable trigger archive_entry_destroyed_once")
    assert any("nothing certifies that" in one for one in broken())


def test_a_proposal_that_nobody_decides_expires(shop: Shop) -> None:
    old(shop)
    destruction = proposed(shop)["id"]
    shop.house.sql(
        "update destruction set proposed_at = now() - interval '15 days',"
        " expires_at = now() - interval '1 day' where id = %s",
        parse_id(destruction, "dst"),
    )
    assert shop.get(f"{HOME}/{destruction}")["state"] == "expired"
    key = shop.account.new_key()
    late = shop.call("POST", f"{HOME}/{destruction}/approve", {}, key=key)
    assert (late.status_code, late.json()["state"]) == (409, "expired")
    assert len(proposed(shop)["documents"]) == 1


def test_what_hangs_on_a_document_goes_with_it_and_not_before(shop: Shop) -> None:
    past = old(shop)
    answer = shop.call(
        "POST",
        f"/v1/documents/{past}/payments",
        {"amount": "0.01", "reference": "Janez Novak", "note": "in cash, by Janez"},
    )
    assert answer.status_code == 201, answer.text
    shop.call("POST", f"/v1/documents/{past}/share-links", {})
    payment, document = parse_id(answer.json()["id"], "pay"), parse_id(past, "inv")
    tenant = Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), shop.environment)
    for early in (
        "update payment set note = null",
        "update event set data = '{}'",
        "update transmission set payload = ''",
        "update archive_entry set destroyed_at = now()",
    ):
        with (
            pytest.raises(DBAPIError, match=r"goes with|never changes|destroyed with"),
            shop.house.runtime.database.transaction(tenant) as tx,
        ):
            tx.execute(sa.text(early))
    destroyed(shop)
    sql = shop.house.sql
    [paid] = sql("select reference, note, amount from payment where id = %s", payment)
    assert paid[:2] == (None, None)
    assert str(paid[2]) == "0.01"
    events = sql("select data from event where document_id = %s", document)
    said = {name for (data,) in events for name in data}
    assert said <= {
        *("transport", "regulatory", "business", "attempt", "issued_at", "action", "key"),
        *("turn", "decided", "stands", "number", "certificate"),
    }
    [link] = sql("select revoked_at is not null from share_link where document_id = %s", document)
    assert link == (True,)
    assert shop.get("/v1/payments")["data"][0]["document_id"] == past
