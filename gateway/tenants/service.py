"""Accounts and entities: what can be done with them."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from formats.en16931.party import Seller, SellerPostalAddress
from gateway.kit.clock import written
from gateway.kit.database import Database
from gateway.kit.ids import new_id, public_id
from gateway.kit.json_body import validated
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.tenants import repository
from gateway.tenants.repository import EntityRow
from gateway.tenants.schemas import EntityChange, EntityInput

Furnish = Callable[[TenantTransaction, datetime.datetime], None]


def create_account(database: Database, name: str, now: datetime.datetime) -> UUID:
    """Create an account and return its id. For operators: no API call does this."""
    account_id = new_id()
    with database.transaction(Tenant(account_id, (), "sandbox", account_wide=True)) as tx:
        repository.insert_account(tx, account_id, name, now)
    return account_id


def create_entity(
    tx: TenantTransaction, given: EntityInput, furnish: Furnish, now: datetime.datetime
) -> EntityRow:
    """Create an entity in the transaction of its account.

    Args:
        tx: Account-wide.
        given: The entity.
        furnish: Gives it what every entity begins with, in a transaction narrowed to it.
        now: The moment of creation.
    """
    row = EntityRow(
        account_id=tx.tenant.account_id,
        id=new_id(),
        environment=tx.tenant.environment,
        name=given.name,
        country_code=given.country_code,
        seller=_seller(given.seller, given.name, given.country_code),
        settings=given.settings.model_dump(exclude_none=True),
        metadata=dict(given.metadata),
        created_at=now,
        updated_at=now,
    )
    repository.insert_entity(tx, asdict(row))
    furnish(tx.for_entity(row.id), now)
    return row


def get_entity(tx: TenantTransaction, entity_id: UUID) -> EntityRow:
    """Return an entity.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = repository.entity_by_id(tx, entity_id)
    if row is None:
        raise NotFoundProblem
    return row


def change_entity(
    tx: TenantTransaction, entity_id: UUID, body: object, now: datetime.datetime
) -> EntityRow:
    """Apply a JSON Merge Patch (RFC 7396) to an entity and return it changed.

    Raises:
        NotFoundProblem: There is none for this caller.
        RequestInvalidProblem: The result would not be a valid entity.
    """
    row = repository.entity_by_id(tx, entity_id, lock=True)
    if row is None:
        raise NotFoundProblem
    validated(EntityChange, body)
    present = {
        "name": row.name,
        "country_code": row.country_code,
        "seller": _own_words(row),
        "settings": row.settings,
        "metadata": row.metadata,
    }
    given = validated(EntityInput, _merged(present, body))
    values = {
        "name": given.name,
        "seller": _seller(given.seller, given.name, row.country_code),
        "settings": given.settings.model_dump(exclude_none=True),
        "metadata": dict(given.metadata),
        "updated_at": now,
    }
    repository.update_entity(tx, entity_id, values)
    return EntityRow(**(asdict(row) | values))


def entity_page(
    tx: TenantTransaction,
    *,
    metadata: Mapping[str, str] | None = None,
    before: UUID | None = None,
    limit: int,
) -> list[EntityRow]:
    """Return one page of entities, newest first."""
    return repository.entity_page(tx, metadata=metadata or {}, before=before, limit=limit)


def entity_json(row: EntityRow) -> dict[str, Any]:
    """Return an entity as JSON (`EntityView`)."""
    return {
        "id": public_id("ent", row.id),
        "object": "entity",
        "environment": row.environment,
        "name": row.name,
        "country_code": row.country_code,
        "seller": dict(row.seller),
        "settings": dict(row.settings),
        "metadata": dict(row.metadata),
        "created_at": written(row.created_at),
        "updated_at": written(row.updated_at),
    }


def _seller(seller: Seller, name: str, country_code: str) -> dict[str, Any]:
    """Return BG-4 for the database, with BT-27 and BT-40 filled in where they are missing."""
    address = seller.postal_address or SellerPostalAddress()
    if address.country_code is None:
        address = address.model_copy(update={"country_code": country_code})
    if seller.name is None:
        seller = seller.model_copy(update={"name": name})
    seller = seller.model_copy(update={"postal_address": address})
    return seller.model_dump(mode="json", exclude_none=True)


def _own_words(row: EntityRow) -> dict[str, Any]:
    """Return BG-4 without what `_seller` filled in, so that it follows a new name."""
    seller = dict(row.seller)
    if seller.get("name") == row.name:
        del seller["name"]
    return seller


def _merged(present: object, patch: object) -> object:
    """RFC 7396, section 2."""
    if not isinstance(patch, Mapping):
        return patch
    result = dict(present) if isinstance(present, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = _merged(result.get(name), value)
    return result
