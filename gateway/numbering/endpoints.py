"""HTTP for number series: `/v1/series`."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Response

from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id, public_id
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.numbering import service
from gateway.numbering.schemas import SeriesInput, SeriesList, SeriesView
from gateway.numbering.service import SeriesRow
from gateway.openapi import takes
from gateway.tenants.access import ReaderTransaction, WriterTransaction

router = APIRouter(prefix="/v1/series", tags=["Number series"])


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=SeriesView,
    openapi_extra=takes(SeriesInput),
)
def create_series(tx: WriterTransaction, once: Idempotency, content: JsonContent) -> Response:
    """Create a number series for the entity."""

    def run() -> Answer:
        given = validated(SeriesInput, parse_json(content))
        row = service.create(tx, given.code, given.kind, given.pattern, clock.now())
        return Answer(HTTPStatus.CREATED, to_json(_json(row)))

    return once(tx, run)


@router.get("", response_model=SeriesList)
def list_series(tx: ReaderTransaction) -> dict[str, Any]:
    """List the entity's number series."""
    return {"data": [_json(row) for row in service.listed(tx)], "next_cursor": None}


@router.get("/{series_id}", response_model=SeriesView)
def read_series(tx: ReaderTransaction, series_id: str) -> dict[str, Any]:
    """Read one number series."""
    return _json(service.get(tx, parse_id(series_id, "ser")))


def _json(row: SeriesRow) -> dict[str, Any]:
    gapless = row.kind == "gapless"
    return {
        "id": public_id("ser", row.id),
        "object": "series",
        "entity_id": public_id("ent", row.entity_id),
        "code": row.code,
        "kind": row.kind,
        "pattern": row.pattern if gapless else None,
        "next_number": row.next_number if gapless else None,
        "last_issue_date": row.last_issue_date and row.last_issue_date.isoformat(),
        "created_at": clock.written(row.created_at),
    }
