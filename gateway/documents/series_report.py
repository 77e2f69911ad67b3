"""What the documents prove about a number series: first, last, count, gaps, duplicates."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.documents.tables import document
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.numbering.service import SeriesRow

MOST = 100
"""Gaps, duplicates and days out of order that are named; there are none while all is well."""


def series_report(tx: TenantTransaction, series: SeriesRow) -> dict[str, Any]:
    """Return the report on a series as JSON (`SeriesReport`)."""
    places = _places(tx, series.id)
    totals = tx.execute(
        _of(
            places,
            sa.func.count(),
            sa.func.count(sa.distinct(sa.tuple_(places.c.number, places.c.number_period))),
            sa.func.min(places.c.sequence),
            sa.func.max(places.c.sequence),
            sa.func.min(places.c.issue_date),
            sa.func.max(places.c.issue_date),
        )
    ).one()
    count, distinct, first, last, first_date, last_date = totals
    gapless = series.kind == "gapless"
    gaps = _gaps(tx, places, series) if gapless else []
    duplicates = _duplicates(tx, places) if count != distinct else []
    disorder = _disorder(tx, places) if gapless else []
    return {
        "series_id": public_id("ser", series.id),
        "code": series.code,
        "kind": series.kind,
        "counted": series.places if gapless else None,
        "documents": count,
        "first": _number(tx, places, first) if gapless else None,
        "last": _number(tx, places, last) if gapless else None,
        "first_date": first_date and first_date.isoformat(),
        "last_date": last_date and last_date.isoformat(),
        "gaps": gaps,
        "duplicates": duplicates,
        "out_of_order": disorder,
        "complete": not gaps and not duplicates and not disorder,
    }


def _places(tx: TenantTransaction, series_id: UUID) -> sa.Subquery:
    columns = document.c
    order = columns.sequence
    return (
        tx.select(
            document,
            columns.sequence,
            columns.number,
            columns.number_period,
            columns.issue_date,
            sa.func.lag(order, 1, 0).over(order_by=order).label("before"),
            sa.func.lag(columns.issue_date).over(order_by=order).label("date_before"),
        )
        .where(columns.series_id == series_id, columns.state != "draft")
        .subquery()
    )


def _of(places: sa.Subquery, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    return sa.select(*columns).select_from(places)


def _number(tx: TenantTransaction, places: sa.Subquery, place: int | None) -> str | None:
    query = _of(places, places.c.number).where(places.c.sequence == place)
    return None if place is None else tx.execute(query).scalars().first()


def _gaps(tx: TenantTransaction, places: sa.Subquery, series: SeriesRow) -> list[dict[str, int]]:
    """Return the places nobody has, also those the counter gave after the last document."""
    query = (
        _of(places, places.c.before, places.c.sequence)
        .where(places.c.sequence > places.c.before + 1)
        .order_by(places.c.sequence)
        .limit(MOST)
    )
    gaps = [{"first": before + 1, "last": at - 1} for before, at in tx.execute(query)]
    last = tx.execute(_of(places, sa.func.max(places.c.sequence))).scalar_one() or 0
    if last < series.places:
        gaps.append({"first": last + 1, "last": series.places})
    return gaps


def _duplicates(tx: TenantTransaction, places: sa.Subquery) -> list[str]:
    query = (
        _of(places, places.c.number)
        .group_by(places.c.number, places.c.number_period)
        .having(sa.func.count() > 1)
        .order_by(places.c.number)
        .limit(MOST)
    )
    return list(tx.execute(query).scalars())


def _disorder(tx: TenantTransaction, places: sa.Subquery) -> list[str]:
    query = (
        _of(places, places.c.number)
        .where(places.c.issue_date < places.c.date_before)
        .order_by(places.c.sequence)
        .limit(MOST)
    )
    return list(tx.execute(query).scalars())
