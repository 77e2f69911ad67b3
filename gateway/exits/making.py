"""Writing the file of an exit: a bundle of all evidence, and the rows of the database beside it.

All of it is read in one transaction that sees one moment, however long it takes.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any
from uuid import UUID

import sqlalchemy as sa

from gateway.archive.bundle import Described, JsonValue, canonical
from gateway.archive.service import Archive, Bundle
from gateway.exits import state
from gateway.exits.belongings import CARRIED, LEFT
from gateway.exits.box import Receiver
from gateway.exits.secrets import VAULT, sealed_parts
from gateway.exits.unfinished import unfinished
from gateway.kit.clock import written
from gateway.kit.database import metadata
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.signing.encryption import KeyEncryption
from gateway.version import VERSION

FORMAT = "einvoice-gateway-exit/1"
ABOUT = "about.json"
REMAINS = "destroyed"
"""Beside the tables: what is left of the evidence of destroyed documents, one a line."""

ITSELF = "about_entity"
"""Beside the tables: the evidence that is about the entity and no document, in one line."""

_IDS_AT_ONCE = 500
_REMAINS_AT_ONCE = 20
_ABOUT = datetime.timedelta(minutes=1)  # a destruction has its moment before it is committed

_SUBJECTS = ("document", "received_document")

Told = tuple[Described, Sequence[Mapping[str, JsonValue]]]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the contents of an exit come from.

    Attributes:
        archive: Holds the evidence.
        issued: Says what an issued document is and what happened to it.
        received: The same of a received one.
        encryption: Unwraps what seals the secrets of the vault.
    """

    archive: Archive
    issued: Callable[[TenantTransaction, UUID], Told]
    received: Callable[[TenantTransaction, UUID], Told]
    encryption: KeyEncryption


@dataclass(frozen=True, slots=True)
class Asked:
    """What an exit is made for.

    Attributes:
        exit_id: Its public id.
        job_id: The job that makes it.
        now: The moment.
        receiver: Who opens the secrets that go along; None: none do.
    """

    exit_id: str
    job_id: UUID | None
    now: datetime.datetime
    receiver: Receiver | None = None


def make(
    tx: TenantTransaction,
    sources: Sources,
    sink: IO[bytes],
    asked: Asked,
    progress: Callable[[int, int], None],
) -> dict[str, Any]:
    """Write the file and return what it says of itself.

    Args:
        tx: Of the entity; steady, read-only.
        sources: Where the contents come from.
        sink: Where to; only ever appended to.
        asked: What for.
        progress: Told how many documents are done, and of how many.

    Raises:
        NotFoundProblem: The archive is empty.
        EvidenceDamagedProblem: Evidence on disk is not what was archived.
        KeyEncryptionError, UnsealError: A secret that is to go along cannot be opened.
    """
    state.begin(tx)
    about = _about(tx, asked)
    total = sum(len(ids) for ids, _ in _subjects(tx, sources))
    progress(0, total)
    done = 0
    with sources.archive.bundling(tx, sink, now=asked.now) as bundle:
        for ids, told in _subjects(tx, sources):
            for one in ids:
                bundle.add(tx, *told(tx, one))
                done += 1
                progress(done, total)
        bundle.attach(ABOUT, canonical(about))
        found = _tables(tx, sources, asked)
        found |= {REMAINS: _remains(tx, bundle), ITSELF: _itself(tx, bundle)}
        for name, parts in sorted(found.items(), key=lambda one: f"{one[0]}/"):
            for number, content in enumerate(parts, 1):
                bundle.attach(f"{name}/{number:07}.jsonl", content)
                progress(done, total)
        bundle.finish()
    return about


def destroyed_since(tx: TenantTransaction, moment: datetime.datetime) -> bool:
    """Tell whether a document of the entity was destroyed since about a moment."""
    for name in _SUBJECTS:
        table = metadata.tables[name]
        query = tx.select(table, sa.func.max(table.c.destroyed_at))
        newest = tx.execute(query).scalar()
        if newest is not None and newest > moment - _ABOUT:
            return True
    return False


def _tables(tx: TenantTransaction, sources: Sources, asked: Asked) -> dict[str, Iterator[bytes]]:
    """Return the parts of each table that is in the file."""
    found = {carried.name: state.parts(tx, carried) for carried in CARRIED}
    if asked.receiver is not None:
        for kept in VAULT:
            parts = sealed_parts(tx, kept, sources.encryption, asked.receiver)
            found[kept.carried.name] = parts
    return found


def _about(tx: TenantTransaction, asked: Asked) -> dict[str, Any]:
    left = state.staying(tx)
    if asked.receiver is not None:
        for kept in VAULT:
            left.pop(kept.carried.name, None)
    return {
        "format": FORMAT,
        "software": f"einvoice-gateway {VERSION}",
        "schema": state.revision(tx),
        "exit": asked.exit_id,
        "account": public_id("acc", tx.tenant.account_id),
        "entity": public_id("ent", tx.entity_id),
        "environment": tx.tenant.environment,
        "made_at": written(asked.now),
        "secrets_for": None if asked.receiver is None else asked.receiver.id,
        "tables": [
            {"name": name, "rows": found.rows, "sha256": found.sha256}
            for name, found in state.summaries(tx).items()
        ],
        "left": [
            {"name": name, "rows": number, "reason": LEFT[name]} for name, number in left.items()
        ],
        "unfinished": [one.as_json() for one in unfinished(tx, asked.job_id)],
    }


def _itself(tx: TenantTransaction, bundle: Bundle) -> Iterator[bytes]:
    if entries := bundle.about_entity(tx):
        yield canonical(entries) + b"\n"


def _remains(tx: TenantTransaction, bundle: Bundle) -> Iterator[bytes]:
    """Yield lines about the destroyed documents, some at a time."""
    lines = list[bytes]()
    for name in _SUBJECTS:
        table = metadata.tables[name]
        for page in _pages(tx, table, table.c.destroyed_at.is_not(None)):
            query = tx.select(table, table.c.id, table.c.destroyed_at)
            for id_, moment in tx.execute(query.where(table.c.id.in_(page)).order_by(table.c.id)):
                said: dict[str, JsonValue] = {
                    "id": str(id_),
                    "received": name == "received_document",
                    "destroyed_at": written(moment),
                    "entries": bundle.remains(tx, id_),
                }
                lines.append(canonical(said) + b"\n")
                if len(lines) >= _REMAINS_AT_ONCE:
                    yield b"".join(lines)
                    lines = []
    if lines:
        yield b"".join(lines)


def _subjects(
    tx: TenantTransaction, sources: Sources
) -> Iterator[tuple[list[UUID], Callable[[TenantTransaction, UUID], Told]]]:
    """Yield the ids of what has evidence, page by page, and who tells what it is."""
    for name, told in zip(_SUBJECTS, (sources.issued, sources.received), strict=True):
        table = metadata.tables[name]
        issued = table.c.state != "draft" if name == "document" else sa.true()
        for page in _pages(tx, table, sa.and_(issued, table.c.destroyed_at.is_(None))):
            yield page, told


def _pages(
    tx: TenantTransaction, table: sa.Table, condition: sa.ColumnElement[bool]
) -> Iterator[list[UUID]]:
    after: UUID | None = None
    while True:
        query = tx.select(table, table.c.id).where(condition)
        if after is not None:
            query = query.where(table.c.id > after)
        page = list(tx.execute(query.order_by(table.c.id).limit(_IDS_AT_ONCE)).scalars())
        if page:
            yield page
        if len(page) < _IDS_AT_ONCE:
            return
        after = page[-1]
