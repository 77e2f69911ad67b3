"""`gateway backup`, `drill` and `restore`, over the embedded server and its cluster's files."""

import json
import shutil
import signal
import time
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from gateway.backups import transactions
from gateway.backups.errors import BackupError
from gateway.backups.manifest import Manifest
from gateway.backups.verifying import verify_cluster
from gateway.cli.backups import Wanted, back_up, drill
from gateway.cli.restoring import restore
from gateway.fsck.service import check
from gateway.kit.bootstrap import UNFINISHED, BootstrapError
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.postgres_processes import postmaster
from gateway.runtime import Runtime
from gateway.settings import Settings
from tests import forks
from tests.gateway.houses import House, Shop
from tests.gateway.serving import served

_TRANSACTION = "select pg_current_xact_id()::text::bigint"


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    text = capsys.readouterr().out
    found: dict[str, object] = json.loads(text[text.index("{\n") :])
    return found


def test_an_installation_is_backed_up_while_it_runs_and_restored_aside(
    open_directory: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = open_directory / "installation"
    data, backup = home / "data", home / "backup"
    home.mkdir(mode=0o711)
    monkeypatch.setenv("GATEWAY_DATA", str(data))
    for name in ("DATABASE_URL", "GATEWAY_ADMIN_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    runtime = Runtime.open(Settings(requests_per_minute=0, mail_from="a@gateway.example"))
    try:
        running = postmaster(EmbeddedPostgres(data).cluster)
        with served(runtime) as client:
            assert runtime.storage.admin_url is not None
            house = House(runtime, client, runtime.storage.admin_url)
            shop = Shop.opened(house)
            shop.issued()
            capsys.readouterr()
            assert back_up(backup, None, None, as_json=True) == 0
            made = printed(capsys)
            assert (made["how"], made["leaves"], made["database"]) == ("base", 5, "gateway")
            shop.issued()
            assert drill(Wanted(backup, place=home / "place", strict=True), as_json=True) == 1
            told = printed(capsys)
            assert (told["ok"], told["documents"], told["behind"]) == (True, 1, 5)
            with pytest.raises(SystemExit) as ended:
                drill(Wanted(data), as_json=False)
            assert ended.value.code == 2
            assert postmaster(EmbeddedPostgres(data).cluster) == running
            shop.issued()
    finally:
        runtime.close()
    assert not (home / "place").exists()
    new = home / "new"
    shutil.copytree(data / "secrets", new / "secrets")
    new.chmod(0o711)
    monkeypatch.setenv("GATEWAY_DATA", str(new))
    changed_files_are_found(backup)
    killed_in_the_middle(backup, new)
    with pytest.raises(BootstrapError, match=r"gateway restore"):
        Runtime.open(Settings(mail_from="a@gateway.example"))
    capsys.readouterr()
    assert restore(backup, (), None, damaged=False, as_json=True) == 0
    told = printed(capsys)
    assert (told["documents"], told["leaves"], told["archive_files"]) == (1, 5, 5)
    transactions.raise_above(3_000_000, new)
    goes_on(new, shop)


def goes_on(data: Path, shop: Shop) -> None:
    """Check what was restored, and issue the next document."""
    runtime = Runtime.open(Settings(requests_per_minute=0, mail_from="a@gateway.example"))
    try:
        assert runtime.storage.admin_url is not None
        assert check(runtime.storage.admin_url, data).problems == ()
        with psycopg.connect(runtime.storage.admin_url) as connection:
            [(number,)] = connection.execute(_TRANSACTION).fetchall()
        assert number > 3_000_000
        with served(runtime) as client:
            house = House(runtime, client, runtime.storage.admin_url)
            again = replace(shop, house=house, account=replace(shop.account, client=client))
            assert again.issued()["number"].endswith("2")
    finally:
        runtime.close()


def changed_files_are_found(backup: Path) -> None:
    """Change one bit of what PostgreSQL wrote, and of its WAL, and mend it again."""
    for path in (
        next(backup.glob("database/base/5/1259")),
        next(backup.glob("database/pg_wal/0*")),
    ):
        content = bytearray(path.read_bytes())
        content[-1] ^= 1
        path.write_bytes(content)
        with pytest.raises(BackupError, match=path.name):
            verify_cluster(backup, Manifest.read(backup))
        content[-1] ^= 1
        path.write_bytes(content)


def killed_in_the_middle(backup: Path, data: Path) -> None:
    """Have a restore killed while it copies the cluster."""
    process = forks.start("gateway.cli", ["restore", backup])
    half = data / "postgres.restoring" / "base"
    while process.poll() is None and not half.exists():
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    assert process.wait(30) == -signal.SIGKILL
    assert (data / UNFINISHED).exists()
    assert half.exists()
    assert not (data / "postgres").exists()
