"""Queries of the reports; each reads an index alone (migration 0010)."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kit.tenancy import TenantTransaction
from gateway.reports.counting import stands
from gateway.reports.grouping import Dimension, Scope, expressions, month, signed, within
from gateway.reports.tables import (
    document,
    document_relation,
    document_vat,
    entity,
    transmission,
)

_IN_FORCE = document.c.state.not_in(("draft", "voided"))

Columns = dict[str, sa.ColumnElement[Any]]


@dataclass(frozen=True, slots=True)
class Figures:
    """One line of a report.

    Attributes:
        group: What it is about, by dimension.
        values: What was counted and summed, by name.
    """

    group: dict[Dimension, Any]
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Attention:
    """Transmissions of an entity that are, in one way, not settled well.

    Attributes:
        count: How many.
        oldest: When the oldest of them was queued.
    """

    count: int
    oldest: datetime.datetime


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """An entity as reports show it."""

    id: UUID
    name: str


def entities(
    tx: TenantTransaction, before: UUID | None, limit: int, state: str | None = None
) -> list[NamedEntity]:
    """Return up to `limit` entities of the transaction, newest first, older than `before`.

    Args:
        tx: Whose.
        before: The last entity of the page before.
        limit: Entities at most.
        state: Only those with a transmission that is, in this way, not settled well.
    """
    query = tx.select(entity, entity.c.id, entity.c.name).order_by(entity.c.id.desc())
    if not tx.tenant.all_entities:
        query = query.where(entity.c.id.in_(tx.tenant.entity_ids))
    if state is not None:
        query = query.where(entity.c.id.in_(_in_state(tx, state, before, limit)))
    if before is not None:
        query = query.where(entity.c.id < before)
    return [NamedEntity(*row) for row in tx.execute(query.limit(limit))]


def attention(
    tx: TenantTransaction, entity_ids: Sequence[UUID]
) -> dict[UUID, dict[str, Attention]]:
    """Return how many transmissions of each entity are not settled well, by why."""
    c = transmission.c
    query = (
        tx.select(
            transmission, c.entity_id, c.attention, sa.func.count(), sa.func.min(c.created_at)
        )
        .where(c.attention.is_not(None), c.entity_id.in_(entity_ids))
        .group_by(c.entity_id, c.attention)
    )
    found: dict[UUID, dict[str, Attention]] = {}
    for entity_id, why, count, oldest in tx.execute(query):
        found.setdefault(entity_id, {})[why] = Attention(count, oldest)
    return found


def drafts(tx: TenantTransaction, entity_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return how many drafts each entity has; those without any are left out."""
    c = document.c
    query = (
        tx.select(document, c.entity_id, sa.func.count())
        .where(c.state == sa.literal_column("'draft'"), c.entity_id.in_(entity_ids))
        .group_by(c.entity_id)
    )
    return {row[0]: row[1] for row in tx.execute(query)}


def last_issued(
    tx: TenantTransaction, entity_ids: Sequence[UUID]
) -> dict[UUID, datetime.datetime]:
    """Return when each entity last issued something; those that never did are left out."""
    c = document.c
    query = (
        tx.select(document, c.entity_id, sa.func.max(c.issued_at))
        .where(c.issue_date.is_not(None), c.issued_at.is_not(None), c.entity_id.in_(entity_ids))
        .group_by(c.entity_id)
    )
    return {row[0]: row[1] for row in tx.execute(query)}


def totals(tx: TenantTransaction, scope: Scope, dimensions: Sequence[Dimension]) -> list[Figures]:
    """Sum up documents that are issued, not voided and not replaced."""
    c, sign = document.c, signed(document)
    columns: Columns = {
        "documents": sa.func.count(),
        "total_without_vat": _sum(sign * c.total_without_vat),
        "total_vat": _sum(sign * c.total_vat),
        "total_with_vat": _sum(sign * c.total_with_vat),
        "amount_paid": _sum(sign * c.amount_paid),
        "amount_due": _sum(sign * (c.amount_due - c.amount_paid)),
    }
    counted = (within(document, scope), _IN_FORCE, stands(tx, c.id, c.kind))
    query = tx.select(document).where(*counted)
    return _grouped(tx, query, expressions(document, dimensions), columns)


def vat(tx: TenantTransaction, scope: Scope, dimensions: Sequence[Dimension]) -> list[Figures]:
    """Sum up the VAT breakdowns of documents that are issued, not voided and not replaced."""
    c, sign = document_vat.c, signed(document_vat)
    columns: Columns = {
        "taxable_amount": _sum(sign * c.taxable_amount),
        "tax_amount": _sum(sign * c.tax_amount),
    }
    keys: Columns = {"category_code": c.category_code, "rate": c.rate}
    query = tx.select(document_vat).where(within(document_vat, scope))
    return _grouped(tx, query, expressions(document_vat, dimensions), columns, keys)


