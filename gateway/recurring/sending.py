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
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import ConflictProblem
from gateway.recurring import repository
from gateway.recurring.making import Maker

KIND = "recurring_send"
"""The kind of job."""


def ask(tx: TenantTransaction, document_id: UUID, now: datetime.datetime) -> None:
    """Have a document of a schedule sent."""
    jobs.enqueue(tx, KIND, {"document": str(document_id)}, now=now)


def run(maker: Maker, work: Work) -> None:
    """Send a document once, however often this is called.

    Raises:
        Problem: It cannot be sent; it stays issued.
    """
    if maker.send is None:
        raise ConflictProblem("This gateway is not set up to send.")
    document_id, now = UUID(work.parameters["document"]), clock.now()
    with work.transaction() as tx:
        if repository.note_sending(tx, document_id, now):
            maker.send(tx, document_id, now)
            job = {"job_id": public_id("job", work.job_id)}
            note(tx, "send", maker.documents.get(tx, document_id), job, now)
