"""The drill: a backup restored where nobody is, checked, compared with others, thrown away.

It issues nothing and sends nothing: no worker and no API is started, and nothing of the running
installation is opened but its published head, which is read.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from gateway.archive import auditing
from gateway.archive.continuity import LogRewoundError, refuse_rewound
from gateway.archive.keys import LogKey
from gateway.archive.publication import Publication, PublicationError
from gateway.archive.verify.signed import Key, SignedError, read_key
from gateway.backups import heads
from gateway.backups.errors import BackupError
from gateway.backups.heads import Known
from gateway.backups.manifest import Manifest
from gateway.backups.proofs import Proved, prove
from gateway.backups.restoring import Restored, restore_archive, restore_log, restored_database
from gateway.backups.steps import Steps, Tell
from gateway.backups.verifying import verify_cluster
from gateway.fsck.bucket import Bucket
from gateway.fsck.report import FsckReport
from gateway.fsck.service import check, snapshot
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey, UnsealError

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is drilled, and against what.

    Attributes:
        backup: Its directory; nothing in it is written.
        place: An empty directory for the restored installation.
        live: The data directory of the installation that goes on; only its log's head is read.
        anchors: The directory that heads are left in.
        given: Files with further heads.
        log_key: The log's verifier key, from a source of the operator's; None: as in the backup.
        master_key: As it would be used after a restore; None when there is none.
        bucket: Of the archive, where it is in one.
        step: 1 proves every leaf, 10 each tenth.
        copy: Whether the archive is copied, or read in the backup.
    """

    backup: Path
    place: Path
    live: Path
    anchors: Path | None = None
    given: Sequence[Path] = ()
    log_key: str | None = None
    master_key: MasterKey | None = None
    bucket: Bucket | None = None
    step: int = 1
    copy: bool = True


@dataclass(slots=True)
class Drilled:
    """What came of a drill.

    Attributes:
        manifest: Of the backup.
        documents: Issued documents in it.
        files: Files of the archive that were restored.
        fsck: What the checker found.
        proved: What came of the proofs.
        known: The heads that are known elsewhere.
        refusal: Why the restored gateway would not start; None: it would.
        findings: Everything that is wrong with the backup, in words.
        seconds: Of each step, in order.
    """

    manifest: Manifest
    documents: int = 0
    files: int = 0
    fsck: FsckReport | None = None
    proved: Proved = field(default_factory=Proved)
    known: list[Known] = field(default_factory=list)
    refusal: str | None = None
    findings: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def behind(self) -> int:
        """How many leaves others know that the backup has not."""
        sizes = [one.size for one in self.known if one.outcome == "beyond" and one.size]
        return max(sizes, default=self.proved.leaves) - self.proved.leaves

    @property
    def ok(self) -> bool:
        """Whether the backup is whole; that others know more is no fault of it."""
        return not self.findings

    def as_dict(self) -> Json:
        """Return it as JSON."""
        return {
            "object": "drill_report",
            "ok": self.ok,
            "backup": {
                name: value
                for name, value in asdict(self.manifest).items()
                if name not in {"digests", "superuser", "serving_login"}
            },
            "documents": self.documents,
            "archive_files": self.files,
            "findings": self.findings,
            "behind": self.behind,
            "start": {"refuses": self.refusal is not None, "reason": self.refusal},
            "heads": [asdict(one) for one in self.known],
            "proofs": asdict(self.proved),
            "fsck": None if self.fsck is None else self.fsck.as_dict(),
            "seconds": {**self.seconds, "total": round(sum(self.seconds.values()), 2)},
        }


def drill(asked: Asked, tell: Tell) -> Drilled:
    """Restore a backup and check it.

    Raises:
        BackupError: It is none, or cannot be restored here.
        EmbeddedPostgresError: The server does not start.
        BootstrapError: The tables cannot be brought up to date.
        OSError: The disk refuses.
    """
    steps = Steps(tell)
    with steps.named("read the manifest"):
        drilled = Drilled(Manifest.read(asked.backup))
        verify_cluster(asked.backup, drilled.manifest)
    with steps.entered("restore the database", _database(asked, drilled.manifest)) as restored:
        examine(asked, restored, drilled, steps)
    drilled.seconds = steps.seconds
    return drilled


