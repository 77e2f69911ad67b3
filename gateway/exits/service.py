"""Exits: a whole entity in one file, made in the background by a job."""

import datetime
import hashlib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any, Self
from uuid import UUID

from gateway.archive.bundle import JsonValue
from gateway.archive.notes import Verifier
from gateway.archive.stores.problems import EvidenceDamagedProblem
from gateway.documents.bundled import told
from gateway.documents.service import Documents
from gateway.events import service as events
from gateway.exits import leaving
from gateway.exits.box import Receiver
from gateway.exits.making import Asked, Sources, Told, destroyed_since, make
from gateway.exits.move_evidence import Moved
from gateway.exits.problems import ExitExpiredProblem, ExitNotReadyProblem, ExitReceiverProblem
from gateway.exits.remembering import hold_to, remember
from gateway.exits.schemas import ExitInput, MoveInput
from gateway.exports.store import ExportStore
from gateway.inbox.bundles import Bundled
from gateway.inbox.service import Inbox
from gateway.jobs import service as jobs
from gateway.jobs.registry import Jobs
from gateway.jobs.work import Work
from gateway.kit import clock
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem, RequestInvalidProblem, UnavailableProblem
from gateway.settings import Settings
from gateway.signing.encryption import KeyEncryption
from gateway.signing.service import Vault
from gateway.tenants import activity
from gateway.tenants import service as tenants
from gateway.tenants.moving import Move, move_of

KIND = "exit"
_EXPIRE_EVERY = 3600  # seconds


