"""Queries on accounts and entities."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.tenancy import Environment, TenantTransaction
from gateway.tenants.tables import account, entity


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
