"""A backup put into the place of an installation that is lost.

Archive, log and database in this order, beside a file that keeps gateways from starting. Who is
stopped runs it again. What the log's heads elsewhere say of the backup's age is noted where each
start looks: a gateway that restored too old a backup refuses to give numbers out again.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from gateway.archive import auditing
from gateway.archive.continuity import LogRewoundError, refuse_rewound
from gateway.archive.keys import LogKey
from gateway.archive.publication import Publication, PublicationError
from gateway.archive.verify.signed import Key, SignedError, read_key
from gateway.backups import heads, programs, transactions
from gateway.backups.errors import BackupError
from gateway.backups.heads import Known
from gateway.backups.making import LOG
from gateway.backups.manifest import DATABASE, DUMP, Manifest
from gateway.backups.restoring import copy_cluster, load, restore_archive, restore_log
from gateway.backups.steps import Steps, Tell
from gateway.backups.target import Target
from gateway.backups.verifying import archive_problem, verify_cluster
from gateway.fsck import returned
from gateway.fsck.service import snapshot
from gateway.kit import clock
from gateway.kit.bootstrap import (
    EMBEDDED_DATABASE,
    Storage,
    make_roles,
    migrate,
    prepare_embedded,
)
from gateway.kit.database import Database, conninfo, sqlalchemy_url
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.secrets import MasterKey

_COUNTS = """
select (select count(*) from document where issued_at is not null),
       (select coalesce(max(size), 0) from log_checkpoint)
"""


@dataclass(frozen=True, slots=True)
class Order:
    """What is restored, and against what it is held.

    Attributes:
        backup: Its directory; nothing in it is written.
        anchors: The directory that heads are left in.
        given: Files with further heads.
        log_key: The log's verifier key, from a source of the operator's; None: as in the backup.
        damaged: Restore what is there, though files of the archive are missing.
    """

    backup: Path
    anchors: Path | None = None
    given: Sequence[Path] = ()
    log_key: str | None = None
    damaged: bool = False


@dataclass(slots=True)
class Installed:
    """What came of it.

    Attributes:
        manifest: Of the backup.
        documents, leaves, files: Issued documents, leaves of the log, files of the archive.
        known: The heads that are known elsewhere.
        refusal: Why the gateway will not start; None: it will.
        findings: What is wrong, in words.
        notes: What is left to do, in words.
        seconds: Of each step, in order.
    """

    manifest: Manifest
    documents: int = 0
    leaves: int = 0
    files: int = 0
    known: list[Known] = field(default_factory=list)
    refusal: str | None = None
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def behind(self) -> int:
        """How many leaves others know that the backup has not."""
        sizes = [one.size for one in self.known if one.outcome == "beyond" and one.size]
        return max(sizes, default=self.leaves) - self.leaves


def install(order: Order, target: Target, master_key: MasterKey, tell: Tell) -> Installed:
    """Restore a backup.

    Args:
        order: What.
        target: Where.
        master_key: As the gateway will use it.
        tell: Told where the work is.

    Raises:
        BackupError: It is no whole backup, the place is not empty, or the key is another. Before
            anything is written, unless a program of PostgreSQL fails.
        EmbeddedPostgresError, BootstrapError: The database cannot be brought up.
        OSError: The disk refuses. Done again, the work goes on.
    """
    steps, backup = Steps(tell), order.backup
    with steps.named("verify the backup"):
        done = Installed(Manifest.read(backup))
        _refuse_keys(done.manifest, master_key)
        target.refuse(backup, done.manifest)
        verify_cluster(backup, done.manifest)
        problem = archive_problem(backup, done.manifest)
        if problem is not None:
            if not order.damaged:
                raise BackupError(
                    f"{backup} is damaged: {problem}. --damaged restores what is left"
                )
            done.findings.append(problem)
    target.begin(backup)
    with steps.named("restore the archive"):
        _restore_log(backup / LOG, target.data / LOG, backup, target.data)
        done.files = restore_archive(
            backup,
            done.manifest,
            target.data,
            lambda files: tell("restore the archive", files, done.manifest.files),
        ).files
    with (
        steps.named("restore the database"),
        _database(backup, done, target) as storage,
    ):
        target.note_loaded(backup)
        _look(order, target, storage, master_key, done)
    target.end()
    done.seconds = steps.seconds
    return done


def _refuse_keys(manifest: Manifest, master_key: MasterKey) -> None:
    if missing := [one for one in manifest.master_key if one not in master_key.versions]:
        raise BackupError(
            f"bring the master key first (version {', '.join(missing)}): without it API keys, the"
            " log's key and every sealed secret of this backup are lost"
        )


def _restore_log(there: Path, here: Path, backup: Path, data: Path) -> None:
    """Restore the published head, unless a newer one survived."""
    if _size(here) < _size(there):
        restore_log(backup, data)


def _size(log: Path) -> int:
    """Return how many leaves a published head shows; less than any where none can be read."""
    try:
        size = (log / "checkpoint").read_text("utf-8", errors="replace").split("\n")[1]
        return int(size) if size.isdecimal() else -1
    except (FileNotFoundError, IndexError):
        return -1


@contextmanager
def _database(backup: Path, done: Installed, target: Target) -> Iterator[Storage]:
    """Restore the database, unless that is done, and serve it until the end."""
    manifest, loaded = done.manifest, target.loaded
    if target.own is not None:
        if not loaded:
            _load_own(backup, target.own)
        login = str(sqlalchemy_url(target.own.url).username)
        migrate(str(target.own.admin_url), login)
        if hidden := transactions.hidden(str(target.own.admin_url)):
            done.notes.append(
                f"events up to transaction {hidden} are not shown yet: raise the cluster's"
                " counter before the gateway serves, see docs/backup.md"
            )
        yield target.own
        return
    if manifest.how == "base" and not loaded:
        copy_cluster(backup / DATABASE, manifest, target.home)
    if manifest.how == "dump" and not loaded:
        _load_embedded(backup, target)
    with EmbeddedPostgres(target.home) as server:
        yield Storage(*prepare_embedded(server), None)


def _load_own(backup: Path, own: Storage) -> None:
    """Load a dump into an empty database: all of it, or nothing."""
    make_roles(str(own.admin_url))
    arguments = ["--exit-on-error", "--single-transaction", str(backup / DUMP)]
    programs.run(programs.folder_of(), "pg_restore", arguments, own.admin_url)


def _load_embedded(backup: Path, target: Target) -> None:
    """Load a dump into a new cluster, and have it count on behind the events' transactions."""
    with EmbeddedPostgres(target.home) as server:
        load(backup / DUMP, server, EMBEDDED_DATABASE)
        last = transactions.hidden(server.url(EMBEDDED_DATABASE))
    if last:
        transactions.raise_above(last, target.home)


