"""HTTP for business premises: `/v1/premises`."""

import base64
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Query, Request, Response

from formats.furs.mapping import local_time
from formats.pdf.internal_act import render
from gateway.kit import clock
from gateway.kit.clock import written
from gateway.kit.database import Database
from gateway.kit.idempotency import Answer, Idempotency, Once
from gateway.kit.ids import parse_id, public_id
from gateway.kit.json_body import JsonContent, json_object, parse_json, to_json
from gateway.kit.moments import Day
from gateway.kit.pagination import DEFAULT_LIMIT, Cursor, Limit, read_id_cursor, write_cursor
from gateway.kit.tenancy import Tenant
from gateway.openapi import takes
from gateway.premises import service
from gateway.premises.act import internal_act
from gateway.premises.content import Content
from gateway.premises.repository import Action, PremiseRow, ReportRow, State
from gateway.premises.schemas import (
    PremiseChange,
    PremiseInput,
    PremiseList,
    PremiseReportList,
    PremiseView,
)
from gateway.premises.telling import Teller
from gateway.settings import Settings
from gateway.signing.service import Vault
from gateway.tenants.access import (
    NamedEntity,
    ReaderTransaction,
    WriterDependency,
    WriterTransaction,
    writer_transaction,
)
from gateway.tenants.callers import Caller

router = APIRouter(prefix="/v1/premises", tags=["Premises"])


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def settings(self) -> Settings:
        """Where authorities are."""

    @property
    def database(self) -> Database:
        """The pools of the process."""

    @property
    def vault(self) -> Vault:
        """The keys that sign."""


class _ToBeToldError(Exception):
    """Ends the first transaction of a request that was not answered before."""

    def __init__(self, tenant: Tenant) -> None:
        super().__init__()
        self.tenant = tenant


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=PremiseView,
    openapi_extra=takes(PremiseInput),
    summary="Declare a business premise",
)
def create_premise(tx: WriterTransaction, once: Idempotency, content: JsonContent) -> Response:
    """Declare a premise; its authority is told by `register`.

    `content` is what the authority of the `scheme` wants to know. The code is the first part of
    the numbers of invoices that are issued there.
    """

    def run() -> Answer:
        made = service.create(tx, parse_json(content), clock.now())
        return Answer(HTTPStatus.CREATED, to_json(_json(made)))

    return once(tx, run)


