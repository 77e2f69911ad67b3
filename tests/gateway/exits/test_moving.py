"""A seller with a chain moves to a fresh installation, and goes on there where it ended here."""

import datetime
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from gateway.archive.checkpoint import Checkpoint
from gateway.archive.notes import Verifier
from gateway.archive.verify import VerificationResult, verify
from gateway.archive.verify.tree import leaf_hash, root_by_inclusion
from gateway.demo.companies import SELLERS
from gateway.exits.arriving import Import
from gateway.exits.box import Opener
from gateway.exits.file import Arrived, ExitRefusedError
from gateway.exits.writing import carried_as, insert_rows
from gateway.fsck.service import check
from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import new_id, parse_id
from gateway.kit.tenancy import Tenant
from tests.gateway.documents.test_verifactu import TEST, Market, opened_market, sale, told
from tests.gateway.exits.conftest import Leaver
from tests.gateway.fsck.house import damaged
from tests.gateway.houses import House, Json, Shop, kind
from tests.gateway.verifactu.kept import chain_of, kept_shop, walked

pytestmark = pytest.mark.timeout(300)


class KilledError(Exception):
    """The process ended here."""


@dataclass(frozen=True)
class Mover:
    """A seller on the way from one house to another."""

    market: Market
    old: Shop
    new: House
    key: str
    file: Path
    job: Json

    def arrival(self) -> Import:
        """Return an import of the file, into a new account of the new house."""
        runtime = self.new.runtime
        arrived = Arrived.open(self.file, self.key)
        account = self.new.account()
        wraps = runtime.vault.encryption
        return Import(
            runtime.database,
            runtime.archive,
            arrived,
            account.id,
            clock.now,
            wraps,
            opener_of(self.new),
        )


def opener_of(house: House) -> Opener:
    """Return what opens secrets that were sealed to a house."""
    return Opener.open(house.runtime.database, house.runtime.master_key, clock.now())


def settled(shop: Shop) -> Json:
    """Return an invoice that was issued, and is on its way to nobody."""
    document = shop.issued(sale())
    shop.take_back(document["id"], but="")
    return document


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, official: Path
) -> Iterator[Market]:
    with opened_market(postgres, tmp_path_factory.mktemp("old"), official) as found:
        yield found


def sound(house: House) -> None:
    report = check(house.admin_url, house.runtime.settings.data)
    assert not list(report.problems)


@pytest.fixture(scope="module")
def mover(market: Market, new: House, tmp_path_factory: pytest.TempPathFactory) -> Mover:
    """A seller who issued two invoices and is leaving."""
    shop = kept_shop(market)
    settled(shop)
    settled(shop)
    held = shop.call("POST", "/v1/retention/holds", {"reason": "audit"})
    assert held.status_code == 201, held.text
    shop.draft(sale())
    leaver = Leaver(shop)
    receiver = str(opener_of(new).receiver)
    object.__setattr__(market.house.runtime.exits, "receivers", (receiver,))  # as by the settings
    job = leaver.ask(leaving=True, secrets_for=receiver)
    file = tmp_path_factory.mktemp("exit") / "exit.zip"
    file.write_bytes(leaver.fetch(job))
    key = shop.call("GET", "/v1/log/key").text.strip()
    return Mover(market, shop, new, key, file, job)


