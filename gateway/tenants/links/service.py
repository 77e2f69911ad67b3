"""Magic links: making, showing and revoking them. Using one up is in `sessions`."""

import datetime
from dataclasses import asdict
from typing import Any
from uuid import UUID

from gateway.kit.clock import written
from gateway.kit.ids import new_id, public_id
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem, RequestInvalidProblem
from gateway.settings import Settings
from gateway.tenants.access import forbidden
from gateway.tenants.callers import Caller, allowed
from gateway.tenants.links import repository
from gateway.tenants.links.repository import LinkRow
from gateway.tenants.links.schemas import LinkInput
from gateway.tenants.members.repository import MemberRow
from gateway.tenants.permissions import missing
from gateway.tenants.tokens import LinkToken

PURPOSE = "embed"


def create(  # noqa: PLR0913, PLR0917 - all of it is needed, and all of it is different
    tx: TenantTransaction,
    master_key: MasterKey,
    settings: Settings,
    caller: Caller,
    member: MemberRow,
    given: LinkInput,
    now: datetime.datetime,
) -> tuple[LinkRow, LinkToken]:
    """Make a link for a person of the entity; the secret is returned only here.

    Raises:
        RequestInvalidProblem: It would last too long, or its role may do what the person may not.
        ForbiddenProblem: The session could do what the caller may not.
    """
    seconds = given.expires_in or min(settings.link_seconds, settings.link_max_seconds)
    if seconds > settings.link_max_seconds:
        fix = f"at most {settings.link_max_seconds}"
        raise RequestInvalidProblem(
            [{"pointer": "/expires_in", "message": "is too long", "fix": fix}]
        )
    role = given.role or member.role
    theirs, wanted = (allowed(each, member.may_invite) for each in (member.role, role))
    if missing(theirs, wanted):
        message = f"may do more than the user's own role, {member.role}"
        raise RequestInvalidProblem([{"pointer": "/role", "message": message}])
    if lacking := missing(caller.permissions, wanted):
        raise forbidden(lacking)
    token = LinkToken.new()
    row = LinkRow(
        id=new_id(),
        membership_id=member.id,
        role=role,
        purpose=PURPOSE,
        made_by=caller.actor.id,
        created_at=now,
        expires_at=now + datetime.timedelta(seconds=seconds),
        used_at=None,
        revoked_at=None,
    )
    repository.insert(tx, {**asdict(row), "hash": token.hash(master_key)})
    return row, token


def page(
    tx: TenantTransaction, member: MemberRow, *, before: UUID | None, limit: int
) -> list[LinkRow]:
    """Return one page of a person's links in the entity, newest first."""
    return repository.page(tx, member.id, before=before, limit=limit)


def revoke(
    tx: TenantTransaction, member: MemberRow, link_id: UUID, now: datetime.datetime
) -> None:
    """Revoke a link. Again is not an error, nor when it was used.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    if not repository.revoke(tx, member.id, link_id, now):
        raise NotFoundProblem


def link_json(member: MemberRow, row: LinkRow, now: datetime.datetime) -> dict[str, Any]:
    """Return a link as JSON (`LinkView`), without its secret."""
    return {
        "id": public_id("lnk", row.id),
        "object": "magic_link",
        "entity_id": public_id("ent", member.entity_id),
        "user_id": public_id("usr", member.person_id),
        "role": row.role,
        "purpose": row.purpose,
        "state": _state(row, now),
        "made_by": row.made_by,
        "created_at": written(row.created_at),
        "expires_at": written(row.expires_at),
        "used_at": row.used_at and written(row.used_at),
        "revoked_at": row.revoked_at and written(row.revoked_at),
    }


def _state(row: LinkRow, now: datetime.datetime) -> str:
    if row.used_at is not None:
        return "used"
    if row.revoked_at is not None:
        return "revoked"
    return "expired" if row.expires_at <= now else "open"
