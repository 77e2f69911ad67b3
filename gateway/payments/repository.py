"""Queries on payments; every one of them goes through the tenant filter."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from gateway.kit.tenancy import TenantTransaction
from gateway.payments.tables import payment

_ONE_REFERENCE = "payment_entity_id_reference_key"  # as PostgreSQL names it


class ReferenceUsedError(Exception):
    """The entity has a payment with this reference; the transaction cannot go on."""


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A row of `payment`."""

    account_id: UUID
    entity_id: UUID
    id: UUID
    document_id: UUID
    amount: Decimal
    currency_code: str
    paid_on: datetime.date
    method: str | None
    reference: str | None
    note: str | None
    metadata: Mapping[str, str]
    created_at: datetime.datetime
    reversed_at: datetime.datetime | None
    reversal_reason: str | None


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list may be narrowed to."""

    document_id: UUID | None = None
    reference: str | None = None
    metadata: Mapping[str, str] | None = None


def insert(tx: TenantTransaction, values: Mapping[str, Any]) -> None:
    """Add a payment.

    Raises:
        ReferenceUsedError: Its reference is used.
    """
    try:
        tx.execute(tx.insert(payment, **values))
    except IntegrityError as error:
        cause = error.orig
        if isinstance(cause, psycopg.Error) and cause.diag.constraint_name == _ONE_REFERENCE:
            raise ReferenceUsedError from None
        raise


def get(tx: TenantTransaction, payment_id: UUID) -> PaymentRow | None:
    """Return one payment."""
    row = tx.execute(tx.select(payment).where(payment.c.id == payment_id)).one_or_none()
    return None if row is None else PaymentRow(**row._mapping)  # noqa: SLF001 - its public name


def page(
    tx: TenantTransaction, wanted: Filter, *, before: UUID | None, limit: int
) -> list[PaymentRow]:
    """Return up to `limit` payments, newest first, older than `before`."""
    query = tx.select(payment)
    if wanted.document_id is not None:
        query = query.where(payment.c.document_id == wanted.document_id)
    if wanted.reference is not None:
        query = query.where(payment.c.reference == wanted.reference)
    if wanted.metadata:
        query = query.where(payment.c["metadata"].contains(dict(wanted.metadata)))
    if before is not None:
        query = query.where(payment.c.id < before)
    query = query.order_by(payment.c.id.desc()).limit(limit)
    return [PaymentRow(**row._mapping) for row in tx.execute(query)]  # noqa: SLF001


def reverse(tx: TenantTransaction, payment_id: UUID, reason: str, now: datetime.datetime) -> None:
    """Take a payment back."""
    statement = tx.update(payment).where(payment.c.id == payment_id)
    tx.execute(statement.values(reversed_at=now, reversal_reason=reason))


def ledger(tx: TenantTransaction, document_id: UUID) -> tuple[Decimal, int]:
    """Return what is paid on a document, and how many payments were taken back."""
    paid = sa.func.coalesce(
        sa.func.sum(payment.c.amount).filter(payment.c.reversed_at.is_(None)), Decimal(0)
    )
    back = sa.func.count().filter(payment.c.reversed_at.is_not(None))
    query = tx.select(payment, paid, back).where(payment.c.document_id == document_id)
    row = tx.execute(query).one()
    return row[0], row[1]
