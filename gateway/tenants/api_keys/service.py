"""API keys: making, showing and revoking them."""

import datetime
from dataclasses import asdict
from typing import Any
from uuid import UUID

from gateway.kit.clock import written
from gateway.kit.database import Database
from gateway.kit.ids import new_id, parse_id, public_id
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import Actor, Environment, Tenant, TenantTransaction
from gateway.problems import InvalidPart, NotFoundProblem, RequestInvalidProblem
from gateway.tenants.access import forbidden
from gateway.tenants.api_keys import repository
from gateway.tenants.api_keys.repository import ApiKeyRow
from gateway.tenants.api_keys.schemas import ApiKeyInput
from gateway.tenants.keys import Key
from gateway.tenants.permissions import PERMISSIONS, ROLES, missing
from gateway.tenants.roles import AUDITOR, KeyRole
from gateway.tenants.service import get_entity

SHORTEST_LIFE = datetime.timedelta(seconds=60)


def create_key(
    tx: TenantTransaction,
    master_key: MasterKey,
    given: ApiKeyInput,
    now: datetime.datetime,
    held: frozenset[str] = PERMISSIONS,
) -> tuple[ApiKeyRow, Key]:
    """Create an API key in the transaction's environment; the key itself is returned only here.

    Args:
        tx: Account-wide.
        master_key: What the key is hashed with.
        given: What it may do.
        now: The moment of creation.
        held: What whoever makes it may do: nobody gives away more than that.

    Raises:
        NotFoundProblem: The entity it is for does not exist for this caller.
        RequestInvalidProblem: It would be expired within a minute, or nothing would be in scope.
        ForbiddenProblem: It could do what its maker cannot.
    """
    entity_id = None
    if given.entity_id is not None:
        entity_id = get_entity(tx, parse_id(given.entity_id, "ent")).id
    _check(given, now)
    permitted = ROLES[given.role]
    if given.scopes is not None:
        permitted &= frozenset(given.scopes)
    if lacking := missing(held, permitted):
        raise forbidden(lacking)
    key = Key.new(tx.tenant.environment)
    key_id, maker = new_id(), tx.tenant.actor
    row = ApiKeyRow(
        id=key_id,
        environment=tx.tenant.environment,
        name=given.name,
        role=given.role,
        entity_id=entity_id,
        hint=key.hint,
        created_at=now,
        expires_at=given.expires_at,
        revoked_at=None,
        scopes=None if given.scopes is None else sorted(set(given.scopes)),
        period_from=given.period.since if given.period else None,
        period_until=given.period.until if given.period else None,
        last_used_at=None,
        origin=public_id("key", key_id) if maker.id is None else maker.hand,
    )
    repository.insert_key(tx, {**asdict(row), "hash": key.hash(master_key)})
    return row, key


def _check(given: ApiKeyInput, now: datetime.datetime) -> None:
    wrong: list[InvalidPart] = []
    if given.expires_at is not None and given.expires_at < now + SHORTEST_LIFE:
        fix = "name a moment at least 60 seconds from now"
        wrong.append({"pointer": "/expires_at", "message": "is past or too soon", "fix": fix})
    if given.scopes is not None and (others := set(given.scopes) - ROLES[given.role]):
        message = f"names what the role {given.role} may not do: {', '.join(sorted(others))}"
        wrong.append({"pointer": "/scopes", "message": message, "fix": "leave them out"})
    if given.period is not None and given.role != AUDITOR:
        wrong.append({"pointer": "/period", "message": "is for auditors", "fix": "leave it out"})
    if wrong:
        raise RequestInvalidProblem(wrong)


def create_account_key(  # noqa: PLR0913 - all of it named
    database: Database,
    master_key: MasterKey,
    account_id: UUID,
    *,
    environment: Environment,
    role: KeyRole = "writer",
    name: str,
    now: datetime.datetime,
) -> tuple[ApiKeyRow, Key]:
    """Create a key for a whole account without having one: for operators and the first key."""
    operator = Actor("operator")
    tenant = Tenant(account_id, (), environment, account_wide=True, actor=operator)
    with database.transaction(tenant) as tx:
        return create_key(tx, master_key, ApiKeyInput(name=name, role=role), now)


def get_key(tx: TenantTransaction, key_id: UUID) -> ApiKeyRow:
    """Return an API key of the account.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = repository.key_by_id(tx, key_id)
    if row is None:
        raise NotFoundProblem
    return row


def key_page(tx: TenantTransaction, *, before: UUID | None = None, limit: int) -> list[ApiKeyRow]:
    """Return one page of the account's API keys, newest first."""
    return repository.key_page(tx, before=before, limit=limit)


def revoke_key(tx: TenantTransaction, key_id: UUID, now: datetime.datetime) -> None:
    """Revoke a key: the next request that shows it is refused. Again is not an error.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    if not repository.revoke_key(tx, key_id, now):
        raise NotFoundProblem


def revoke_keys_of(tx: TenantTransaction, entity_id: UUID, now: datetime.datetime) -> None:
    """Revoke every key of one entity, at once."""
    repository.revoke_keys_of(tx, entity_id, now)


def key_json(row: ApiKeyRow) -> dict[str, Any]:
    """Return an API key as JSON (`ApiKeyView`), without its secret."""
    return {
        "id": public_id("key", row.id),
        "object": "api_key",
        "environment": row.environment,
        "name": row.name,
        "role": row.role,
        "entity_id": row.entity_id and public_id("ent", row.entity_id),
        "scopes": row.scopes,
        "period": period_json(row.period_from, row.period_until),
        "hint": row.hint,
        "created_at": written(row.created_at),
        "expires_at": row.expires_at and written(row.expires_at),
        "revoked_at": row.revoked_at and written(row.revoked_at),
        "last_used_at": row.last_used_at and written(row.last_used_at),
    }


def period_json(
    since: datetime.date | None, until: datetime.date | None
) -> dict[str, str | None] | None:
    """Return a period as JSON, None for all days."""
    if since is None and until is None:
        return None
    return {
        "since": None if since is None else since.isoformat(),
        "until": None if until is None else until.isoformat(),
    }
