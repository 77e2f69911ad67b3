"""The activity log: who did what, and every access of an auditor. Append only.

Requests that write are recorded by `access`, in their own transaction: whatever is in the log
happened, and what happened is in it. Background work and the command line record themselves.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects import postgresql

from gateway.kit.database import metadata
from gateway.kit.ids import new_id
from gateway.kit.kept import Added
from gateway.kit.tenancy import ActorKind, TenantTransaction

activity = sa.Table(
    "activity",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("actor_kind", sa.Text, nullable=False),
    sa.Column("actor_id", sa.Text),
    sa.Column("subject_id", sa.Text),
    sa.Column("request_id", sa.Text),
    sa.Column("data", postgresql.JSONB, nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """A row of `activity`."""

    id: UUID
    entity_id: UUID | None
    action: str
    actor_kind: ActorKind
    actor_id: str | None
    subject_id: str | None
    request_id: str | None
    data: Mapping[str, Any]
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which activity is asked for; None does not narrow.

    Attributes:
        entity_id: About this entity.
        actor: Its kind, or its public id.
        action: Exactly this.
        since: Not before.
        until: Before.
    """

    entity_id: UUID | None = None
    actor: str | None = None
    action: str | None = None
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None


_COLUMNS = tuple(activity.c[name] for name in ActivityRow.__slots__)
_ADD = Added(activity)


def record(
    tx: TenantTransaction,
    action: str,
    *,
    subject_id: str | None = None,
    data: Mapping[str, Any] | None = None,
    now: datetime.datetime,
) -> None:
    """Record what is done in a transaction, in the name of its tenant's actor.

    Args:
        tx: When it is about one entity, so is the record.
        action: A verb and what it is done to: `create_invoice`, `send_reminder`.
        subject_id: The public id of what it is done to.
        data: What else should be remembered; JSON, and no secrets.
        now: When.
    """
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    _ADD(tx, **_row(tx, action, subject_id, data or {}, request_id, now))


def record_all(
    tx: TenantTransaction,
    done: Sequence[tuple[str, str, str | None]],
    *,
    data: Mapping[str, Any],
    now: datetime.datetime,
) -> None:
    """Record several requests of one tenant in one statement.

    Args:
        tx: See `record`.
        done: Of each the action, the public id of its subject, and the id of the request.
        data: What should be remembered of all of them.
        now: When.
    """
    rows = [_row(tx, action, subject, data, request, now) for action, subject, request in done]
    tx.execute(tx.insert(activity), rows)


def _row(  # noqa: PLR0913, PLR0917 - the columns
    tx: TenantTransaction,
    action: str,
    subject_id: str | None,
    data: Mapping[str, Any],
    request_id: str | None,
    now: datetime.datetime,
) -> dict[str, Any]:
    tenant = tx.tenant
    return {
        "id": new_id(),
        "entity_id": tenant.entity_ids[0] if len(tenant.entity_ids) == 1 else None,
        "action": action,
        "actor_kind": tenant.actor.kind,
        "actor_id": tenant.actor.id,
        "subject_id": subject_id,
        "request_id": request_id,
        "data": dict(data),
        "at": now,
    }


def page(
    tx: TenantTransaction, wanted: Wanted, *, before: UUID | None, limit: int
) -> list[ActivityRow]:
    """Return one page of what was done, newest first."""
    columns = activity.c
    query = tx.select(activity, *_COLUMNS).order_by(columns.id.desc()).limit(limit)
    if before is not None:
        query = query.where(columns.id < before)
    if wanted.entity_id is not None:
        query = query.where(columns.entity_id == wanted.entity_id)
    if wanted.actor is not None:
        query = query.where(
            sa.or_(columns.actor_id == wanted.actor, columns.actor_kind == wanted.actor)
        )
    if wanted.action is not None:
        query = query.where(columns.action == wanted.action)
    if wanted.since is not None:
        query = query.where(columns.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(columns.at < wanted.until)
    return [ActivityRow(**row) for row in tx.execute(query).mappings()]
