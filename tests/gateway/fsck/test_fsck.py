"""What the checker finds, in a sound house and in one that was damaged."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from gateway.archive.service import Archive
from gateway.fsck.service import check
from gateway.kit.bootstrap import EMBEDDED_LOGIN, prepare_embedded
from gateway.kit.database import Database
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.secrets import MasterKey
from gateway.sandbox.network.ledger import Ledger
from gateway.settings import Settings
from tests.architecture.sources import ROOT
from tests.gateway.archive import seed
from tests.gateway.archive.seed import NOW
from tests.gateway.fsck.house import MODEL, House, answer, damaged, issue, send
from tests.gateway.fsck.plants import PLANTS
from tests.gateway.fsck.row_kinds import DAMAGES, ELSEWHERE, UNGUARDED


@pytest.fixture(scope="module")
def model(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> House:
    """Build the house once; every test gets a copy of its database and its files."""
    folder = tmp_path_factory.mktemp("house")
    admin_url, serving_url = postgres.url(MODEL), postgres.url(MODEL, EMBEDDED_LOGIN)
    prepare_embedded(postgres, MODEL)
    settings = Settings(data=folder / "data")
    database = Database(serving_url)
    archive = Archive.open(settings, database, MasterKey(bytes(32)), now=NOW)
    owner = seed.tenant(admin_url)
    made = House(archive, owner, [], [], admin_url, settings.data, folder / "ledger.sqlite")
    ledger = Ledger(made.ledger)
    waiting = [issue(made, database, number) for number in range(3)]
    for number in range(2):
        send(made, database, ledger, waiting[number])
    ledger.close()
    database.close()
    made.sql(
        "insert into idempotency values (%s, %s, 'sandbox', 'issue', 'k1', ''::bytea, 200, '{}',"
        " %s, true, now())",
        owner.account_id,
        owner.entity_ids[0],
        answer(made, 0),
    )
    return made


@pytest.fixture
def house(model: House, postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[House]:
    shutil.copytree(model.data.parent, tmp_path, dirs_exist_ok=True)
    name = f"test_{uuid4().hex}"
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute(f"create database {name} template {MODEL}".encode())
    data, ledger = tmp_path / "data", tmp_path / "ledger.sqlite"
    yield replace(model, admin_url=postgres.url(name), data=data, ledger=ledger)
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)".encode())


def test_a_sound_house_has_no_problems_and_says_what_was_looked_at(house: House) -> None:
    report = house.check()
    assert report.problems == ()
    assert report.ok
    outcomes = {one.id: one.outcome for one in report.invariants.values()}
    assert outcomes == {
        "INV1": "holds",
        "INV2": "holds",
        "INV3": "nothing to check",
        "INV4": "holds",
        "INV5": "holds",
        "INV6": "holds",
        "INV7": "nothing to check",
        "INV8": "holds",
        "INV9": "holds",
        "INV10": "holds",
        "INV11": "holds",
        "INV12": "nothing to check",
    }
    examined = {one.id: one.examined for one in report.invariants.values()}
    assert examined["INV2"] == {"series": 1, "numbers": 3}
    assert examined["INV4"] == {"registrations": 2, "transmissions": 3}
    assert examined["INV5"] == {"documents": 3, "files": 20}
    assert examined["INV6"]["leaves"] == 20
    assert examined["INV9"]["transmissions"] == 3
    assert json.loads(json.dumps(report.as_dict()))["ok"] is True


def test_an_empty_installation_has_nothing_to_check(admin_url: str, tmp_path: Path) -> None:
    report = check(admin_url, tmp_path)
    assert report.ok
    assert {one.outcome for one in report.invariants.values()} == {"nothing to check"}


@pytest.mark.parametrize("plant", PLANTS)
def test_planted_damage_is_found_and_named(house: House, plant: str) -> None:
    invariant, place, damage = PLANTS[plant]
    damage(house)
    found = house.broken()
    assert invariant in found, found
    assert any(place in problem for problem in found[invariant]), found[invariant]


def on_the_wire(house: House) -> None:
    """Commit to an attempt of the one that waits, as a worker does right before the wire."""
    house.sql(
        "with sent as (update transmission set attempts = 1, transport = 'submitting',"
        "  facts = null where transport = 'queued' returning *),"
        " begun as (insert into attempt select account_id, entity_id, gen_random_uuid(), id, 1,"
        "  'send', 1, 'host:1', null, now(), null, null, null, '{}', '0' from sent returning *)"
        " insert into event (account_id, entity_id, id, document_id, transmission_id, type, data,"
        "  evidence_id, at) select account_id, entity_id, gen_random_uuid(), document_id, sent.id,"
        '  \'transmission.submitting\', \'{"transport": "submitting", "attempt": 1}\', begun.id,'
        "  now() from sent join begun using (account_id, entity_id)"
    )


def test_the_request_may_be_missing_while_it_is_on_the_wire_and_no_longer(house: House) -> None:
    on_the_wire(house)
    assert "INV5" not in house.broken()
    house.sql("update attempt set ended_at = now(), outcome = 'retry'")
    said = " ".join(house.broken()["INV5"])
    assert "no request in its evidence" in said
    assert "does not exist" in said


def test_what_an_entity_sent_before_it_arrived_is_not_looked_for_here(house: House) -> None:
    house.book("delete from message")
    house.book("delete from signal")
    assert "never saw" in " ".join(house.broken()["INV4"])
    house.sql(
        "insert into entity_move (account_id, entity_id, environment, state, file, step, began_at)"
        " select account_id, id, environment, 'here', repeat('0', 64), 1, now() from entity"
    )
    report = house.check()
    assert not house.broken()
    assert report.invariants["INV4"].examined == {
        "registrations": 0,
        "transmissions of another installation": 3,
    }
    house.sql("update entity_move set began_at = '2020-01-01'")
    assert "never saw" in " ".join(house.broken()["INV4"])
    house.sql("update entity_move set (began_at, step) = (now(), 0)")  # it left, and stayed
    assert "never saw" in " ".join(house.broken()["INV4"])


def test_without_ledger_and_file_their_part_is_open(house: House) -> None:
    report = check(house.admin_url, house.data)
    assert report.ok
    assert report.invariants["INV4"].outcome == "nothing to check"


def test_a_trusted_key_is_preferred_to_the_one_beside_the_log(house: House) -> None:
    key = (house.data / "log" / "key").read_text()
    (house.data / "log" / "key").write_text("nonsense")
    assert not house.check().ok
    assert check(house.admin_url, house.data, ledger=house.ledger, log_key=key).ok


def test_the_checker_only_reads(house: House) -> None:
    from gateway.fsck.service import snapshot  # noqa: PLC0415

    with snapshot(house.admin_url) as connection, pytest.raises(psycopg.Error):
        connection.execute("update series set next_number = 1")
    with snapshot(house.admin_url) as connection, pytest.raises(psycopg.Error):
        connection.execute("select * from secret")


def test_the_checker_shares_nothing_with_what_it_checks() -> None:
    import gateway.fsck  # noqa: PLC0415

    for module in Path(gateway.fsck.__file__).parent.glob("*.py"):
        text = module.read_text()
        for foreign in ("formats", "gateway.transmissions", "gateway.archive", "gateway.events"):
            assert f"import {foreign}" not in text
            assert f"from {foreign}" not in text


@pytest.mark.parametrize("table", DAMAGES)
def test_no_row_of_a_guarded_table_is_changed_unnoticed(
    model: House, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    """Each change is made in the checker's own transaction and taken back."""
    for damage in DAMAGES[table]:
        with monkeypatch.context() as patch:
            patch.setattr("gateway.fsck.service.snapshot", partial(damaged, damage))
            assert model.broken(), damage


def test_somebody_decided_about_every_table(model: House) -> None:
    tables = model.sql(
        "select relname from pg_class where relnamespace = 'public'::regnamespace"
        " and relkind in ('r', 'p') and relname not like 'procrastinate%%'"
        " and relname <> 'alembic_version'"
    )
    decided = [*DAMAGES, *ELSEWHERE, *UNGUARDED]
    assert len(decided) == len(set(decided))
    assert {name for (name,) in tables} == set(decided)
    for table, where in ELSEWHERE.items():
        path, _, name = where.partition("#")
        assert (name or table) in (ROOT / path).read_text("utf-8"), where
    page = (ROOT / "docs" / "fsck.md").read_text("utf-8")
    assert [table for table in UNGUARDED if f"`{table}`" not in page] == []
