"""Items: what can be done with them, and what a line of a document takes over."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from http import HTTPStatus
from typing import Any, Literal
from uuid import UUID

from gateway.events import service as events
from gateway.items import repository
from gateway.items.repository import SHELF, ItemRow
from gateway.items.schemas import ItemInput
from gateway.kit.folding import search_text
from gateway.kit.ids import new_id, parse_id, public_id
from gateway.kit.json_body import validated
from gateway.kit.locks import hold
from gateway.kit.merge_patch import merged
from gateway.kit.shelf import Wanted
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import Problem
from gateway.taxes import service as taxes
from gateway.taxes.service import TaxRow

__all__ = ["Item", "as_line", "change", "create", "get", "page"]

Verb = Literal["created", "updated", "deleted", "restored"]


class ItemExistsProblem(Problem):
    """The entity already has an item with this `sku`; `item_id` says which.

    Change that one, or give the new one another number.
    """

    type = "item-exists"
    title = "An item has this number already"
    status = HTTPStatus.CONFLICT

    def __init__(self, sku: str, other: UUID) -> None:
        super().__init__(
            f"The sku {sku!r} belongs to another item.", item_id=public_id("itm", other)
        )


@dataclass(frozen=True, slots=True)
class Item:
    """An item with its tax.

    Attributes:
        row: The item.
        tax: Whose category and rate it has; None where it says them itself, or not at all.
    """

    row: ItemRow
    tax: TaxRow | None


def create(tx: TenantTransaction, body: object, now: datetime.datetime) -> Item:
    """Add an item to the entity.

    Raises:
        RequestInvalidProblem: The body is wrong.
        NotFoundProblem: There is no such tax for the caller.
        ItemExistsProblem: Another item has its sku.
    """
    row = _row(tx, validated(ItemInput, body), None, now)
    _claim(tx, row)
    SHELF.add(tx, asdict(row))
    _say(tx, "created", row, now)
    return _with_tax(tx, row)


def get(tx: TenantTransaction, item_id: UUID) -> Item:
    """Return an item.

    Raises:
        NotFoundProblem: There is none for this caller, or it was deleted.
    """
    return _with_tax(tx, SHELF.get(tx, item_id))


def by_sku(tx: TenantTransaction, sku: str) -> Item | None:
    """Return the item that has the seller's number, None when there is none."""
    row = repository.by_sku(tx, sku)
    return None if row is None else _with_tax(tx, row)


def change(tx: TenantTransaction, item_id: UUID, patch: object, now: datetime.datetime) -> Item:
    """Apply a JSON Merge Patch (RFC 7396); documents keep what they say.

    Raises:
        NotFoundProblem: There is none for this caller, or no such tax.
        RequestInvalidProblem: The result would be wrong.
        ItemExistsProblem: Another item has its new sku.
    """
    before = SHELF.get(tx, item_id, lock=True)
    given = validated(ItemInput, merged(as_given(before), patch))
    made = _row(tx, given, before.tax_id, now)
    after = replace(made, id=before.id, created_at=before.created_at)
    if replace(after, updated_at=before.updated_at) == before:
        return _with_tax(tx, before)
    if after.sku != before.sku:
        _claim(tx, after)
    SHELF.change(tx, before.id, asdict(after))
    _say(tx, "updated", after, now)
    return _with_tax(tx, after)


