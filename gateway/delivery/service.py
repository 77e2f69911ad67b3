"""E-mails as they are read and told of: one, a page, its bytes, its events."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from gateway.delivery import discretion, repository
from gateway.delivery.repository import EmailFilter, EmailRow
from gateway.events import service as events
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import ForbiddenProblem, NotFoundProblem

__all__ = ["EmailFilter", "email", "emails", "message", "tell", "view", "views"]


def email(tx: TenantTransaction, email_id: UUID) -> EmailRow:
    """Return an e-mail.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = repository.email_by_id(tx, email_id)
    if row is None or row.purpose not in repository.SHOWN:
        raise NotFoundProblem
    return row


def emails(
    tx: TenantTransaction, wanted: EmailFilter, *, before: UUID | None, limit: int
) -> list[EmailRow]:
    """Return one page of e-mails, newest first."""
    return repository.email_page(tx, wanted, before=before, limit=limit)


def message(tx: TenantTransaction, email_id: UUID) -> bytes:
    """Return the bytes of an e-mail.

    Raises:
        NotFoundProblem: There is none for this caller.
        ForbiddenProblem: It holds a link that would outlast what the caller may see.
    """
    content = repository.message_of(tx, email_id)
    if content is None:
        raise NotFoundProblem
    if discretion.is_limited(tx.tenant) and discretion.has_link(content):
        raise ForbiddenProblem(
            "The message holds a link that opens the document to whoever has it."
        )
    return content


def views(tx: TenantTransaction, rows: Sequence[EmailRow]) -> list[dict[str, Any]]:
    """Return e-mails as JSON (`EmailView`)."""
    ids = {row.document_id for row in rows if row.document_id is not None}
    prefixes = events.document_prefixes(tx, ids)
    if discretion.is_limited(tx.tenant):
        rows = [replace(row, body=discretion.without_links(row.body)) for row in rows]
    return [view(row, tx.tenant.environment, _public(prefixes, row.document_id)) for row in rows]


def _public(prefixes: Mapping[UUID, str], document_id: UUID | None) -> str | None:
    if document_id is None or document_id not in prefixes:
        return None
    return public_id(prefixes[document_id], document_id)


def tell(tx: TenantTransaction, row: EmailRow, what: str, now: datetime.datetime) -> None:
    """Append `email.sent`, `email.failed` or `email.unknown`.

    About an e-mail; one that can not be read is about what it is about.
    """
    data = {"subject": row.subject, "metadata": dict(row.metadata), "error": row.last_error}
    events.append(
        tx,
        type=f"email.{what}",
        document_id=row.document_id,
        subject_id=row.about or public_id("eml", row.id),
        data=data,
        now=now,
    )


def view(row: EmailRow, environment: str, document: str | None) -> dict[str, Any]:
    """Return an e-mail as JSON (`EmailView`); `document` is the public id of what it sends."""
    return {
        "id": public_id("eml", row.id),
        "object": "email",
        "entity_id": public_id("ent", row.entity_id),
        "environment": environment,
        "document_id": document,
        "purpose": row.purpose,
        "state": row.state,
        "message_id": row.message_id,
        "sender": row.sender,
        "reply_to": row.reply_to,
        "recipients": row.recipients,
        "subject": row.subject,
        "body": row.body,
        "attachments": row.attachments,
        "attempts": row.attempts,
        "last_error": row.last_error,
        "metadata": dict(row.metadata),
        "created_at": written(row.created_at),
        "updated_at": written(row.updated_at),
        "sent_at": row.sent_at and written(row.sent_at),
    }
