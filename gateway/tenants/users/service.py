"""People: adding, changing and removing them."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from gateway.kit.clock import written
from gateway.kit.ids import new_id, public_id
from gateway.kit.json_body import validated
from gateway.kit.merge_patch import merged
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import ConflictProblem, NotFoundProblem
from gateway.tenants.users import repository
from gateway.tenants.users.repository import PersonRow
from gateway.tenants.users.schemas import UserChange, UserInput

TAKEN = "There is a user with this e-mail address already."


def create(tx: TenantTransaction, given: UserInput, now: datetime.datetime) -> PersonRow:
    """Add a person to the account.

    Raises:
        ConflictProblem: The address is taken.
    """
    if repository.by_email(tx, given.email) is not None:
        raise ConflictProblem(TAKEN)
    row = PersonRow(
        id=new_id(),
        environment=tx.tenant.environment,
        email=given.email,
        name=given.name,
        metadata=dict(given.metadata),
        created_at=now,
        updated_at=now,
    )
    try:
        repository.insert(tx, asdict(row))
    except IntegrityError:  # somebody else was quicker
        raise ConflictProblem(TAKEN) from None
    return row


def get(tx: TenantTransaction, person_id: UUID, *, lock: bool = False) -> PersonRow:
    """Return a person.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = repository.by_id(tx, person_id, lock=lock)
    if row is None:
        raise NotFoundProblem
    return row


def change(
    tx: TenantTransaction, person_id: UUID, body: object, now: datetime.datetime
) -> PersonRow:
    """Apply a JSON Merge Patch (RFC 7396) and return the person changed.

    Raises:
        NotFoundProblem: There is none for this caller.
        RequestInvalidProblem: The result would not be a valid person.
    """
    row = get(tx, person_id, lock=True)
    validated(UserChange, body)
    present = {"email": row.email, "name": row.name, "metadata": dict(row.metadata)}
    given = validated(UserInput, merged(present, body))
    values = {"name": given.name, "metadata": dict(given.metadata), "updated_at": now}
    repository.update(tx, person_id, values)
    return PersonRow(**(asdict(row) | values))


def remove(tx: TenantTransaction, person_id: UUID, now: datetime.datetime) -> None:
    """Remove a person: their sessions, links and invitations are worth nothing at once.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    get(tx, person_id, lock=True)
    repository.update(tx, person_id, {"deleted_at": now, "updated_at": now})


def page(
    tx: TenantTransaction,
    *,
    email: str | None = None,
    metadata: Mapping[str, str],
    before: UUID | None,
    limit: int,
) -> list[PersonRow]:
    """Return one page of people, newest first."""
    return repository.page(tx, email=email, metadata=metadata, before=before, limit=limit)


def shown(tx: TenantTransaction, rows: Sequence[PersonRow]) -> list[dict[str, Any]]:
    """Return people as JSON (`UserView`), with what they may do in the entities within reach."""
    places: dict[UUID, list[dict[str, str]]] = {row.id: [] for row in rows}
    for person_id, entity_id, role in repository.roles_of(tx, places) if places else ():
        places[person_id].append({"entity_id": public_id("ent", entity_id), "role": role})
    return [
        {
            "id": public_id("usr", row.id),
            "object": "user",
            "environment": row.environment,
            "email": row.email,
            "name": row.name,
            "entities": places[row.id],
            "metadata": dict(row.metadata),
            "created_at": written(row.created_at),
            "updated_at": written(row.updated_at),
        }
        for row in rows
    ]
