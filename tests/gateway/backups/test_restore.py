"""Backups put into the place of a lost installation: whole ones, into empty places only."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from gateway.backups.errors import BackupError
from gateway.backups.installing import Installed, Order, install
from gateway.backups.manifest import NAME, Manifest, digest_of
from gateway.backups.restoring import restore_log
from gateway.backups.target import Target
from gateway.kit.bootstrap import EMBEDDED_LOGIN, UNFINISHED, BootstrapError, Storage
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import public_id
from gateway.kit.secrets import MasterKey
from gateway.settings import Settings
from tests.gateway.backups.conftest import Works, silent, spoiled


@pytest.fixture
def target(works: Works) -> Target:
    """A place for an installation, over an embedded server of its own."""
    data = Path(tempfile.mkdtemp(dir=works.folder))
    data.chmod(0o711)
    return Target(data, data)


@pytest.fixture
def own(postgres: EmbeddedPostgres, target: Target) -> Iterator[Target]:
    """The same over an empty database of the operator's."""
    with psycopg.connect(postgres.url(), autocommit=True) as server:
        server.execute("create database restored_here")
        admin = postgres.url("restored_here")
        yield replace(target, own=Storage(postgres.url("restored_here", EMBEDDED_LOGIN), admin))
        server.execute("drop database restored_here with (force)")


def put(works: Works, target: Target, **changes: object) -> Installed:
    order = Order(**({"backup": works.backup} | changes))  # type: ignore[arg-type] # names are checked
    return install(order, target, works.house.runtime.master_key, silent)


def written(folder: Path) -> list[str]:
    return sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*"))


def test_a_dump_is_loaded_into_an_empty_database(works: Works, own: Target) -> None:
    head = works.data / "log" / "checkpoint"
    works.shop.issued()
    done = put(works, own, given=[head])
    assert (done.findings, done.notes, done.files) == ([], [], works.manifest.files)
    assert done.leaves >= works.manifest.leaves
    assert done.documents == done.leaves // 5
    known = int(head.read_text().split("\n")[1])
    assert done.behind == known - done.leaves > 0
    assert done.refusal is not None
    ahead = (own.data / "log" / "ahead").read_text()
    assert ahead.startswith(f"{known}\n")  # so each start refuses
    assert not (own.data / UNFINISHED).exists()
    with pytest.raises(BackupError, match="archive is not empty"):
        put(works, own)
    with pytest.raises(BackupError, match="the database has tables"):
        put(works, replace(own, data=own.data / "other"))


def test_a_dump_makes_a_cluster_that_counts_on(works: Works, target: Target) -> None:
    done = put(works, target)
    assert (done.findings, done.refusal, done.behind) == ([], None, 0)
    settings = Settings(data=target.data, database_url=None)
    with (
        closing(Storage.open(settings)) as storage,
        psycopg.connect(str(storage.admin_url)) as connection,
    ):
        rows = connection.execute(
            "select max(xid) < pg_snapshot_xmin(pg_current_snapshot()), count(*) from event"
        ).fetchall()
    [(shown, events)] = rows
    assert shown
    assert events > works.before


def test_a_damaged_backup_is_restored_only_where_that_is_asked_for(
    works: Works, own: Target
) -> None:
    backup = spoiled(works, "short")
    next(iter(sorted((backup / "archive").rglob("[0-9a-f]" * 64)))).unlink()
    with pytest.raises(BackupError, match="--damaged"):
        put(works, own, backup=backup)
    assert written(own.data) == []
    done = put(works, own, backup=backup, damaged=True)
    assert len(done.findings) == 1
    assert done.files == Manifest.read(backup).files - 1  # type: ignore[operator] # it has some


@pytest.mark.parametrize("what", ["manifest", "dump", "head"])
def test_what_is_no_whole_backup_is_not_restored(works: Works, target: Target, what: str) -> None:
    backup = spoiled(works, f"restore-{what}")
    path = backup / {"manifest": NAME, "dump": "database.dump", "head": "log/checkpoint"}[what]
    path.write_bytes(path.read_bytes()[:-2])
    with pytest.raises(BackupError):
        put(works, target, backup=backup)
    assert written(target.data) == []


