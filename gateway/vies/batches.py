"""Batches: thousands of numbers as one job, each asked once, and what came of them.

A number is done in the transaction that keeps its answer. So a worker that is killed loses what
was on the wire at that moment and nothing else, and the next one goes on from there.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gateway.customers import service as customers
from gateway.jobs import service as jobs
from gateway.jobs.service import JobRow
from gateway.jobs.work import Work
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem, RequestInvalidProblem
from gateway.vies import batch_items
from gateway.vies.answers import Fault, Outcome
from gateway.vies.batch_run import BatchRun
from gateway.vies.batch_schemas import VatBatchInput
from gateway.vies.numbers import NotANumberError, read_number
from gateway.vies.policy import Use
from gateway.vies.service import VatChecks

KIND = "vat_batch"
"""What batches are called among jobs."""

MOST_CUSTOMERS = 100_000


@dataclass(frozen=True, slots=True)
class Batches:
    """The batches of one process."""

    checks: VatChecks

    def ask(self, tx: TenantTransaction, given: VatBatchInput, now: datetime.datetime) -> UUID:
        """Ask for a batch; return the id of its job.

        Raises:
            RequestInvalidProblem: There is nothing to ask.
        """
        if given.vat_ids is not None:
            found: Iterable[tuple[str, UUID | None]] = ((one, None) for one in given.vat_ids)
        else:
            found = customers.vat_numbers(tx, MOST_CUSTOMERS)
        items = _items(found, now)
        if not items:
            message = "No customer has a VAT number."
            raise RequestInvalidProblem([{"pointer": "/customers", "message": message}])
        age = self.checks.policy.oldest(Use.DETERMINATION)
        if given.max_age is not None:
            age = datetime.timedelta(seconds=given.max_age)
        parameters = {
            "numbers": len(items),
            "customers": given.customers,
            "max_age": int(age.total_seconds()),
            "retry": given.retry,
        }
        job_id = jobs.enqueue(tx, KIND, parameters, now=now, total=len(items))
        batch_items.insert(tx, job_id, items)
        return job_id

    def run(self, work: Work) -> dict[str, int]:
        """Do a batch: the handler of its job."""
        BatchRun(self.checks, work).go()
        with work.transaction(read_only=True) as tx:
            return summary(tx, work.job_id)


def summary(tx: TenantTransaction, job_id: UUID) -> dict[str, int]:
    """Return how many numbers of a batch are valid, invalid, unknown, and not done."""
    counts = dict.fromkeys(("valid", "invalid", "unknown", "waiting"), 0)
    for (outcome, _), many in batch_items.counts(tx, job_id).items():
        counts[outcome or "waiting"] += many
    return counts


def faults(tx: TenantTransaction, job_id: UUID) -> dict[str, int]:
    """Return how many numbers of a batch are unknown for which reason."""
    counted = batch_items.counts(tx, job_id).items()
    return {
        fault: many
        for (outcome, fault), many in counted
        if outcome == Outcome.UNKNOWN.value and fault is not None
    }


def find(tx: TenantTransaction, public: str) -> tuple[TenantTransaction, JobRow]:
    """Return the job of a batch, and the transaction narrowed to its entity.

    Raises:
        NotFoundProblem: There is none for this caller, or the job is of another kind.
    """
    job = jobs.get(tx, parse_id(public, "job"))
    if job.kind != KIND or job.entity_id is None:
        raise NotFoundProblem
    return (tx.for_entity(job.entity_id) if tx.tenant.account_wide else tx), job


def _items(
    found: Iterable[tuple[str, UUID | None]], now: datetime.datetime
) -> Sequence[dict[str, Any]]:
    """Return each number once, in order; what is no number is done already."""
    items: dict[str, dict[str, Any]] = {}
    for written, customer_id in found:
        done: dict[str, Any] = {"state": "queued", "outcome": None, "fault": None, "detail": None}
        try:
            number = read_number(written).written
        except NotANumberError as error:
            number = written
            done = {
                "state": "done",
                "outcome": Outcome.UNKNOWN.value,
                "fault": Fault.INVALID_INPUT.value,
                "detail": str(error),
            }
        item = {"given": written, "number": number, "customer_id": customer_id, **done}
        more = {"from_cache": False, "attempts": 0, "updated_at": now}
        items.setdefault(number, item | more)
    return list(items.values())
