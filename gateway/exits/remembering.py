"""What moved stays so, also when an older database is restored.

The row in `entity_move` goes back with the database, and the entity would issue here again, as it
does where it moved to. So its statement stays beside the log's head, and every start looks at it.
"""

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
import structlog

from gateway.archive.notes import NoteError, Verifier, split, verify
from gateway.archive.service import Archive
from gateway.archive.stores import durable
from gateway.exits.leaving import STATEMENT, mark
from gateway.exits.move_evidence import Moved
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.ids import parse_id, public_id
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.tenants import service as tenants
from gateway.tenants.moving import Move, move_of

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Remembered:
    """An entity that has moved.

    Attributes:
        tenant: The entity.
        file: SHA-256 of the manifest of its exit, hexadecimal.
        statement: As it was signed.
        moved_at: When.
    """

    tenant: Tenant
    file: str
    statement: str
    moved_at: datetime.datetime


def remember(folder: Path, tenant: Tenant, move: Move) -> None:
    """Keep the statement of an entity that has moved, durably.

    Raises:
        OSError: The disk refuses.
    """
    entity = public_id("ent", tenant.entity_ids[0])
    told = {
        "account": public_id("acc", tenant.account_id),
        "environment": tenant.environment,
        "statement": move.statement,
    }
    durable.make_directory(folder)
    durable.replace(folder / entity, json.dumps(told).encode(), folder)


def hold_to(database: Database, folder: Path, archive: Archive) -> None:
    """Let entities that have moved issue nothing here, whatever the database says of them.

    Args:
        database: Perhaps an older one than the statements.
        folder: Where these are.
        archive: Its log signed them; it is told again where it lost that.
    """
    for one in _remembered(folder, archive.verifier):
        try:
            with database.transaction(one.tenant) as tx:
                _hold_to(tx, one, archive)
        except sa.exc.IntegrityError:
            _log.info("moved_already")  # another process started at the same moment


def has_moved(folder: Path, entity_id: UUID, own: Verifier) -> bool:
    """Tell whether an entity has moved on from here, though the database may not know it."""
    return any(one.tenant.entity_ids == (entity_id,) for one in _remembered(folder, own))


def _hold_to(tx: TenantTransaction, one: Remembered, archive: Archive) -> None:
    if not tenants.some(tx, one.tenant.entity_ids):
        return  # it came after the backup that was restored
    move = move_of(tx, lock=True)
    if move is not None and move.state == "moved":
        return
    values = {"state": "moved", "file": one.file, "statement": one.statement}
    mark(tx, move, {"began_at": one.moved_at, "ended_at": one.moved_at, **values})
    entity, now = public_id("ent", tx.entity_id), clock.now()
    left = Moved(entity, one.file, one.statement, str(archive.verifier))
    archive.record(tx, document_id=None, items=[left.told("left", now)], now=now)
    _log.warning("moved_before_the_restore", entity=entity)


def _remembered(folder: Path, own: Verifier) -> Iterator[Remembered]:
    for path in sorted(folder.glob("ent_*")):
        try:
            told = json.loads(path.read_text("utf-8"))
            signer = Verifier(split(told["statement"])[1][0].name, own.public_key)
            kind, entity, file, _, at, _ = verify(told["statement"], signer).split("\n")
            if (kind, entity) != (STATEMENT, path.name):
                raise NoteError("it is about something else")
            account, entity_id = parse_id(told["account"], "acc"), parse_id(entity, "ent")
            tenant = Tenant(account, (entity_id,), told["environment"], account_wide=True)
            moved_at = datetime.datetime.fromisoformat(at)
        except (ValueError, KeyError, TypeError, IndexError, NotFoundProblem) as error:
            _log.exception("statement_unreadable", path=str(path), error=str(error))
            continue
        yield Remembered(tenant, file.removeprefix("sha256:"), told["statement"], moved_at)
