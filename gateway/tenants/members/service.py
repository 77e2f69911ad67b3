"""The people of an entity: adding them, changing what they may do, removing them.

Nobody gives away what they may not do themselves, and nobody changes who may do more than they.
"""

import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from gateway.kit.clock import written
from gateway.kit.ids import new_id, public_id
from gateway.kit.json_body import validated
from gateway.kit.merge_patch import merged
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import ConflictProblem, InvalidPart, NotFoundProblem, RequestInvalidProblem
from gateway.tenants.access import forbidden
from gateway.tenants.api_keys.service import period_json
from gateway.tenants.callers import Caller, allowed
from gateway.tenants.members import repository
from gateway.tenants.members.repository import MemberRow
from gateway.tenants.members.schemas import MemberChange, MemberInput
from gateway.tenants.permissions import missing
from gateway.tenants.roles import AUDITOR
from gateway.tenants.users import repository as people
from gateway.tenants.users import service as users
from gateway.tenants.users.schemas import UserInput

_ALREADY = "This person is a user of the entity already. Change the role instead."


def add(
    tx: TenantTransaction, caller: Caller, given: MemberInput, now: datetime.datetime
) -> MemberRow:
    """Let a person do something in the entity; somebody new becomes a person of the account.

    Raises:
        RequestInvalidProblem: A period for somebody who is no auditor, or it would be over.
        ForbiddenProblem: The caller may not do all that the person could.
        ConflictProblem: They may do something here already.
    """
    _check(given, now)
    _within_reach(caller, given.role, given.may_invite)
    who = people.by_email(tx, given.email)
    if who is None:
        who = users.create(tx, UserInput(email=given.email, name=given.name), now)
    elif repository.by_person(tx, who.id) is not None:
        raise ConflictProblem(_ALREADY)
    values: dict[str, Any] = {
        "id": new_id(),
        "person_id": who.id,
        **_granted(given),
        "created_at": now,
        "updated_at": now,
    }
    try:
        repository.insert(tx, values)
    except IntegrityError:  # somebody else was quicker
        raise ConflictProblem(_ALREADY) from None
    return get(tx, who.id)


def get(tx: TenantTransaction, person_id: UUID, *, lock: bool = False) -> MemberRow:
    """Return a person of the entity.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = repository.by_person(tx, person_id, lock=lock)
    if row is None:
        raise NotFoundProblem
    return row


def get_to_invite(tx: TenantTransaction, caller: Caller, person_id: UUID) -> MemberRow:
    """Return a person whom the caller may invite: whoever has an invitation becomes that person.

    Raises:
        NotFoundProblem: There is none for this caller.
        ForbiddenProblem: The person may do what the caller may not.
    """
    row = get(tx, person_id)
    _within_reach(caller, row.role, row.may_invite)
    return row


def page(tx: TenantTransaction, *, before: UUID | None, limit: int) -> list[MemberRow]:
    """Return one page of the people of the entity, newest first."""
    return repository.page(tx, before=before, limit=limit)


def change(
    tx: TenantTransaction, caller: Caller, person_id: UUID, body: object, now: datetime.datetime
) -> MemberRow:
    """Apply a JSON Merge Patch (RFC 7396); it counts from their next request on.

    Raises:
        NotFoundProblem: There is none for this caller.
        RequestInvalidProblem: The result would not be valid.
        ForbiddenProblem: The caller may not do all that the person can, or could then.
    """
    row = get(tx, person_id, lock=True)
    _within_reach(caller, row.role, row.may_invite)
    validated(MemberChange, body)
    present = {
        "email": row.email,
        "role": row.role,
        "may_invite": row.may_invite,
        "period": period_json(row.period_from, row.period_until),
        "expires_at": row.expires_at and written(row.expires_at),
    }
    given = validated(MemberInput, merged(present, body))
    if given.expires_at != row.expires_at or given.role != row.role or given.period:
        _check(given, None if given.expires_at == row.expires_at else now)
    _within_reach(caller, given.role, given.may_invite)
    repository.update(tx, row.id, {**_granted(given), "updated_at": now})
    return get(tx, person_id)


def remove(tx: TenantTransaction, caller: Caller, person_id: UUID, now: datetime.datetime) -> None:
    """Let a person do nothing here any more: sessions, links and invitations end at once.

    Raises:
        NotFoundProblem: There is none for this caller.
        ForbiddenProblem: The person may do what the caller may not.
    """
    row = get(tx, person_id, lock=True)
    _within_reach(caller, row.role, row.may_invite)
    repository.update(tx, row.id, {"deleted_at": now, "updated_at": now})


def member_json(row: MemberRow) -> dict[str, Any]:
    """Return a person of the entity as JSON (`MemberView`)."""
    return {
        "id": public_id("usr", row.person_id),
        "object": "entity_user",
        "environment": row.environment,
        "entity_id": public_id("ent", row.entity_id),
        "email": row.email,
        "name": row.name,
        "role": row.role,
        "may_invite": "users:invite" in allowed(row.role, row.may_invite),
        "period": period_json(row.period_from, row.period_until),
        "expires_at": row.expires_at and written(row.expires_at),
        "accepted_at": row.accepted_at and written(row.accepted_at),
        "created_at": written(row.created_at),
        "updated_at": written(row.updated_at),
    }


def _granted(given: MemberInput) -> dict[str, Any]:
    return {
        "role": given.role,
        "may_invite": given.may_invite,
        "period_from": given.period.since if given.period else None,
        "period_until": given.period.until if given.period else None,
        "expires_at": given.expires_at,
    }


def _within_reach(
    caller: Caller,
    role: str,
    may_invite: bool | None,  # noqa: FBT001 - a column
) -> None:
    if lacking := missing(caller.permissions, allowed(role, may_invite)):
        raise forbidden(lacking)


def _check(given: MemberInput, now: datetime.datetime | None) -> None:
    wrong: list[InvalidPart] = []
    if given.period is not None and given.role != AUDITOR:
        wrong.append({"pointer": "/period", "message": "is for auditors", "fix": "leave it out"})
    if given.may_invite and given.role == AUDITOR:
        wrong.append({"pointer": "/may_invite", "message": "is not for auditors, who only read"})
    if given.expires_at is not None and now is not None and given.expires_at <= now:
        fix = "name a later moment"
        wrong.append({"pointer": "/expires_at", "message": "is past", "fix": fix})
    if wrong:
        raise RequestInvalidProblem(wrong)
