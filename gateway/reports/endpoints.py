"""HTTP for reports: `/v1/reports/...`, over one entity or all of an account's."""

from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, Query, Request

from gateway.kinds import DocumentKind
from gateway.kit import clock
from gateway.kit.moments import Day
from gateway.kit.pagination import DEFAULT_LIMIT, Cursor, Limit, read_id_cursor
from gateway.reports import board, service
from gateway.reports.board import Setups, State
from gateway.reports.grouping import SALES, Dimension, Scope, read_dimensions
from gateway.reports.schemas import (
    ComplianceBoard,
    ReceivablesReport,
    TotalsReport,
    UsageReport,
    VatReport,
)
from gateway.reports.scope import EntityOrAllReader
from gateway.reports.service import Paging

router = APIRouter(prefix="/v1/reports", tags=["Reports"])

GroupBy = Annotated[
    str,
    Query(
        max_length=100,
        description="`entity`, `currency`, `month`, `kind`, separated by commas. Amounts of "
        "different currencies are never added up.",
    ),
]
Since = Annotated[Day | None, Query(alias="from", description="Issued on this day or later.")]
Until = Annotated[Day | None, Query(alias="to", description="Issued on this day or earlier.")]
Kinds = Annotated[
    list[DocumentKind] | None,
    Query(
        alias="kind",
        max_length=len(DocumentKind),
        description="Of these kinds; repeat it. Without it: invoices, credit notes, advance "
        "invoices.",
    ),
]
FirstMonth = Annotated[
    str | None, Query(alias="from", max_length=20, description="First month, e.g. 2026-01.")
]
LastMonth = Annotated[
    str | None, Query(alias="to", max_length=20, description="Last month, e.g. 2026-12.")
]


class Doors(Protocol):
    """What the compliance board needs of the runtime."""

    @property
    def setups(self) -> Setups:
        """Says how entities are set up."""


def paging(limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Paging:
    """Return which entities a page is about."""
    return Paging(read_id_cursor(cursor), limit)


def scope(since: Since = None, until: Until = None, kinds: Kinds = None) -> Scope:
    """Return which documents a report is over."""
    return Scope(since, until, SALES if kinds is None else tuple(kinds))


Pages = Annotated[Paging, Depends(paging)]
Documents = Annotated[Scope, Depends(scope)]


@router.get("/totals", response_model=TotalsReport, summary="Totals of issued documents")
def report_totals(
    tx: EntityOrAllReader, scope: Documents, pages: Pages, group_by: GroupBy = "currency"
) -> dict[str, Any]:
    """Sum up what was issued and not voided: of the entity named, or of all of the account's.

    Credit notes count negative, so the sums are turnover. Dates are issue dates (BT-2).
    """
    return service.totals(tx, scope, read_dimensions(group_by), pages)


@router.get("/vat", response_model=VatReport, summary="VAT by category and rate")
def report_vat(
    tx: EntityOrAllReader, scope: Documents, pages: Pages, group_by: GroupBy = "month"
) -> dict[str, Any]:
    """Sum up the VAT breakdowns of what was issued and not voided, in the invoice currency."""
    return service.vat(tx, scope, read_dimensions(group_by), pages)


@router.get("/receivables", response_model=ReceivablesReport, summary="Receivables by age")
def report_receivables(
    tx: EntityOrAllReader,
    scope: Documents,
    pages: Pages,
    group_by: GroupBy = "currency",
    as_of: Annotated[
        Day | None, Query(description="The day ages are counted from; today (UTC).")
    ] = None,
) -> dict[str, Any]:
    """Sum up what is not paid yet, by how many days it is past its due date.

    Payments count as they are now, also with an earlier `as_of`.
    """
    day = as_of or clock.now().date()
    return service.receivables(tx, scope, read_dimensions(group_by), pages, day)


@router.get("/usage", response_model=UsageReport, summary="Documents issued each month")
def report_usage(
    tx: EntityOrAllReader,
    pages: Pages,
    since: FirstMonth = None,
    until: LastMonth = None,
    group_by: Annotated[str, Query(max_length=100, description="`month`, or `entity,month`.")] = (
        "month"
    ),
) -> dict[str, Any]:
    """Count what was issued in each calendar month (UTC), as it is metered: live only."""
    by_entity = Dimension.ENTITY in read_dimensions(group_by)
    first = service.read_month(since, "from")
    last = service.read_month(until, "to")
    return service.usage(tx, first, last, by_entity=by_entity, paging=pages)


@router.get("/compliance", response_model=ComplianceBoard, summary="The compliance board")
def report_compliance(
    request: Request,
    tx: EntityOrAllReader,
    pages: Pages,
    state: Annotated[
        State | None, Query(description="Only entities with a transmission in this state.")
    ] = None,
) -> dict[str, Any]:
    """Show for every entity what needs looking after, newest entity first."""
    doors: Doors = request.app.state.runtime
    return board.board(tx, state, pages, doors.setups)
