"""An old backup is restored: nothing is issued until an operator says so, and no number twice."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from structlog.testing import capture_logs
from typer.testing import CliRunner

from gateway.archive.evidence import EvidenceItem
from gateway.archive.service import LogRewoundError, PublicationError
from gateway.archive.verify import verify
from gateway.cli.application import application
from gateway.fsck.service import check
from gateway.kit import clock
from gateway.kit.bootstrap import EMBEDDED_LOGIN
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id, public_id
from gateway.kit.secrets import MasterKey
from tests.databases import TEMPLATE
from tests.gateway.houses import House, Shop, invoice, over


@dataclass
class Site:
    """A gateway whose database can be backed up and restored."""

    postgres: EmbeddedPostgres
    name: str
    data: Path
    environment: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def running(self, **settings: object) -> Iterator[House]:
        with over(self.postgres, self.name, self.data, settings) as house:
            yield house

    def backup(self) -> str:
        copy = f"{self.name}_backup"
        self._run(f"create database {copy} template {self.name}")
        return copy

    def restore(self, copy: str) -> None:
        self._run(f"drop database {self.name} with (force)")
        self._run(f"create database {self.name} template {copy}")

    def destroy(self) -> None:
        for name in (self.name, f"{self.name}_backup"):
            self._run(f"drop database if exists {name} with (force)")

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.postgres.url(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def reconcile(self, *arguments: str) -> tuple[int, Any]:
        environment = {
            "DATABASE_URL": self.postgres.url(self.name, EMBEDDED_LOGIN),
            "GATEWAY_ADMIN_DATABASE_URL": self.postgres.url(self.name),
            "GATEWAY_DATA": str(self.data),
            **self.environment,
        }
        command = ["log", "reconcile", "--json", *arguments]
        with capture_logs():  # they go to stderr where the program is run as one
            done = CliRunner().invoke(application, command, env=environment)
        return done.exit_code, json.loads(done.stdout) if done.stdout else done.stderr


@pytest.fixture
def site(postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[Site]:
    found = Site(postgres, f"site_{uuid4().hex[:12]}", tmp_path / "data")
    found._run(f"create database {found.name} template {TEMPLATE}")
    yield found
    found.destroy()


def again(shop: Shop, house: House) -> Shop:
    """The same shop after the gateway was started anew."""
    account = replace(shop.account, client=house.client, runtime=house.runtime)
    return replace(shop, house=house, account=account)


def issued(shop: Shop, count: int, **changes: object) -> list[str]:
    return [str(shop.issued(invoice(**changes))["number"]) for _ in range(count)]


def test_no_number_is_used_twice_after_an_old_backup(site: Site) -> None:
    with site.running() as house:
        shop = Shop.opened(house)
        shop.call("POST", "/v1/series", {"code": "ALONE", "pattern": "{code}-{seq}"})
        before = issued(shop, 3)
    copy = site.backup()
    with site.running() as house:
        shop = again(shop, house)
        shop.call("POST", "/v1/series", {"code": "NEW", "pattern": "{code}-{seq}"})
        lost = issued(shop, 4) + issued(shop, 1, series="ALONE") + issued(shop, 2, series="NEW")
    site.restore(copy)

    with pytest.raises(LogRewoundError), site.running():
        pass
    code, told = site.reconcile()
    assert code == 1
    assert told["missing"] >= 5 * 7, "at least five files for each document"
    assert told["known_to"] == "the published checkpoint"
    assert site.reconcile("--proceed")[0] == 2, "not without a reason"
    with pytest.raises(LogRewoundError), site.running():
        pass

    code, told = site.reconcile("--proceed", "--reason", "the disk is gone")
    assert code == 0, told
    (one,) = told["entities"]
    assert one["entity_id"] == shop.entity
    assert {series["code"] for series in one["series"]} >= {"INV", "ALONE", "CRN"}
    with site.running() as house:
        shop = again(shop, house)
        answer = shop.call("POST", "/v1/series", {"code": "NEW", "pattern": "{code}-{seq}"})
        assert answer.status_code == 201
        after = issued(shop, 2) + issued(shop, 1, series="ALONE") + issued(shop, 1, series="NEW")
        assert not set(after) & set(lost + before)
        assert len({*before, *lost, *after}) == len(before) + len(lost) + len(after)
        found = house.sql("select leaf from archive_entry where role = 'reconciliation'")
        assert len(found) == 1
        assert json.loads(bytes(found[0][0]))["document"] is None
        origin = shop.call("GET", "/v1/log/checkpoint").text.partition("\n")[0]
        assert origin.endswith("~2")
    report = check(site.postgres.url(site.name), site.data)
    assert report.problems == ()
    assert report.invariants["INV2"].examined["numbers left out"] >= 3
    assert report.invariants["INV6"].examined["reconciliations"] == 1
    assert site.reconcile()[0] == 0
    assert site.reconcile("--proceed", "--reason", "again")[0] != 0, "nothing is missing"


def test_a_backup_that_was_gone_on_with_before_is_gone_on_with_again(
    site: Site, tmp_path: Path
) -> None:
    """What was issued since the first time is lost, too: nothing of both is used again."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    settings: dict[str, object] = {"log_anchor_directory": elsewhere, "log_anchor_minutes": 0}
    site.environment["GATEWAY_LOG_ANCHOR_DIRECTORY"] = str(elsewhere)
    with site.running(**settings) as house:
        shop = Shop.opened(house)
        shop.call("POST", "/v1/series", {"code": "ALONE", "pattern": "{code}-{seq}"})
        issued(shop, 1, series="ALONE")
    copy = site.backup()
    lost: list[str] = []
    told: Any = None
    for _ in range(2):
        with site.running(**settings) as house:
            lost += issued(again(shop, house), 2, series="ALONE")
            house.runtime.heads.anchors.look(clock.now())
        site.restore(copy)
        with pytest.raises(LogRewoundError), site.running(**settings):
            pass
        code, told = site.reconcile()
        assert (code, told["known_to"]) == (1, "the published checkpoint")
        if not told["went_on_as"]:
            assert site.reconcile("--proceed", "--reason", "first", "--more", "30")[0] == 0
    assert told["went_on_as"].endswith("~2")
    lives = (site.data / "log" / name for name in ("checkpoint.given-up-1", "checkpoint"))
    sizes = [int(path.read_text().split("\n")[1]) for path in lives]
    assert told["missing"] == sum(one - told["size"] for one in sizes) + 30

    code, said = site.reconcile("--proceed", "--reason", "second")
    assert (code, "--given" in said) == (1, True), "nobody here knows how far the series went"
    most = max(int(number.partition("-")[2]) for number in lost)
    given = [one for each in told["series"] for one in ("--given", f"{each['series_id']}={most}")]
    code, told = site.reconcile("--proceed", "--reason", "second", *given)
    assert code == 0, told
    with site.running(**settings) as house:
        shop = again(shop, house)
        assert issued(shop, 1, series="ALONE") == [f"ALONE-{most + 1}"]
        house.runtime.heads.anchors.look(clock.now())
        assert shop.call("GET", "/v1/log/checkpoint").text.partition("\n")[0].endswith("~3")
    report = check(site.postgres.url(site.name), site.data, anchors=elsewhere)
    assert report.problems == ()


