"""Queries on secrets: what is known of them, and the secrets themselves, sealed."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.kept import Kept
from gateway.kit.tenancy import TenantTransaction
from gateway.signing.encryption import SealedKey
from gateway.signing.tables import held_secret, held_secret_value

_C = held_secret.c


@dataclass(frozen=True, slots=True)
class SecretRow:
    """A row of `held_secret`. Nothing of it is secret."""

    account_id: UUID
    entity_id: UUID
    id: UUID
    kind: str
    name: str
    about: Mapping[str, Any]
    active: bool
    expires_at: datetime.datetime | None
    last_used_at: datetime.datetime | None
    created_at: datetime.datetime
    deleted_at: datetime.datetime | None

    def is_over(self, at: datetime.datetime) -> bool:
        """Tell whether it has ended by a moment."""
        return self.expires_at is not None and self.expires_at <= at


def insert(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Add what is known of a secret."""
    tx.execute(tx.insert(held_secret, **values))


def insert_value(
    tx: TenantTransaction, secret_id: UUID, sealed: SealedKey, now: datetime.datetime
) -> None:
    """Keep a secret, sealed."""
    tx.execute(
        tx.insert(
            held_secret_value,
            secret_id=secret_id,
            sealed=sealed.sealed,
            data_key=sealed.data_key,
            version=sealed.version,
            updated_at=now,
        )
    )


def by_id(tx: TenantTransaction, secret_id: UUID, *, lock: bool = False) -> SecretRow | None:
    """Return a secret of the entity that is not deleted."""
    query = tx.select(held_secret).where(
        _C.id == secret_id, _C.entity_id == tx.entity_id, _C.deleted_at.is_(None)
    )
    if lock:
        query = query.with_for_update()
    row = tx.execute(query).mappings().one_or_none()
    return None if row is None else SecretRow(**row)


def page(
    tx: TenantTransaction, *, kind: str | None, before: UUID | None, limit: int
) -> list[SecretRow]:
    """Return up to `limit` secrets, newest first, older than `before`."""
    query = tx.select(held_secret).where(_C.deleted_at.is_(None))
    if kind is not None:
        query = query.where(_C.kind == kind)
    if before is not None:
        query = query.where(_C.id < before)
    rows = tx.execute(query.order_by(_C.id.desc()).limit(limit))
    return [SecretRow(**row) for row in rows.mappings()]


_OF_KIND = Kept(
    lambda tx: (
        tx.select(held_secret)
        .where(
            _C.entity_id == sa.bindparam("of_entity"),
            _C.kind == sa.bindparam("wanted"),
            _C.deleted_at.is_(None),
        )
        .order_by(_C.id.desc())
    )
)
_SEALED = Kept(
    lambda tx: tx.select(
        held_secret_value,
        held_secret_value.c.sealed,
        held_secret_value.c.data_key,
        held_secret_value.c.version,
    ).where(held_secret_value.c.secret_id == sa.bindparam("of_secret"))
)


def of_kind(tx: TenantTransaction, kind: str) -> list[SecretRow]:
    """Return the entity's secrets of a kind, the newest first."""
    rows = _OF_KIND(tx, of_entity=tx.entity_id, wanted=kind)
    return [SecretRow(**row) for row in rows.mappings()]


def of_entities(tx: TenantTransaction, entity_ids: Sequence[UUID]) -> list[SecretRow]:
    """Return the secrets of some entities, the newest first."""
    query = tx.select(held_secret).where(_C.entity_id.in_(entity_ids), _C.deleted_at.is_(None))
    rows = tx.execute(query.order_by(_C.id.desc()))
    return [SecretRow(**row) for row in rows.mappings()]


def sealed_value(tx: TenantTransaction, secret_id: UUID) -> SealedKey | None:
    """Return a secret as it is stored; None when it is gone."""
    row = _SEALED(tx, of_secret=secret_id).one_or_none()
    return None if row is None else SealedKey(row.sealed, row.data_key, row.version)


def update(tx: TenantTransaction, secret_id: UUID, values: Mapping[str, Any]) -> None:
    """Change what is known of a secret."""
    tx.execute(tx.update(held_secret).where(_C.id == secret_id).values(**values))


def mark_used(
    tx: TenantTransaction,
    secret_id: UUID,
    now: datetime.datetime,
    unless_after: datetime.datetime,
) -> None:
    """Write when a secret was last used, unless another is writing it or just did."""
    stale = sa.or_(_C.last_used_at.is_(None), _C.last_used_at < unless_after)
    free = tx.select(held_secret, _C.id).where(_C.id == secret_id, stale)
    statement = tx.update(held_secret).where(_C.id.in_(free.with_for_update(skip_locked=True)))
    tx.execute(statement.values(last_used_at=now))


def destroy(tx: TenantTransaction, secret_id: UUID, now: datetime.datetime) -> None:
    """Take away a secret for ever; that there was one is still known."""
    value = held_secret_value
    tx.execute(tx.delete(value).where(value.c.secret_id == secret_id))
    update(tx, secret_id, {"deleted_at": now})
