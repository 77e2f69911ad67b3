"""Making a backup while the gateway runs, in the order that loses nothing.

The log's published head first: the database that is read afterwards has at least as much. Then the
archive, the database, and the archive again: every row of the database finds its files, those too
that were destroyed meanwhile because their time was over.
"""

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg

from gateway import migrations
from gateway.archive import destroyed_list
from gateway.archive.stores.restoring import Ground, restore
from gateway.backups import programs
from gateway.backups.copying import Copied, copy_archive, count_archive
from gateway.backups.errors import BackupError
from gateway.backups.manifest import (
    CLUSTER_FILES,
    DATABASE,
    DUMP,
    How,
    Manifest,
    digest_of,
    moment,
)
from gateway.kit.bootstrap import Storage
from gateway.kit.database import conninfo, sqlalchemy_url
from gateway.kit.secrets import MasterKey
from gateway.settings import Settings
from gateway.version import VERSION

ARCHIVE, LOG = "archive", "log"
_PUBLISHED = ("checkpoint", "key", "ahead", destroyed_list.NAME)

Clock = Callable[[], datetime.datetime]


def back_up(  # noqa: PLR0913 - each is a choice of its own
    settings: Settings,
    storage: Storage,
    master_key: MasterKey,
    target: Path,
    *,
    how: How,
    clock: Clock,
    former: Path | None = None,
) -> Manifest:
    """Make a backup in an empty directory; the gateway may run and issue meanwhile.

    Args:
        settings: Where archive and log are.
        storage: The database, with a login that may read all of it.
        master_key: Only the names of its versions are noted: keep the key elsewhere.
        target: Made when it is not there.
        how: `base` copies the cluster, `dump` writes the database out.
        clock: Tells the moment.
        former: A backup before; files of the archive that it has are linked, not copied.

    Raises:
        BackupError: The directory is not empty, or a program of PostgreSQL failed.
        OSError: The disk refuses.
    """
    if storage.admin_url is None:
        raise BackupError("set GATEWAY_ADMIN_DATABASE_URL: a backup reads every tenant's rows")
    _make_room(target)
    began = clock()
    digests = _publication(settings.data / LOG, target / LOG)
    bucket = settings.archive_bucket
    _archive(settings, target, former)  # most of it, while nobody waits for anything
    with psycopg.connect(conninfo(sqlalchemy_url(storage.admin_url))) as connection:
        row = connection.execute("select coalesce(max(size), 0) from log_checkpoint").fetchone()
        server = connection.info.server_version // 10_000
        database, superuser = connection.info.dbname, connection.info.user
    _read(storage.admin_url, target, how)
    digests |= _database_digests(target)
    copied = _archive(settings, target, former)  # what came while the database was read
    if copied is not None:
        copied = count_archive(target / ARCHIVE)  # with what was destroyed meanwhile
    made = Manifest(
        how=how,
        software=f"einvoice-gateway {VERSION}",
        revision=migrations.head(),
        database=database,
        superuser=superuser,
        serving_login=str(sqlalchemy_url(storage.url).username),
        server=server,
        began_at=moment(began),
        ended_at=moment(clock()),
        leaves=0 if row is None else int(row[0]),
        files=None if copied is None else copied.files,
        bytes=0 if copied is None else copied.bytes,
        bucket=bucket,
        master_key=list(master_key.versions),
        digests=digests,
    )
    made.write(target)
    return made


def _make_room(target: Path) -> None:
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise BackupError(f"{target} is not empty; give each backup a directory of its own")


def _publication(source: Path, target: Path) -> dict[str, str]:
    """Copy the published head and the log's key; return their digests."""
    target.mkdir(mode=0o700)
    digests = {}
    for name in _PUBLISHED:
        if (source / name).exists():
            shutil.copyfile(source / name, target / name)
            digests[f"{LOG}/{name}"] = digest_of(target / name)
    return digests


def _database_digests(target: Path) -> dict[str, str]:
    """Return the digests of what says what a cluster's files are, and of its WAL; or of a dump."""
    names = [name for name in (DUMP, CLUSTER_FILES) if (target / name).exists()]
    wal = sorted((target / DATABASE / "pg_wal").glob("*"))
    names += [path.relative_to(target).as_posix() for path in wal if path.is_file()]
    return {name: digest_of(target / name) for name in names}


def _archive(settings: Settings, target: Path, former: Path | None) -> Copied | None:
    if settings.archive_bucket is not None:
        return None  # it has versions and locks of its own, and is never copied by us
    restore(Ground(settings.data / ARCHIVE))  # what a machine that stopped left in journals alone
    before = None if former is None else former / ARCHIVE
    return copy_archive(settings.data / ARCHIVE, target / ARCHIVE, before)


def _read(admin_url: str, target: Path, how: How) -> None:
    folder = programs.folder_of()
    if how == "dump":
        arguments = ["--format=custom", "--compress=1", "--file", str(target / DUMP)]
        programs.run(folder, "pg_dump", arguments, admin_url)
        return
    arguments = ["--pgdata", str(target / DATABASE), "--wal-method=stream", "--checkpoint=fast"]
    arguments.append("--manifest-checksums=SHA256")
    programs.run(folder, "pg_basebackup", arguments, admin_url)