@pytest.mark.parametrize(
    ("there", "content"),
    [
        ("archive/entities/x", ""),
        ("postgres/PG_VERSION", "18"),
        (UNFINISHED, json.dumps({"backup": "another", "manifest": "00", "loaded": False})),
        (UNFINISHED, "{"),
        ("log/key", "another+00000000+AAAA"),
    ],
)
def test_what_is_not_empty_is_left_as_it_is(
    works: Works, target: Target, there: str, content: str
) -> None:
    path = target.data / there
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    before = written(target.data)
    with pytest.raises(BackupError):
        put(works, target)
    assert written(target.data) == before
    assert path.read_text() == content


def test_a_backup_is_restored_with_its_key_and_in_its_kind_of_place(
    works: Works, target: Target
) -> None:
    with pytest.raises(BackupError, match="master key"):
        install(Order(works.backup), target, MasterKey(b"k" * 32), silent)
    with pytest.raises(BackupError, match="GATEWAY_ARCHIVE_BUCKET"):
        put(works, replace(target, bucket="evidence"))
    cluster = spoiled(works, "cluster")
    (cluster / NAME).unlink()
    replace(works.manifest, how="base", superuser="dba", digests={}).write(cluster)
    with pytest.raises(BackupError, match="server's of your own"):
        put(works, target, backup=cluster)
    assert written(target.data) == []


def test_what_was_stopped_goes_on(works: Works, own: Target) -> None:
    """The archive is there half, one file of it empty, as after a loss of power."""
    own.begin(works.backup)
    with pytest.raises(BootstrapError):
        Storage.open(Settings(data=own.data, database_url=None))
    shutil.copytree(works.backup / "archive", own.data / "archive")
    files = sorted((own.data / "archive").rglob("[0-9a-f]" * 64))
    files[0].write_bytes(b"")
    files[1].unlink()
    done = put(works, own)
    assert (done.findings, done.refusal) == ([], None)
    for path in files[:2]:
        there = works.backup / path.relative_to(own.data)
        assert digest_of(path) == digest_of(there)


def test_a_newer_head_that_survived_stays(works: Works, own: Target) -> None:
    """So does the list of what was destroyed since, which the backup brings back."""
    works.shop.issued()
    shutil.copytree(works.data / "log", own.data / "log")
    [id_] = works.house.sql("select id from document where issued_at is not null limit 1")[0]
    line = f"{works.shop.entity} {public_id('inv', id_)} 2026-11-20T00:00:00Z arc_x\n"
    (own.data / "log" / "destroyed").write_text(line)
    survived = (own.data / "log" / "checkpoint").read_text()
    done = put(works, own)
    assert (own.data / "log" / "checkpoint").read_text() == survived
    assert done.behind > 0
    assert done.refusal is not None
    assert [note[:2] for note in done.notes] == ["1 "]


def test_a_head_is_restored_after_all_that_lies_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next attempt takes a head that is there for a log that was restored."""
    backup, data = tmp_path / "backup", tmp_path / "data"
    (backup / "log").mkdir(parents=True)
    names = ["ahead", "checkpoint", "destroyed", "key"]
    for name in names:
        (backup / "log" / name).write_text(name)
    copy, done = shutil.copy2, list[str]()

    def killed(source: Path, target: Path) -> None:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(source.name)
        copy(source, target)

    with monkeypatch.context() as patch:
        patch.setattr("gateway.backups.restoring.shutil.copy2", killed)
        with pytest.raises(KeyboardInterrupt):
            restore_log(backup, data)
    assert len(written(data / "log")) == 2
    assert not (data / "log" / "checkpoint").exists()
    (data / "log" / "destroyed").write_text("destroyed, and another one")
    restore_log(backup, data)
    assert written(data / "log") == names
    assert (data / "log" / "destroyed").read_text().endswith("another one")
