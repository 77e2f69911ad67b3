"""An older database is restored, there or here: no two installations issue for an entity."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from gateway.archive.continuity import LogRewoundError
from gateway.archive.notes import Verifier
from gateway.cli import exits
from gateway.exits.arriving import Import
from gateway.exits.file import Arrived, ExitRefusedError
from gateway.fsck.service import check
from gateway.kit import clock
from gateway.kit.bootstrap import EMBEDDED_LOGIN
from gateway.kit.ids import parse_id, public_id
from tests.gateway.conftest import Account
from tests.gateway.exits.conftest import Leaver
from tests.gateway.houses import House, Shop, invoice, kind
from tests.gateway.reconciling.test_restored import Site, again, issued, site

__all__ = ["site"]


def moved(house: House, shop: Shop, to: Verifier) -> tuple[bytes, str]:
    """Return the exit of an entity that moves, and the statement."""
    leaver = Leaver(again(shop, house))
    job = leaver.ask(leaving=True)
    answer = leaver.shop.call("POST", f"/v1/exits/{job['id']}/move", {"to": str(to)})
    assert answer.status_code == 200, answer.text
    return leaver.fetch(job), answer.json()["statement"]


def gone_on_with(site: Site, copy: str, *more: str) -> None:
    """Restore a database that knows nothing of the move; the log's head knows of it."""
    site.restore(copy)
    with pytest.raises(LogRewoundError), site.running():
        pass
    code, told = site.reconcile("--proceed", "--reason", "lost", *more)
    assert code == 0, told


def test_who_has_moved_does_not_come_back_with_an_older_database(site: Site) -> None:
    with site.running() as house:
        shop = Shop.opened(house)
        shop.take_back(shop.issued()["id"], but="")
    copy = site.backup()
    with site.running() as house:
        _, statement = moved(house, shop, Verifier("b.example/log", bytes(32)))
    gone_on_with(site, copy)
    for _ in range(2):
        with site.running() as house:
            refused = again(shop, house).issue(invoice())
            assert (kind(refused), refused.json()["state"]) == ("moved", "moved")
            assert house.sql("select statement from entity_move") == [(statement,)]
            told = "select count(*) from archive_entry where role = 'move'"
            assert house.sql(told) == [(1,)], "the log is told again"
    assert check(site.postgres.url(site.name), site.data).problems == ()
    (kept,) = (site.data / "log" / "moved").iterdir()
    kept.chmod(0o600)
    kept.write_text(kept.read_text().replace(shop.entity, f"{shop.entity[:-1]}0"))
    gone_on_with(site, copy, "--more", "100")
    with site.running() as house:
        issued(again(shop, house), 1)  # it says nothing of this entity any more


@pytest.fixture
def arrived(site: Site, house: House, tmp_path: Path) -> tuple[Path, str, Shop, str]:
    """What a seller brings who issued one invoice elsewhere; and who is at the site already."""
    with site.running() as here:
        to = here.runtime.archive.verifier
        other = Shop.opened(here).entity
    shop = Shop.opened(house)
    shop.take_back(shop.issued()["id"], but="")
    content, statement = moved(house, shop, to)
    file = tmp_path / "exit.zip"
    file.write_bytes(content)
    return file, statement, shop, other


def arriving(house: House, old: Shop, file: Path, account: Account) -> Import:
    """Return the import of a file."""
    runtime = house.runtime
    return Import(
        runtime.database,
        runtime.archive,
        Arrived.open(file, str(old.house.runtime.archive.verifier)),
        account.id,
        clock.now,
        runtime.vault.encryption,
        moved=runtime.exits.moved,
    )


def take_in(
    house: House, old: Shop, file: Path, statement: str, account: Account | None = None
) -> Shop:
    """Take an entity in, as `gateway exit import` does."""
    account = account or house.account()
    arrival = arriving(house, old, file, account)
    arrival.run(lambda *_: None)
    arrival.activate(statement)
    return Shop(house, account, old.entity, account.key)


@pytest.mark.parametrize(
    "what",
    ["the same files", "a later exit", "a clock that is behind", "more than any head tells of"],
)
def test_who_is_taken_in_again_after_a_loss_uses_no_number_twice(
    site: Site, arrived: tuple[Path, str, Shop, str], what: str
) -> None:
    file, statement, shop, other = arrived
    copy = site.backup()
    with site.running() as house:
        first = issued(take_in(house, shop, file, statement), 2)
    assert first == ["INV-000002", "INV-000003"]
    site.restore(copy)
    more = ["--more", "40"] if what == "more than any head tells of" else []
    code, told = site.reconcile("--proceed", "--reason", "lost", *more)
    assert (code, [one["entity_id"] for one in told["entities"]]) == (0, [other])
    with site.running() as house:
        if what == "a later exit":
            leaver, to = Leaver(shop), {"to": str(house.runtime.archive.verifier)}
            job = leaver.ask()
            file.write_bytes(leaver.fetch(job))
            answer = shop.call("POST", f"/v1/exits/{job['id']}/move", to).json()
            assert answer["statement"] != statement
            statement = answer["statement"]
        if what == "a clock that is behind":
            house.sql("update log_reconciliation set at = at - interval '2 hours' returning size")
        second = issued(take_in(house, shop, file, statement), 1)
        assert not set(first) & set(second)
        ((lost,),) = house.sql("select abandoned_size - size from log_reconciliation")
        assert int(second[0].removeprefix("INV-")) - 2 == lost + (40 if more else 0)
    assert check(site.postgres.url(site.name), site.data).problems == ()


