"""Queries on API keys."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.tenancy import Environment, TenantTransaction
from gateway.tenants.credentials.tables import api_key
from gateway.tenants.roles import KeyRole


@dataclass(frozen=True, slots=True)
class ApiKeyRow:
    """A row of `api_key`, without the hash.

    Attributes:
        origin: What it comes from; see `Actor.origin`.
    """

    id: UUID
    environment: Environment
    name: str
    role: KeyRole
    entity_id: UUID | None
    hint: str
    created_at: datetime.datetime
    expires_at: datetime.datetime | None
    revoked_at: datetime.datetime | None
    scopes: list[str] | None
    period_from: datetime.date | None
    period_until: datetime.date | None
    last_used_at: datetime.datetime | None
    origin: str


_KEY_COLUMNS = tuple(api_key.c[name] for name in ApiKeyRow.__slots__)


def insert_key(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Add an API key."""
    tx.execute(tx.insert(api_key, **values))


def key_by_id(tx: TenantTransaction, key_id: UUID) -> ApiKeyRow | None:
    """Return an API key of the account."""
    row = (
        tx.execute(tx.select(api_key, *_KEY_COLUMNS).where(api_key.c.id == key_id))
        .mappings()
        .one_or_none()
    )
    return None if row is None else ApiKeyRow(**row)


def key_page(tx: TenantTransaction, *, before: UUID | None, limit: int) -> list[ApiKeyRow]:
    """Return up to `limit` API keys, newest first, older than `before`."""
    query = tx.select(api_key, *_KEY_COLUMNS).order_by(api_key.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(api_key.c.id < before)
    return [ApiKeyRow(**row) for row in tx.execute(query).mappings()]


def revoke_key(tx: TenantTransaction, key_id: UUID, now: datetime.datetime) -> bool:
    """Revoke a key for ever; False when there is none. The first revocation's time stays."""
    revoked = sa.func.coalesce(api_key.c.revoked_at, now)
    statement = tx.update(api_key).where(api_key.c.id == key_id).values(revoked_at=revoked)
    return tx.execute(statement).rowcount == 1


def revoke_keys_of(tx: TenantTransaction, entity_id: UUID, now: datetime.datetime) -> None:
    """Revoke every key of one entity that is not revoked yet."""
    bound = (api_key.c.entity_id == entity_id, api_key.c.revoked_at.is_(None))
    tx.execute(tx.update(api_key).where(*bound).values(revoked_at=now))
