"""A seller with all that an entity can have moves, and goes on elsewhere with all of it."""

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from freezegun import freeze_time

from gateway.archive.verify import verify
from gateway.demo.companies import SELLERS
from gateway.exits.arriving import Import
from gateway.exits.belongings import CARRIED
from gateway.exits.file import Arrived, ExitRefusedError
from gateway.exits.making import Told
from gateway.fsck.service import check
from gateway.kit import clock
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import TenantTransaction
from gateway.recurring.generator import Generator
from tests.gateway.exits.conftest import Leaver
from tests.gateway.houses import House, Json, Shop, invoice, kind
from tests.gateway.recurring.conftest import Plan
from tests.gateway.retention.deeds import destroyed, done, naming, person

pytestmark = pytest.mark.timeout(300)

TODAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
MONTHLY = {"frequency": "monthly", "start_date": "2026-11-22", "day_of_month": 22}
SUPPLIER = SELLERS["SI"]["seller"] | {"name": "Dobavitelj d.o.o."}
OLD = invoice(issue_date="2015-03-01")
BOUGHT = invoice(seller=SUPPLIER, number="R-1", issue_date="2015-03-01")
BOUGHT_LATELY = invoice(seller=SUPPLIER, number="R-2", issue_date="2026-11-20")
REPEATED = invoice(payment_due_date="2026-12-08", metadata={"note": "one\u2028two\x85three"})


@dataclass(frozen=True)
class Moved:
    """A seller in the house that he left and in the one where he is.

    Attributes:
        old: There.
        new: Here.
        job: Of the exit.
        content: The file.
        key: Of the log there.
        known: Ids of what he had, by what it is.
    """

    old: Shop
    new: Shop
    job: Json
    content: bytes
    key: str
    known: dict[str, str]


def settled(shop: Shop, body: Json, **headers: str) -> str:
    """Return the id of a document that was issued, and is on its way to nobody."""
    issued = shop.issued(body, **headers)
    shop.take_back(issued["id"], but="")
    return str(issued["id"])


def answered(shop: Shop, path: str, body: object) -> Json:
    answer = shop.call("POST", path, body)
    assert answer.status_code in {200, 201}, answer.text
    found: Json = answer.json()
    return found


def furnished(shop: Shop) -> dict[str, str]:
    """Let a seller have something of everything; return the ids."""
    known = {"destroyed": settled(shop, OLD), "twin": settled(shop, OLD)}
    with freeze_time("2015-03-01T12:00:00Z"):
        known["refused"] = answered(shop, "/v1/inbox", BOUGHT)["id"]
    job, _ = destroyed(shop)
    assert job["result"]["destroyed"] == 3
    known["received"] = answered(shop, "/v1/inbox", BOUGHT_LATELY)["id"]
    known["held"] = settled(shop, OLD)
    hold = {"reason": "court", "document_id": known["held"]}
    known["hold"] = answered(shop, "/v1/retention/holds", hold)["id"]
    plan = Plan(shop)
    known["recurring"] = plan.made(MONTHLY, name="Rent")["id"]
    assert plan.work(datetime(2026, 11, 22, 1, tzinfo=UTC)) == 1
    (made,) = plan.documents(known["recurring"])
    shop.take_back(made["id"], but="")
    known["customer"] = person(shop)
    known["kept"] = settled(shop, naming(known["customer"]))
    asked = {"customer_id": known["customer"], "reason": "asked by letter"}
    known["erasure"] = answered(shop, "/v1/retention/erasures", asked)["id"]
    path = f"/v1/retention/erasures/{known['erasure']}/approve"
    assert shop.call("POST", path, {}, key=shop.account.new_key()).status_code == 200
    known["repeated"] = settled(shop, REPEATED, Idempotency_Key="order-17")
    paid = {"amount": "1.00", "paid_on": "2026-11-23"}
    answered(shop, f"/v1/documents/{known['repeated']}/payments", paid)
    return known


@pytest.fixture(scope="module")
def moved(house: House, new: House, tmp_path_factory: pytest.TempPathFactory) -> Moved:
    old = Shop.opened(house)
    known = furnished(old)
    leaver = Leaver(old)
    job = leaver.ask(leaving=True)
    # What goes on by itself does not go on with who is leaving, and does not hinder him.
    Plan(old).work(datetime(2026, 12, 22, 12, tzinfo=UTC))
    house.runtime.reminders.round(datetime(2026, 12, 22, 12, tzinfo=UTC))
    content, key = leaver.fetch(job), old.call("GET", "/v1/log/key").text.strip()
    file = tmp_path_factory.mktemp("whole") / "exit.zip"
    file.write_bytes(content)
    account = new.account()
    runtime = new.runtime
    arriving = Import(
        runtime.database,
        runtime.archive,
        Arrived.open(file, key),
        account.id,
        clock.now,
        runtime.vault.encryption,
    )
    assert arriving.run(lambda *_: None).state == "arriving"
    to = {"to": str(runtime.archive.verifier)}
    statement = old.call("POST", f"/v1/exits/{job['id']}/move", to)
    assert statement.status_code == 200, statement.text
    arriving.activate(statement.json()["statement"])
    key_there = replace(account, key=account.new_key())
    return Moved(old, Shop(new, key_there, old.entity, key_there.key), job, content, key, known)