def test_who_moved_on_is_not_taken_in_again_with_the_files_it_came_with(
    site: Site, arrived: tuple[Path, str, Shop, str]
) -> None:
    file, statement, old, _ = arrived
    copy = site.backup()
    with site.running() as house:
        shop = take_in(house, old, file, statement)
        shop.take_back(shop.issued()["id"], but="")
        leaver = Leaver(shop)
        job = leaver.ask(leaving=True)
        with pytest.raises(ExitRefusedError, match="is leaving by now"):
            take_in(house, old, file, statement, shop.account)
        assert kind(shop.issue(invoice())) == "moved"
        shop.call("POST", f"/v1/exits/{job['id']}/stay")
        moved(house, shop, Verifier("c.example/log", bytes(32)))
    site.restore(copy)
    assert site.reconcile("--proceed", "--reason", "lost")[0] == 0
    with site.running() as house:
        with pytest.raises(ExitRefusedError, match="has moved on"):
            take_in(house, old, file, statement)
        assert house.sql("select 1 from entity where id = %s", parse_id(old.entity, "ent")) == []


def test_a_log_of_which_others_know_more_takes_nobody_in(
    site: Site,
    arrived: tuple[Path, str, Shop, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The data directory is as old as the database: only the anchor tells, before it grows."""
    file, _, old, _ = arrived
    elsewhere, data = tmp_path / "elsewhere", tmp_path / "data_backup"
    elsewhere.mkdir()
    settings: dict[str, object] = {"log_anchor_directory": elsewhere, "log_anchor_minutes": 0}
    with site.running(**settings) as house:
        account = public_id("acc", house.account().id)
    copy = site.backup()
    shutil.copytree(site.data, data)
    with site.running(**settings) as house:
        issued(Shop.opened(house), 1)
        house.runtime.heads.anchors.look(clock.now())
    site.restore(copy)
    shutil.rmtree(site.data)
    data.rename(site.data)
    monkeypatch.setenv("DATABASE_URL", site.postgres.url(site.name, EMBEDDED_LOGIN))
    monkeypatch.setenv("GATEWAY_DATA", str(site.data))
    monkeypatch.setenv("GATEWAY_LOG_ANCHOR_DIRECTORY", str(elsewhere))
    key = str(old.house.runtime.archive.verifier)
    with pytest.raises(SystemExit):
        exits.take_in(file, account, key, None)
    with psycopg.connect(site.postgres.url(site.name)) as connection:
        entity = parse_id(old.entity, "ent")
        found = connection.execute("select 1 from entity where id = %s", [entity]).fetchall()
    assert found == []


def test_who_was_arriving_when_the_backup_was_made_still_arrives(
    site: Site, arrived: tuple[Path, str, Shop, str]
) -> None:
    """It was lost that he is here, and what he issued: the same two files make both good."""
    file, statement, old, _ = arrived
    with site.running() as house:
        arrival = arriving(house, old, file, house.account())
        arrival.run(lambda *_: None)
    copy = site.backup()
    with site.running() as house:
        account = replace(house.account(), id=arrival.account_id)
        account = replace(account, key=account.new_key())
        first = issued(take_in(house, old, file, statement, account), 2)
    gone_on_with(site, copy)
    with site.running() as house:
        account = replace(house.account(), id=arrival.account_id)
        account = replace(account, key=account.new_key())
        second = issued(take_in(house, old, file, statement, account), 1)
        assert not set(first) & set(second)
    assert check(site.postgres.url(site.name), site.data).problems == ()


def test_a_statement_that_a_killed_process_did_not_keep_is_kept_by_who_asks_again(
    house: House,
) -> None:
    shop = Shop.opened(house)
    shop.take_back(shop.issued()["id"], but="")
    job = Leaver(shop).ask(leaving=True)
    kept = house.runtime.exits.moved / shop.entity
    path, to = f"/v1/exits/{job['id']}/move", {"to": str(Verifier("b.example/log", bytes(32)))}
    statement = shop.call("POST", path, to, Idempotency_Key="once").json()["statement"]
    kept.unlink()
    answer = shop.call("POST", path, to, Idempotency_Key="once")
    assert answer.headers["idempotency-replayed"] == "true"
    assert json.loads(kept.read_text())["statement"] == statement
