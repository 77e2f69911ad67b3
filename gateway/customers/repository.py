"""Queries on customers."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa

from gateway.customers.tables import customer
from gateway.kit.shelf import Shelf
from gateway.kit.tenancy import TenantTransaction

ContactType = Literal["buyer", "supplier", "both"]


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A row of `customer`.

    Attributes:
        reference: The caller's own name for the customer; one customer of an entity has it.
        vat_key, email_key, match_key: What customers are recognised by; see `matching`.
        search: What they are searched by.
        buyer: BG-7 as canonical JSON.
        details: What EN 16931 does not know: `CustomerDetails` as JSON.
        checks: What was found about their numbers, as JSON.
        erased_at: Since then nothing is known of it but its id.
    """

    account_id: UUID
    entity_id: UUID
    id: UUID
    contact_type: ContactType
    name: str
    reference: str | None
    vat_key: str | None
    email_key: str | None
    match_key: str
    search: str
    buyer: Mapping[str, Any]
    details: Mapping[str, Any]
    checks: Sequence[Mapping[str, Any]]
    metadata: Mapping[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime
    deleted_at: datetime.datetime | None
    erased_at: datetime.datetime | None


SHELF = Shelf(customer, CustomerRow)

_CANDIDATES = 50
"""As many customers with one VAT identifier, or one name and e-mail, are looked at."""


def by_reference(tx: TenantTransaction, reference: str) -> CustomerRow | None:
    """Return the customer whom the caller calls so."""
    return next(iter(SHELF.rows(tx, customer.c.reference == reference)), None)


def by_vat(tx: TenantTransaction, vat_key: str) -> list[CustomerRow]:
    """Return the customers with a VAT identifier, oldest first."""
    return _some(tx, customer.c.vat_key == vat_key)


def by_vat_keys(tx: TenantTransaction, vat_keys: Collection[str]) -> dict[str, UUID]:
    """Return, by VAT identifier, the customer that has it; the oldest, where several do."""
    if not vat_keys:
        return {}
    columns = customer.c
    query = tx.select(customer, columns.vat_key, columns.id).where(
        columns.vat_key.in_(vat_keys), columns.deleted_at.is_(None)
    )
    newest_first = tx.execute(query.order_by(columns.id.desc()))
    return {row.vat_key: row.id for row in newest_first}


def vat_numbers(tx: TenantTransaction, most: int | None) -> list[tuple[str, UUID]]:
    """Return the VAT identifiers of customers, and whose each is; the oldest first."""
    columns = customer.c
    query = tx.select(customer, columns.vat_key, columns.id).where(
        columns.vat_key.is_not(None), columns.deleted_at.is_(None)
    )
    return [(row[0], row[1]) for row in tx.execute(query.order_by(columns.id).limit(most))]


def by_match(tx: TenantTransaction, match_key: str) -> list[CustomerRow]:
    """Return the customers with a name and e-mail, oldest first."""
    return _some(tx, customer.c.match_key == match_key)


def _some(tx: TenantTransaction, condition: sa.ColumnElement[bool]) -> list[CustomerRow]:
    query = tx.select(customer).where(condition, customer.c.deleted_at.is_(None))
    found = tx.execute(query.order_by(customer.c.id).limit(_CANDIDATES))
    return [SHELF.read(row) for row in found]