def sound(house: House) -> None:
    report = check(house.admin_url, house.runtime.settings.data)
    assert not list(map(str, report.problems))


def test_the_seller_had_something_in_many_tables(moved: Moved) -> None:
    """Otherwise the rest of this file shows nothing."""
    rows = {one["name"]: one["rows"] for one in moved.job["result"]["tables"]}
    wanted = (
        *("received_document", "received_arrival", "destruction", "destruction_item", "erasure"),
        *("retention_hold", "recurring_invoice", "recurring_occurrence", "recurring_due"),
        *("payment", "customer", "idempotency", "event", "activity", "archive_entry"),
    )
    assert {name: rows[name] > 0 for name in wanted} == dict.fromkeys(wanted, True)
    assert set(rows) == {carried.name for carried in CARRIED}


def test_the_next_invoice_has_the_next_number_and_both_houses_are_sound(moved: Moved) -> None:
    before = moved.old.get(f"/v1/invoices/{moved.known['repeated']}")["number"]
    after = moved.new.issued()["number"]
    assert int(after.removeprefix("INV-")) == int(before.removeprefix("INV-")) + 1
    sound(moved.old.house)
    sound(moved.new.house)


def test_a_request_that_is_repeated_is_answered_and_not_done_again(moved: Moved) -> None:
    again = moved.new.issue(REPEATED, Idempotency_Key="order-17")
    assert (again.status_code, again.json()["id"]) == (200, moved.known["repeated"])
    assert again.headers["idempotency-replayed"] == "true"
    other = moved.new.issue(invoice(), Idempotency_Key="order-17")
    assert (other.status_code, kind(other)) == (422, "idempotency-mismatch")
    there = moved.old.issue(REPEATED, Idempotency_Key="order-17")
    assert (there.status_code, kind(there)) == (409, "moved")


@pytest.mark.parametrize("which", ["destroyed", "twin", "refused"])
def test_what_was_destroyed_stays_so_and_is_certified_by_both_logs(
    moved: Moved, which: str
) -> None:
    id_ = moved.known[which]
    path = f"/v1/inbox/{id_}" if which == "refused" else f"/v1/invoices/{id_}"
    gone = moved.new.call("GET", path)
    assert (gone.status_code, kind(gone)) == (410, "document-destroyed")
    there, here = (
        shop.get(f"/v1/retention/certificates/{id_}") for shop in (moved.old, moved.new)
    )
    assert here["certificate"] == there["certificate"]
    rows = moved.new.house.sql(
        "select role, leaf, destroyed_at is null from archive_entry"
        " where coalesce(document_id, received_id) = %s order by log_index",
        parse_id(id_, id_.partition("_")[0]),
    )
    leaves = [json.loads(bytes(leaf)) for _, leaf, _ in rows]
    assert [role for role, _, there in rows if there] == ["destruction-certificate", "origin"]
    origin = moved.key.partition("+")[0]
    assert {leaf["quoted"]["log"] for leaf in leaves[:-1]} == {origin}
    listed = {one["sha256"] for one in there["certificate"]["evidence"]}
    assert {leaf["sha256"] for leaf in leaves[:-2]} == listed
    if which != "refused":
        assert {one.get("issue_date") for one in leaves} == {None, "2015-03-01"}
    else:
        assert moved.new.call("POST", "/v1/inbox", BOUGHT).status_code == 410


def test_a_leaf_of_a_destroyed_document_must_be_proven(moved: Moved, tmp_path: Path) -> None:
    """The verifier does not know this part of the file; the import looks for itself."""
    file = tmp_path / "exit.zip"
    file.write_bytes(moved.content)
    runtime = moved.new.house.runtime
    arrived = Arrived.open(file, moved.key)
    (member,) = arrived.parts("destroyed")
    line = json.loads(arrived.lines(member)[0])
    line["entries"][0]["leaf"] = line["entries"][0]["leaf"].replace('"size":', '"size":1')
    changed = replace(arrived)
    changed.__dict__["lines"] = lambda _: [json.dumps(line)]
    arriving = Import(
        runtime.database,
        runtime.archive,
        changed,
        moved.new.account.id,
        clock.now,
        runtime.vault.encryption,
    )
    with (
        pytest.raises(ExitRefusedError, match="not in the log"),
        runtime.database.transaction(arriving.tenant) as tx,
    ):
        arriving._taking.remains(tx, member)


