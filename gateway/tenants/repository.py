"""Queries on accounts and entities."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.tenancy import Environment, TenantTransaction
from gateway.tenants.tables import account, account_settings, entity


@dataclass(frozen=True, slots=True)
class EntityRow:
    """A row of `entity`, without its logo.

    Attributes:
        settings: Its own.
        inherited: What its account settles for all entities; see `service.settings_of`.
    """

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
    inherited: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A row of `account` with its settings in one environment.

    Attributes:
        settings: What its entities have that do not say otherwise.
        updated_at: When the settings were last changed; None when never.
    """

    id: UUID
    name: str
    created_at: datetime.datetime
    settings: Mapping[str, Any]
    metadata: Mapping[str, str]
    updated_at: datetime.datetime | None


_ENTITY_COLUMNS = tuple(
    entity.c[name] for name in EntityRow.__dataclass_fields__ if name != "inherited"
)


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
    """Return an entity within reach; None also when it is deleted.

    The lock is one of those who change it; who adds rows that refer to it does not wait for it.
    """
    query = _entities(tx).where(entity.c.id == entity_id)
    if lock:
        query = query.with_for_update(of=entity, key_share=True)
    row = tx.execute(query).one_or_none()
    return None if row is None else _entity(row)


def entities_by_id(tx: TenantTransaction, ids: Collection[UUID]) -> list[EntityRow]:
    """Return those of several entities that are within reach, in no particular order."""
    return [_entity(row) for row in tx.execute(_entities(tx).where(entity.c.id.in_(set(ids))))]


def update_entity(tx: TenantTransaction, entity_id: UUID, values: Mapping[str, Any]) -> None:
    """Change an entity."""
    tx.execute(tx.update(entity).where(entity.c.id == entity_id).values(**values))


def entity_page(
    tx: TenantTransaction,
    *,
    metadata: Mapping[str, str],
    search: str | None,
    before: UUID | None,
    limit: int,
) -> list[EntityRow]:
    """Return up to `limit` entities, newest first, older than `before`."""
    query = _entities(tx).order_by(entity.c.id.desc()).limit(limit)
    if metadata:
        query = query.where(entity.c.metadata.contains(dict(metadata)))
    if search:
        query = query.where(entity.c.name.icontains(search, autoescape=True))
    if before is not None:
        query = query.where(entity.c.id < before)
    return [_entity(row) for row in tx.execute(query)]


def entity_logo(tx: TenantTransaction, entity_id: UUID) -> bytes | None:
    """Return the logo an entity was given itself."""
    query = tx.select(entity, entity.c.logo).where(entity.c.id == entity_id)
    return tx.execute(query).scalar_one_or_none()


def _entities(tx: TenantTransaction) -> sa.Select[*tuple[Any, ...]]:
    return (
        tx.select(entity, *_ENTITY_COLUMNS, account_settings.c.settings.label("inherited"))
        .outerjoin(
            account_settings,
            sa.and_(
                account_settings.c.account_id == entity.c.account_id,
                account_settings.c.environment == entity.c.environment,
            ),
        )
        .where(entity.c.deleted_at.is_(None))
    )


def _entity(row: sa.Row[Any]) -> EntityRow:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    return EntityRow(**values | {"inherited": values["inherited"] or {}})


def account_row(tx: TenantTransaction, *, lock: bool = False) -> AccountRow:
    """Return the account of an account-wide transaction, in its environment."""
    named = tx.select(account)
    row = tx.execute(named.with_for_update() if lock else named).one()
    said = tx.execute(tx.select(account_settings)).one_or_none()
    return AccountRow(
        id=row.id,
        name=row.name,
        created_at=row.created_at,
        settings=said.settings if said else {},
        metadata=said.metadata if said else {},
        updated_at=said.updated_at if said else None,
    )


def update_account(tx: TenantTransaction, name: str, values: Mapping[str, Any]) -> None:
    """Write an account's name, and its settings in the environment of the transaction."""
    tx.execute(tx.update(account).values(name=name))
    changed = tx.execute(tx.update(account_settings).values(**values)).rowcount
    if not changed:
        tx.execute(tx.insert(account_settings, **values))


def account_logo(tx: TenantTransaction) -> bytes | None:
    """Return the logo an account gives its entities."""
    return tx.execute(tx.select(account_settings, account_settings.c.logo)).scalar_one_or_none()
