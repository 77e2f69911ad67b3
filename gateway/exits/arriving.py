"""Taking in an entity: rows, then evidence, step by step, each step one transaction.

The row in `entity_move` counts the steps that are done, in the transaction that does them. So
whoever goes on after a killed import begins where that ended, and nothing is written twice. The
entity issues nothing before the log that it leaves has said that it has moved.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from gateway import rounds
from gateway.archive.notes import NoteError, Verifier, verify
from gateway.archive.service import Archive
from gateway.exits import moved_evidence, state
from gateway.exits.belongings import CARRIED, Carried
from gateway.exits.box import BoxError, Opener
from gateway.exits.file import Arrived, ExitRefusedError
from gateway.exits.leaving import said_of
from gateway.exits.making import ITSELF, REMAINS
from gateway.exits.move_evidence import Moved
from gateway.exits.moved_evidence import Taking
from gateway.exits.remembering import has_moved
from gateway.exits.secrets import VAULT, Kept, opened_lines
from gateway.exits.writing import carried_as, forget_derived, insert_rows
from gateway.kit.database import Database, metadata
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Actor, Environment, Tenant, TenantTransaction
from gateway.reconciling.service import leave_out
from gateway.signing.encryption import KeyEncryption
from gateway.tenants import activity
from gateway.tenants.moving import Move, entity_move, move_of

_DOCUMENTS_AT_ONCE = 20
_EVIDENCE = "archive_entry"
_DUE = "recurring_due"
"""What would have documents made: it comes when the entity may issue."""

_OF_WORKERS = frozenset({"attempt", "exchange", "deadline"})
"""Tables that requests do not write."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of an import: the rows of a member, or the evidence of some documents.

    Attributes:
        carried: The table.
        member: What of the file; of evidence, that of destroyed documents, or about the entity.
        folders: Documents with all their evidence.
        kept: What of the vault it is.
    """

    carried: Carried
    member: str | None = None
    folders: tuple[str, ...] = ()
    kept: Kept | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """An entity that is taken in.

    Attributes:
        database: Where to.
        archive: Where its evidence goes.
        arrived: The file.
        account_id: The account that it will belong to.
        clock: The time.
        encryption: Wraps the keys of secrets that come along.
        opener: Opens them; None: a file with secrets is refused.
        moved: Where the statements of entities that moved on from here are kept.
    """

    database: Database
    archive: Archive
    arrived: Arrived
    account_id: UUID
    clock: Callable[[], datetime.datetime]
    encryption: KeyEncryption
    opener: Opener | None = None
    moved: Path | None = None

    @property
    def entity_id(self) -> UUID:
        """The entity, which keeps its id."""
        return parse_id(self.arrived.about["entity"], "ent")

    @property
    def tenant(self) -> Tenant:
        """Whose rows are written."""
        return Tenant(
            self.account_id,
            (self.entity_id,),
            self.arrived.about["environment"],
            account_wide=True,
            actor=Actor("operator"),
        )

    @property
    def _taking(self) -> Taking:
        return Taking(self.archive, self.arrived, self.clock)

    def run(self, progress: Progress) -> Move:
        """Take everything in, or go on where that ended; return how far the entity is.

        Raises:
            ExitRefusedError: It does not fit this installation, the entity is here already, or
                what came of it is not what was exported.
            ArchiveUnavailableProblem: The store refuses; go on later.
        """
        steps = tuple(self._steps())
        with self.database.transaction(self.tenant) as tx:
            self._begin(tx)
        while True:
            with self.database.transaction(self.tenant) as tx:
                move = self._held(tx)
                if move.state != "arriving" or move.step >= len(steps):
                    break
                self._take(tx, steps[move.step])
                self._count(tx, move.step + 1)
            progress(move.step + 1, len(steps))
        if move.state == "arriving":
            self._compare()
        return move

    def activate(self, statement: str) -> None:
        """Let the entity issue here: it has moved; again is no error.

        It may have been here before, and been lost with a database: where the log of this
        installation lost its end since, numbers and chains go on as after any restored backup.

        Raises:
            ExitRefusedError: The statement is not about this entity, file and installation, or not
                from the log that it leaves; or the import is not done.
            ArchiveUnavailableProblem: The store refuses; nothing was done.
        """
        try:
            text = verify(statement, Verifier.parse(self.arrived.log_key))
        except NoteError as error:
            raise ExitRefusedError(f"The statement is not signed by that log: {error}.") from error
        own = self.archive.verifier
        expected = said_of(self.arrived.about["entity"], self.arrived.manifest, own)
        if not text.startswith(expected):
            raise ExitRefusedError(
                f"The statement is about another entity or exit, or not to {own.name}."
            )
        moved_at = datetime.datetime.fromisoformat(text.removeprefix(expected).strip())
        with self.database.transaction(self.tenant) as tx:
            move = self._held(tx)
            if move.state == "here":
                return
            if move.step < len(tuple(self._steps())):
                raise ExitRefusedError("The import is not done.")
            now = self.clock()
            values = {"state": "here", "statement": statement, "ended_at": now}
            tx.execute(tx.update(entity_move).where(_mine(tx)).values(values))
            for member in self.arrived.parts(_DUE):
                insert_rows(tx, carried_as(_DUE), self.arrived.lines(member))
            rounds.arrange(tx, now)
            leave_out(tx, moved_at, now)
            said = {
                "file": self.arrived.manifest,
                "log": self.arrived.log_key,
                "secrets_for": self.arrived.about["secrets_for"],
            }
            subject = self.arrived.about["entity"]
            activity.record(tx, "take_entity_in", subject_id=subject, data=said, now=now)
            arrived = Moved(subject, self.arrived.manifest, statement, self.arrived.log_key)
            item = arrived.told("arrived", now)
            self.archive.record(tx, document_id=None, items=[item], now=now)

    def _steps(self) -> Iterator[Stage]:
        for carried in CARRIED:
            if carried.name == _EVIDENCE:
                folders = self.arrived.folders
                for place in range(0, len(folders), _DOCUMENTS_AT_ONCE):
                    yield Stage(carried, folders=folders[place : place + _DOCUMENTS_AT_ONCE])
                for member in (*self.arrived.parts(REMAINS), *self.arrived.parts(ITSELF)):
                    yield Stage(carried, member)
            elif carried.name not in {"entity", _DUE}:
                for member in self.arrived.parts(carried.name):
                    yield Stage(carried, member)
        for kept in VAULT:
            for member in self.arrived.parts(kept.carried.name):
                yield Stage(kept.carried, member, kept=kept)

    def _begin(self, tx: TenantTransaction) -> None:
        """Write the entity's own row, unless this very import did."""
        here, theirs = state.revision(tx), self.arrived.about["schema"]
        if here != theirs:
            raise ExitRefusedError(
                f"Rows of schema {theirs} do not fit this installation, which has {here}: bring"
                " the older of both up to date, and export again."
            )
        if self.moved is not None and has_moved(self.moved, self.entity_id, self.archive.verifier):
            raise ExitRefusedError(
                "The entity was here and has moved on: only where it moved to it issues. The"
                f" database is older than that; {self.moved} has the statement."
            )
        receiver = self.arrived.about["secrets_for"]
        if receiver is not None and (self.opener is None or self.opener.receiver.id != receiver):
            raise ExitRefusedError("The secrets in the file are for another installation.")
        move = move_of(tx, lock=True)
        if move is not None:
            if move.file != self.arrived.manifest:
                raise ExitRefusedError("The entity is here already, and not by this file.")
            return
        account = metadata.tables["account"]
        if not tx.execute(tx.select(account, account.c.id)).scalars().all():
            raise ExitRefusedError("There is no such account here.")
        (member,) = self.arrived.parts("entity")
        try:
            insert_rows(tx, carried_as("entity"), self.arrived.lines(member))
        except ExitRefusedError as error:
            raise ExitRefusedError("The entity is here already.") from error
        values = {
            "state": "arriving",
            "file": self.arrived.manifest,
            "began_at": self.clock(),
        }
        tx.execute(tx.insert(entity_move, **values))

    def _held(self, tx: TenantTransaction) -> Move:
        move = move_of(tx, lock=True)
        if move is None or move.file != self.arrived.manifest:
            raise ExitRefusedError("The entity did not come with this file.")
        if move.state not in {"arriving", "here"}:
            raise ExitRefusedError(f"The entity came with this file, and is {move.state} by now.")
        return move

    def _count(self, tx: TenantTransaction, step: int) -> None:
        tx.execute(tx.update(entity_move).where(_mine(tx)).values(step=step))

    def _take(self, tx: TenantTransaction, step: Stage) -> None:
        if step.carried.name == _EVIDENCE:
            for folder in step.folders:
                self._taking.folder(tx, folder)
            if step.member in self.arrived.parts(ITSELF):
                self._taking.itself(tx, step.member)
            elif step.member is not None:
                self._taking.remains(tx, step.member)
            return
        if step.member is None:
            raise AssertionError("only evidence comes without rows")
        lines = self.arrived.lines(step.member)
        if step.kept is not None:
            lines = self._opened(lines, step.kept)
        if step.carried.name in _OF_WORKERS:
            with self.database.as_worker(tx) as worker:
                insert_rows(worker, step.carried, lines)
        else:
            insert_rows(tx, step.carried, lines)
        if step.carried.name == "document":
            forget_derived(tx, lines)

    def _opened(self, lines: list[str], kept: Kept) -> list[str]:
        if self.opener is None:
            raise ExitRefusedError("The file has secrets, and nothing opens them.")
        try:
            return opened_lines(lines, kept, self.encryption, self.opener)
        except BoxError as error:
            raise ExitRefusedError(str(error)) from error

    def _compare(self) -> None:
        """Compare what is here now with what the file says of every table.

        Raises:
            ExitRefusedError: Something differs.
        """
        said = {one["name"]: (one["rows"], one["sha256"]) for one in self.arrived.about["tables"]}
        with self.database.transaction(self.tenant, read_only=True, steady=True) as tx:
            state.begin(tx)
            differ = []
            for carried in CARRIED:
                if carried.name == _DUE:
                    continue
                found = state.summary(tx, carried)
                if carried.name == _EVIDENCE:
                    same = found.rows >= moved_evidence.count(self.arrived)
                elif carried.grows:
                    same = found.rows >= said[carried.name][0]
                else:
                    same = (found.rows, found.sha256) == said[carried.name]
                if not same:
                    differ.append(carried.name)
        if differ:
            raise ExitRefusedError(f"These tables are not as exported: {', '.join(differ)}.")


def status(
    database: Database, account_id: UUID, entity: str, environment: Environment
) -> Move | None:
    """Return how far an entity is that moves; None when it never did."""
    tenant = Tenant(account_id, (parse_id(entity, "ent"),), environment, account_wide=True)
    with database.transaction(tenant, read_only=True) as tx:
        return move_of(tx)


def _mine(tx: TenantTransaction) -> sa.ColumnElement[bool]:
    return entity_move.c.entity_id == tx.entity_id
