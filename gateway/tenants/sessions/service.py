"""Sessions: beginning one with a secret that is worth one, showing and ending them."""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gateway.kit.clock import written
from gateway.kit.database import Database
from gateway.kit.ids import new_id, public_id
from gateway.kit.tenancy import Actor, Tenant, TenantTransaction
from gateway.problems import NotFoundProblem, UnauthenticatedProblem
from gateway.tenants import activity
from gateway.tenants.callers import Caller
from gateway.tenants.credentials.repository import invitation_by_hash, link_by_hash
from gateway.tenants.doorway import Doors
from gateway.tenants.links import repository as links
from gateway.tenants.links.service import PURPOSE
from gateway.tenants.members import repository as members
from gateway.tenants.members.repository import MemberRow
from gateway.tenants.roles import UserRole
from gateway.tenants.sessions import repository
from gateway.tenants.sessions.repository import SessionRow
from gateway.tenants.tokens import InvitationToken, LinkToken, SessionToken


@dataclass(frozen=True, slots=True)
class Begun:
    """A new session.

    Attributes:
        row: The session.
        member: Whose.
        token: Its secret, shown once.
    """

    row: SessionRow
    member: MemberRow
    token: SessionToken


def begin_with_link(door: Doors, secret: str, now: datetime.datetime) -> Begun:
    """Use a magic link up for a session.

    Raises:
        UnauthenticatedProblem: It is unknown, used, revoked or expired, or the person may do
            nothing here any more.
    """
    token = LinkToken.parse(secret)
    if token is None:
        raise UnauthenticatedProblem
    with door.database.auth_connection() as connection:
        found = link_by_hash(connection, token.hash(door.master_key))
    if found is None:
        raise UnauthenticatedProblem
    with door.database.transaction(_tenant(found)) as tx:
        taken = links.take(tx, found.id, PURPOSE, now)
        if taken is None:
            raise UnauthenticatedProblem
        membership_id, role = taken
        subject = public_id("lnk", found.id)
        return _begin(tx, door, membership_id, role, ("use_magic_link", subject), now)


def begin_with_invitation(door: Doors, secret: str, now: datetime.datetime) -> Begun:
    """Accept an invitation, and begin the first session with it.

    Raises:
        UnauthenticatedProblem: See `begin_with_link`.
    """
    token = InvitationToken.parse(secret)
    if token is None:
        raise UnauthenticatedProblem
    with door.database.auth_connection() as connection:
        found = invitation_by_hash(connection, token.hash(door.master_key))
    if found is None:
        raise UnauthenticatedProblem
    with door.database.transaction(_tenant(found)) as tx:
        membership_id = members.take_invitation(tx, found.id, now)
        if membership_id is None:
            raise UnauthenticatedProblem
        subject = public_id("ivt", found.id)
        begun = _begin(tx, door, membership_id, None, ("accept_invitation", subject), now)
        members.update(tx, membership_id, {"accepted_at": now})
        return begun


def get_current(
    tx: TenantTransaction, session_id: UUID | None, membership_id: UUID | None
) -> tuple[SessionRow, MemberRow]:
    """Return the session that calls.

    Raises:
        NotFoundProblem: An API key calls.
    """
    row = None if session_id is None else repository.by_id(tx, session_id)
    member = None if membership_id is None else members.by_id(tx, membership_id)
    if row is None or member is None:
        raise NotFoundProblem
    return row, member


def page(
    tx: TenantTransaction, member: MemberRow, *, before: UUID | None, limit: int
) -> list[SessionRow]:
    """Return one page of a person's sessions in the entity, newest first."""
    return repository.page(tx, member.id, before=before, limit=limit)


def revoke(
    tx: TenantTransaction, membership_id: UUID, session_id: UUID, now: datetime.datetime
) -> None:
    """End a session: the next request that shows it is refused. Again is not an error.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    if not repository.revoke(tx, membership_id, session_id, now):
        raise NotFoundProblem


def end(database: Database, caller: Caller, now: datetime.datetime) -> None:
    """End the session of a caller, in a transaction of its own."""
    if caller.session_id is None or caller.membership_id is None:
        return
    with database.transaction(caller.tenant()) as tx:
        revoke(tx, caller.membership_id, caller.session_id, now)
        subject = public_id("ses", caller.session_id)
        activity.record(tx, "end_current_session", subject_id=subject, now=now)


def session_json(row: SessionRow, member: MemberRow) -> dict[str, Any]:
    """Return a session as JSON (`SessionView`), without its secret."""
    return {
        "id": public_id("ses", row.id),
        "object": "session",
        "environment": row.environment,
        "entity_id": public_id("ent", member.entity_id),
        "user_id": public_id("usr", member.person_id),
        "role": row.role,
        "created_at": written(row.created_at),
        "expires_at": written(row.expires_at),
        "revoked_at": row.revoked_at and written(row.revoked_at),
    }


def _tenant(found: Any) -> Tenant:  # noqa: ANN401 - a row of two tables
    """Return the entity's tenant, with the account's people: one of them comes in."""
    return Tenant(found.account_id, (found.entity_id,), found.environment, account_wide=True)


def _begin(  # noqa: PLR0913, PLR0917 - one call, two callers
    tx: TenantTransaction,
    door: Doors,
    membership_id: UUID,
    role: UserRole | None,
    action: tuple[str, str],
    now: datetime.datetime,
) -> Begun:
    member = members.by_id(tx, membership_id)
    if member is None or (member.expires_at is not None and member.expires_at <= now):
        raise UnauthenticatedProblem
    row = SessionRow(
        id=new_id(),
        environment=member.environment,
        membership_id=member.id,
        role=role or member.role,
        created_at=now,
        expires_at=now + datetime.timedelta(seconds=door.settings.session_seconds),
        revoked_at=None,
    )
    token = SessionToken.new()
    columns = ("id", "membership_id", "role", "created_at", "expires_at")
    values = {name: getattr(row, name) for name in columns}
    repository.insert(tx, {**values, "hash": token.hash(door.master_key)})
    name, subject = action
    who = Actor("user", public_id("usr", member.person_id))
    data = {"session_id": public_id("ses", row.id)}
    activity.record(tx.acting(who), name, subject_id=subject, data=data, now=now)
    return Begun(row, member, token)