def test_who_is_leaving_issues_nothing_and_may_stay(market: Market) -> None:
    shop = kept_shop(market)
    sent = shop.issued(sale())
    refused = shop.call("POST", "/v1/exits", {"leaving": True})
    assert (refused.status_code, kind(refused)) == (409, "exit-unfinished")
    (hindering,) = refused.json()["unfinished"]
    assert (hindering["kind"], hindering["number"]) == ("transmission", 1)
    shop.take_back(sent["id"], but="")
    leaver = Leaver(shop)
    job = leaver.ask(leaving=True)
    refused = shop.issue(sale())
    assert (refused.status_code, kind(refused), refused.json()["state"]) == (
        409,
        "moved",
        "leaving",
    )
    assert shop.get(f"/v1/invoices/{sent['id']}")["number"] == sent["number"]

    account = replace(shop, key=shop.account.new_key())
    for method, body in (("PATCH", {"name": "Another"}), ("DELETE", None)):
        refused = account.call(method, f"/v1/entities/{shop.entity}", body)
        assert (refused.status_code, kind(refused)) == (409, "moved")

    stays = shop.call("POST", f"/v1/exits/{job['id']}/stay").json()
    assert stays["state"] == "here"
    settled(shop)
    to = {"to": str(Verifier("b.example/log", bytes(32)))}
    refused = shop.call("POST", f"/v1/exits/{job['id']}/move", to)
    assert (refused.status_code, kind(refused)) == (409, "exit-not-leaving")
    leaver.ask(leaving=True)
    own = {"to": shop.call("GET", "/v1/log/key").text.strip()}
    for wrong in ({}, {"to": "x"}, own):
        assert shop.call("POST", f"/v1/exits/{job['id']}/move", wrong).status_code == 422
    refused = shop.call("POST", f"/v1/exits/{job['id']}/move", to)
    assert (refused.status_code, kind(refused)) == (409, "exit-outdated")
    assert {"document", "series", "chain_record"} <= set(refused.json()["tables"])
    assert shop.call("POST", f"/v1/exits/{job['id']}/stay").json()["state"] == "here"
    settled(shop)  # a refusal leaves no mark


def test_the_database_refuses_what_nobody_asked_first(mover: Mover) -> None:
    draft = mover.old.documents("&state=draft")[0]
    with pytest.raises(Exception, match="the entity moves"):
        mover.market.house.sql(
            "update document set state = 'issued' where id ="
            " (select id from document where state = 'draft' and entity_id ="
            " (select entity_id from entity_move where state <> 'here') limit 1)"
        )
    assert draft["state"] == "draft"


@pytest.fixture(scope="module")
def arrival(mover: Mover) -> Import:
    """An import that was killed within its evidence, and after each of its steps, and is done."""
    arrival = mover.arrival()
    total = len(tuple(arrival._steps()))
    assert total > 5
    calls: list[int] = []
    steps: list[int] = []

    def dying() -> datetime.datetime:
        calls.append(1)
        if len(calls) == 3:  # its begin, the first document, the second in the same transaction
            raise KilledError
        return clock.now()

    def killed(done: int, _: int) -> None:
        steps.append(done)
        raise KilledError

    arrival = replace(arrival, clock=dying)
    for _ in range(total + 1):
        with pytest.raises(KilledError):
            arrival.run(killed)
    move = arrival.run(killed)
    assert steps == list(range(1, total + 1))
    assert (move.state, move.step) == ("arriving", total)
    return replace(arrival, clock=clock.now)


@pytest.fixture(scope="module")
def statement(mover: Mover) -> str:
    """What the old house signs when the seller has moved, once and for all."""
    path = f"/v1/exits/{mover.job['id']}/move"
    to = {"to": str(mover.new.runtime.archive.verifier)}
    moved = mover.old.call("POST", path, to)
    assert moved.status_code == 200, moved.text
    again = mover.old.call("POST", path, to).json()
    elsewhere = {"to": str(Verifier("b.example/log", bytes(32)))}
    assert kind(mover.old.call("POST", path, elsewhere)) == "exit-moved"
    said = str(moved.json()["statement"])
    assert (again["state"], again["statement"]) == ("moved", said)
    return said


@pytest.fixture(scope="module")
def shop(mover: Mover, arrival: Import, statement: str) -> Shop:
    """The seller where he arrived: nothing is issued there before the statement is given."""
    shop = shop_of(mover, arrival)
    with pytest.raises(ExitRefusedError, match="not signed"):
        arrival.activate("nonsense\n")
    other = replace(arrival, arrived=replace(arrival.arrived, manifest="0" * 64))
    with pytest.raises(ExitRefusedError, match="another entity or exit"):
        other.activate(statement)
    other = replace(arrival, archive=mover.market.house.runtime.archive)
    with pytest.raises(ExitRefusedError, match="not to"):
        other.activate(statement)
    refused = shop.issue(sale())
    assert (kind(refused), refused.json()["state"]) == ("moved", "arriving")
    arrival.activate(statement)
    arrival.activate(statement)
    return shop


