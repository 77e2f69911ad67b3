"""HTTP for number series: `/v1/series`."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id, public_id
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.moments import Day
from gateway.numbering import changes, service
from gateway.numbering.schemas import (
    SeriesChange,
    SeriesInput,
    SeriesList,
    SeriesPreview,
    SeriesView,
)
from gateway.numbering.service import SeriesRow
from gateway.openapi import takes
from gateway.tenants import service as tenants
from gateway.tenants.access import ReaderTransaction, WriterTransaction

router = APIRouter(prefix="/v1/series", tags=["Number series"])


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=SeriesView,
    openapi_extra=takes(SeriesInput),
)
def create_series(tx: WriterTransaction, once: Idempotency, content: JsonContent) -> Response:
    """Create a number series for the entity.

    Documents go to the series they name, else to the one of their kind (INV, CRN ...), which is
    made on first use as `settings.number_formats` say.
    """

    def run() -> Answer:
        given = validated(SeriesInput, parse_json(content))
        row = changes.create(tx, given, clock.now())
        return Answer(HTTPStatus.CREATED, to_json(_json(service.counted(tx, row))))

    return once(tx, run)


@router.get("", response_model=SeriesList)
def list_series(tx: ReaderTransaction) -> dict[str, Any]:
    """List the entity's number series."""
    rows = [service.counted(tx, row) for row in service.listed(tx)]
    return {"data": [_json(row) for row in rows], "next_cursor": None}


@router.get("/{series_id}", response_model=SeriesView)
def read_series(tx: ReaderTransaction, series_id: str) -> dict[str, Any]:
    """Read one number series."""
    return _json(service.counted(tx, service.get(tx, parse_id(series_id, "ser"))))


@router.patch("/{series_id}", response_model=SeriesView, openapi_extra=takes(SeriesChange))
def change_series(tx: WriterTransaction, series_id: str, content: JsonContent) -> dict[str, Any]:
    """Change a series before its first number, or archive it at any time."""
    given = validated(SeriesChange, parse_json(content))
    row = changes.change(tx, parse_id(series_id, "ser"), given, clock.now())
    return _json(service.counted(tx, row))


@router.get("/{series_id}/preview", response_model=SeriesPreview)
def preview_series(
    tx: ReaderTransaction,
    series_id: str,
    date: Annotated[Day | None, Query(description="Of issue; today where the entity is.")] = None,
    count: Annotated[int, Query(ge=1, le=100)] = 1,
) -> dict[str, Any]:
    """Show the numbers that come next, and take none. Others may take them meanwhile."""
    row = service.counted(tx, service.get(tx, parse_id(series_id, "ser")))
    entity = tenants.get_entity(tx, tx.entity_id)
    day = date or clock.now().astimezone(tenants.zone_of(entity)).date()
    gives = row.kind == "gapless" and row.archived_at is None
    return {
        "series_id": public_id("ser", row.id),
        "date": day.isoformat(),
        "numbers": [row.number_on(day, ahead) for ahead in range(count)] if gives else [],
    }


def _json(row: SeriesRow) -> dict[str, Any]:
    gapless = row.kind == "gapless"
    return {
        "id": public_id("ser", row.id),
        "object": "series",
        "entity_id": public_id("ent", row.entity_id),
        "code": row.code,
        "kind": row.kind,
        "pattern": row.pattern if gapless else None,
        "reset": row.reset.value if gapless else None,
        "premise": row.premise,
        "device": row.device,
        "counts_with": row.counter_id and public_id("ser", row.counter_id),
        "next_number": row.next_number if gapless else None,
        "period": row.period,
        "count": row.places,
        "last_issue_date": row.last_issue_date and row.last_issue_date.isoformat(),
        "archived_at": row.archived_at and clock.written(row.archived_at),
        "created_at": clock.written(row.created_at),
    }
