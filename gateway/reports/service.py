"""Reports as JSON: what the figures of the repository mean for a caller."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from gateway.kit.ids import public_id
from gateway.kit.pagination import write_cursor
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import RequestInvalidProblem
from gateway.reports import repository
from gateway.reports.grouping import Dimension, Scope
from gateway.reports.repository import Figures, NamedEntity

Query = Callable[[Scope], list[Figures]]


@dataclass(frozen=True, slots=True)
class Paging:
    """Which entities one page of a report is about.

    Attributes:
        before: The last entity of the page before.
        limit: Entities at most.
    """

    before: UUID | None
    limit: int


def totals(
    tx: TenantTransaction, scope: Scope, dimensions: Sequence[Dimension], paging: Paging
) -> dict[str, Any]:
    """Return sums of issued documents (`TotalsReport`)."""
    return _report(tx, scope, dimensions, paging, lambda s: repository.totals(tx, s, dimensions))


def vat(
    tx: TenantTransaction, scope: Scope, dimensions: Sequence[Dimension], paging: Paging
) -> dict[str, Any]:
    """Return VAT by category and rate (`VatReport`)."""
    return _report(tx, scope, dimensions, paging, lambda s: repository.vat(tx, s, dimensions))


def receivables(
    tx: TenantTransaction,
    scope: Scope,
    dimensions: Sequence[Dimension],
    paging: Paging,
    as_of: datetime.date,
) -> dict[str, Any]:
    """Return what is still to be paid, by age (`ReceivablesReport`)."""

    def query(scope: Scope) -> list[Figures]:
        return repository.receivables(tx, scope, dimensions, as_of)

    report = _report(tx, scope, dimensions, paging, query)
    return report | {"as_of": as_of.isoformat()}


def usage(
    tx: TenantTransaction,
    since: datetime.date | None,
    until: datetime.date | None,
    *,
    by_entity: bool,
    paging: Paging,
) -> dict[str, Any]:
    """Return how much was issued in each month (`UsageReport`).

    Raises:
        RequestInvalidProblem: The first month is after the last.
    """
    dimensions = (Dimension.ENTITY, Dimension.MONTH) if by_entity else (Dimension.MONTH,)
    scope = Scope(since, until)
    first = None if since is None else _midnight(since.replace(day=1))
    last = datetime.date.max.replace(day=1)  # no month follows it
    beyond = None if until is None or until >= last else _midnight(_next_month(until))

    def query(scope: Scope) -> list[Figures]:
        return repository.usage(tx, first, beyond, scope.entity_ids)

    report = _report(tx, scope, dimensions, paging, query)
    metered = tx.tenant.environment == "live"
    for row in report["data"]:
        del row["currency_code"], row["kind"]
        row.setdefault("active_entities", 1)
        row["metered"] = metered
    return report


def read_month(text: str | None, parameter: str) -> datetime.date | None:
    """Return the first day of a month written `2026-11`.

    Raises:
        RequestInvalidProblem: It is none.
    """
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(f"{text}-01")
    except ValueError:
        message = "is no month"
        raise RequestInvalidProblem(
            [{"parameter": parameter, "message": message, "fix": "write it as 2026-11"}]
        ) from None


def paged(tx: TenantTransaction, paging: Paging) -> tuple[list[NamedEntity], str | None]:
    """Return the entities of a page, and the cursor of the next."""
    found = repository.entities(tx, paging.before, paging.limit + 1)
    page = found[: paging.limit]
    return page, write_cursor(page[-1].id) if len(found) > paging.limit else None


def _report(
    tx: TenantTransaction,
    scope: Scope,
    dimensions: Sequence[Dimension],
    paging: Paging,
    query: Query,
) -> dict[str, Any]:
    """Return a report: all of it, or with its entities told apart, one page of them."""
    names: dict[UUID, str] = {}
    following = None
    if Dimension.ENTITY in dimensions:
        page, following = paged(tx, paging)
        names = {one.id: one.name for one in page}
        scope = replace(scope, entity_ids=tuple(names))
    return {
        "object": "list",
        "environment": tx.tenant.environment,
        "data": [_row(figures, names) for figures in query(scope)],
        "next_cursor": following,
    }


def _row(figures: Figures, names: Mapping[UUID, str]) -> dict[str, Any]:
    group = figures.group
    entity_id = group.get(Dimension.ENTITY)
    month = group.get(Dimension.MONTH)
    return {
        "entity_id": entity_id and public_id("ent", entity_id),
        "entity_name": entity_id and names[entity_id],
        "currency_code": group.get(Dimension.CURRENCY),
        "month": month and f"{month:%Y-%m}",
        "kind": group.get(Dimension.KIND),
        **{name: _written(value) for name, value in figures.values.items()},
    }


def _written(value: object) -> object:
    return f"{value:f}" if isinstance(value, Decimal) else value


def _next_month(day: datetime.date) -> datetime.date:
    return (day.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)
