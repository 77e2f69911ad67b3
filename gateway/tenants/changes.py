"""Entities and accounts: how they begin, change and end.

What identifies a business to its tax office (country, VAT identifier, tax registration) stays as
it is once a document was issued in its name: another number is another business.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import asdict
from http import HTTPStatus
from typing import Any
from uuid import UUID

from formats.json.aliases import PointerMap
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.merge_patch import merged
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import InvalidPart, NotFoundProblem, Problem
from gateway.tenants import auditors, repository, service
from gateway.tenants.api_keys.service import revoke_keys_of
from gateway.tenants.branding import branded, has_own_logo
from gateway.tenants.identity import may_change_identity
from gateway.tenants.members.repository import remove_all
from gateway.tenants.moving import refuse_moved
from gateway.tenants.repository import AccountRow, EntityRow
from gateway.tenants.schemas import AccountChange, AccountInput, EntityChange, EntityInput
from gateway.tenants.settings import stored
from gateway.tenants.short_names import canonical, validated_as_sent

DocumentsOf = Callable[[TenantTransaction], frozenset[str]]
"""Which documents the entity of a transaction has, `issued` or `received`; the runtime knows."""

Follow = Callable[[TenantTransaction, EntityRow, EntityRow, datetime.datetime], None]
"""Tells other features of a change: the entity before and after."""

_FROZEN: Mapping[str, str] = {
    "vat_identifier": "/seller/vat_identifier",
    "tax_registration_identifier": "/seller/tax_registration_identifier",
}


class EntityFrozenProblem(Problem):
    """Documents were issued in the name of this entity: what identifies it stays as it is.

    Country, VAT identifier and tax registration are on those documents and with the tax office.
    A business with other numbers is another entity: create it. Adding a number that was missing
    is possible at any time. `errors` says what the change would have touched.
    """

    type = "entity-frozen"
    title = "The entity has issued documents"
    status = HTTPStatus.CONFLICT


class EntityReceivedProblem(Problem):
    """Documents were received in the name of this entity, and are kept: it stays with them.

    What no law keeps any more can be destroyed (`/v1/retention/destructions`). An entity that
    issued nothing, and whose received documents were all destroyed, can be deleted.
    """

    type = "entity-received"
    title = "The entity has received documents"
    status = HTTPStatus.CONFLICT


def read_entity(body: object) -> tuple[EntityInput, bytes | None]:
    """Return the entity that a body describes, and its logo.

    Raises:
        RequestInvalidProblem: The body has another shape, or says something twice.
    """
    if not isinstance(body, Mapping):
        return validated_as_sent(EntityInput, body, PointerMap()), None
    value, sent = canonical(body)
    patch = branded({}, value.get("settings", {}))
    # A template's empty places are none: what a patch would take away is not there yet.
    value["settings"] = merged({}, patch.patch)
    return validated_as_sent(EntityInput, value, sent), patch.logo


def change_entity(  # noqa: PLR0913 - what it asks of others is named
    tx: TenantTransaction,
    entity_id: UUID,
    body: object,
    now: datetime.datetime,
    *,
    documents_of: DocumentsOf,
    follow: Follow,
) -> EntityRow:
    """Apply a JSON Merge Patch (RFC 7396) to an entity and return it changed.

    Raises:
        NotFoundProblem: There is none for this caller.
        MovedProblem: It moves to another installation, or from one.
        RequestInvalidProblem: The result would not be a valid entity.
        EntityFrozenProblem: It would become another business, and has issued documents.
    """
    narrowed = tx.for_entity(entity_id) if tx.tenant.account_wide else tx
    may_change_identity(narrowed)
    row = repository.entity_by_id(tx, entity_id, lock=True)
    if row is None:
        raise NotFoundProblem
    refuse_moved(narrowed)
    given, logo, sent = _changed(row, body)
    country = given.country_code
    service.refuse_foreign_settings(given.settings, row.environment, country)
    values: dict[str, Any] = {
        "name": given.name,
        "country_code": country,
        "seller": service.seller_json(given.seller, given.name, country),
        "settings": stored(given.settings),
        "metadata": dict(given.metadata),
        "updated_at": now,
    }
    after = EntityRow(**(asdict(row) | values))
    if (touched := _frozen(row, after, sent)) and "issued" in documents_of(narrowed):
        names = ", ".join(part["pointer"][1:] for part in touched)
        raise EntityFrozenProblem(
            f"Documents were issued: {names} cannot change. Create another entity.",
            errors=touched,
        )
    if logo is not None or not has_own_logo(after.settings):
        values["logo"] = logo
    repository.update_entity(tx, entity_id, values)
    follow(narrowed, row, after, now)
    return after


def delete_entity(
    tx: TenantTransaction, entity_id: UUID, now: datetime.datetime, *, documents_of: DocumentsOf
) -> None:
    """Take an entity away that has no documents, with its keys, users and auditors.

    Raises:
        NotFoundProblem: There is none for this caller.
        MovedProblem: It moves to another installation, or from one.
        EntityFrozenProblem: It has issued documents, which must be kept.
        EntityReceivedProblem: It has received documents, which must be kept.
    """
    narrowed = tx.for_entity(entity_id)
    may_change_identity(narrowed)
    if repository.entity_by_id(tx, entity_id, lock=True) is None:
        raise NotFoundProblem
    refuse_moved(narrowed)
    kept = documents_of(narrowed)
    if "issued" in kept:
        raise EntityFrozenProblem("Documents were issued and must be kept: the entity stays.")
    if "received" in kept:
        raise EntityReceivedProblem("Documents were received and must be kept: the entity stays.")
    repository.update_entity(tx, entity_id, {"deleted_at": now, "updated_at": now})
    revoke_keys_of(tx, entity_id, now)
    remove_all(narrowed, now)
    auditors.end(narrowed, now)


def get_account(tx: TenantTransaction) -> AccountRow:
    """Return the account of the transaction, with its settings in this environment."""
    return repository.account_row(tx)


def change_account(tx: TenantTransaction, body: object, now: datetime.datetime) -> AccountRow:
    """Apply a JSON Merge Patch (RFC 7396) to the account.

    Raises:
        RequestInvalidProblem: The result would not be a valid account.
    """
    row = repository.account_row(tx, lock=True)
    validated_as_sent(AccountChange, body, PointerMap())
    patch = dict(body) if isinstance(body, Mapping) else {}
    present = {"name": row.name, "settings": row.settings, "metadata": row.metadata}
    brand = branded(row.settings, patch.get("settings", {}))
    if "settings" in patch:
        patch["settings"] = brand.patch
    given = validated_as_sent(AccountInput, merged(present, patch), PointerMap())
    settings = stored(given.settings)
    values: dict[str, Any] = {
        "settings": settings,
        "metadata": dict(given.metadata),
        "updated_at": now,
    }
    if brand.logo is not None or not has_own_logo(settings):
        values["logo"] = brand.logo
    repository.update_account(tx, given.name, values)
    return repository.account_row(tx)


def account_json(row: AccountRow, environment: str) -> dict[str, Any]:
    """Return an account as JSON (`AccountView`)."""
    return {
        "id": public_id("acc", row.id),
        "object": "account",
        "environment": environment,
        "name": row.name,
        "settings": dict(row.settings),
        "metadata": dict(row.metadata),
        "created_at": written(row.created_at),
        "updated_at": written(row.updated_at or row.created_at),
    }


def _changed(row: EntityRow, body: object) -> tuple[EntityInput, bytes | None, PointerMap]:
    """Return the entity that a patch makes of one, its new logo, and the caller's names."""
    validated_as_sent(EntityChange, body, PointerMap())
    patch, sent = canonical(body) if isinstance(body, Mapping) else ({}, PointerMap())
    brand = branded(row.settings, patch.get("settings", {}))
    if "settings" in patch:
        patch["settings"] = brand.patch
    present = {
        "name": row.name,
        "country_code": row.country_code,
        "seller": _own_words(row),
        "settings": row.settings,
        "metadata": row.metadata,
    }
    given = validated_as_sent(EntityInput, merged(present, patch), sent)
    return given, brand.logo, sent


def _own_words(row: EntityRow) -> dict[str, Any]:
    """Return BG-4 without what `seller_json` filled in, so that it follows name and country."""
    seller = dict(row.seller)
    if seller.get("name") == row.name:
        del seller["name"]
    address = dict(seller.get("postal_address", {}))
    if address.get("country_code") == row.country_code:
        del address["country_code"]
    return seller | {"postal_address": address}


def _frozen(before: EntityRow, after: EntityRow, sent: PointerMap) -> list[InvalidPart]:
    """Return what would change of that which identifies the business."""
    touched = []
    if before.country_code != after.country_code:
        touched.append("/country_code")
    touched += [
        pointer
        for name, pointer in _FROZEN.items()
        if before.seller.get(name) not in {None, after.seller.get(name)}
    ]
    return [
        {"pointer": sent.as_sent(one), "message": "is on documents that were issued"}
        for one in touched
    ]