def test_both_verifiers_take_a_bundle_of_all_there_is(moved: Moved, tmp_path: Path) -> None:
    """Also of the period: no document of it is missing, and how many were destroyed is told."""
    content = Leaver(moved.new).fetch(Leaver(moved.new).ask())
    key = moved.new.call("GET", "/v1/log/key").text.strip()
    for bundle, trusted in ((moved.content, moved.key), (content, key)):
        result = verify(bundle, trusted_key=trusted)
        assert (result.problems, result.authentic) == ((), True)
        (tmp_path / "whole.zip").write_bytes(bundle)
        with zipfile.ZipFile(io.BytesIO(bundle)) as file:
            (tmp_path / "verify.py").write_bytes(file.read("verify.py"))
        done = subprocess.run(  # noqa: S603 - the verifier of the file
            [sys.executable, "-I", "-S", "verify.py", "--key", trusted, "whole.zip"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stdout
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        again = file.read("exit/destroyed/0000001.jsonl").splitlines()
    assert len(again) == 3  # it can go on to a third house


def test_every_leaf_of_a_document_says_its_date(moved: Moved) -> None:
    rows = moved.new.house.sql(
        "select leaf, d.issue_date from archive_entry e join document d on d.id = e.document_id"
        " where e.role = 'document' and e.entity_id = %s",
        parse_id(moved.new.entity, "ent"),
    )
    assert len(rows) > 5
    for leaf, day in rows:
        assert date.fromisoformat(json.loads(bytes(leaf))["issue_date"]) == day


def test_what_was_received_is_there_and_known_again(moved: Moved) -> None:
    id_ = moved.known["received"]
    there, here = (shop.get(f"/v1/inbox/{id_}") for shop in (moved.old, moved.new))
    assert here["number"] == there["number"] == "R-2"
    again = moved.new.call("POST", "/v1/inbox", BOUGHT_LATELY)
    assert again.json()["id"] == id_
    bundle = moved.new.call("GET", f"/v1/inbox/{id_}/bundle").content
    key = moved.new.call("GET", "/v1/log/key").text.strip()
    assert verify(bundle, trusted_key=key).problems == ()


def test_who_was_erased_stays_so_and_the_erasure_goes_on(moved: Moved) -> None:
    gone = moved.new.call("GET", f"/v1/customers/{moved.known['customer']}")
    assert (gone.status_code, kind(gone)) == (410, "customer-erased")
    erasure = moved.new.get(f"/v1/retention/erasures/{moved.known['erasure']}/documents")
    assert [one["id"] for one in erasure["data"]] == [moved.known["kept"]]
    holds = moved.new.get("/v1/retention/holds?active=true")["data"]
    assert [one["id"] for one in holds] == [moved.known["hold"]]


def test_a_schedule_goes_on_here_and_not_there(moved: Moved) -> None:
    day = datetime(2026, 12, 22, 12, tzinfo=UTC)
    id_ = moved.known["recurring"]
    there, here = Plan(moved.old), Plan(moved.new)
    there.work(day)
    assert len(there.occurrences(id_)) == 1
    assert here.work(day) == 1
    assert isinstance(here.generator, Generator)
    assert [one["date"] for one in here.occurrences(id_)] == ["2026-11-22", "2026-12-22"]
    assert [one["state"] for one in here.documents(id_)] == ["issued", "issued"]


def test_nobody_is_told_there_of_what_is_owed(moved: Moved) -> None:
    """The others' reminders go on; who pays pays at the other house."""
    late = datetime(2027, 3, 1, 12, tzinfo=UTC)
    for shop, told in ((moved.old, False), (moved.new, True)):
        shop.house.runtime.reminders.round(late)
        types = {one["type"] for one in shop.get("/v1/events?limit=200")["data"]}
        assert ("invoice.overdue" in types) is told


def test_what_is_destroyed_while_the_file_is_made_is_not_called_damaged(house: House) -> None:
    """The moment that the file is of still has it, and the disk does not: the job begins anew."""
    shop = Shop.opened(house)
    settled(shop, OLD)
    exits = house.runtime.exits
    sources = exits.sources

    def destroying(tx: TenantTransaction, id_: UUID) -> Told:
        object.__setattr__(exits, "sources", sources)
        destroyed(shop)
        return sources.issued(tx, id_)

    object.__setattr__(exits, "sources", replace(sources, issued=destroying))
    leaver = Leaver(shop)
    with pytest.raises(Exception, match="again"):
        leaver.ask()
    (asked,) = shop.get("/v1/jobs?kind=exit")["data"]
    job = done(shop, asked["id"])
    assert job["state"] == "succeeded", job
    with zipfile.ZipFile(io.BytesIO(leaver.fetch(job))) as file:
        assert "exit/destroyed/0000001.jsonl" in file.namelist()
        assert not [one for one in file.namelist() if one.startswith("documents/")]
