"""Documents that wait for the answer about their buyer's VAT number, and go on by themselves.

A document that relies on a number of which nobody said yet whether it is in force is not issued
and not refused, where its entity's policy is to hold it (`tax_rules.eu.unknown`): it stays a draft
whose status is `held`. When the answer comes, a job issues it, or gives it back with the reason.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from gateway.documents import repository
from gateway.documents.checked_numbers import CheckedNumber
from gateway.documents.doing import note
from gateway.documents.issue import preflight, refuse_fatal, today_of
from gateway.documents.loading import Loaded
from gateway.documents.preparation import Body, prepare
from gateway.documents.repository import DocumentRow
from gateway.documents.seat import Seat
from gateway.documents.telling import tell
from gateway.documents.vat_numbers import VatNumbers, buyer_number
from gateway.jobs import service as jobs
from gateway.jobs.work import Work
from gateway.kinds import DocumentKind
from gateway.kit import clock
from gateway.kit.database import is_transient
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import InternalProblem, Problem, UnavailableProblem
from gateway.vies.checks import Check

ALL_KINDS = tuple(DocumentKind)
_ATTEMPTS = 3
"""After so many a document is given back, rather than held in silence until the job has failed."""
KIND = "release_held"
"""The kind of job."""

Finalize = Callable[[TenantTransaction, Sequence[DocumentKind], UUID, datetime.datetime], None]


def awaited(  # noqa: PLR0913, PLR0917 - a document, and all it depends on
    tx: TenantTransaction,
    row: DocumentRow,
    body: Body,
    seat: Seat,
    loaded: Loaded,
    now: datetime.datetime,
) -> str | None:
    """Return the VAT number that a draft must wait for before it can be issued; None for none.

    Raises:
        InvoiceNotCompliantProblem: Whatever the answer is, it could not be issued.
    """
    today = today_of(seat, now)
    prepared = prepare(body, row.kind, seat, loaded.sources, today=today)
    number = buyer_number(loaded, body, seat) if prepared.tax.reliance.waits else None
    if number is None:
        return None
    granted = CheckedNumber("", number.written, "valid", "nobody", now)
    sources = replace(loaded.sources, checked=granted)
    would = prepare(body, row.kind, seat, sources, today=today)
    refuse_fatal(preflight(tx, would, row.kind, seat, body).findings, body)
    return number.written


def hold(
    tx: TenantTransaction,
    row: DocumentRow,
    number: str,
    numbers: VatNumbers,
    now: datetime.datetime,
) -> None:
    """Let a locked draft wait for the answer about a number, and have it asked."""
    values = {"held_at": now, "held_number": number, "updated_at": now}
    repository.update(tx, row.id, values)
    numbers.wait(tx, number, now)
    tell(tx, row, "held", now, vat_id=number)


def answered(tx: TenantTransaction, check: Check, now: datetime.datetime) -> None:
    """Let what waits for an answer go on: a job for each, since the caller holds a lock.

    Also when nobody answered in time (`given up`): the job gives the document back then.
    """
    for document_id in repository.held(tx, check.number):
        jobs.enqueue(tx, KIND, {"document": str(document_id)}, now=now)


def release(finalize: Finalize, work: Work) -> None:
    """Issue a held document, or give it back as a draft; nothing if it went on meanwhile."""
    document_id = UUID(work.parameters["document"])
    now = clock.now()
    job = {"job_id": public_id("job", work.job_id)}
    try:
        with work.transaction() as tx:
            row = repository.get(tx, document_id, ALL_KINDS, lock=True)
            if row is None or row.held_at is None:
                return
            repository.update(tx, row.id, {"held_at": None, "held_number": None})
            finalize(tx, ALL_KINDS, row.id, now)
            note(tx, "finalize", row, job, now)
    except UnavailableProblem as problem:
        if work.attempt < _ATTEMPTS:
            raise  # the job is tried again
        _give_back(work, document_id, problem, now)
        raise
    except Problem as problem:
        _give_back(work, document_id, problem, now)
    except Exception as error:
        if is_transient(error) and work.attempt < _ATTEMPTS:
            raise
        _give_back(work, document_id, InternalProblem("The gateway failed at issuing it."), now)
        raise


def _give_back(work: Work, document_id: UUID, problem: Problem, now: datetime.datetime) -> None:
    """Let a document that cannot be issued be a draft again, and say why."""
    with work.transaction() as tx:
        row = repository.get(tx, document_id, ALL_KINDS, lock=True)
        if row is not None and row.held_at is not None:
            values = {"held_at": None, "held_number": None, "updated_at": now}
            repository.update(tx, row.id, values)
            tell(tx, row, "released", now, problem=problem.type, detail=problem.detail)
