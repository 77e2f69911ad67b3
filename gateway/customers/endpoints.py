"""HTTP for customers: `/v1/customers`."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Query, Request, Response

from gateway.customers import importing, service, views
from gateway.customers.repository import ContactType, CustomerRow
from gateway.customers.schemas import CustomerChange, CustomerInput, CustomerList, CustomerView
from gateway.imports import service as imports
from gateway.imports.schemas import ImportReport, file_body
from gateway.imports.sheet import read as read_sheet
from gateway.imports.upload import DryRun, ImportMode, UploadedFile
from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id
from gateway.kit.json_body import JsonContent, json_object, to_json
from gateway.kit.pagination import (
    DEFAULT_LIMIT,
    Cursor,
    Limit,
    MetadataFilter,
    read_id_cursor,
    write_cursor,
)
from gateway.kit.shelf import Deleted, Search, Wanted
from gateway.kit.tenancy import TenantTransaction
from gateway.openapi import takes
from gateway.tenants.access import ReaderTransaction, WriterTransaction

router = APIRouter(prefix="/v1/customers", tags=["Customers"])


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    def vat_checks_of(
        self, tx: TenantTransaction, numbers: Collection[str], now: datetime.datetime
    ) -> Mapping[str, Mapping[str, Any]]:
        """Return the last checks of VAT numbers, as `CustomerVatCheck`."""


def _shown(
    request: Request, tx: TenantTransaction, rows: Sequence[CustomerRow]
) -> list[dict[str, Any]]:
    """Return customers as JSON, each with the last check of its VAT number."""
    doors: Doors = request.app.state.runtime
    checks = doors.vat_checks_of(tx, {row.vat_key for row in rows if row.vat_key}, clock.now())
    return [views.customer(row, checks.get(row.vat_key or "")) for row in rows]


_Exactly = Query(max_length=300, pattern=r"^[^\x00]*$", description="Exactly this one.")
Text = Annotated[str | None, _Exactly]


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=CustomerView,
    openapi_extra=takes(CustomerInput),
)
def create_customer(
    request: Request, tx: WriterTransaction, once: Idempotency, content: JsonContent
) -> Response:
    """Create a customer.

    Numbers that are surely wrong (check digits, form) are refused; what is only unknown is not.
    `checks` says what was found. Documents with the same customer inline link to it.
    """

    def run() -> Answer:
        row = service.create(tx, json_object(content), clock.now())
        return Answer(HTTPStatus.CREATED, to_json(_shown(request, tx, [row])[0]))

    return once(tx, run)


@router.get("", response_model=CustomerList)
def list_customers(  # noqa: PLR0913, PLR0917 - one for each part of the request
    request: Request,
    tx: ReaderTransaction,
    metadata: MetadataFilter,
    search: Search = None,
    email: Text = None,
    vat_id: Text = None,
    reference: Text = None,
    contact_type: ContactType | None = None,
    deleted: Deleted = False,  # noqa: FBT002 - a query parameter
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List customers, newest first.

    `search` looks in name, e-mail, VAT identifier, reference and city, without regard to case and
    accents: all its words must be found. `metadata[name]=value` filters by metadata.
    """
    conditions = service.conditions(email, vat_id, reference, contact_type)
    wanted = Wanted(conditions, metadata, search, deleted)
    rows = service.page(tx, wanted, before=read_id_cursor(cursor), limit=limit + 1)
    more = len(rows) > limit
    return {
        "data": _shown(request, tx, rows[:limit]),
        "next_cursor": write_cursor(rows[limit - 1].id) if more else None,
    }


@router.post("/import", response_model=ImportReport, openapi_extra=file_body())
def import_customers(
    tx: WriterTransaction,
    once: Idempotency,
    file: UploadedFile,
    dry_run: DryRun = False,  # noqa: FBT002 - a query parameter
    mode: ImportMode = "all",
) -> Response:
    """Import customers from a CSV file (UTF-8 unless the charset says otherwise) or a workbook.

    The first row names the columns, by the names of the API or common words of several languages.
    A row is an existing customer when reference, VAT identifier, or e-mail and name say so: then
    its filled cells change that one, and importing a file twice changes nothing. At most 2,000
    rows. `?dry_run=true` says what would come of every row.
    """

    def run() -> Answer:
        now = clock.now()
        sheet = read_sheet(file.content, importing.COLUMNS, file.encoding)
        report = imports.run(
            tx,
            sheet,
            lambda members: importing.take(tx, members, now),
            prefix="cus",
            mode=mode,
            dry_run=dry_run,
        )
        return Answer(HTTPStatus.OK, to_json(report))

    return once(tx, run)


@router.get("/{customer_id}", response_model=CustomerView)
def read_customer(request: Request, tx: ReaderTransaction, customer_id: str) -> dict[str, Any]:
    """Read a customer."""
    return _shown(request, tx, [service.get(tx, parse_id(customer_id, "cus"))])[0]


@router.patch("/{customer_id}", response_model=CustomerView, openapi_extra=takes(CustomerChange))
def change_customer(
    request: Request, tx: WriterTransaction, customer_id: str, content: JsonContent
) -> dict[str, Any]:
    """Change a customer by JSON Merge Patch. Documents keep what they say of it."""
    identifier = parse_id(customer_id, "cus")
    row = service.change(tx, identifier, json_object(content), clock.now())
    return _shown(request, tx, [row])[0]


@router.delete("/{customer_id}", status_code=HTTPStatus.NO_CONTENT)
def delete_customer(tx: WriterTransaction, customer_id: str) -> Response:
    """Delete a customer. Documents keep what they say of it, and it can be restored."""
    service.delete(tx, parse_id(customer_id, "cus"), clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post("/{customer_id}/restore", response_model=CustomerView)
def restore_customer(
    request: Request, tx: WriterTransaction, once: Idempotency, customer_id: str
) -> Response:
    """Bring a deleted customer back."""

    def run() -> Answer:
        row = service.restore(tx, parse_id(customer_id, "cus"), clock.now())
        return Answer(HTTPStatus.OK, to_json(_shown(request, tx, [row])[0]))

    return once(tx, run)