def test_keys_go_along_for_one_installation_alone(
    mover: Mover, arrival: Import, shop: Shop
) -> None:
    """The next invoice is signed with them: see the next test."""
    keys = "/v1/signing-keys"
    said = {one["id"]: one["name"] for one in mover.old.get(keys)["data"]}
    assert {one["id"]: one["name"] for one in shop.get(keys)["data"]} == said
    assert set(said.values()) == {"AEAT", "Firma"}
    assert "signing_key" not in {one["name"] for one in mover.job["result"]["left"]}
    home = mover.market.house
    for opener in (None, opener_of(home)):
        with pytest.raises(ExitRefusedError, match="another installation"):
            replace(arrival, opener=opener).run(lambda *_: None)
    (old,), (new,) = (
        house.sql(
            "select string_agg(encode(sealed, 'hex'), ' ' order by key_id), min(version)"
            " from signing_secret where entity_id = %s",
            parse_id(shop.entity, "ent"),
        )
        for house in (home, mover.new)
    )
    assert old[0] == new[0]  # sealed as it was; only its key changed hands
    assert old[1] != new[1]


def test_rows_about_another_entity_are_refused(mover: Mover, arrival: Import, shop: Shop) -> None:
    """Row security would let them pass in tables that are an account's."""
    other = shop.account.call("POST", "/v1/entities", SELLERS["SI"]).json()["id"]
    (member,) = arrival.arrived.parts("activity")
    line = json.loads(arrival.arrived.lines(member)[0])
    line |= {"id": str(new_id()), "entity_id": str(parse_id(other, "ent"))}
    database = mover.new.runtime.database
    with (
        pytest.raises(ExitRefusedError, match="another entity"),
        database.transaction(arrival.tenant) as tx,
    ):
        insert_rows(tx, carried_as("activity"), [json.dumps(line)])


def test_series_and_chain_go_on_where_they_ended(mover: Mover, shop: Shop) -> None:
    before = chain_of(mover.old, events=False)
    assert shop.issued(sale())["number"] == "INV-000003"
    after = chain_of(shop, events=False)
    assert [one["digest"] for one in after[:2]] == [one["digest"] for one in before]
    assert after[2]["previous"] == before[1]["digest"]
    assert len(walked(after)) == 3
    sound(mover.new)
    sound(mover.market.house)


def test_both_logs_say_where_the_entity_went(mover: Mover, shop: Shop, statement: str) -> None:
    told, entity = [], parse_id(shop.entity, "ent")
    for house in (mover.market.house, mover.new):
        rows = house.sql(
            "select id, convert_from(leaf, 'UTF8')::jsonb -> 'quoted' is null from archive_entry"
            " where entity_id = %s and document_id is null and received_id is null"
            " order by log_index",
            entity,
        )
        ((account, environment),) = house.sql(
            "select account_id, environment from entity where id = %s", entity
        )
        tenant = Tenant(account, (entity,), environment, account_wide=True)
        with house.runtime.database.transaction(tenant) as tx:
            read = [house.runtime.archive.read(tx, id_) for id_, _ in rows]
        told.append([(json.loads(one), own) for one, (_, own) in zip(read, rows, strict=True)])
    (hold, _), (left, _) = told[0][:2]
    assert (hold["legal_hold"], left["move"]) == ("placed", "left")
    assert (left["statement"], left["log_left"]) == (statement, mover.key)
    (came, quoted), (origin, _), (arrived, own) = told[1]
    assert (came, quoted, own) == (hold, False, True)
    assert origin["log_key"] == mover.key
    assert (arrived["move"], arrived["statement"], arrived["file"]) == (
        "arrived",
        statement,
        left["file"],
    )


