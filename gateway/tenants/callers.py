"""From a secret to the caller it stands for. Every request asks the database.

So what is revoked, removed, expired or lowered in role counts from the next request on, on every
process.
"""

import datetime
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.database import Database
from gateway.kit.ids import public_id
from gateway.kit.scope import Period
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import Actor, Environment, Tenant
from gateway.tenants.auditors import scope_of
from gateway.tenants.credentials.repository import (
    auditor_by_hash,
    key_by_hash,
    mark_used,
    session_by_hash,
)
from gateway.tenants.credentials.tables import api_key, auditor
from gateway.tenants.keys import Key
from gateway.tenants.permissions import INVITED, RETRIEVE, ROLES
from gateway.tenants.roles import AUDITOR
from gateway.tenants.tokens import AuditorToken, SessionToken, Token

_USE_SECONDS = datetime.timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The API key, session or auditor behind a request.

    Attributes:
        actor: In whose name: the key, the user, the auditor.
        account_id: Whose.
        entity_id: The only entity it acts for; None for a key of the whole account.
        environment: The only environment it acts in.
        role: Of the key, or of the user in the entity.
        permissions: What it may do: what its role may, as far as its scopes go.
        period: The only documents it sees, by day of issue; None for all.
        session_id: The session, when a user calls.
        membership_id: What the session stands on.
        auditor_id: The auditor whom the entity invited, when that is who calls.
        first_use: True when that auditor never came before.
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
    auditor_id: UUID | None = None
    first_use: bool = False

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
    return identify_all(database, master_key, (secret,), now)[secret]


def identify_all(
    database: Database, master_key: MasterKey, secrets: Collection[str], now: datetime.datetime
) -> dict[str, Caller | None]:
    """Return who shows each of several secrets, asked in one transaction; see `identify`."""
    found: dict[str, Caller | None] = dict.fromkeys(secrets)
    asked = [(secret, sort, known) for secret in found for sort, known in _known(secret)]
    if asked:
        with database.auth_connection() as connection:
            for secret, sort, token in asked:
                found[secret] = sort(connection, token.hash(master_key), now)
    return found


_LookUp = Callable[[sa.Connection, bytes, datetime.datetime], Caller | None]


def _known(secret: str) -> Iterator[tuple[_LookUp, Token]]:
    """Yield how a secret is looked up, if it can be one of ours."""
    if (key := Key.parse(secret)) is not None:
        yield _by_key, key
    elif (token := SessionToken.parse(secret)) is not None:
        yield _by_session, token
    elif (shown := AuditorToken.parse(secret)) is not None:
        yield _by_auditor, shown


def _by_key(connection: sa.Connection, digest: bytes, now: datetime.datetime) -> Caller | None:
    row = key_by_hash(connection, digest)
    if row is None or row.revoked_at is not None:
        return None
    if row.expires_at is not None and row.expires_at <= now:
        return None
    _note_use(connection, api_key, row, now)
    held = ROLES[row.role]
    return Caller(
        actor=Actor("key", public_id("key", row.id), row.origin),
        account_id=row.account_id,
        entity_id=row.entity_id,
        environment=row.environment,
        role=row.role,
        permissions=held if row.scopes is None else held.intersection(row.scopes),
        period=_period(row),
    )


def _by_auditor(connection: sa.Connection, digest: bytes, now: datetime.datetime) -> Caller | None:
    return auditor_of(connection, auditor_by_hash(connection, digest), now)


def auditor_of(
    connection: sa.Connection, row: sa.Row[Any] | None, now: datetime.datetime
) -> Caller | None:
    """Return the invited auditor of a row, and note the use; None: the invitation is over."""
    if row is None or row.ended_at is not None or row.expires_at <= now:
        return None
    first = _note_use(connection, auditor, row, now)
    return Caller(
        actor=Actor("auditor", public_id("aud", row.id)),
        account_id=row.account_id,
        entity_id=row.entity_id,
        environment=row.environment,
        role=AUDITOR,
        permissions=frozenset(INVITED[way] for way in row.directions)
        | frozenset(RETRIEVE[way] for way in row.directions),
        period=scope_of(row),
        auditor_id=row.id,
        first_use=first,
    )


def _note_use(
    connection: sa.Connection, table: sa.Table, row: sa.Row[Any], now: datetime.datetime
) -> bool:
    """Note the use; True when it is the first."""
    if row.last_used_at is not None and row.last_used_at >= now - _USE_SECONDS:
        return False
    noted = mark_used(connection, table, row.id, now, now - _USE_SECONDS)
    return noted and row.last_used_at is None


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
