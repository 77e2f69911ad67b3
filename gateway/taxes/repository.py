"""Queries on taxes."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from gateway.kit.shelf import Shelf
from gateway.kit.tenancy import TenantTransaction
from gateway.taxes.tables import tax


@dataclass(frozen=True, slots=True)
class TaxRow:
    """A row of `tax`.

    Attributes:
        category_code: UNTDID 5305 (BT-151).
        rate: Per cent (BT-152); None for category O, which has none.
        exemption_reason, exemption_reason_code: Why no VAT is due (BT-120, BT-121).
    """

    account_id: UUID
    entity_id: UUID
    id: UUID
    name: str
    category_code: str
    rate: Decimal | None
    exemption_reason: str | None
    exemption_reason_code: str | None
    metadata: Mapping[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime
    deleted_at: datetime.datetime | None


SHELF = Shelf(tax, TaxRow)


def several(tx: TenantTransaction, ids: Collection[UUID]) -> dict[UUID, TaxRow]:
    """Return taxes by their ids, also deleted ones: items may still refer to them."""
    if not ids:
        return {}
    found = tx.execute(tx.select(tax).where(tax.c.id.in_(set(ids))))
    return {row.id: row for row in map(SHELF.read, found)}
