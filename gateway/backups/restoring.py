"""Restoring a backup into an empty place, with a server of its own.

Nothing of the installation that it came from is asked or written: the copy of its cluster gets
settings that listen to nobody, archive nothing, and follow no other server.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gateway.archive import destroyed_list
from gateway.backups import programs
from gateway.backups.copying import Copied, copy_archive
from gateway.backups.errors import BackupError
from gateway.backups.making import ARCHIVE, LOG
from gateway.backups.manifest import DATABASE, DUMP, Manifest
from gateway.kit.bootstrap import make_empty, prepare_embedded
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.postgres_programs import MAJOR, make_home, server_account

CLUSTER = "postgres"
_HEAD = "checkpoint"
_ALONE = """\
# Written when a backup was restored, instead of what the former server had.
listen_addresses = ''
ssl = off
archive_mode = off
shared_preload_libraries = ''
hot_standby = on
primary_conninfo = ''
synchronous_standby_names = ''
log_destination = 'stderr'
logging_collector = off
"""
_TRUSTED = "local all all trust\n"


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was restored.

    Attributes:
        data: The data directory: `archive` and `log`.
        serving_url: Of the database, with the serving login.
        admin_url: With a login that sees everything.
    """

    data: Path
    serving_url: str
    admin_url: str


@contextmanager
def restored_database(backup: Path, manifest: Manifest, place: Path) -> Iterator[Restored]:
    """Restore the database, and serve it until the end.

    Args:
        backup: The backup; nothing in it is written.
        manifest: Its manifest.
        place: An empty directory that the server's account can enter.

    Raises:
        BackupError: It cannot be restored here.
        EmbeddedPostgresError: The server does not start.
        BootstrapError: The tables cannot be brought up to date.
    """
    if manifest.how == "base":
        cluster = copy_cluster(backup / DATABASE, manifest, place)
        (cluster / "postgresql.auto.conf").write_text(_ALONE)
        (cluster / "pg_hba.conf").write_text(_TRUSTED)
    with EmbeddedPostgres(place) as server:
        name = manifest.database
        if manifest.how == "dump":
            load(backup / DUMP, server, name)
        serving, admin = prepare_embedded(server, name)
        yield Restored(place / "data", serving, admin)


def restore_log(backup: Path, data: Path) -> None:
    """Restore the log's published head, last: it tells that what lies beside it is there, too.

    A longer list of what was destroyed that survived stays; it only ever grows.
    """
    source, target = backup / LOG, data / LOG
    target.mkdir(parents=True, exist_ok=True)
    found = [one for one in source.iterdir() if one.is_file()] if source.is_dir() else []
    for path in sorted(found, key=lambda one: one.name == _HEAD):
        part, there = target / f"{path.name}.part", target / path.name
        if path.name == destroyed_list.NAME and _size(there) > _size(path):
            continue
        shutil.copy2(path, part)
        part.replace(there)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def restore_archive(
    backup: Path, manifest: Manifest, data: Path, told: Callable[[int], None], *, copy: bool = True
) -> Copied:
    """Restore the archive's files; return what it has.

    Args:
        backup: The backup.
        manifest: Its manifest.
        data: The data directory.
        told: Called with how many files are there, now and then.
        copy: Copy the archive; otherwise it is read where it is.
    """
    if manifest.files is None:
        return Copied()
    if not copy:
        (data / ARCHIVE).symlink_to((backup / ARCHIVE).resolve())
        return Copied(manifest.files, manifest.bytes)
    return copy_archive(backup / ARCHIVE, data / ARCHIVE, told=told)


def copy_cluster(source: Path, manifest: Manifest, place: Path) -> Path:
    """Copy a cluster, make it the server account's, and return where it is.

    It is there under its name once it is whole.

    Raises:
        BackupError: The programs here do not read it, or not all of it is in the backup.
    """
    if manifest.server != MAJOR:
        raise BackupError(
            f"the cluster is of PostgreSQL {manifest.server}, the programs here are of {MAJOR}:"
            " restore it with its own, or make backups with --how dump"
        )
    if any((source / "pg_tblspc").iterdir()):
        raise BackupError("the cluster has tablespaces; make backups with --how dump")
    account = server_account()
    make_home(place, account)
    cluster, copied = place / CLUSTER, place / f"{CLUSTER}.restoring"
    shutil.rmtree(copied, ignore_errors=True)
    shutil.copytree(source, copied, copy_function=shutil.copyfile)
    for name in ("standby.signal", "recovery.signal", "postmaster.pid"):
        (copied / name).unlink(missing_ok=True)
    copied.chmod(0o700)
    if account is not None:
        for folder, _, files in os.walk(copied):
            os.chown(folder, account.uid, account.gid)
            for name in files:
                os.chown(Path(folder) / name, account.uid, account.gid)
    copied.rename(cluster)
    return cluster


def load(dump: Path, server: EmbeddedPostgres, database: str) -> None:
    """Load a dump into an empty database, whose owners and readers are there already."""
    make_empty(server, database)
    folder = programs.folder_of()
    arguments = ["--exit-on-error", "--jobs=2", str(dump)]
    programs.run(folder, "pg_restore", arguments, server.url(database))
