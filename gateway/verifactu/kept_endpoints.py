"""HTTP for records that are kept: looking for anomalies, exports, what the AEAT demands."""

from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Protocol

from fastapi import APIRouter, Request, Response

from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.openapi import takes
from gateway.settings import Settings
from gateway.signing.service import Vault
from gateway.tenants.access import (
    NamedEntity,
    WriterDependency,
    WriterTransaction,
    writer_transaction,
)
from gateway.verifactu import checks, demands, exports
from gateway.verifactu.books import own_book
from gateway.verifactu.checks import Looked
from gateway.verifactu.demands import Demand, Sender
from gateway.verifactu.kept_schemas import CheckView, DemandInput, DemandView, SpanInput
from gateway.verifactu.log import Book

router = APIRouter(prefix="/v1/verifactu", tags=["VeriFactu"])

_ZIP: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "ZIP",
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def settings(self) -> Settings:
        """Where the AEAT is."""

    @property
    def database(self) -> Database:
        """The pools of the process."""

    @property
    def vault(self) -> Vault:
        """The keys that sign."""


@router.post("/checks", response_model=CheckView, summary="Look for anomalies")
def check_records(request: Request, tx: WriterTransaction, once: Idempotency) -> Response:
    """Look through all records and events: huellas, signatures, chain, times.

    The log tells that it was looked (events 03, 05), and of each anomaly (04, 06).
    """

    def run() -> Answer:
        found = checks.look(tx, _book(request, tx), clock.now())
        told = [_looked(one) for one in found]
        value = {"object": "verifactu_check", "records": told[0], "events": told[1]}
        return Answer(HTTPStatus.OK, to_json(value))

    return once(tx, run)


@router.post(
    "/exports",
    response_class=Response,
    responses=_ZIP,
    openapi_extra=takes(SpanInput),
    summary="Export records and events",
)
def export_records(request: Request, tx: WriterTransaction, content: JsonContent) -> Response:
    """Download the records and events of some days, each as it is held, signed.

    The log tells of it (events 08, 09); every call is an export of its own.
    """
    asked = validated(SpanInput, parse_json(content))
    made = exports.export(tx, _book(request, tx), asked.span, clock.now())
    return _archive(made, f"registros-{asked.since}-{asked.until}.zip")


@router.post(
    "/demands/files",
    response_class=Response,
    responses=_ZIP,
    openapi_extra=takes(DemandInput),
    summary="Write the records that the AEAT demanded",
)
def write_demand(request: Request, tx: WriterTransaction, content: JsonContent) -> Response:
    """Download the requests with the records that the AEAT demanded, to send them elsewhere."""
    asked = validated(DemandInput, parse_json(content))
    book = _book(request, tx)
    rows = exports.held(tx, book.records, asked.span)
    demand = Demand(asked.reference, asked.span, asked.last)
    made = list(demands.requests(book.seller, demand, rows))
    files = [(f"requerimiento-{number:04}.xml", one) for number, one in enumerate(made, start=1)]
    return _archive(exports.zipped(files), "requerimiento.zip")


@router.post(
    "/demands",
    response_model=DemandView,
    openapi_extra=takes(DemandInput),
    summary="Send the records that the AEAT demanded",
)
def send_demand(
    request: Request, caller: WriterDependency, named: NamedEntity, content: JsonContent
) -> Response:
    """Send the AEAT the records of some days that it demanded, and wait for its answers.

    Nothing is taken twice: what the AEAT has it answers with 3000 or 3001. So the same may be
    sent again where an answer was lost.
    """
    asked = validated(DemandInput, parse_json(content))
    doors: Doors = request.app.state.runtime
    tenant: Tenant
    with contextmanager(writer_transaction)(request, caller, named) as tx:
        tenant = tx.tenant
    sender = Sender(doors.settings, doors.database, doors.vault)
    demand = Demand(asked.reference, asked.span, asked.last)
    told = sender.send(tenant, demand, clock.now())
    value = {"object": "verifactu_demand", "reference": asked.reference, "requests": told}
    return Response(to_json(value), media_type="application/json")


def _book(request: Request, tx: TenantTransaction) -> Book:
    doors: Doors = request.app.state.runtime
    return own_book(tx, doors.vault.for_purpose, clock.now())


def _archive(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=headers, media_type="application/zip")


def _looked(found: Looked) -> dict[str, Any]:
    return {
        "count": found.count,
        "signed": found.signed,
        "anomalies": [
            {"sequence": one.sequence, "reason": one.reason, "type": one.type}
            for one in found.anomalies
        ],
    }
