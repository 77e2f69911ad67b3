"""Queries on accounts, entities and API keys."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.tenancy import Environment, TenantTransaction
from gateway.tenants.schemas import Role
from gateway.tenants.tables import account, api_key, entity


@dataclass(frozen=True, slots=True)
class EntityRow:
    """A row of `entity`."""

    account_id: UUID
    id: UUID
    environment: Environment
    name: str
    country_code: str
    seller: Mapping[str, Any]
    settings: Mapping[str, Any]
    metadata: Mapping[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class ApiKeyRow:
    """A row of `api_key`, without the hash."""

    id: UUID
    environment: Environment
    name: str
    role: Role
    entity_id: UUID | None
    hint: str
    created_at: datetime.datetime
    expires_at: datetime.datetime | None
    revoked_at: datetime.datetime | None


_KEY_COLUMNS = tuple(api_key.c[name] for name in ApiKeyRow.__slots__)


def insert_account(
    tx: TenantTransaction, account_id: UUID, name: str, now: datetime.datetime
) -> None:
    """Add an account; the transaction must be this account's own."""
    tx.execute(sa.insert(account).values(id=account_id, name=name, created_at=now))


def insert_entity(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Add an entity."""
    tx.execute(tx.insert(entity, **values))


def entity_by_id(
    tx: TenantTransaction, entity_id: UUID, *, lock: bool = False
) -> EntityRow | None:
    """Return an entity within reach."""
    query = tx.select(entity).where(entity.c.id == entity_id)
    if lock:
        query = query.with_for_update()
    row = tx.execute(query).one_or_none()
    return None if row is None else EntityRow(**row._mapping)  # noqa: SLF001 - its public name


def update_entity(tx: TenantTransaction, entity_id: UUID, values: Mapping[str, Any]) -> None:
    """Change an entity."""
    tx.execute(tx.update(entity).where(entity.c.id == entity_id).values(**values))


def entity_page(
    tx: TenantTransaction, *, metadata: Mapping[str, str], before: UUID | None, limit: int
) -> list[EntityRow]:
    """Return up to `limit` entities, newest first, older than `before`."""
    query = tx.select(entity).order_by(entity.c.id.desc()).limit(limit)
    if metadata:
        query = query.where(entity.c.metadata.contains(dict(metadata)))
    if before is not None:
        query = query.where(entity.c.id < before)
    return [EntityRow(**row._mapping) for row in tx.execute(query)]  # noqa: SLF001


def insert_key(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Add an API key."""
    tx.execute(tx.insert(api_key, **values))


def key_by_id(tx: TenantTransaction, key_id: UUID) -> ApiKeyRow | None:
    """Return an API key of the account."""
    row = tx.execute(tx.select(api_key, *_KEY_COLUMNS).where(api_key.c.id == key_id)).one_or_none()
    return None if row is None else ApiKeyRow(**row._mapping)  # noqa: SLF001


def key_page(tx: TenantTransaction, *, before: UUID | None, limit: int) -> list[ApiKeyRow]:
    """Return up to `limit` API keys, newest first, older than `before`."""
    query = tx.select(api_key, *_KEY_COLUMNS).order_by(api_key.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(api_key.c.id < before)
    return [ApiKeyRow(**row._mapping) for row in tx.execute(query)]  # noqa: SLF001


def revoke_key(tx: TenantTransaction, key_id: UUID, now: datetime.datetime) -> bool:
    """Revoke a key for ever; False when there is none. The first revocation's time stays."""
    revoked = sa.func.coalesce(api_key.c.revoked_at, now)
    statement = tx.update(api_key).where(api_key.c.id == key_id).values(revoked_at=revoked)
    return tx.execute(statement).rowcount == 1


def key_by_hash(connection: sa.Connection, digest: bytes) -> sa.Row[*tuple[Any, ...]] | None:
    """Return what decides about a caller; for role gw_auth, which sees nothing else."""
    columns = api_key.c
    query = sa.select(
        columns.account_id,
        columns.id,
        columns.entity_id,
        columns.environment,
        columns.role,
        columns.expires_at,
        columns.revoked_at,
    ).where(columns.hash == digest)
    return connection.execute(query).one_or_none()