def test_a_series_goes_on_after_the_last_number_that_is_known_elsewhere(site: Site) -> None:
    with site.running() as house:
        shop = Shop.opened(house)
        shop.call("POST", "/v1/series", {"code": "ALONE", "pattern": "{code}-{seq}"})
        issued(shop, 2, series="ALONE")
    copy = site.backup()
    with site.running() as house:
        shop = again(shop, house)
        lost = issued(shop, 3, series="ALONE")
    assert lost[-1] == "ALONE-5"
    site.restore(copy)
    _, told = site.reconcile()
    series = {one["code"]: one for one in told["series"]}
    alone = series["ALONE"]["series_id"]
    assert series["ALONE"]["last"] == 2

    continued = ("--proceed", "--reason", "x", "--given")
    unknown = "ser_" + alone.removeprefix("ser_")[::-1]
    for wrong in (f"{alone}=1", f"{alone}=", f"{alone}=-1", "ALONE=5", f"{unknown}=5"):
        assert site.reconcile(*continued, wrong)[0] == 1, wrong
    with pytest.raises(LogRewoundError), site.running():
        pass
    code, told = site.reconcile(*continued, f"{alone}=5")
    assert code == 0, told
    skipped = {one["code"]: one for one in told["entities"][0]["series"]}
    assert (skipped["ALONE"]["first"], skipped["ALONE"]["last"]) == ("ALONE-3", "ALONE-5")
    with site.running() as house:
        assert issued(again(shop, house), 1, series="ALONE") == ["ALONE-6"]
        (leaf,) = house.sql("select sha256 from archive_entry where role = 'reconciliation'")
        found = (site.data / "archive").rglob(bytes(leaf[0]).hex())
        noted = json.loads(next(found).read_bytes())
    stated = {one["code"]: one["stated"] for one in noted["series"]}
    assert (stated["ALONE"], stated["INV"]) == (True, False)
    assert check(site.postgres.url(site.name), site.data).problems == ()


