"""Auditors whom entities invite, and what they asked for: the rows; `gateway/auditors` decides."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.ids import public_id
from gateway.kit.scope import Direction, Period
from gateway.kit.shelf import Shelf
from gateway.kit.tenancy import ActorKind, Environment, TenantTransaction
from gateway.tenants.attendance import Shows
from gateway.tenants.credentials.tables import auditor, auditor_access


@dataclass(frozen=True, slots=True)
class AuditorRow:
    """A row of `auditor`.

    Attributes:
        kinds: Of what was issued, these kinds alone; empty for all.
        last_used_at: To the minute; None: never came.
    """

    account_id: UUID
    entity_id: UUID
    id: UUID
    environment: Environment
    name: str
    firm: str | None
    email: str | None
    purpose: str
    period_from: datetime.date | None
    period_until: datetime.date | None
    kinds: Sequence[str]
    directions: Sequence[Direction]
    hint: str
    hash: bytes
    invited_by_kind: ActorKind
    invited_by: str | None
    created_at: datetime.datetime
    expires_at: datetime.datetime
    last_used_at: datetime.datetime | None
    ended_at: datetime.datetime | None
    ended_by_kind: ActorKind | None
    ended_by: str | None


@dataclass(frozen=True, slots=True)
class AccessRow:
    """A row of `auditor_access`; see `tenants.attendance.Asked`."""

    account_id: UUID
    entity_id: UUID
    id: UUID
    auditor_id: UUID
    at: datetime.datetime
    operation: str
    shows: Shows
    path: str
    query: str
    subject_id: str | None
    address: str
    request_id: str | None


def scope_of(row: AuditorRow | sa.Row[Any]) -> Period:
    """Return what an auditor is shown."""
    return Period(
        row.period_from,
        row.period_until,
        tuple(row.kinds),
        tuple(row.directions),
        asker=public_id("aud", row.id),
    )


AUDITORS = Shelf(auditor, AuditorRow)
_ACCESSES = Shelf(auditor_access, AccessRow)


def page(tx: TenantTransaction, *, before: UUID | None, limit: int) -> list[AuditorRow]:
    """Return one page of invited auditors, newest first; those whose time is over too."""
    query = tx.select(auditor).order_by(auditor.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(auditor.c.id < before)
    return [AUDITORS.read(row) for row in tx.execute(query)]


def accesses(
    tx: TenantTransaction, auditor_id: UUID, *, before: UUID | None, limit: int
) -> list[AccessRow]:
    """Return one page of what an auditor asked for, newest first."""
    columns = auditor_access.c
    query = tx.select(auditor_access).where(columns.auditor_id == auditor_id)
    if before is not None:
        query = query.where(columns.id < before)
    found = tx.execute(query.order_by(columns.id.desc()).limit(limit))
    return [_ACCESSES.read(row) for row in found]


def end(tx: TenantTransaction, now: datetime.datetime, auditor_id: UUID | None = None) -> bool:
    """End the access of an auditor, or of all; False: there was none that had not ended."""
    actor = tx.tenant.actor
    values = {"ended_at": now, "ended_by_kind": actor.kind, "ended_by": actor.id}
    statement = tx.update(auditor).where(auditor.c.ended_at.is_(None))
    if auditor_id is not None:
        statement = statement.where(auditor.c.id == auditor_id)
    return tx.execute(statement.values(**values)).rowcount > 0