_BACK = {
    "old": (
        ("delete from entity_move", "it is not there, and the log says that it left"),
        ("update entity_move set state = 'here'", "it is here, and the log says that it left"),
        ("update entity_move set statement = 'x'", "its statement is not the one in the log"),
    ),
    "new": (
        ("delete from entity_move", "it is not there, and the log says that it arrived"),
        ("update entity_move set statement = 'x'", "its statement is not the one in the log"),
    ),
}
"""What is done to a row of `entity_move` behind our back, and what the checker says of it."""


@pytest.mark.parametrize("done", [(one, *each) for one in _BACK for each in _BACK[one]])
def test_an_entity_is_not_brought_back_unnoticed(
    mover: Mover, shop: Shop, monkeypatch: pytest.MonkeyPatch, done: tuple[str, str, str]
) -> None:
    where, damage, what = done
    house = mover.market.house if where == "old" else mover.new
    change = f"{damage} where entity_id = '{parse_id(shop.entity, 'ent')}'"
    monkeypatch.setattr("gateway.fsck.service.snapshot", partial(damaged, change))
    report = check(house.admin_url, house.runtime.settings.data)
    (problem,) = report.problems
    assert what in str(problem)


def test_nobody_who_follows_the_feed_is_told_again(mover: Mover, shop: Shop) -> None:
    history = "select count(*) from event where xid = '1' and entity_id = %s"
    (told,) = mover.new.sql(history, parse_id(shop.entity, "ent"))
    said = {one["name"]: one["rows"] for one in mover.job["result"]["tables"]}
    assert told == (said["event"],)
    first = shop.get("/v1/events?limit=1")["data"][0]
    assert first["type"] == mover.old.get("/v1/events?limit=1")["data"][0]["type"]


def test_who_has_moved_can_be_read_and_issues_nothing(mover: Mover, statement: str) -> None:
    refused = mover.old.issue(sale())
    assert (kind(refused), refused.json()["state"]) == ("moved", "moved")
    assert kind(mover.old.call("POST", f"/v1/exits/{mover.job['id']}/stay")) == "exit-moved"
    assert {one["number"] for one in mover.old.documents("&state=issued")} == {
        "INV-000001",
        "INV-000002",
    }
    assert mover.job["result"]["manifest_sha256"] in statement
    later = Leaver(mover.old).ask()  # it may be of a newer schema
    path, to = f"/v1/exits/{later['id']}/move", str(mover.new.runtime.archive.verifier)
    assert later["result"]["manifest_sha256"] in mover.old.call("POST", path, {"to": to}).text
    sound(mover.market.house)
    elsewhere = {"to": str(Verifier("b.example/log", bytes(32)))}
    assert kind(mover.old.call("POST", path, elsewhere)) == "exit-moved"


def test_the_new_log_quotes_the_old_one(mover: Mover, shop: Shop) -> None:
    first = shop.documents("&state=issued")[-1]
    bundle = shop.call("GET", f"/v1/documents/{first['id']}/bundle").content
    result = verify(bundle, trusted_key=shop.call("GET", "/v1/log/key").text.strip())
    assert (result.problems, result.authentic) == ((), True)
    with zipfile.ZipFile(io.BytesIO(bundle)) as file:
        (entries,) = [name for name in file.namelist() if name.endswith("/entries.json")]
        leaves = [json.loads(one["leaf"]) for one in json.loads(file.read(entries))]
        (origin,) = [name for name in file.namelist() if name.endswith("-origin.json")]
        told = json.loads(file.read(origin))
    quoted = [leaf["quoted"] for leaf in leaves if leaf["role"] != "origin"]
    assert {one["log"] for one in quoted} == {mover.key.partition("+")[0]}
    assert [one["index"] for one in quoted] == [one["index"] for one in told["entries"]]
    head = Checkpoint.verified(told["checkpoint"], Verifier.parse(mover.key))
    for one, leaf in zip(told["entries"], quoted, strict=True):
        old = one["leaf"].encode()
        assert hashlib.sha256(old).hexdigest() == leaf["leaf"]
        path = [bytes.fromhex(value) for value in one["proof"]]
        assert root_by_inclusion(leaf_hash(old), one["index"], head.size, path) == head.root