@dataclass(frozen=True, slots=True)
class ExitFile:
    """A finished file.

    Attributes:
        path: Where it is.
        name: What the caller shall call it.
        sha256: Its digest, hexadecimal.
    """

    path: Path
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Exits:
    """The exits of one installation.

    Attributes:
        sources: Where their contents come from.
        store: Where finished files are kept.
        days: How long.
        moved: Where the statements of entities that moved are kept.
        receivers: Keys of the installations to which secrets may go along.
    """

    sources: Sources
    store: ExportStore
    days: int
    moved: Path
    receivers: tuple[str, ...] = ()

    @classmethod
    def open(
        cls, settings: Settings, jobs: Jobs, documents: Documents, inbox: Inbox, vault: Vault
    ) -> Self:
        """Return the exits under the data directory, and have the jobs of a process make them.

        Entities that have moved stay so, if the database is older than that.
        """
        sources = sources_of(documents, inbox, vault.encryption)
        store = ExportStore(settings.data / "exits")
        moved = settings.data / "log" / "moved"
        exits = cls(sources, store, settings.export_days, moved, settings.exit_receivers)
        hold_to(jobs.database, moved, sources.archive)
        jobs.handler(KIND, exits.run)
        jobs.every(_EXPIRE_EVERY, "exits.expire", exits.expire)
        return exits

    def request(
        self, tx: TenantTransaction, given: ExitInput, now: datetime.datetime
    ) -> dict[str, Any]:
        """Ask for an exit of the transaction's entity; return its job.

        Raises:
            ExitMovedProblem, ExitUnfinishedProblem: It cannot leave now.
            ExitReceiverProblem: The operator lets no secrets go there.
        """
        if given.secrets_for is not None and given.secrets_for not in self.receivers:
            raise ExitReceiverProblem(
                "The operator has not named this key as one to which secrets may go.",
                secrets_for=given.secrets_for,
            )
        parameters = {"entity_id": public_id("ent", tx.entity_id), **given.model_dump()}
        if given.leaving:
            leaving.leave(tx, now)
        job_id = jobs.enqueue(tx, KIND, parameters, now=now)
        if given.secrets_for is not None:
            said = {"secrets_for": given.secrets_for}
            activity.record(
                tx, "seal_secrets", subject_id=public_id("job", job_id), data=said, now=now
            )
        return jobs.job_json(jobs.get(tx, job_id))

    def find(self, tx: TenantTransaction, public: str) -> dict[str, Any]:
        """Return the job of an exit.

        Raises:
            NotFoundProblem: There is none for this caller, or the job is of another kind.
        """
        job = jobs.job_json(jobs.find(tx, public))
        if job["kind"] != KIND:
            raise NotFoundProblem
        return job

    def file(self, tx: TenantTransaction, public: str) -> ExitFile:
        """Return the file of a finished exit.

        Raises:
            NotFoundProblem: There is none for this caller.
            ExitNotReadyProblem: It is not finished.
            ExitExpiredProblem: It was kept long enough.
        """
        job = self.find(tx, public)
        if job["state"] != "succeeded":
            raise ExitNotReadyProblem(f"The exit is {job['state']}; see /v1/jobs/{public}.")
        found = job["result"]["file"]
        path = self.store.path(found["sha256"])
        if not path.is_file():
            raise ExitExpiredProblem("The file was kept for some days; ask for another exit.")
        return ExitFile(path, found["name"], found["sha256"])

    def move(
        self, tx: TenantTransaction, public: str, given: MoveInput, now: datetime.datetime
    ) -> dict[str, Any]:
        """Note that the entity has moved with an exit; return that with the signed statement.

        Raises:
            RequestInvalidProblem: `to` is the log that it leaves.
            NotFoundProblem: There is no such exit of this entity.
            ExitNotReadyProblem: It is not finished.
            ExitMovedProblem, ExitNotLeavingProblem, ExitOutdatedProblem, ExitUnfinishedProblem: It
                has not moved with it.
            ArchiveUnavailableProblem: The store refuses the evidence of it; it has not moved.
        """
        job = self.find(tx, public)
        if job["entity_id"] != public_id("ent", tx.entity_id):
            raise NotFoundProblem
        if job["state"] != "succeeded":
            raise ExitNotReadyProblem(f"The exit is {job['state']}; see /v1/jobs/{public}.")
        archive, before = self.sources.archive, move_of(tx)
        own = archive.key
        move = leaving.moved(tx, job["result"], _taker(given.to, own.verifier), own, now)
        if before is None or before.statement != move.statement:
            entity = public_id("ent", tx.entity_id)
            left = Moved(entity, str(move.file), str(move.statement), str(own.verifier))
            archive.record(tx, document_id=None, items=[left.told("left", now)], now=now)
        return _move_json(tx, move)

    def keep(self, tx: TenantTransaction) -> None:
        """Keep the statement of an entity that has moved outside of the database.

        A stored answer hands it out again, too: who was killed before it was kept keeps it then.
        """
        move = move_of(tx)
        if move is not None and move.state == "moved":
            tx.after_commit(partial(remember, self.moved, tx.tenant, move))

    def stay(self, tx: TenantTransaction, public: str, now: datetime.datetime) -> dict[str, Any]:
        """Let the entity stay after all.

        Raises:
            NotFoundProblem: There is no such exit of this entity.
            ExitMovedProblem: It has moved, or has not yet arrived.
        """
        if self.find(tx, public)["entity_id"] != public_id("ent", tx.entity_id):
            raise NotFoundProblem
        leaving.stay(tx, now)
        return _move_json(tx, move_of(tx))

    def expire(self, now: datetime.datetime) -> None:
        """Remove what was kept long enough."""
        self.store.expire(now - datetime.timedelta(days=self.days))

    def run(self, work: Work) -> dict[str, Any]:
        """Make an exit: the handler of its job."""
        receiver = work.parameters.get("secrets_for")
        asked = Asked(
            public_id("job", work.job_id),
            work.job_id,
            clock.now(),
            None if receiver is None else Receiver.parse(receiver),
        )
        with self.store.draft() as sink:
            about = self._made(work, sink, asked)
            now = clock.now()
            stored = self.store.keep(sink, now)
        with zipfile.ZipFile(self.store.path(stored.sha256)) as file:
            manifest = file.read("manifest.json")
        return {
            **{name: about[name] for name in ("entity", "schema", "tables", "left", "unfinished")},
            "manifest_sha256": hashlib.sha256(manifest).hexdigest(),
            "file": {
                "name": f"exit-{about['entity']}-{asked.now:%Y-%m-%d}.zip",
                "media_type": "application/zip",
                "size": stored.size,
                "sha256": stored.sha256,
            },
            "expires_at": written(now + datetime.timedelta(days=self.days)),
        }

    def _made(self, work: Work, sink: IO[bytes], asked: Asked) -> dict[str, Any]:
        """Write the file, as of one moment; bytes that are destroyed meanwhile it cannot hold.

        Raises:
            UnavailableProblem: There were such: the job is tried again, and does without them.
        """
        try:
            with work.database.transaction(work.tenant, read_only=True, steady=True) as tx:
                return make(tx, self.sources, sink, asked, work.progress)
        except EvidenceDamagedProblem as problem:
            with work.transaction(read_only=True) as tx:
                if problem.missing and destroyed_since(tx, asked.now):
                    raise UnavailableProblem("A document was destroyed meanwhile.") from problem
            raise


def _taker(key: str, own: Verifier) -> Verifier:
    """Return the log that an entity goes on in.

    Raises:
        RequestInvalidProblem: It is this installation's.
    """
    found = Verifier.parse(key)
    if found.public_key == own.public_key:
        message = "this is the log that the entity leaves"
        raise RequestInvalidProblem([{"pointer": "/to", "message": message}])
    return found


def _move_json(tx: TenantTransaction, move: Move | None) -> dict[str, Any]:
    return {
        "object": "move",
        "entity_id": public_id("ent", tx.entity_id),
        "state": "here" if move is None else move.state,
        "file": None if move is None else move.file,
        "statement": None if move is None else move.statement,
    }


def sources_of(documents: Documents, inbox: Inbox, encryption: KeyEncryption) -> Sources:
    """Return where the contents of this installation's exits come from."""

    def issued(tx: TenantTransaction, document_id: UUID) -> Told:
        return told(documents, tx, documents.get(tx, document_id))

    def received(tx: TenantTransaction, received_id: UUID) -> Told:
        row = inbox.get(tx, received_id)
        happened: list[Mapping[str, JsonValue]] = [
            {
                "id": public_id("evt", event.id),
                "type": event.type,
                "at": written(event.at),
                "data": dict(event.data),
            }
            for event in events.of_subject(tx, public_id("rcv", row.id))
        ]
        return Bundled(row, tenants.get_entity(tx, row.entity_id).name), happened

    return Sources(documents.archive, issued, received, encryption)
