"""What a handler gets: its parameters, transactions of its tenant, and a way to say how far it is.

A handler is called at least once per job, sometimes again after it did everything: when a worker
dies between the last commit and the word that the job is done. So it must be idempotent.
"""

import datetime
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from gateway.jobs import repository
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.ids import public_id
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.tenants import activity

_TELL_EVERY = 0.5  # seconds between two writes of the progress

ENDED = frozenset({"succeeded", "failed"})
"""The states of a job that is over."""


class JobLostError(Exception):
    """Another worker does the job now: this one was taken for dead."""


class JobStoppedError(Exception):
    """The process was told to stop: the job goes back into the queue, and on from there."""


@dataclass(slots=True)
class Work:
    """One attempt at one job.

    Attributes:
        job_id: The job.
        kind: What it is registered as.
        tenant: Whose, and in whose name. For a job about an account as a whole it reaches all its
            entities; `tx.for_entity` narrows a transaction to one.
        parameters: As given to `enqueue`.
        attempt: From 1.
        database: The pools of the process.
        stop: Set when the process is to end.
    """

    job_id: UUID
    kind: str
    tenant: Tenant
    parameters: Mapping[str, Any]
    attempt: int
    database: Database
    stop: threading.Event
    _told_at: float = field(default=float("-inf"))

    @contextmanager
    def transaction(self, *, read_only: bool = False) -> Iterator[TenantTransaction]:
        """Open a transaction of the job's tenant: commit at the end, roll back on an error."""
        with self.database.transaction(self.tenant, read_only=read_only) as tx:
            yield tx

    def progress(self, done: int, total: int | None = None) -> None:
        """Say how far the job is; call it often and outside a transaction.

        It is written at most twice a second. It is also where a job ends early.

        Raises:
            JobLostError: Another worker took the job; do nothing more.
            JobStoppedError: The process is to end. Let it through: the job is queued again, and
                the next attempt finds what was done.
        """
        if self.stop.is_set():
            raise JobStoppedError
        moment = time.monotonic()
        if moment - self._told_at < _TELL_EVERY and done != total:
            return
        self._told_at = moment
        values: dict[str, Any] = {"done": done, "updated_at": clock.now()}
        if total is not None:
            values["total"] = total
        self.record(values)

    def record(self, values: Mapping[str, Any]) -> None:
        """Change the job's row, for the engine.

        Raises:
            JobLostError: It is not this attempt that runs.
        """
        with self.database.worker_transaction(self.tenant) as tx:
            if not repository.update_attempt(tx, self.job_id, self.attempt, values):
                raise JobLostError(str(self.job_id))
            if values.get("state") in ENDED:
                note_end(tx, self.job_id, self.kind, values)


def note_end(tx: TenantTransaction, job_id: UUID, kind: str, values: Mapping[str, Any]) -> None:
    """Write the end of a job into the activity log, in the name of who asked for it."""
    data = {"kind": kind, "state": values["state"]}
    subject = public_id("job", job_id)
    activity.record(tx, "end_job", subject_id=subject, data=data, now=values["finished_at"])


Handler = Callable[[Work], Any]
"""Does a job, returns what came of it as JSON, or raises: a Problem ends the job with that
problem; an outage, or any other error, is tried again some times."""

Tick = Callable[[datetime.datetime], None]
"""What is done again and again; gets the moment."""