def _look(
    order: Order, target: Target, storage: Storage, master_key: MasterKey, done: Installed
) -> None:
    """Count what is there, compare it with heads elsewhere, and look as every start does."""
    with psycopg.connect(conninfo(sqlalchemy_url(str(storage.admin_url)))) as connection:
        row = connection.execute(_COUNTS).fetchone()
        done.documents, done.leaves = (0, 0) if row is None else (int(row[0]), int(row[1]))
    database = Database(storage.url)
    try:
        key = LogKey.open(database, master_key, origin=None, now=clock.now())
        publication = Publication(target.data / LOG, key.verifier)
        _compare(order, target, database, _judge(order, target), done)
        _returned(order, target, storage, done)
        for one in done.known:
            if one.outcome == "beyond" and one.size is not None:
                publication.note_ahead(one.size, one.who)
        refuse_rewound(database, publication)
    except (LogRewoundError, PublicationError) as error:
        done.refusal = str(error)
    finally:
        database.close()


def _returned(order: Order, target: Target, storage: Storage, done: Installed) -> None:
    """Count the documents that were destroyed after the backup was made."""
    lists = returned.measure(target.data, order.anchors)
    with snapshot(str(storage.admin_url)) as connection:
        alive = {id_ for one in lists for id_ in returned.again(connection, one).alive}
    if alive:
        done.notes.append(
            f"{len(alive)} documents that had been destroyed are here again: gateway fsck names"
            " them, and gateway retention propose-destruction lists them again"
        )


def _judge(order: Order, target: Target) -> Key | None:
    """Return the key that heads are read with; None where there is none, and no head either."""
    try:
        return read_key(order.log_key or (target.data / LOG / "key").read_text("utf-8"))
    except FileNotFoundError:
        return None
    except SignedError as error:
        raise BackupError(f"the log's key cannot be read: {error}") from error


def _compare(
    order: Order, target: Target, database: Database, key: Key | None, done: Installed
) -> None:
    if key is None:
        return
    notes = dict(heads.notes_in(target.data, order.anchors, order.given))
    with database.worker_transaction() as tx:
        done.known = heads.compare(
            notes, key, done.leaves, lambda size: auditing.root_at(tx, size)
        )
    noted = heads.ahead(target.data, done.leaves)
    if noted is not None:
        done.known.append(noted)
    for one in done.known:
        if one.wrong:
            done.findings.append(f"the head at {one.who} {one.outcome}: {one.detail}")
