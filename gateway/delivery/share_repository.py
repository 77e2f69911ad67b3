"""Queries on share links."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.delivery.tables import share_link
from gateway.kit.tenancy import Environment, TenantTransaction


@dataclass(frozen=True, slots=True)
class ShareLinkRow:
    """A row of `share_link`, without its hash."""

    id: UUID
    document_id: UUID
    hint: str
    created_at: datetime.datetime
    updated_at: datetime.datetime
    expires_at: datetime.datetime | None
    revoked_at: datetime.datetime | None
    views: int
    last_viewed_at: datetime.datetime | None
    metadata: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """What a link leads to, before there is a tenant."""

    account_id: UUID
    entity_id: UUID
    environment: Environment
    id: UUID
    document_id: UUID
    expires_at: datetime.datetime | None
    revoked_at: datetime.datetime | None


_COLUMNS = tuple(share_link.c[name] for name in ShareLinkRow.__dataclass_fields__)
_FOUND = tuple(share_link.c[name] for name in Found.__dataclass_fields__)


def insert(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Add a link."""
    tx.execute(tx.insert(share_link, **values))


def by_id(tx: TenantTransaction, link_id: UUID) -> ShareLinkRow | None:
    """Return one link."""
    row = tx.execute(
        tx.select(share_link, *_COLUMNS).where(share_link.c.id == link_id)
    ).one_or_none()
    return None if row is None else ShareLinkRow(*row)


def page(
    tx: TenantTransaction,
    document_id: UUID,
    metadata: Mapping[str, str],
    *,
    before: UUID | None,
    limit: int,
) -> list[ShareLinkRow]:
    """Return up to `limit` links of a document, newest first, older than `before`."""
    query = tx.select(share_link, *_COLUMNS).where(share_link.c.document_id == document_id)
    if metadata:
        query = query.where(share_link.c["metadata"].contains(dict(metadata)))
    if before is not None:
        query = query.where(share_link.c.id < before)
    rows = tx.execute(query.order_by(share_link.c.id.desc()).limit(limit))
    return [ShareLinkRow(*row) for row in rows]


def revoke(tx: TenantTransaction, link_id: UUID, now: datetime.datetime) -> None:
    """Revoke a link; the first time counts."""
    statement = tx.update(share_link).where(
        share_link.c.id == link_id, share_link.c.revoked_at.is_(None)
    )
    tx.execute(statement.values(revoked_at=now, updated_at=now))


def count_view(tx: TenantTransaction, link_id: UUID, now: datetime.datetime) -> None:
    """Count a view of a link."""
    statement = tx.update(share_link).where(share_link.c.id == link_id)
    tx.execute(statement.values(views=share_link.c.views + 1, last_viewed_at=now))


def by_hash(connection: sa.Connection, digest: bytes) -> Found | None:
    """Return what a link leads to, as gw_auth, who may look at nothing else of it."""
    row = connection.execute(sa.select(*_FOUND).where(share_link.c.hash == digest)).one_or_none()
    return None if row is None else Found(*row)
