"""Look-ups by hash, as role gw_auth, which sees nothing else."""

import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.tenants.credentials.tables import (
    api_key,
    auditor,
    auditor_visit,
    invitation,
    magic_link,
    membership,
    person,
    user_session,
)

Found = sa.Row[*tuple[Any, ...]] | None


def key_by_hash(connection: sa.Connection, digest: bytes) -> Found:
    """Return what decides about a caller with an API key."""
    columns = api_key.c
    query = sa.select(
        columns.account_id,
        columns.id,
        columns.entity_id,
        columns.environment,
        columns.role,
        columns.scopes,
        columns.period_from,
        columns.period_until,
        columns.expires_at,
        columns.revoked_at,
        columns.last_used_at,
        columns.origin,
    ).where(columns.hash == digest)
    return connection.execute(query).one_or_none()


_OF_AUDITOR = (
    auditor.c.account_id,
    auditor.c.entity_id,
    auditor.c.id,
    auditor.c.environment,
    auditor.c.period_from,
    auditor.c.period_until,
    auditor.c.kinds,
    auditor.c.directions,
    auditor.c.expires_at,
    auditor.c.ended_at,
    auditor.c.last_used_at,
)


def auditor_by_hash(connection: sa.Connection, digest: bytes) -> Found:
    """Return what decides about an invited auditor."""
    query = sa.select(*_OF_AUDITOR).where(auditor.c.hash == digest)
    return connection.execute(query).one_or_none()


def auditor_by_visit(
    connection: sa.Connection, digest: bytes, now: datetime.datetime
) -> tuple[Found, UUID | None]:
    """Return what decides about the auditor of a visit that is not over, and the visit's id."""
    visit = auditor_visit.c
    query = (
        sa.select(*_OF_AUDITOR, visit.id.label("visit_id"))
        .join(
            auditor_visit,
            sa.and_(visit.entity_id == auditor.c.entity_id, visit.auditor_id == auditor.c.id),
        )
        .where(visit.hash == digest, visit.ended_at.is_(None), visit.expires_at > now)
    )
    row = connection.execute(query).one_or_none()
    return row, None if row is None else row.visit_id


def mark_used(
    connection: sa.Connection,
    table: sa.Table,
    id_: UUID,
    now: datetime.datetime,
    unless_after: datetime.datetime,
) -> bool:
    """Write when a key or auditor last came; False: another request is writing it, or just did."""
    columns = table.c
    stale = sa.or_(columns.last_used_at.is_(None), columns.last_used_at < unless_after)
    free = sa.select(columns.id).where(columns.id == id_, stale)
    statement = sa.update(table).where(columns.id.in_(free.with_for_update(skip_locked=True)))
    return connection.execute(statement.values(last_used_at=now)).rowcount == 1


def session_by_hash(connection: sa.Connection, digest: bytes) -> Found:
    """Return what decides about a caller with a session: the session, and the membership now."""
    session, place, who = user_session.c, membership.c, person.c
    query = (
        sa.select(
            session.account_id,
            session.entity_id,
            session.environment,
            session.id,
            session.membership_id,
            session.role,
            session.expires_at,
            session.revoked_at,
            place.person_id,
            place.role.label("member_role"),
            place.may_invite,
            place.period_from,
            place.period_until,
            place.expires_at.label("member_until"),
        )
        .select_from(user_session)
        .join(
            membership,
            sa.and_(place.entity_id == session.entity_id, place.id == session.membership_id),
        )
        .join(person, sa.and_(who.account_id == place.account_id, who.id == place.person_id))
        .where(session.hash == digest, place.deleted_at.is_(None), who.deleted_at.is_(None))
    )
    return connection.execute(query).one_or_none()


def link_by_hash(connection: sa.Connection, digest: bytes) -> Found:
    """Return whose a magic link is."""
    return _whose(connection, magic_link, digest)


def invitation_by_hash(connection: sa.Connection, digest: bytes) -> Found:
    """Return whose an invitation is."""
    return _whose(connection, invitation, digest)


def _whose(connection: sa.Connection, table: sa.Table, digest: bytes) -> Found:
    columns = table.c
    query = sa.select(columns.account_id, columns.entity_id, columns.environment, columns.id)
    return connection.execute(query.where(columns.hash == digest)).one_or_none()
