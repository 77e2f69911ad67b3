"""Accounts and entities: what can be done with them."""

import datetime
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict
from typing import Any, TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from countries.registry import COUNTRIES
from formats.en16931.party import Seller, SellerPostalAddress
from gateway.kit.clock import written
from gateway.kit.database import Database
from gateway.kit.ids import new_id, public_id
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.problems import NotFoundProblem, RequestInvalidProblem
from gateway.tenants import repository
from gateway.tenants.branding import has_own_logo
from gateway.tenants.country_defaults import defaults_of, shown
from gateway.tenants.fiscalization import unfit
from gateway.tenants.repository import EntityRow
from gateway.tenants.schemas import EntityInput
from gateway.tenants.settings import EntitySettings, effective, stored

Entity: TypeAlias = EntityRow
"""An entity as other features get it."""

Furnish = Callable[[TenantTransaction, datetime.datetime], None]


def create_account(database: Database, name: str, now: datetime.datetime) -> UUID:
    """Create an account and return its id. For operators: no API call does this."""
    account_id = new_id()
    with database.transaction(Tenant(account_id, (), "sandbox", account_wide=True)) as tx:
        repository.insert_account(tx, account_id, name, now)
    return account_id


def create_entity(
    tx: TenantTransaction,
    given: EntityInput,
    furnish: Furnish,
    now: datetime.datetime,
    *,
    logo: bytes | None = None,
) -> EntityRow:
    """Create an entity in the transaction of its account.

    Args:
        tx: Account-wide.
        given: The entity.
        furnish: Gives it what every entity begins with, in a transaction narrowed to it.
        now: The moment of creation.
        logo: What its settings name as logo.

    Raises:
        RequestInvalidProblem: Its settings are not for this environment.
    """
    refuse_foreign_settings(given.settings, tx.tenant.environment, given.country_code)
    row = EntityRow(
        account_id=tx.tenant.account_id,
        id=new_id(),
        environment=tx.tenant.environment,
        name=given.name,
        country_code=given.country_code,
        seller=seller_json(given.seller, given.name, given.country_code),
        settings=stored(given.settings),
        metadata=dict(given.metadata),
        created_at=now,
        updated_at=now,
        inherited=repository.account_row(tx).settings,
    )
    values = asdict(row)
    del values["inherited"]
    repository.insert_entity(tx, {**values, "logo": logo})
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


def refuse_foreign_settings(settings: EntitySettings, environment: str, country: str) -> None:
    """Refuse what only entities elsewhere have.

    Raises:
        RequestInvalidProblem: A fiscal scheme that is not for this environment, or this country.
    """
    chosen = settings.fiscalization
    reason = None if chosen is None else unfit(chosen.scheme, environment, country)
    if reason is not None:
        raise RequestInvalidProblem(
            [
                {
                    "pointer": "/settings/fiscalization/scheme",
                    "message": reason,
                    "fix": "leave fiscalization out, or choose another scheme",
                }
            ]
        )


def settings_of(row: EntityRow) -> EntitySettings:
    """Return the settings that hold for an entity: its own over its account's."""
    return effective(row.inherited, row.settings)


def currency_of(row: EntityRow) -> str | None:
    """Return the currency of documents that name none: by settings, else by country."""
    return settings_of(row).currency_code or defaults_of(row.country_code).currency_code


def locale_of(row: EntityRow) -> str:
    """Return the language of documents that name none: by settings, else by country."""
    return settings_of(row).locale or defaults_of(row.country_code).locale


def zone_of(row: EntityRow) -> ZoneInfo:
    """Return the time zone in which the entity's days begin: at its address, in its country."""
    country = COUNTRIES.get(row.country_code)
    if country is None:
        return ZoneInfo(defaults_of(row.country_code).time_zone)  # which keeps them
    address = row.seller.get("postal_address") or {}
    return country.zone_at(address.get("post_code"))


def logo_of(tx: TenantTransaction, row: EntityRow) -> bytes | None:
    """Return the logo that was uploaded for an entity, or for its account; checked then.

    None also where `settings_of(row).pdf_template.logo_url` says where one is.
    """
    if not has_own_logo(stored(settings_of(row))):
        return None
    if has_own_logo(row.settings):
        return repository.entity_logo(tx, row.id)
    return repository.account_logo(tx)


def some(tx: TenantTransaction, ids: Collection[UUID]) -> list[EntityRow]:
    """Return those of several entities that there are for this caller, in no particular order."""
    return repository.entities_by_id(tx, ids) if ids else []


def entity_page(
    tx: TenantTransaction,
    *,
    metadata: Mapping[str, str] | None = None,
    search: str | None = None,
    before: UUID | None = None,
    limit: int,
) -> list[EntityRow]:
    """Return one page of entities, newest first."""
    return repository.entity_page(
        tx, metadata=metadata or {}, search=search, before=before, limit=limit
    )


def entity_json(row: EntityRow, now: datetime.datetime) -> dict[str, Any]:
    """Return an entity as JSON (`EntityView`)."""
    return {
        "id": public_id("ent", row.id),
        "object": "entity",
        "environment": row.environment,
        "name": row.name,
        "country_code": row.country_code,
        "seller": dict(row.seller),
        "settings": dict(row.settings),
        "inherited_settings": dict(row.inherited),
        "defaults": shown(row.country_code, now.astimezone(zone_of(row)).date()),
        "metadata": dict(row.metadata),
        "created_at": written(row.created_at),
        "updated_at": written(row.updated_at),
    }


def seller_json(seller: Seller, name: str, country_code: str) -> dict[str, Any]:
    """Return BG-4 for the database, with BT-27 and BT-40 filled in where they are missing."""
    address = seller.postal_address or SellerPostalAddress()
    if address.country_code is None:
        address = address.model_copy(update={"country_code": country_code})
    if seller.name is None:
        seller = seller.model_copy(update={"name": name})
    seller = seller.model_copy(update={"postal_address": address})
    return seller.model_dump(mode="json", exclude_none=True)
