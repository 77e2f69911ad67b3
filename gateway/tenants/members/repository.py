"""Queries on memberships, with the person whom each is about, and on invitations."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.tenancy import Environment, TenantTransaction
from gateway.tenants.credentials.tables import invitation, membership, person
from gateway.tenants.roles import UserRole


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A row of `membership` that is not deleted, and who it is about."""

    id: UUID
    environment: Environment
    entity_id: UUID
    person_id: UUID
    email: str
    name: str
    role: UserRole
    may_invite: bool | None
    period_from: datetime.date | None
    period_until: datetime.date | None
    expires_at: datetime.datetime | None
    accepted_at: datetime.datetime | None
    created_at: datetime.datetime
    updated_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """A row of `invitation`, without the hash, and who is invited."""

    id: UUID
    membership_id: UUID
    person_id: UUID
    email: str
    invited_by: str | None
    created_at: datetime.datetime
    expires_at: datetime.datetime
    accepted_at: datetime.datetime | None
    revoked_at: datetime.datetime | None


_OF_PERSON = {"email", "name"}
_MEMBER = tuple(
    (person if name in _OF_PERSON else membership).c[name] for name in MemberRow.__slots__
)
_INVITATION = (
    *(invitation.c[name] for name in ("id", "membership_id")),
    *(membership.c.person_id, person.c.email),
    *(invitation.c[name] for name in InvitationRow.__slots__[4:]),
)


def insert(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Add a membership."""
    tx.execute(tx.insert(membership, **values))


def by_person(tx: TenantTransaction, person_id: UUID, *, lock: bool = False) -> MemberRow | None:
    """Return a person's membership in the entity."""
    query = _present(tx).where(membership.c.person_id == person_id)
    return _one(tx, query.with_for_update(of=membership) if lock else query)


def by_id(tx: TenantTransaction, membership_id: UUID) -> MemberRow | None:
    """Return a membership."""
    return _one(tx, _present(tx).where(membership.c.id == membership_id))


def page(tx: TenantTransaction, *, before: UUID | None, limit: int) -> list[MemberRow]:
    """Return up to `limit` memberships, newest first, older than `before`."""
    query = _present(tx).order_by(membership.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(membership.c.id < before)
    return [MemberRow(**row) for row in tx.execute(query).mappings()]


def administrators(tx: TenantTransaction, now: datetime.datetime) -> list[str]:
    """Return the addresses of the entity's administrators, at most ten, the first ones first."""
    lasting = membership.c.expires_at.is_(None) | (membership.c.expires_at > now)
    query = _present(tx).where(membership.c.role == "admin", lasting)
    return [row.email for row in tx.execute(query.order_by(membership.c.id).limit(10))]


def update(tx: TenantTransaction, membership_id: UUID, values: Mapping[str, Any]) -> None:
    """Change a membership."""
    tx.execute(tx.update(membership).where(membership.c.id == membership_id).values(**values))


def remove_all(tx: TenantTransaction, now: datetime.datetime) -> None:
    """Remove everybody from the transaction's entity."""
    tx.execute(
        tx.update(membership)
        .where(membership.c.deleted_at.is_(None))
        .values(deleted_at=now, updated_at=now)
    )


def insert_invitation(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Add an invitation."""
    tx.execute(tx.insert(invitation, **values))


def invitation_page(
    tx: TenantTransaction, *, before: UUID | None, limit: int
) -> list[InvitationRow]:
    """Return up to `limit` invitations, newest first, older than `before`."""
    query = _invitations(tx).order_by(invitation.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(invitation.c.id < before)
    return [InvitationRow(**row) for row in tx.execute(query).mappings()]


def revoke_invitations(
    tx: TenantTransaction, now: datetime.datetime, condition: sa.ColumnElement[bool]
) -> int:
    """Revoke invitations that are neither accepted nor revoked; return how many there were."""
    open_ = sa.and_(invitation.c.accepted_at.is_(None), invitation.c.revoked_at.is_(None))
    statement = tx.update(invitation).where(condition, open_).values(revoked_at=now)
    return tx.execute(statement).rowcount


def revoke_invitation(tx: TenantTransaction, invitation_id: UUID, now: datetime.datetime) -> bool:
    """Revoke one; False when there is none. The first revocation's time stays."""
    revoke_invitations(tx, now, invitation.c.id == invitation_id)
    query = tx.select(invitation, invitation.c.id).where(invitation.c.id == invitation_id)
    return tx.execute(query).one_or_none() is not None


def revoke_invitations_of(
    tx: TenantTransaction, membership_id: UUID, now: datetime.datetime
) -> None:
    """Revoke all that a person has in the entity."""
    revoke_invitations(tx, now, invitation.c.membership_id == membership_id)


def take_invitation(
    tx: TenantTransaction, invitation_id: UUID, now: datetime.datetime
) -> UUID | None:
    """Use an invitation up and return its membership; None when it is used, revoked or expired.

    Of many who try at once, one succeeds: the others wait for its commit, and find it used.
    """
    columns = invitation.c
    statement = (
        tx.update(invitation)
        .where(columns.id == invitation_id, columns.accepted_at.is_(None))
        .where(columns.revoked_at.is_(None), columns.expires_at > now)
        .values(accepted_at=now)
        .returning(columns.membership_id)
    )
    found: UUID | None = tx.execute(statement).scalar_one_or_none()
    return found


def _present(tx: TenantTransaction) -> sa.Select[*tuple[Any, ...]]:
    return (
        tx.select(membership, *_MEMBER)
        .join(person, _whom())
        .where(membership.c.deleted_at.is_(None), person.c.deleted_at.is_(None))
    )


def _invitations(tx: TenantTransaction) -> sa.Select[*tuple[Any, ...]]:
    place, asked = membership.c, invitation.c
    of = sa.and_(place.entity_id == asked.entity_id, place.id == asked.membership_id)
    return tx.select(invitation, *_INVITATION).join(membership, of).join(person, _whom())


def _whom() -> sa.ColumnElement[bool]:
    return sa.and_(
        person.c.account_id == membership.c.account_id, person.c.id == membership.c.person_id
    )


def _one(tx: TenantTransaction, query: sa.Select[*tuple[Any, ...]]) -> MemberRow | None:
    row = tx.execute(query).mappings().one_or_none()
    return None if row is None else MemberRow(**row)
