"""Where a backup is restored to: empty, but for what the operator brings and what survived.

A file says that a restore is under way, of which backup, and whether its database is loaded: no
gateway starts beside it, and the next restore of the same backup goes on.
"""

import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from gateway.backups.errors import BackupError
from gateway.backups.making import ARCHIVE, LOG
from gateway.backups.manifest import NAME, Manifest, digest_of
from gateway.backups.restoring import CLUSTER
from gateway.kit.bootstrap import EMBEDDED_DATABASE, UNFINISHED, Storage
from gateway.kit.database import conninfo, sqlalchemy_url
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.postgres_programs import make_home, server_account
from gateway.settings import Settings

_TABLES = """
select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = 'public' and c.relkind in ('r', 'p')
"""


@dataclass(frozen=True, slots=True)
class Target:
    """An installation to be.

    Attributes:
        data: Its data directory.
        home: Of the embedded server.
        own: A database of the operator's instead.
        bucket: Where its archive is, if not under the data directory.
    """

    data: Path
    home: Path
    own: Storage | None = None
    bucket: str | None = None

    @classmethod
    def of(cls, settings: Settings) -> "Target":
        """Return what the settings say.

        Raises:
            BackupError: They name a database, and no login that may fill it.
        """
        own = None
        if settings.database_url is not None:
            if settings.admin_database_url is None:
                raise BackupError("set GATEWAY_ADMIN_DATABASE_URL: a restore makes the tables")
            own = Storage(
                settings.database_url.get_secret_value(),
                settings.admin_database_url.get_secret_value(),
            )
        home = settings.postgres_home or settings.data
        return cls(settings.data, home, own, settings.archive_bucket)

    def refuse(self, backup: Path, manifest: Manifest) -> None:
        """Refuse what must not be restored here; nothing is written.

        Raises:
            BackupError: Something is there already, or the backup is for another kind of place.
        """
        self._refuse_kind(manifest)
        begun = self._begun()
        if begun is not None and begun != digest_of(backup / NAME):
            raise BackupError(
                f"{self.data / UNFINISHED}: another backup was restored here half. Go on with"
                " that one, or empty the directory"
            )
        if begun is None and _holds_something(self.data / ARCHIVE / "entities"):
            raise BackupError(f"{self.data / ARCHIVE} is not empty: restore to an empty place")
        if begun is None and self.own is None and _holds_something(self.home / CLUSTER):
            raise BackupError(f"{self.home / CLUSTER} is not empty: restore to an empty place")
        if self.own is not None and not self.loaded and _tables(self.own):
            raise BackupError("the database has tables: make an empty one, with createdb")
        _refuse_other_log(self.data / LOG, backup / LOG)

    def _refuse_kind(self, manifest: Manifest) -> None:
        if (manifest.bucket is None) != (self.bucket is None):
            raise BackupError(
                "the archive of this backup is"
                + (
                    f" in the bucket {manifest.bucket}: set GATEWAY_ARCHIVE_BUCKET"
                    if manifest.bucket is not None
                    else " not in a bucket: restore without GATEWAY_ARCHIVE_BUCKET"
                )
            )
        if manifest.how == "dump":
            return
        if self.own is not None:
            raise BackupError(
                "this backup holds a whole cluster: start a server of yours over a copy of its"
                " directory `database`, see docs/backup.md, or restore without DATABASE_URL"
            )
        if manifest.database != EMBEDDED_DATABASE or manifest.superuser != "postgres":
            raise BackupError(
                f"this cluster is a server's of your own (database {manifest.database!r}, login"
                f" {manifest.superuser!r}): start that over a copy of its directory `database`"
            )

    @property
    def loaded(self) -> bool:
        """Whether the database was loaded by an earlier attempt."""
        return bool(self._noted().get("loaded"))

    def begin(self, backup: Path) -> None:
        """Note that a restore is under way; take away what an earlier attempt left half."""
        self.data.mkdir(parents=True, exist_ok=True)
        if self._begun() is None:
            self._note(backup, loaded=False)
        if self.own is None and not self.loaded and self.home.exists():
            self._clear()

    def note_loaded(self, backup: Path) -> None:
        """Note that the database is whole, which is not to be loaded twice."""
        self._note(backup, loaded=True)

    def end(self) -> None:
        """Let gateways start."""
        os.sync()  # all that was restored, before what keeps gateways away is gone
        (self.data / UNFINISHED).unlink()
        os.sync()

    def _clear(self) -> None:
        make_home(self.home, server_account())
        EmbeddedPostgres(self.home).stop_abandoned()
        for name in (CLUSTER, f"{CLUSTER}.restoring", f"{CLUSTER}.new"):
            with suppress(FileNotFoundError):
                shutil.rmtree(self.home / name)

    def _begun(self) -> str | None:
        """Return the digest of the manifest of the backup that is being restored."""
        found = self._noted().get("manifest")
        return None if found is None else str(found)

    def _noted(self) -> dict[str, object]:
        try:
            found: dict[str, object] = json.loads((self.data / UNFINISHED).read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise BackupError(
                f"{self.data / UNFINISHED} cannot be read: empty the directory, and begin again"
            ) from error
        return found

    def _note(self, backup: Path, *, loaded: bool) -> None:
        said = {"backup": str(backup), "manifest": digest_of(backup / NAME), "loaded": loaded}
        part = self.data / f"{UNFINISHED}.part"
        with part.open("w", encoding="utf-8") as file:
            file.write(json.dumps(said) + "\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.data / UNFINISHED)


def _holds_something(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


def _tables(own: Storage) -> int:
    try:
        with psycopg.connect(conninfo(sqlalchemy_url(str(own.admin_url)))) as connection:
            row = connection.execute(_TABLES).fetchone()
    except psycopg.OperationalError as error:
        raise BackupError(f"cannot connect to PostgreSQL: {str(error).strip()}") from error
    return 0 if row is None else int(row[0])


def _refuse_other_log(here: Path, there: Path) -> None:
    """Refuse a published head that survived of another installation.

    The key alone tells: the log's name before it changes when a backup is reconciled.
    """
    if (here / "key").exists() and (there / "key").exists():
        keys = [
            (one / "key").read_text("utf-8").strip().split("+", 2)[-1] for one in (here, there)
        ]
        if keys[0] != keys[1]:
            raise BackupError(f"{here} is of another installation than the backup: move it away")
