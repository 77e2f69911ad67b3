"""Queries on sessions."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gateway.kit.tenancy import Environment, TenantTransaction
from gateway.tenants.credentials.tables import user_session
from gateway.tenants.roles import UserRole


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A row of `user_session`, without the hash."""

    id: UUID
    environment: Environment
    membership_id: UUID
    role: UserRole
    created_at: datetime.datetime
    expires_at: datetime.datetime
    revoked_at: datetime.datetime | None


_COLUMNS = tuple(user_session.c[name] for name in SessionRow.__slots__)


def insert(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Add a session."""
    tx.execute(tx.insert(user_session, **values))


def by_id(tx: TenantTransaction, session_id: UUID) -> SessionRow | None:
    """Return a session of the entity."""
    query = tx.select(user_session, *_COLUMNS).where(user_session.c.id == session_id)
    row = tx.execute(query).mappings().one_or_none()
    return None if row is None else SessionRow(**row)


def page(
    tx: TenantTransaction, membership_id: UUID, *, before: UUID | None, limit: int
) -> list[SessionRow]:
    """Return up to `limit` sessions of a membership, newest first, older than `before`."""
    columns = user_session.c
    query = tx.select(user_session, *_COLUMNS).where(columns.membership_id == membership_id)
    query = query.order_by(columns.id.desc()).limit(limit)
    if before is not None:
        query = query.where(columns.id < before)
    return [SessionRow(**row) for row in tx.execute(query).mappings()]


def revoke(
    tx: TenantTransaction, membership_id: UUID, session_id: UUID, now: datetime.datetime
) -> bool:
    """Revoke a session; False when there is none. The first revocation's time stays."""
    columns = user_session.c
    mine = (columns.id == session_id, columns.membership_id == membership_id)
    tx.execute(
        tx.update(user_session).where(*mine, columns.revoked_at.is_(None)).values(revoked_at=now)
    )
    return tx.execute(tx.select(user_session, columns.id).where(*mine)).one_or_none() is not None
