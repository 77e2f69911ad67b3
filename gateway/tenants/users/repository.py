"""Queries on people."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.tenancy import Environment, TenantTransaction
from gateway.tenants.credentials.tables import membership, person
from gateway.tenants.roles import UserRole


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row of `person` that is not deleted."""

    id: UUID
    environment: Environment
    email: str
    name: str
    metadata: Mapping[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime


_COLUMNS = tuple(person.c[name] for name in PersonRow.__slots__)


def insert(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Add a person."""
    tx.execute(tx.insert(person, **values))


def by_id(tx: TenantTransaction, person_id: UUID, *, lock: bool = False) -> PersonRow | None:
    """Return a person of the account."""
    query = _present(tx).where(person.c.id == person_id)
    return _one(tx, query.with_for_update() if lock else query)


def by_email(tx: TenantTransaction, email: str) -> PersonRow | None:
    """Return the person with an address; capital letters make no difference."""
    return _one(tx, _present(tx).where(sa.func.lower(person.c.email) == sa.func.lower(email)))


def page(
    tx: TenantTransaction,
    *,
    email: str | None,
    metadata: Mapping[str, str],
    before: UUID | None,
    limit: int,
) -> list[PersonRow]:
    """Return up to `limit` people, newest first, older than `before`."""
    query = _present(tx).order_by(person.c.id.desc()).limit(limit)
    if email is not None:
        query = query.where(sa.func.lower(person.c.email) == sa.func.lower(email))
    if metadata:
        query = query.where(person.c.metadata.contains(dict(metadata)))
    if before is not None:
        query = query.where(person.c.id < before)
    return [PersonRow(**row) for row in tx.execute(query).mappings()]


def update(tx: TenantTransaction, person_id: UUID, values: Mapping[str, Any]) -> None:
    """Change a person."""
    tx.execute(tx.update(person).where(person.c.id == person_id).values(**values))


def roles_of(tx: TenantTransaction, people: Iterable[UUID]) -> list[tuple[UUID, UUID, UserRole]]:
    """Return person, entity and role of every membership within reach."""
    columns = membership.c
    query = tx.select(membership, columns.person_id, columns.entity_id, columns.role).where(
        columns.person_id.in_(list(people)), columns.deleted_at.is_(None)
    )
    return [(row[0], row[1], row[2]) for row in tx.execute(query.order_by(columns.id))]


def _present(tx: TenantTransaction) -> sa.Select[*tuple[Any, ...]]:
    return tx.select(person, *_COLUMNS).where(person.c.deleted_at.is_(None))


def _one(tx: TenantTransaction, query: sa.Select[*tuple[Any, ...]]) -> PersonRow | None:
    row = tx.execute(query).mappings().one_or_none()
    return None if row is None else PersonRow(**row)
