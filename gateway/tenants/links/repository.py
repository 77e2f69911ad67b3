"""Queries on magic links."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gateway.kit.tenancy import TenantTransaction
from gateway.tenants.credentials.tables import magic_link
from gateway.tenants.roles import UserRole


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A row of `magic_link`, without the hash."""

    id: UUID
    membership_id: UUID
    role: UserRole
    purpose: str
    made_by: str | None
    created_at: datetime.datetime
    expires_at: datetime.datetime
    used_at: datetime.datetime | None
    revoked_at: datetime.datetime | None


_COLUMNS = tuple(magic_link.c[name] for name in LinkRow.__slots__)


def insert(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Add a link."""
    tx.execute(tx.insert(magic_link, **values))


def page(
    tx: TenantTransaction, membership_id: UUID, *, before: UUID | None, limit: int
) -> list[LinkRow]:
    """Return up to `limit` links of a membership, newest first, older than `before`."""
    columns = magic_link.c
    query = tx.select(magic_link, *_COLUMNS).where(columns.membership_id == membership_id)
    query = query.order_by(columns.id.desc()).limit(limit)
    if before is not None:
        query = query.where(columns.id < before)
    return [LinkRow(**row) for row in tx.execute(query).mappings()]


def revoke(
    tx: TenantTransaction, membership_id: UUID, link_id: UUID, now: datetime.datetime
) -> bool:
    """Revoke a link; False when there is none. The first revocation's time stays."""
    columns = magic_link.c
    mine = (columns.id == link_id, columns.membership_id == membership_id)
    unused = (columns.used_at.is_(None), columns.revoked_at.is_(None))
    tx.execute(tx.update(magic_link).where(*mine, *unused).values(revoked_at=now))
    return tx.execute(tx.select(magic_link, columns.id).where(*mine)).one_or_none() is not None


def take(
    tx: TenantTransaction, link_id: UUID, purpose: str, now: datetime.datetime
) -> tuple[UUID, UserRole] | None:
    """Use a link up: its membership and role; None when it is used, revoked or expired.

    Of many who try at once, one succeeds: the others wait for its commit, and find it used.
    """
    columns = magic_link.c
    statement = (
        tx.update(magic_link)
        .where(columns.id == link_id, columns.purpose == purpose, columns.expires_at > now)
        .where(columns.used_at.is_(None), columns.revoked_at.is_(None))
        .values(used_at=now)
        .returning(columns.membership_id, columns.role)
    )
    row = tx.execute(statement).one_or_none()
    return None if row is None else (row[0], row[1])