def examine(asked: Asked, restored: Restored, drilled: Drilled, steps: Steps) -> None:
    """Restore the archive beside a restored database, and check all of it."""
    data = restored.data
    with steps.named("restore the archive"):
        restore_log(asked.backup, data)
        drilled.files = restore_archive(
            asked.backup,
            drilled.manifest,
            data,
            lambda done: steps.tell("restore the archive", done, drilled.manifest.files),
            copy=asked.copy,
        ).files
    _check_master_key(asked, drilled)
    with steps.named("check the invariants"):
        drilled.fsck = check(
            restored.admin_url,
            data,
            log_key=asked.log_key,
            master_key=asked.master_key,
            bucket=asked.bucket,
        )
    key = _key(asked, data, drilled)
    with closing(Database(restored.serving_url)) as database:
        if key is not None:
            with steps.named("follow the proofs"):
                _prove(asked, restored, database, key, drilled, steps.tell)
            with steps.named("compare with heads elsewhere"):
                _compare(asked, database, key, drilled)
        with steps.named("start as a gateway would"):
            _start(asked, database, data, drilled)
    for name, problem in drilled.fsck.problems:
        drilled.findings.append(f"{name} {problem.where}: {problem.what}")
    suppressed = sum(one.suppressed for one in drilled.fsck.invariants.values())
    if suppressed:
        drilled.findings.append(f"{suppressed} more problems of the invariants")


@contextmanager
def _database(asked: Asked, manifest: Manifest) -> Iterator[Restored]:
    if manifest.bucket is not None and asked.bucket is None:
        raise BackupError(
            f"the archive is in the bucket {manifest.bucket}: set GATEWAY_ARCHIVE_BUCKET and what"
            " it needs; it is only read"
        )
    with restored_database(asked.backup, manifest, asked.place) as restored:
        yield restored


def _check_master_key(asked: Asked, drilled: Drilled) -> None:
    """Note where the key at hand is not the one that sealed what is in the backup."""
    known = () if asked.master_key is None else asked.master_key.versions
    if missing := [one for one in drilled.manifest.master_key if one not in known]:
        drilled.findings.append(
            f"the master key is not at hand (version {', '.join(missing)}): without it API keys,"
            " the log's key and every sealed secret of this backup are lost"
        )


def _key(asked: Asked, data: Path, drilled: Drilled) -> Key | None:
    """Return the log's key; where there is none, and leaves are, that is a finding."""
    path = data / "log" / "key"
    try:
        return read_key(asked.log_key or path.read_text("utf-8"))
    except FileNotFoundError:
        if drilled.manifest.leaves:
            drilled.findings.append("the backup has no key of the log (log/key)")
    except SignedError as error:
        drilled.findings.append(f"the log's key cannot be read: {error}")
    return None


def _prove(  # noqa: PLR0913, PLR0917 - a step of the drill, with all it needs
    asked: Asked, restored: Restored, database: Database, key: Key, drilled: Drilled, tell: Tell
) -> None:
    with snapshot(restored.admin_url) as connection:
        issued = "select count(*) as documents from document where issued_at is not null"
        row = connection.execute(issued).fetchone()
        drilled.documents = 0 if row is None else row.documents
        proved = prove(
            connection,
            database,
            key,
            asked.step,
            lambda done, total: tell("follow the proofs", done, total),
        )
    drilled.proved = proved
    for index in proved.wrong:
        drilled.findings.append(f"leaf {index}: its proof does not lead to the newest head")
    if proved.more:
        drilled.findings.append(f"{proved.more} more leaves whose proofs lead elsewhere")
    if proved.problem is not None:
        drilled.findings.append(proved.problem)
    if proved.leaves < drilled.manifest.leaves:
        drilled.findings.append(
            f"the log has {proved.leaves} leaves, and had {drilled.manifest.leaves} when the"
            " backup was made"
        )


def _compare(asked: Asked, database: Database, key: Key, drilled: Drilled) -> None:
    size = drilled.proved.leaves
    notes = dict(heads.notes_in(asked.live, asked.anchors, asked.given))
    with database.worker_transaction() as tx:
        drilled.known = heads.compare(notes, key, size, lambda of: auditing.root_at(tx, of))
    noted = heads.ahead(asked.live, size)
    if noted is not None:
        drilled.known.append(noted)
    for one in drilled.known:
        if one.wrong:
            drilled.findings.append(f"the head at {one.who} {one.outcome}: {one.detail}")


def _start(asked: Asked, database: Database, data: Path, drilled: Drilled) -> None:
    """Ask what every start asks, with the newest head that is known, and note the refusal."""
    if asked.master_key is None:
        drilled.refusal = "there is no master key"
        return
    try:
        key = LogKey.open(database, asked.master_key, origin=None, now=clock.now())
    except UnsealError as error:
        drilled.refusal = str(error)
        return
    place = data.with_name("start")
    _lay_out(asked, data, place)
    publication = Publication(place, key.verifier)
    for one in drilled.known:
        if one.outcome == "beyond" and one.size is not None:
            publication.note_ahead(one.size, one.who)
    try:
        refuse_rewound(database, publication)
    except (LogRewoundError, PublicationError) as error:
        drilled.refusal = str(error)


def _lay_out(asked: Asked, data: Path, place: Path) -> None:
    """Copy the log's published head, of the installation that goes on where there is one."""
    for source in (asked.live / "log", data / "log"):
        if (source / "checkpoint").exists():
            shutil.copytree(source, place)
            return
    place.mkdir()