def test_a_series_of_which_nothing_was_given_elsewhere_leaves_nothing_out(site: Site) -> None:
    with site.running() as house:
        shop = Shop.opened(house)
        shop.call("POST", "/v1/series", {"code": "ALONE", "pattern": "{code}-{seq}"})
        issued(shop, 2, series="ALONE")
    copy = site.backup()
    with site.running() as house:
        issued(again(shop, house), 1)
    site.restore(copy)
    alone = {one["code"]: one["series_id"] for one in site.reconcile()[1]["series"]}["ALONE"]
    code, told = site.reconcile("--proceed", "--reason", "x", "--given", f"{alone}=2")
    assert code == 0, told
    assert "ALONE" not in {one["code"] for one in told["entities"][0]["series"]}
    with site.running() as house:
        assert issued(again(shop, house), 1, series="ALONE") == ["ALONE-3"]
    assert check(site.postgres.url(site.name), site.data).problems == ()


def test_the_evidence_of_it_is_encrypted_where_all_is(site: Site) -> None:
    with site.running(archive_encrypted=True) as house:
        shop = Shop.opened(house)
        issued(shop, 1)
    copy = site.backup()
    with site.running(archive_encrypted=True) as house:
        issued(again(shop, house), 1)
    site.restore(copy)
    site.environment["GATEWAY_ARCHIVE_ENCRYPTED"] = "true"
    assert site.reconcile("--proceed", "--reason", "x")[0] == 0
    with site.running(archive_encrypted=True) as house:
        issued(again(shop, house), 1)
        (leaf,) = house.sql("select sha256 from archive_entry where role = 'reconciliation'")
        (blob,) = (site.data / "archive").rglob(bytes(leaf[0]).hex())
        assert blob.read_bytes().startswith(b"gwe1")
        master_key = MasterKey.present(house.runtime.settings)
    report = check(site.postgres.url(site.name), site.data, master_key=master_key)
    assert report.problems == ()