def delete(tx: TenantTransaction, item_id: UUID, now: datetime.datetime) -> None:
    """Take an item away; documents keep what they say of it.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = SHELF.get(tx, item_id, lock=True)
    SHELF.change(tx, row.id, {"deleted_at": now, "updated_at": now})
    _say(tx, "deleted", row, now)


def restore(tx: TenantTransaction, item_id: UUID, now: datetime.datetime) -> Item:
    """Bring a deleted item back; one that is there stays as it is.

    Raises:
        NotFoundProblem: There never was one for this caller.
        ItemExistsProblem: Its sku belongs to another by now.
    """
    row = SHELF.get(tx, item_id, lock=True, deleted=True)
    if row.deleted_at is not None:
        row = replace(row, deleted_at=None, updated_at=now)
        _claim(tx, row)
        SHELF.change(tx, row.id, {"deleted_at": None, "updated_at": now})
        _say(tx, "restored", row, now)
    return _with_tax(tx, row)


def page(tx: TenantTransaction, wanted: Wanted, *, before: UUID | None, limit: int) -> list[Item]:
    """Return one page of items, newest first."""
    return _with_taxes(tx, SHELF.page(tx, wanted, before=before, limit=limit))


def as_line(item: Item, currency_code: str | None = None) -> dict[str, Any]:
    """Return what a line takes over: canonical JSON under the names of BG-25.

    Args:
        item: The item.
        currency_code: Of the document; a price in another currency is left out.
    """
    line = dict(item.row.line)
    if None not in {currency_code, item.row.currency_code} and (
        currency_code != item.row.currency_code
    ):
        line.pop("item_net_price", None)
    return line if item.tax is None else {**line, **taxes.as_line(item.tax)}


def as_given(row: ItemRow) -> dict[str, Any]:
    """Return an item under the names of `ItemInput`."""
    line = row.line
    classes = [
        {
            "code": one["value"],
            "list": one["scheme_identifier"],
            "version": one.get("scheme_version_identifier"),
        }
        for one in line.get("item_classification_identifiers", ())
    ]
    members = {
        "name": row.name,
        "description": line.get("item_description"),
        "price": line.get("item_net_price"),
        "currency_code": row.currency_code,
        "base_quantity": line.get("item_price_base_quantity"),
        "unit": line.get("unit_code"),
        "vat_category_code": line.get("vat_category_code"),
        "vat_rate": line.get("vat_rate"),
        "tax_id": None if row.tax_id is None else public_id("tax", row.tax_id),
        "supply_kind": row.supply_kind,
        "supply_code": row.supply_code,
        "sku": row.sku,
        "gtin": row.gtin,
        "buyers_identifier": line.get("item_buyers_identifier"),
        "country_of_origin": line.get("item_country_of_origin"),
        "classifications": classes,
        "attributes": [dict(one) for one in line.get("item_attributes", ())],
        "metadata": dict(row.metadata),
    }
    return {name: value for name, value in members.items() if value is not None}


def _row(
    tx: TenantTransaction, given: ItemInput, present_tax: UUID | None, now: datetime.datetime
) -> ItemRow:
    tax_id = None if given.tax_id is None else parse_id(given.tax_id, "tax")
    if tax_id is not None and tax_id != present_tax:
        taxes.get(tx, tax_id)
    line = given.line().model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return ItemRow(
        account_id=tx.tenant.account_id,
        entity_id=tx.entity_id,
        id=new_id(),
        name=given.name,
        sku=given.sku,
        gtin=given.gtin,
        currency_code=given.currency_code,
        tax_id=tax_id,
        supply_kind=given.supply_kind,
        supply_code=given.supply_code,
        line=line,
        search=search_text((given.name, given.sku, given.gtin, given.description)),
        metadata=dict(given.metadata),
        created_at=now,
        updated_at=now,
        deleted_at=None,
    )


def _with_tax(tx: TenantTransaction, row: ItemRow) -> Item:
    return _with_taxes(tx, [row])[0]


def _with_taxes(tx: TenantTransaction, rows: Sequence[ItemRow]) -> list[Item]:
    found: Mapping[UUID, TaxRow] = taxes.several(
        tx, [row.tax_id for row in rows if row.tax_id is not None]
    )
    return [Item(row, None if row.tax_id is None else found.get(row.tax_id)) for row in rows]


def _claim(tx: TenantTransaction, row: ItemRow) -> None:
    """Make sure no other item has the sku, now or before this commits."""
    if row.sku is None:
        return
    hold(tx, [f"item sku {row.sku}"])
    other = repository.by_sku(tx, row.sku)
    if other is not None and other.id != row.id:
        raise ItemExistsProblem(row.sku, other.id)


def _say(tx: TenantTransaction, verb: Verb, row: ItemRow, now: datetime.datetime) -> None:
    events.append(
        tx,
        type=f"item.{verb}",
        subject_id=public_id("itm", row.id),
        data={"name": row.name, "sku": row.sku, "metadata": dict(row.metadata)},
        now=now,
    )
