"""API keys: making, showing and revoking them."""

import datetime
from dataclasses import asdict
from typing import Any
from uuid import UUID

from gateway.kit.clock import written
from gateway.kit.database import Database
from gateway.kit.ids import new_id, parse_id, public_id
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import Environment, Tenant, TenantTransaction
from gateway.problems import NotFoundProblem, RequestInvalidProblem
from gateway.tenants.api_keys import repository
from gateway.tenants.api_keys.repository import ApiKeyRow
from gateway.tenants.api_keys.schemas import ApiKeyInput
from gateway.tenants.keys import Key
from gateway.tenants.roles import KeyRole
from gateway.tenants.service import get_entity


def create_key(
    tx: TenantTransaction, master_key: MasterKey, given: ApiKeyInput, now: datetime.datetime
) -> tuple[ApiKeyRow, Key]:
    """Create an API key in the transaction's environment; the key itself is returned only here.

    Raises:
        NotFoundProblem: The entity it is for does not exist for this caller.
        RequestInvalidProblem: It would be expired already.
    """
    entity_id = None
    if given.entity_id is not None:
        entity_id = get_entity(tx, parse_id(given.entity_id, "ent")).id
    if given.expires_at is not None and given.expires_at <= now:
        raise RequestInvalidProblem(
            [{"pointer": "/expires_at", "message": "is past", "fix": "name a later moment"}]
        )
    key = Key.new(tx.tenant.environment)
    row = ApiKeyRow(
        id=new_id(),
        environment=tx.tenant.environment,
        name=given.name,
        role=given.role,
        entity_id=entity_id,
        hint=key.hint,
        created_at=now,
        expires_at=given.expires_at,
        revoked_at=None,
    )
    repository.insert_key(tx, {**asdict(row), "hash": key.hash(master_key)})
    return row, key


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
    with database.transaction(Tenant(account_id, (), environment, account_wide=True)) as tx:
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
        "hint": row.hint,
        "created_at": written(row.created_at),
        "expires_at": row.expires_at and written(row.expires_at),
        "revoked_at": row.revoked_at and written(row.revoked_at),
    }