def receivables(
    tx: TenantTransaction, scope: Scope, dimensions: Sequence[Dimension], as_of: datetime.date
) -> list[Figures]:
    """Sum up what is not paid yet, by how many days it has been due.

    What credit notes took back of an invoice is no longer open there. A credit note that names
    its invoice is used up by that; what was paid beyond the rest is a credit of the invoice, until
    it is paid back on the credit note. Of an invoice that another one replaced nothing is open.
    """
    c = document.c
    owed = signed(document) == 1
    replaced = sa.func.least(c.amount_due, c.amount_credited)
    asked = sa.case((c.state == sa.literal_column("'corrected'"), replaced), else_=c.amount_due)
    rest = asked - c.amount_credited - c.amount_paid
    given = sa.case((_names_its_invoice(tx), c.amount_paid), else_=c.amount_paid - c.amount_due)
    net = sa.case((owed, rest), else_=given)
    opened = sa.func.greatest(rest, 0)
    late = sa.literal(as_of, sa.Date) - c.due_date
    columns: Columns = {
        "documents": sa.func.count(),
        "amount_due": _sum(net),
        "not_due": _sum(opened, owed, sa.or_(c.due_date.is_(None), late <= 0)),
        "days_1_30": _sum(opened, owed, late.between(1, 30)),
        "days_31_60": _sum(opened, owed, late.between(31, 60)),
        "days_61_90": _sum(opened, owed, late.between(61, 90)),
        "days_over_90": _sum(opened, owed, late > 90),  # noqa: PLR2004 - as its name says
        "credits": _sum(sa.case((owed, sa.func.least(rest, 0)), else_=given)),
    }
    query = tx.select(document).where(within(document, scope), _IN_FORCE, net != 0)
    return _grouped(tx, query, expressions(document, dimensions), columns)


def _names_its_invoice(tx: TenantTransaction) -> sa.ColumnElement[bool]:
    """Return whether a document corrects another one of the entity's."""
    r = document_relation.c
    corrects = (r.kind == sa.literal_column("'corrects'"), r.effective)
    return document.c.id.in_(tx.select(document_relation, r.from_id).where(*corrects))


def usage(
    tx: TenantTransaction,
    since: datetime.datetime | None,
    until: datetime.datetime | None,
    entity_ids: Sequence[UUID] | None,
) -> list[Figures]:
    """Count what was issued in each month (UTC), of every kind, also what was voided since.

    Args:
        tx: Whose.
        since: Issued at this moment or later.
        until: Issued before this moment.
        entity_ids: These entities, each by itself; None counts all together.
    """
    c = document.c
    query = tx.select(document).where(c.issue_date.is_not(None), c.issued_at.is_not(None))
    if since is not None:
        query = query.where(c.issued_at >= since)
    if until is not None:
        query = query.where(c.issued_at < until)
    groups = {Dimension.MONTH: month(sa.func.timezone(sa.literal_column("'UTC'"), c.issued_at))}
    columns: Columns = {"documents": sa.func.count()}
    if entity_ids is None:
        columns["active_entities"] = sa.func.count(c.entity_id.distinct())
    else:
        query = query.where(c.entity_id.in_(entity_ids))
        groups = {Dimension.ENTITY: c.entity_id, **groups}
    return _grouped(tx, query, groups, columns)


def _in_state(
    tx: TenantTransaction, state: str, before: UUID | None, limit: int
) -> sa.Select[tuple[UUID]]:
    c = transmission.c
    query = tx.select(transmission, c.entity_id).where(c.attention == state).distinct()
    if before is not None:
        query = query.where(c.entity_id < before)
    return query.order_by(c.entity_id.desc()).limit(limit)


def _sum(
    amount: sa.ColumnElement[Any], *only: sa.ColumnElement[bool]
) -> sa.ColumnElement[Decimal]:
    total = sa.func.sum(amount)
    return sa.func.coalesce(total.filter(*only) if only else total, 0)


def _grouped(
    tx: TenantTransaction,
    rows: sa.Select[Any],
    groups: Mapping[Dimension, sa.ColumnElement[Any]],
    columns: Columns,
    keys: Columns | None = None,
) -> list[Figures]:
    """Group a query's rows, in the order of the groups: newest entity first, the rest upwards."""
    keys = keys or {}
    by = [one.label(f"by_{place}") for place, one in enumerate((*groups.values(), *keys.values()))]
    order = [
        label.desc() if dimension is Dimension.ENTITY else label.asc().nulls_last()
        for dimension, label in zip((*groups, *keys), by, strict=True)
    ]
    query = rows.with_only_columns(*by, *columns.values()).group_by(*by).order_by(*order)
    split = len(groups)
    return [
        Figures(
            dict(zip(groups, row[:split], strict=True)),
            dict(zip((*keys, *columns), row[split:], strict=True)),
        )
        for row in tx.execute(query)
    ]
