"""Sending what a schedule has issued: a job, asked for in the transaction that issues.

Not in that transaction itself: the PDF of an issued document is kept in the archive, whose log the
issue holds until it is committed.
"""

import datetime
from uuid import UUID

from gateway.documents.doing import note
from gateway.jobs import service as jobs
from gateway.jobs.work import Work
from gateway.kit import clock
from gateway.kit.database import is_transient
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import ConflictProblem, InternalProblem, Problem, UnavailableProblem
from gateway.recurring import repository
from gateway.recurring.course import tell
from gateway.recurring.making import Maker

KIND = "recurring_send"
"""The kind of job."""


def ask(tx: TenantTransaction, document_id: UUID, now: datetime.datetime) -> None:
    """Have a document of a schedule sent."""
    jobs.enqueue(tx, KIND, {"document": str(document_id)}, now=now)


def run(maker: Maker, work: Work) -> None:
    """Send a document once, however often this is called.

    Raises:
        Problem: It cannot be sent; it stays issued, and its schedule says why.
    """
    document_id = UUID(work.parameters["document"])
    try:
        _send(maker, work, document_id)
    except UnavailableProblem:
        raise
    except Problem as problem:
        _note_failure(work, document_id, problem)
        raise
    except Exception as error:
        if not is_transient(error):  # a bug of ours: the job is tried again, and its end logged
            _note_failure(work, document_id, InternalProblem("The gateway failed at sending it."))
        raise


def _send(maker: Maker, work: Work, document_id: UUID) -> None:
    if maker.send is None:
        raise ConflictProblem("This gateway is not set up to send.")
    now = clock.now()
    with work.transaction() as tx:
        if repository.note_sending(tx, document_id, now):
            maker.send(tx, document_id, now)
            job = {"job_id": public_id("job", work.job_id)}
            note(tx, "send", maker.documents.get(tx, document_id), job, now)


def _note_failure(work: Work, document_id: UUID, problem: Problem) -> None:
    """Let the day of the schedule, and the feed, say what came of the sending."""
    now, job = clock.now(), public_id("job", work.job_id)
    shown = problem.as_dict(f"/v1/jobs/{job}")
    with work.transaction() as tx:
        recurring_id = repository.note_unsent(tx, document_id, shown)
        row = None if recurring_id is None else repository.get(tx, recurring_id)
        if row is not None:
            data = {"job_id": job, "error": shown}
            tell(tx, row, "sending_failed", now, document_id=document_id, data=data)
