"""From a secret to the caller it stands for. Every request asks the database.

So what is revoked, removed, expired or lowered in role counts from the next request on, on every
process.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.database import Database
from gateway.kit.ids import public_id
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import Actor, Environment, Period, Tenant
from gateway.tenants.credentials.repository import key_by_hash, mark_used, session_by_hash
from gateway.tenants.keys import Key
from gateway.tenants.permissions import ROLES
from gateway.tenants.roles import AUDITOR
from gateway.tenants.tokens import SessionToken

_USE_SECONDS = datetime.timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The API key or session behind a request.

    Attributes:
        actor: In whose name: the key, or the user.
        account_id: Whose.
        entity_id: The only entity it acts for; None for a key of the whole account.
        environment: The only environment it acts in.
        role: Of the key, or of the user in the entity.
        permissions: What it may do: what its role may, as far as its scopes go.
        period: The only documents it sees, by day of issue; None for all.
        session_id: The session, when a user calls.
        membership_id: What the session stands on.
    """

    actor: Actor
    account_id: UUID
    entity_id: UUID | None
    environment: Environment
    role: str
    permissions: frozenset[str]
    period: Period | None = None
    session_id: UUID | None = None
    membership_id: UUID | None = None

    @property
    def reads_only(self) -> bool:
        """True for auditors."""
        return self.role == AUDITOR

    def tenant(self, *, all_entities: bool = False) -> Tenant:
        """Return all it reaches: an account, or its one entity."""
        return Tenant(
            self.account_id,
            () if self.entity_id is None else (self.entity_id,),
            self.environment,
            account_wide=self.entity_id is None,
            all_entities=all_entities,
            actor=self.actor,
            period=self.period,
        )


def identify(
    database: Database, master_key: MasterKey, secret: str, now: datetime.datetime
) -> Caller | None:
    """Return who shows a secret; None when it is unknown, expired or revoked."""
    if (key := Key.parse(secret)) is not None:
        with database.auth_connection() as connection:
            return _by_key(connection, key.hash(master_key), now)
    if (token := SessionToken.parse(secret)) is not None:
        with database.auth_connection() as connection:
            return _by_session(connection, token.hash(master_key), now)
    return None


def identify_all(
    database: Database, master_key: MasterKey, secrets: Collection[str], now: datetime.datetime
) -> dict[str, Caller | None]:
    """Return who shows each of several secrets, asked in one transaction; see `identify`."""
    found: dict[str, Caller | None] = dict.fromkeys(secrets)
    with database.auth_connection() as connection:
        for secret in found:
            if (key := Key.parse(secret)) is not None:
                found[secret] = _by_key(connection, key.hash(master_key), now)
            elif (token := SessionToken.parse(secret)) is not None:
                found[secret] = _by_session(connection, token.hash(master_key), now)
    return found


def _by_key(connection: sa.Connection, digest: bytes, now: datetime.datetime) -> Caller | None:
    row = key_by_hash(connection, digest)
    if row is None or row.revoked_at is not None:
        return None
    if row.expires_at is not None and row.expires_at <= now:
        return None
    if row.last_used_at is None or row.last_used_at < now - _USE_SECONDS:
        mark_used(connection, row.id, now, now - _USE_SECONDS)
    held = ROLES[row.role]
    return Caller(
        actor=Actor("key", public_id("key", row.id)),
        account_id=row.account_id,
        entity_id=row.entity_id,
        environment=row.environment,
        role=row.role,
        permissions=held if row.scopes is None else held.intersection(row.scopes),
        period=_period(row),
    )


def _by_session(connection: sa.Connection, digest: bytes, now: datetime.datetime) -> Caller | None:
    row = session_by_hash(connection, digest)
    if row is None or row.revoked_at is not None or row.expires_at <= now:
        return None
    if row.member_until is not None and row.member_until <= now:
        return None
    auditor = AUDITOR in {row.role, row.member_role}
    return Caller(
        actor=Actor("user", public_id("usr", row.person_id)),
        account_id=row.account_id,
        entity_id=row.entity_id,
        environment=row.environment,
        role=AUDITOR if auditor else row.role,
        permissions=allowed(row.member_role, row.may_invite) & allowed(row.role, row.may_invite),
        period=_period(row),
        session_id=row.id,
        membership_id=row.membership_id,
    )


def allowed(role: str, may_invite: bool | None) -> frozenset[str]:  # noqa: FBT001 - a column
    """Return what a role in an entity may do, with the one exception that is made by person."""
    held = ROLES[role]
    if may_invite is None:
        return held
    return held | {"users:invite"} if may_invite else held - {"users:invite"}


def _period(row: sa.Row[Any]) -> Period | None:
    if row.period_from is None and row.period_until is None:
        return None
    return Period(row.period_from, row.period_until)
