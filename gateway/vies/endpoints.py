"""HTTP for checks of VAT numbers: `/v1/vat-checks`."""

import datetime
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Query, Request, Response

from gateway.customers import service as customers
from gateway.kit import clock
from gateway.kit.idempotency import Answer, Idempotency
from gateway.kit.ids import parse_id
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.pagination import DEFAULT_LIMIT, Cursor, Limit, read_id_cursor, write_cursor
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.openapi import takes
from gateway.problems import InvalidPart, RequestInvalidProblem
from gateway.tenants.access import (
    NamedEntity,
    ReaderTransaction,
    WriterDependency,
    writer_transaction,
)
from gateway.vies import service, views
from gateway.vies.answers import Number, Outcome, Question
from gateway.vies.checks import number_of
from gateway.vies.numbers import NotANumberError, read_number
from gateway.vies.policy import Use
from gateway.vies.repository import Wanted
from gateway.vies.schemas import (
    VatCheckEvidence,
    VatCheckInput,
    VatCheckList,
    VatCheckView,
)
from gateway.vies.service import VatChecks

router = APIRouter(prefix="/v1/vat-checks", tags=["VAT checks"])

_NONE = "-"
"""Looked for in place of what is no number: no check has it."""

_KNOWN = {200: {"model": VatCheckView, "description": "An earlier answer is fresh enough."}}


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def vat_checks(self) -> VatChecks:
        """The checks of this process."""


def checks_of(request: Request) -> VatChecks:
    """Return the checks of the runtime that `create_app` was given."""
    doors: Doors = request.app.state.runtime
    return doors.vat_checks


class _ToBeAskedError(Exception):
    """Ends the first transaction of a request: nothing that is known is fresh enough."""

    def __init__(self, tenant: Tenant, question: Question, *, retry: bool) -> None:
        super().__init__(question.number.written)
        self.tenant = tenant
        self.question = question
        self.retry = retry


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=VatCheckView,
    responses=_KNOWN,  # type: ignore[arg-type] # FastAPI's own type is invariant
    openapi_extra=takes(VatCheckInput),
    summary="Check a VAT number",
)
def check_vat_number(
    request: Request,
    caller: WriterDependency,
    named: NamedEntity,
    once: Idempotency,
    content: JsonContent,
) -> Response:
    """Ask the authority whether a number is in force, in the name of the entity.

    201 with what came, whatever it is: `valid`, `invalid`, or `unknown` with the reason. 200 when
    an earlier answer is fresh enough. An outage is `unknown` and never `invalid`.
    """
    checks = checks_of(request)
    opened = contextmanager(writer_transaction)
    try:
        with opened(request, caller, named) as tx:
            given = validated(VatCheckInput, parse_json(content))
            return once(tx, lambda: _known_already(tx, checks, given, clock.now()))
    except _ToBeAskedError as needed:
        asked = needed
    answer = checks.ask(asked.tenant, asked.question)  # no transaction is open meanwhile
    with opened(request, caller, named) as tx:

        def keep() -> Answer:
            now = clock.now()
            check = checks.keep(tx, answer, now)
            if asked.retry:
                checks.ask_again(tx, check, "check", now, retry_after=answer.retry_after)
            return Answer(HTTPStatus.CREATED, to_json(views.one(tx, check, now)))

        return once(tx, keep)


@router.get("", response_model=VatCheckList, summary="List checks of VAT numbers")
def list_vat_checks(  # noqa: PLR0913, PLR0917 - one for each part of the request
    tx: ReaderTransaction,
    vat_id: Annotated[str | None, Query(max_length=64, description="Of this number.")] = None,
    outcome: Annotated[Outcome | None, Query(description="Only those.")] = None,
    customer_id: Annotated[str | None, Query(description="Of this customer's number.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List checks, newest first."""
    now, before = clock.now(), read_id_cursor(cursor)
    number = None if vat_id is None else number_of(vat_id) or _NONE
    if customer_id is not None:
        theirs = number_of(customers.get(tx, parse_id(customer_id, "cus")).vat_key or "") or _NONE
        number = theirs if number in {None, theirs} else _NONE
    rows = service.page(tx, Wanted(number, outcome), before=before, limit=limit + 1)
    page, more = rows[:limit], len(rows) > limit
    return {
        "data": views.many(tx, page, now),
        "next_cursor": write_cursor(page[-1].id) if more else None,
    }


@router.get("/{check_id}", response_model=VatCheckView, summary="Read a check")
def read_vat_check(tx: ReaderTransaction, check_id: str) -> dict[str, Any]:
    """Read a check; an unknown one says what was known last, and whether it is asked again."""
    return views.one(tx, service.find(tx, check_id), clock.now(), from_cache=True)


@router.get(
    "/{check_id}/evidence", response_model=VatCheckEvidence, summary="Read the bytes of a check"
)
def read_vat_check_evidence(tx: ReaderTransaction, check_id: str) -> dict[str, Any]:
    """Return exactly what was sent and what came back."""
    return views.evidence(check_id, *service.evidence(tx, check_id))


def _known_already(
    tx: TenantTransaction, checks: VatChecks, given: VatCheckInput, now: datetime.datetime
) -> Answer:
    """Return the answer of a request that needs nobody to be asked.

    Raises:
        RequestInvalidProblem: It names no number.
        _ToBeAskedError: It does.
    """
    number = _number(given.vat_id)
    requester = checks.asker.requester(tx.tenant.environment, number, checks.own_number(tx))
    question = Question(number, requester, None if given.trader is None else given.trader.trader())
    max_age = checks.policy.oldest(Use.DETERMINATION)
    if given.max_age is not None:
        max_age = datetime.timedelta(seconds=given.max_age)
    found = checks.fresh(tx, question, max_age, now)
    if found is None:
        raise _ToBeAskedError(tx.tenant, question, retry=given.retry)
    return Answer(HTTPStatus.OK, to_json(views.one(tx, found, now, from_cache=True)))


def _number(written: str) -> Number:
    try:
        return read_number(written)
    except NotANumberError as error:
        part: InvalidPart = {"pointer": "/vat_id", "message": str(error)}
        raise RequestInvalidProblem([part]) from None
