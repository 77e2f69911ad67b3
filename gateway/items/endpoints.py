"""HTTP for items: `/v1/items`."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from gateway.imports import service as imports
from gateway.imports.schemas import ImportReport, file_body
from gateway.imports.sheet import read as read_sheet
from gateway.imports.upload import DryRun, ImportMode, UploadedFile
from gateway.items import importing, service
from gateway.items.schemas import ItemChange, ItemInput, ItemList, ItemView
from gateway.items.service import Item
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
from gateway.kit.shelf import Deleted, Search, Wanted
from gateway.openapi import takes
from gateway.tenants.access import ReaderTransaction, WriterTransaction

router = APIRouter(prefix="/v1/items", tags=["Items"])

Text = Annotated[
    str | None,
    Query(max_length=300, pattern=r"^[^\x00]*$", description="Exactly this one."),
]


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=ItemView,
    openapi_extra=takes(ItemInput),
)
def create_item(tx: WriterTransaction, once: Idempotency, content: JsonContent) -> Response:
    """Create an item."""

    def run() -> Answer:
        made = service.create(tx, parse_json(content), clock.now())
        return Answer(HTTPStatus.CREATED, to_json(_json(made)))

    return once(tx, run)


@router.get("", response_model=ItemList)
def list_items(  # noqa: PLR0913, PLR0917 - one for each part of the request
    tx: ReaderTransaction,
    metadata: MetadataFilter,
    search: Search = None,
    sku: Text = None,
    gtin: Text = None,
    deleted: Deleted = False,  # noqa: FBT002 - a query parameter
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List items, newest first.

    `search` looks in name, sku, GTIN and description, without regard to case and accents: all its
    words must be found. `metadata[name]=value` filters by metadata.
    """
    wanted = Wanted({"sku": sku, "gtin": gtin}, metadata, search, deleted)
    found = service.page(tx, wanted, before=read_id_cursor(cursor), limit=limit + 1)
    more = len(found) > limit
    return {
        "data": [_json(one) for one in found[:limit]],
        "next_cursor": write_cursor(found[limit - 1].row.id) if more else None,
    }


@router.post("/import", response_model=ImportReport, openapi_extra=file_body())
def import_items(
    tx: WriterTransaction,
    once: Idempotency,
    file: UploadedFile,
    dry_run: DryRun = False,  # noqa: FBT002 - a query parameter
    mode: ImportMode = "all",
) -> Response:
    """Import items from a CSV file (UTF-8 unless the charset says otherwise) or a workbook.

    The first row names the columns, by the names of the API or common words of several languages.
    A row whose `sku` an item has changes that item, so importing a file twice changes nothing. At
    most 2,000 rows. `?dry_run=true` says what would come of every row.
    """

    def run() -> Answer:
        now = clock.now()
        sheet = read_sheet(file.content, importing.COLUMNS, file.encoding)
        report = imports.run(
            tx,
            sheet,
            lambda members: importing.take(tx, members, now),
            prefix="itm",
            mode=mode,
            dry_run=dry_run,
        )
        return Answer(HTTPStatus.OK, to_json(report))

    return once(tx, run)


@router.get("/{item_id}", response_model=ItemView)
def read_item(tx: ReaderTransaction, item_id: str) -> dict[str, Any]:
    """Read an item."""
    return _json(service.get(tx, parse_id(item_id, "itm")))


@router.patch("/{item_id}", response_model=ItemView, openapi_extra=takes(ItemChange))
def change_item(tx: WriterTransaction, item_id: str, content: JsonContent) -> dict[str, Any]:
    """Change an item by JSON Merge Patch. Documents keep what they say of it."""
    identifier = parse_id(item_id, "itm")
    return _json(service.change(tx, identifier, json_object(content), clock.now()))


@router.delete("/{item_id}", status_code=HTTPStatus.NO_CONTENT)
def delete_item(tx: WriterTransaction, item_id: str) -> Response:
    """Delete an item. Documents keep what they say of it, and it can be restored."""
    service.delete(tx, parse_id(item_id, "itm"), clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post("/{item_id}/restore", response_model=ItemView)
def restore_item(tx: WriterTransaction, once: Idempotency, item_id: str) -> Response:
    """Bring a deleted item back."""

    def run() -> Answer:
        made = service.restore(tx, parse_id(item_id, "itm"), clock.now())
        return Answer(HTTPStatus.OK, to_json(_json(made)))

    return once(tx, run)


def _json(item: Item) -> dict[str, Any]:
    row, line = item.row, service.as_line(item)
    given = service.as_given(row)
    names = (
        "description",
        "price",
        "base_quantity",
        "unit",
        "tax_id",
        "buyers_identifier",
        "supply_kind",
        "supply_code",
    )
    return {
        "id": public_id("itm", row.id),
        "object": "item",
        "entity_id": public_id("ent", row.entity_id),
        "name": row.name,
        "sku": row.sku,
        "gtin": row.gtin,
        "currency_code": row.currency_code,
        **{name: given.get(name) for name in names},
        "country_of_origin": given.get("country_of_origin"),
        "vat_category_code": line.get("vat_category_code"),
        "vat_rate": line.get("vat_rate"),
        "classifications": given["classifications"],
        "attributes": given["attributes"],
        "line": line,
        "metadata": dict(row.metadata),
        "created_at": written(row.created_at),
        "updated_at": written(row.updated_at),
        "deleted_at": row.deleted_at and written(row.deleted_at),
    }
