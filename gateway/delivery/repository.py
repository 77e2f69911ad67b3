"""Queries on e-mails, reminders and logos; all of a tenant go through its filter."""

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.delivery import tables
from gateway.delivery.occasions import Occasion
from gateway.delivery.tables import email, email_queue
from gateway.kit.tenancy import Environment, TenantTransaction


@dataclass(frozen=True, slots=True)
class EmailRow:
    """A row of `email`, without its message."""

    account_id: UUID
    entity_id: UUID
    id: UUID
    document_id: UUID | None
    purpose: str
    about: str | None
    state: str
    message_id: str
    sender: str
    reply_to: str | None
    recipients: list[dict[str, Any]]
    subject: str
    body: str
    attachments: list[dict[str, Any]]
    attempts: int
    last_error: str | None
    metadata: Mapping[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime
    sent_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class EmailFilter:
    """What a list of e-mails may be narrowed to."""

    state: str | None = None
    document_id: UUID | None = None
    metadata: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class QueuedEmail:
    """Who must act, and whose it is."""

    id: int
    account_id: UUID
    entity_id: UUID
    environment: Environment
    email_id: UUID
    state: str


SHOWN = ("document", "reminder")
"""The purposes of e-mails that can be read; others are nobody's to read but the receiver's."""

_COLUMNS = tuple(email.c[name] for name in EmailRow.__dataclass_fields__)
_QUEUED = tuple(email_queue.c[name] for name in QueuedEmail.__dataclass_fields__)


def insert_email(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Add an e-mail."""
    tx.execute(tx.insert(email, **values))


def enqueue(tx: TenantTransaction, email_id: UUID, due_at: datetime.datetime) -> None:
    """Queue an e-mail for sending."""
    statement = tx.insert(email_queue, email_id=email_id, state="queued", due_at=due_at)
    tx.execute(statement.inline())  # who queues may not read the queue, not even the new id


def email_by_id(tx: TenantTransaction, email_id: UUID, *, lock: bool = False) -> EmailRow | None:
    """Return one e-mail; with `lock`, nobody else can change it until the transaction ends."""
    query = tx.select(email, *_COLUMNS).where(email.c.id == email_id)
    if lock:
        query = query.with_for_update()
    row = tx.execute(query).one_or_none()
    return None if row is None else EmailRow(*row)


def sealed_of(tx: TenantTransaction, email_id: UUID) -> bytes | None:
    """Return the sealed bytes of an e-mail that is about no document, None once erased."""
    query = tx.select(email, email.c.sealed).where(email.c.id == email_id)
    content = tx.execute(query).scalar_one_or_none()
    return None if content is None else bytes(content)


def message_of(tx: TenantTransaction, email_id: UUID) -> bytes | None:
    """Return the bytes of an e-mail, as they go on the wire."""
    query = tx.select(email, email.c.message).where(email.c.id == email_id)
    content = tx.execute(query).scalar_one_or_none()
    return None if content is None else bytes(content)


def email_page(
    tx: TenantTransaction, wanted: EmailFilter, *, before: UUID | None, limit: int
) -> list[EmailRow]:
    """Return up to `limit` e-mails, newest first, older than `before`."""
    query = tx.select(email, *_COLUMNS).where(email.c.purpose.in_(SHOWN))
    if wanted.state is not None:
        query = query.where(email.c.state == wanted.state)
    if wanted.document_id is not None:
        query = query.where(email.c.document_id == wanted.document_id)
    if wanted.metadata:
        query = query.where(email.c["metadata"].contains(dict(wanted.metadata)))
    if before is not None:
        query = query.where(email.c.id < before)
    rows = tx.execute(query.order_by(email.c.id.desc()).limit(limit))
    return [EmailRow(*row) for row in rows]


def update_email(tx: TenantTransaction, email_id: UUID, values: Mapping[str, Any]) -> None:
    """Change what moves of an e-mail."""
    tx.execute(tx.update(email).where(email.c.id == email_id).values(**values))


def next_queued(tx: TenantTransaction, now: datetime.datetime) -> QueuedEmail | None:
    """Return the e-mail that is due longest and that nobody looks at, locked."""
    query = (
        tx.select(email_queue, *_QUEUED)
        .where(email_queue.c.due_at <= now)
        .order_by(email_queue.c.due_at, email_queue.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = tx.execute(query).one_or_none()
    return None if row is None else QueuedEmail(*row)


def move_queued(
    tx: TenantTransaction, queued_id: int, state: str, due_at: datetime.datetime
) -> None:
    """Say who must act on a queued e-mail next, and when."""
    statement = tx.update(email_queue).where(email_queue.c.id == queued_id)
    tx.execute(statement.values(state=state, due_at=due_at))


def unqueue(tx: TenantTransaction, queued_id: int) -> None:
    """Take an e-mail off the queue."""
    tx.execute(tx.delete(email_queue).where(email_queue.c.id == queued_id))


def add_reminder(
    tx: TenantTransaction, document_id: UUID, occasion: str, now: datetime.datetime
) -> bool:
    """Note that something was told about a document; False when it was told before."""
    values = {
        "account_id": tx.tenant.account_id,
        "entity_id": tx.entity_id,
        "document_id": document_id,
        "occasion": occasion,
        "at": now,
    }
    statement = (
        postgresql.insert(tables.reminder)
        .values(**values)
        .on_conflict_do_nothing()
        .returning(tables.reminder.c.occasion)
    )
    return tx.execute(statement).first() is not None


def owed_documents(
    tx: TenantTransaction, kinds: Sequence[str], occasions: Sequence[Occasion]
) -> list[tuple[UUID, datetime.date]]:
    """Return what is owed and when, where an occasion has come that is not noted yet.

    Args:
        tx: A transaction of one entity.
        kinds: Of these kinds.
        occasions: What the day brings; one of them is enough.
    """
    document = tables.owed
    query = tx.select(document, document.c.id, document.c.due_date).where(
        document.c.kind.in_(kinds),
        *_owed(),
        sa.or_(sa.false(), *(_has_come(tx, one) for one in occasions)),
    )
    return [(row[0], row[1]) for row in tx.execute(query.order_by(document.c.due_date))]


def _has_come(tx: TenantTransaction, occasion: Occasion) -> sa.ColumnElement[bool]:
    due, noted = tables.owed.c.due_date, tables.reminder.c
    rows = tx.select(tables.reminder, noted.occasion).where(
        noted.document_id == tables.owed.c.id, noted.occasion == occasion.name
    )
    return sa.and_(due.between(occasion.earliest, occasion.latest), sa.not_(rows.exists()))


def _owed() -> tuple[sa.ColumnElement[bool], ...]:
    c = tables.owed.c
    left = c.amount_due - c.amount_credited - c.amount_paid
    return c.state == "issued", c.due_date.is_not(None), left > 0


def hold_document(tx: TenantTransaction, document_id: UUID) -> str:
    """Let nobody pay, credit or void a document until the transaction ends; return its state.

    Weaker than the lock of who changes it: evidence of it can be recorded beside.
    """
    c = tables.owed.c
    query = tx.select(tables.owed, c.state).where(c.id == document_id)
    return str(tx.execute(query.with_for_update(key_share=True)).scalar_one())


def fetched_logo(tx: TenantTransaction, url: str) -> bytes | None:
    """Return a logo as it was fetched from an address, None if it never was."""
    table = tables.fetched_logo
    query = tx.select(table, table.c.content).where(table.c.url == url)
    content = tx.execute(query).scalar_one_or_none()
    return None if content is None else bytes(content)


def keep_logo(tx: TenantTransaction, url: str, content: bytes, now: datetime.datetime) -> None:
    """Keep what was fetched; what another request kept first stays."""
    values = {
        "account_id": tx.tenant.account_id,
        "entity_id": tx.entity_id,
        "url": url,
        "sha256": hashlib.sha256(content).digest(),
        "content": content,
        "fetched_at": now,
    }
    tx.execute(postgresql.insert(tables.fetched_logo).values(**values).on_conflict_do_nothing())


def owing_entities(
    connection: sa.Connection, until: datetime.date
) -> list[tuple[UUID, UUID, Environment]]:
    """Return account, entity and environment of whom something is owed that is due by a day.

    As gw_auth, who sees these ids and nothing else of documents.
    """
    document, entity = tables.owed, tables.directory
    query = (
        sa.select(document.c.account_id, document.c.entity_id, entity.c.environment)
        .join(entity, entity.c.id == document.c.entity_id)
        .where(
            *_owed(),
            document.c.due_date <= until,
        )
        .distinct()
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]
