"""HTTP for taxes: `/v1/taxes`."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from formats.en16931.group import IsoDate
from gateway.kit import clock
from gateway.kit.clock import written
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id, public_id
from gateway.kit.json_body import JsonContent, json_object, parse_json, to_json
from gateway.kit.pagination import (
    DEFAULT_LIMIT,
    Cursor,
    Limit,
    MetadataFilter,
    read_id_cursor,
    write_cursor,
)
from gateway.kit.shelf import Deleted, Wanted
from gateway.openapi import takes
from gateway.taxes import service
from gateway.taxes.schemas import SuggestionList, TaxChange, TaxInput, TaxList, TaxView
from gateway.taxes.service import TaxRow
from gateway.tenants.access import ReaderTransaction, WriterTransaction

router = APIRouter(prefix="/v1/taxes", tags=["Taxes"])


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=TaxView,
    openapi_extra=takes(TaxInput),
)
def create_tax(tx: WriterTransaction, once: Idempotency, content: JsonContent) -> Response:
    """Create a tax: a name for a VAT category and a rate."""

    def run() -> Answer:
        made = service.create(tx, parse_json(content), clock.now())
        return Answer(HTTPStatus.CREATED, to_json(_json(made)))

    return once(tx, run)


@router.get("", response_model=TaxList)
def list_taxes(
    tx: ReaderTransaction,
    metadata: MetadataFilter,
    deleted: Deleted = False,  # noqa: FBT002 - a query parameter
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List taxes, newest first. `metadata[name]=value` filters by metadata."""
    wanted = Wanted({}, metadata, None, deleted)
    found = service.page(tx, wanted, before=read_id_cursor(cursor), limit=limit + 1)
    more = len(found) > limit
    return {
        "data": [_json(row) for row in found[:limit]],
        "next_cursor": write_cursor(found[limit - 1].id) if more else None,
    }


@router.get("/suggested", response_model=SuggestionList)
def suggest_taxes(
    tx: ReaderTransaction,
    date: Annotated[IsoDate | None, Query(description="The day; default today.")] = None,
) -> dict[str, Any]:
    """Suggest taxes: the rates of the entity's country on a day, and what members of the EU share.

    Nothing is stored. A country that is not declared yet suggests no rates.
    """
    return service.suggested(tx, date, clock.now())


@router.get("/{tax_id}", response_model=TaxView)
def read_tax(tx: ReaderTransaction, tax_id: str) -> dict[str, Any]:
    """Read a tax."""
    return _json(service.get(tx, parse_id(tax_id, "tax")))


@router.patch("/{tax_id}", response_model=TaxView, openapi_extra=takes(TaxChange))
def change_tax(tx: WriterTransaction, tax_id: str, content: JsonContent) -> dict[str, Any]:
    """Change a tax by JSON Merge Patch. Documents keep what they say."""
    identifier = parse_id(tax_id, "tax")
    return _json(service.change(tx, identifier, json_object(content), clock.now()))


@router.delete("/{tax_id}", status_code=HTTPStatus.NO_CONTENT)
def delete_tax(tx: WriterTransaction, tax_id: str) -> Response:
    """Delete a tax. Items that have it keep it, and it can be restored."""
    service.delete(tx, parse_id(tax_id, "tax"), clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post("/{tax_id}/restore", response_model=TaxView)
def restore_tax(tx: WriterTransaction, once: Idempotency, tax_id: str) -> Response:
    """Bring a deleted tax back."""

    def run() -> Answer:
        made = service.restore(tx, parse_id(tax_id, "tax"), clock.now())
        return Answer(HTTPStatus.OK, to_json(_json(made)))

    return once(tx, run)


def _json(row: TaxRow) -> dict[str, Any]:
    return {
        "id": public_id("tax", row.id),
        "object": "tax",
        "entity_id": public_id("ent", row.entity_id),
        "name": row.name,
        "category_code": row.category_code,
        "rate": None if row.rate is None else service.written(row.rate),
        "exemption_reason": row.exemption_reason,
        "exemption_reason_code": row.exemption_reason_code,
        "metadata": dict(row.metadata),
        "created_at": written(row.created_at),
        "updated_at": written(row.updated_at),
        "deleted_at": row.deleted_at and written(row.deleted_at),
    }