def test_what_a_lost_key_sealed_can_be_archived_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first evidence of an entity, and so its key, came after the backup."""
    with site.running(archive_encrypted=True) as house:
        shop = Shop.opened(house)
    copy = site.backup()
    owner = parse_id(shop.entity, "ent")
    item = EvidenceItem("receipt", "receipt.txt", "text/plain", b"the same bytes again")
    with site.running(archive_encrypted=True) as house:
        issued(again(shop, house), 1)
        (put,) = house.runtime.archive.store(owner, [item])
    entities = site.data / "archive" / "entities" / str(owner)
    lost = {path.name for path in entities.rglob("*") if path.is_file()}
    site.restore(copy)
    site.environment["GATEWAY_ARCHIVE_ENCRYPTED"] = "true"
    assert site.reconcile()[0] == 1
    assert {path.name for path in entities.rglob("*") if path.is_file()} == lost, "only told"

    with monkeypatch.context() as patch:  # killed before anything is set aside
        patch.setattr("gateway.cli.reconciling._finish", lambda *_: 0)
        assert site.reconcile("--proceed", "--reason", "x")[0] == 0
    assert site.reconcile()[0] == 0
    aside = site.data / "archive" / "set-aside" / str(owner)
    assert {path.name.partition(".")[0] for path in aside.iterdir()} == lost
    assert all(path.read_bytes().startswith(b"gwe1") for path in aside.iterdir())
    with site.running(archive_encrypted=True) as house:
        assert house.runtime.archive.store(owner, [item])[0].sha256 == put.sha256
        issued(again(shop, house), 1)
        master_key = MasterKey.present(house.runtime.settings)
    report = check(site.postgres.url(site.name), site.data, master_key=master_key)
    assert report.problems == ()


def test_who_holds_a_head_elsewhere_knows_what_is_missing(site: Site, tmp_path: Path) -> None:
    """The data directory is as old as the database: only the anchor tells."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    settings: dict[str, object] = {"log_anchor_directory": elsewhere, "log_anchor_minutes": 0}
    site.environment["GATEWAY_LOG_ANCHOR_DIRECTORY"] = str(elsewhere)
    with site.running(**settings) as house:
        shop = Shop.opened(house)
        issued(shop, 1)
    copy = site.backup()
    shutil.copytree(site.data, tmp_path / "data_backup")
    with site.running(**settings) as house:
        lost = issued(again(shop, house), 3)
        house.runtime.heads.anchors.look(clock.now())
    site.restore(copy)
    shutil.rmtree(site.data)
    shutil.copytree(tmp_path / "data_backup", site.data)

    code, told = site.reconcile()
    assert code == 1
    assert told["known_to"] == "file directory"
    assert told["missing"] >= 5 * 3
    assert site.reconcile("--proceed", "--reason", "both disks are gone")[0] == 0
    with site.running(**settings) as house:
        assert not set(issued(again(shop, house), 2)) & set(lost)
        house.runtime.heads.anchors.look(clock.now())
        done = house.sql("select outcome from log_anchor order by id desc limit 1")
        assert done == [("done",)]
        (first,) = house.sql("select id from document where state <> 'draft' order by id limit 1")
        path = f"/v1/documents/{public_id('inv', first[0])}/bundle"
        key = again(shop, house).call("GET", "/v1/log/key").text.strip()
        bundle = verify(again(shop, house).call("GET", path).content, trusted_key=key)
        assert (bundle.problems, bundle.authentic) == ((), True), "without heads of the old name"
    with site.running(**settings):
        pass
    report = check(site.postgres.url(site.name), site.data, anchors=elsewhere)
    assert report.problems == ()


def test_what_is_left_out_is_noticed_where_nobody_noted_it(site: Site) -> None:
    with site.running() as house:
        shop = Shop.opened(house)
        issued(shop, 2)
    copy = site.backup()
    with site.running() as house:
        issued(again(shop, house), 1)
    site.restore(copy)
    assert site.reconcile("--proceed", "--reason", "x")[0] == 0
    with psycopg.connect(site.postgres.url(site.name)) as connection:
        connection.execute("delete from series_skip")
    problems = check(site.postgres.url(site.name), site.data).invariants["INV2"].problems
    assert any("the next number is" in problem.what for problem in problems)


def test_a_reconciliation_that_was_killed_is_finished_by_the_next(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with site.running() as house:
        shop = Shop.opened(house)
        issued(shop, 1)
    copy = site.backup()
    with site.running() as house:
        issued(again(shop, house), 1)
    site.restore(copy)
    with monkeypatch.context() as patch:
        patch.setattr("gateway.archive.publication.Publication.give_up", lambda _: None)
        assert site.reconcile("--proceed", "--reason", "x")[0] == 0
    with pytest.raises(PublicationError), site.running():
        pass
    code, told = site.reconcile()
    assert (code, told["missing"]) == (0, 0)
    with site.running() as house:
        issued(again(shop, house), 1)
    assert check(site.postgres.url(site.name), site.data).problems == ()