def shop_of(mover: Mover, arrival: Import) -> Shop:
    """Return the entity in the house where it arrived."""
    return arrived_in(mover.new, mover.old, arrival.account_id)


def arrived_in(house: House, old: Shop, account_id: UUID) -> Shop:
    account = replace(house.account(), id=account_id)
    account = replace(account, key=account.new_key())
    return Shop(house, account, old.entity, account.key)


def test_what_was_told_to_an_authority_is_known_where_one_goes(
    market: Market, new: House, tmp_path: Path
) -> None:
    """Attempts, exchanges and deadlines are a worker's rows."""
    old = market.shop()
    document = old.issued(sale())
    old.take_back(document["id"], but=TEST)
    with market.working():
        there = told(old, document)
    leaver = Leaver(old)
    job = leaver.ask(leaving=True)
    rows = {one["name"]: one["rows"] for one in job["result"]["tables"]}
    assert [name for name in ("attempt", "exchange", "outbox") if not rows[name]] == []
    file = tmp_path / "exit.zip"
    file.write_bytes(leaver.fetch(job))
    arrived = Arrived.open(file, old.call("GET", "/v1/log/key").text.strip())
    account = new.account()
    runtime = new.runtime
    arriving = Import(
        runtime.database, runtime.archive, arrived, account.id, clock.now, runtime.vault.encryption
    )
    arriving.run(lambda *_: None)
    to = {"to": str(runtime.archive.verifier)}
    said = old.call("POST", f"/v1/exits/{job['id']}/move", to).json()["statement"]
    arriving.activate(said)
    shop = arrived_in(new, old, account.id)
    here = shop.get(f"/v1/documents/{document['id']}")
    assert here["transmissions"] == there["transmissions"]
    ((before,), (after,)) = (chain_of(one, events=False) for one in (old, shop))
    assert before["digest"] == after["digest"]
    bundle = shop.call("GET", f"/v1/documents/{document['id']}/bundle").content
    result = verify(bundle, trusted_key=shop.call("GET", "/v1/log/key").text.strip())
    assert (result.problems, result.authentic) == ((), True)
    sound(new)


def test_what_is_here_is_not_taken_in_again(mover: Mover) -> None:
    with pytest.raises(ExitRefusedError, match="here already"):
        mover.arrival().run(lambda *_: None)
    home = mover.market.house
    arrived = Arrived.open(mover.file, mover.key)
    back = replace(
        mover.arrival(),
        database=home.runtime.database,
        archive=home.runtime.archive,
        arrived=replace(arrived, about={**arrived.about, "secrets_for": None}),
        account_id=home.account().id,
    )
    with pytest.raises(ExitRefusedError, match="here already"):
        back.run(lambda *_: None)


def test_a_file_that_was_changed_or_is_another_s_is_refused(mover: Mover, tmp_path: Path) -> None:
    content = mover.file.read_bytes()
    place = content.index(b'"INV-000002"', content.index(b"exit/document/0000001.jsonl"))
    changed = tmp_path / "changed.zip"
    changed.write_bytes(content[: place + 9] + b"3" + content[place + 10 :])
    with pytest.raises(ExitRefusedError) as refused:
        Arrived.open(changed, mover.key)
    assert "exit/document/0000001.jsonl" in refused.value.findings[0]
    other = mover.new.runtime.archive.verifier
    with pytest.raises(ExitRefusedError):
        Arrived.open(mover.file, str(other))


def test_a_file_that_is_replaced_while_it_is_judged_is_refused(
    mover: Mover, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = tmp_path / "exit.zip", tmp_path / "other.zip"
    for path in (file, other):
        path.write_bytes(mover.file.read_bytes())

    def judged(path: Path, *, trusted_key: str) -> VerificationResult:
        found = verify(path, trusted_key=trusted_key)
        other.replace(path)
        return found

    monkeypatch.setattr("gateway.exits.file.verify", judged)
    with pytest.raises(ExitRefusedError, match="changed while it was read"):
        Arrived.open(file, mover.key)