@router.get("", response_model=PremiseList, summary="List business premises")
def list_premises(
    tx: ReaderTransaction,
    state: Annotated[State | None, Query(description="Only those.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List premises, newest first."""
    found = service.page(tx, state, before=read_id_cursor(cursor), limit=limit + 1)
    more = len(found) > limit
    return {
        "data": [_json(one) for one in found[:limit]],
        "next_cursor": write_cursor(found[limit - 1].id) if more else None,
    }


@router.get(
    "/internal-act",
    response_class=Response,
    responses={
        200: {
            "description": "PDF/A-3b, in Slovenian",
            "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
    summary="Download the internal act",
)
def read_internal_act(
    tx: ReaderTransaction,
    adopted_on: Annotated[
        Day | None, Query(description="The day from which it holds; today without it.")
    ] = None,
) -> Response:
    """Download the paper that Slovenian law asks of who issues cash invoices (ZDavPR, article 5).

    It says how invoices are numbered, and lists premises and devices, as they stand here now: the
    entity's settings, its premises, and its series with premise and device. Print and sign it
    before the first invoice, and again whenever one of them changes.
    """
    now = clock.now()
    act = internal_act(tx, adopted_on or local_time(now).date())
    headers = {"Content-Disposition": 'attachment; filename="interni-akt.pdf"'}
    content = render(act, created_at=now)
    return Response(content, headers=headers, media_type="application/pdf")


@router.get("/{premise_id}", response_model=PremiseView, summary="Read a business premise")
def read_premise(tx: ReaderTransaction, premise_id: str) -> dict[str, Any]:
    """Read a premise."""
    return _json(service.get(tx, parse_id(premise_id, "prm")))


@router.patch(
    "/{premise_id}",
    response_model=PremiseView,
    openapi_extra=takes(PremiseChange),
    summary="Change a declared premise",
)
def change_premise(tx: WriterTransaction, premise_id: str, content: JsonContent) -> dict[str, Any]:
    """Change a premise by JSON Merge Patch, as long as its authority was not told of it."""
    identifier = parse_id(premise_id, "prm")
    return _json(service.change(tx, identifier, json_object(content), clock.now()))


@router.post("/{premise_id}/register", response_model=PremiseView, summary="Register a premise")
def register_premise(
    request: Request,
    caller: WriterDependency,
    named: NamedEntity,
    once: Idempotency,
    premise_id: str,
) -> Response:
    """Tell the authority of a premise, and wait for its answer.

    It is signed with the entity's key of the purpose `fiscal-signature`. Telling again what is
    registered, or what nobody knows, changes nothing for the authority. What was told, and what
    came, is in `reports`.
    """
    return _told(request, caller, named, once, premise_id, "register")


@router.post("/{premise_id}/close", response_model=PremiseView, summary="Close a premise")
def close_premise(
    request: Request,
    caller: WriterDependency,
    named: NamedEntity,
    once: Idempotency,
    premise_id: str,
) -> Response:
    """Tell the authority that a premise closes for good, and wait for its answer.

    Nothing is issued there from that moment on. It is refused (`premise-unsettled`) while the
    authority was not told of all its invoices: it takes none from a closed premise.
    """
    return _told(request, caller, named, once, premise_id, "close")


@router.get(
    "/{premise_id}/reports",
    response_model=PremiseReportList,
    summary="List what the authority was told",
)
def list_premise_reports(
    tx: ReaderTransaction, premise_id: str, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> dict[str, Any]:
    """List what the authority was told of a premise, byte for byte, newest first."""
    identifier, before = parse_id(premise_id, "prm"), read_id_cursor(cursor)
    found = service.reports(tx, identifier, before=before, limit=limit + 1)
    more = len(found) > limit
    return {
        "data": [_report_json(one) for one in found[:limit]],
        "next_cursor": write_cursor(found[limit - 1].id) if more else None,
    }


def _told(  # noqa: PLR0913, PLR0917 - the parts of the request
    request: Request,
    caller: Caller,
    named: str | None,
    once: Once,
    premise_id: str,
    action: Action,
) -> Response:
    """Tell the authority between two transactions; who repeats the request gets its answer."""
    identifier = parse_id(premise_id, "prm")
    doors: Doors = request.app.state.runtime
    opened = contextmanager(writer_transaction)
    try:
        with opened(request, caller, named) as tx:
            return once(tx, lambda: _ask(tx.tenant))
    except _ToBeToldError as needed:
        asked = needed
    teller = Teller(doors.settings, doors.database, doors.vault)
    teller.tell(asked.tenant, identifier, action)
    with opened(request, caller, named) as tx:

        def keep() -> Answer:
            return Answer(HTTPStatus.OK, to_json(_json(service.get(tx, identifier))))

        return once(tx, keep)


def _ask(tenant: Tenant) -> Answer:
    """End the first transaction: the request was not answered before."""
    raise _ToBeToldError(tenant)


def _json(row: PremiseRow) -> dict[str, Any]:
    return {
        "id": public_id("prm", row.id),
        "object": "premise",
        "entity_id": public_id("ent", row.entity_id),
        "code": row.code,
        "valid_from": row.valid_from.isoformat(),
        "content": Content.model_validate(dict(row.content)).model_dump(mode="json"),
        "state": row.state,
        "registered_at": row.registered_at and written(row.registered_at),
        "created_at": written(row.created_at),
        "updated_at": written(row.updated_at),
    }


def _report_json(row: ReportRow) -> dict[str, Any]:
    return {
        "id": public_id("prp", row.id),
        "object": "premise_report",
        "premise_id": public_id("prm", row.premise_id),
        "action": row.action,
        "channel": row.channel,
        "outcome": row.outcome,
        "reason": row.reason,
        "detail": row.detail,
        "request": base64.b64encode(row.request).decode(),
        "answer": None if row.answer is None else base64.b64encode(row.answer).decode(),
        "at": written(row.at),
        "settled_at": row.settled_at and written(row.settled_at),
    }
