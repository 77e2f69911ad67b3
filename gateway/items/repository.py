"""Queries on items."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gateway.items.tables import item
from gateway.kit.shelf import Shelf
from gateway.kit.tenancy import TenantTransaction


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A row of `item`.

    Attributes:
        sku: BT-155, the seller's own number; one item of an entity has it.
        gtin: BT-157 of scheme 0160.
        currency_code: Of the price; None for any document's currency.
        tax_id: Whose category and rate it has, in place of its own.
        supply_kind: What it is for VAT, in the words of `countries.vat.facts.SupplyKind`.
        supply_code: Its code of CN (goods) or CPA 2.1.
        line: What a line takes over, canonical JSON under the names of BG-25.
        search: What items are searched by.
    """

    account_id: UUID
    entity_id: UUID
    id: UUID
    name: str
    sku: str | None
    gtin: str | None
    currency_code: str | None
    tax_id: UUID | None
    supply_kind: str | None
    supply_code: str | None
    line: Mapping[str, Any]
    search: str
    metadata: Mapping[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime
    deleted_at: datetime.datetime | None


SHELF = Shelf(item, ItemRow)


def by_sku(tx: TenantTransaction, sku: str) -> ItemRow | None:
    """Return the item that has the seller's number."""
    return next(iter(SHELF.rows(tx, item.c.sku == sku)), None)
