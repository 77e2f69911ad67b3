"""Making the documents that are due: any number of processes, each day exactly once.

A worker takes a schedule for a minute, so that the others take other ones. What makes a day happen
once is another thing: document, note of the day (unique) and next day are written in one
transaction under the row's lock. A worker that dies leaves nothing, and the schedule is taken
again when its minute is over.
"""

import datetime
import threading
from typing import Any
from uuid import UUID

import structlog

from gateway.kit import clock
from gateway.kit.database import Database, is_transient
from gateway.kit.ids import new_id, public_id
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.problems import InternalProblem, NotFoundProblem, Problem, UnavailableProblem
from gateway.recurring import repository, sending
from gateway.recurring.course import advance, tell
from gateway.recurring.making import Maker, seat_of
from gateway.recurring.repository import Due, RecurringRow
from gateway.tenants import moving

_log = structlog.get_logger(__name__)

MOST_FAILURES = 3
"""After so many days in a row that failed, a schedule stops until it is resumed."""

_LOOK_EVERY = 1.0  # seconds
_LEASE = datetime.timedelta(minutes=1)
_FIRST_DELAY = datetime.timedelta(seconds=5)
_LONGEST_DELAY = datetime.timedelta(minutes=30)
_MOST_ATTEMPTS = 6
_WHILE_MOVING = datetime.timedelta(minutes=5)


class Generator:
    """Makes what is due, in a thread of a worker process.

    Args:
        database: The pools of the process.
        maker: Makes one document.
        lease: For how long a schedule is taken; longer than a document takes.
    """

    def __init__(
        self, database: Database, maker: Maker, *, lease: datetime.timedelta = _LEASE
    ) -> None:
        self._database = database
        self._maker = maker
        self._lease = lease

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""
        while not stop.is_set():
            if not self.turn(clock.now()):
                stop.wait(_LOOK_EVERY)

    def turn(self, now: datetime.datetime) -> bool:
        """Make the next document that is due; return False when nothing is."""
        with self._database.worker_transaction() as tx:
            due = repository.claim(tx, now, now + self._lease)
        if due is None:
            return False
        try:
            self._make(due, now)
        except Exception as error:  # noqa: BLE001 - logged, and tried again
            self._failed(due, error, now)
        return True

    def _make(self, due: Due, now: datetime.datetime) -> None:
        with self._database.transaction(_tenant(due)) as tx:
            row = self._locked(tx, due, now)
            if row is None or row.next_date is None:
                return
            try:
                document_id = self._maker.make(tx, row, row.next_date, now)
            except UnavailableProblem:
                raise
            except Problem as problem:
                _note_failure(tx, row, problem.as_dict(_instance(row)), now)
            else:
                self._maker.note(tx, row, "create", document_id, now)
                if row.actions["finalize"]:
                    self._maker.note(tx, row, "finalize", document_id, now)
                _note(tx, row, document_id, now)

    def _locked(
        self, tx: TenantTransaction, due: Due, now: datetime.datetime
    ) -> RecurringRow | None:
        """Return the schedule, if somebody must still do something about it."""
        row = repository.get(tx, due.id, lock=True)
        if row is None or row.state != "active" or row.next_date is None:
            repository.set_due(tx, due.id, None)
            return None
        if not moving.is_here(tx):
            repository.set_due(tx, due.id, now + _WHILE_MOVING)
            return None
        try:
            begins = seat_of(tx).begin(row.next_date)
        except NotFoundProblem:  # its entity was deleted
            repository.set_due(tx, due.id, None)
            return None
        if begins > now:
            repository.set_due(tx, due.id, begins)
            return None
        return row

    def _failed(self, due: Due, error: Exception, now: datetime.datetime) -> None:
        """Put a schedule off; where it failed often enough, note it and go on to the next day."""
        _log.error("recurring_invoice_failed", recurring=public_id("rec", due.id), exc_info=error)
        outage = is_transient(error) or isinstance(error, UnavailableProblem)
        if outage or due.attempts + 1 < _MOST_ATTEMPTS:
            delay = min(_FIRST_DELAY * 4 ** min(due.attempts, 10), _LONGEST_DELAY)
            with self._database.worker_transaction() as tx:
                repository.put_off(tx, due, now + delay)
            return
        incident = str(new_id())
        _log.error("recurring_invoice_given_up", incident=incident)
        with self._database.transaction(_tenant(due)) as tx:
            row = self._locked(tx, due, now)
            if row is not None:
                problem = InternalProblem(
                    "The gateway failed at this document.", incident=incident
                )
                _note_failure(tx, row, problem.as_dict(_instance(row)), now)


def _note(
    tx: TenantTransaction, row: RecurringRow, document_id: UUID, now: datetime.datetime
) -> None:
    after = advance(
        tx, row, document_id=document_id, problem=None, most_failures=MOST_FAILURES, now=now
    )
    if row.actions["send"]:
        sending.ask(tx, document_id, now)
    data = {"date": str(row.next_date), "number": after.made}
    tell(tx, after, "invoice_generated", now, document_id=document_id, data=data)
    _tell_end(tx, after, now)


def _note_failure(
    tx: TenantTransaction, row: RecurringRow, problem: dict[str, Any], now: datetime.datetime
) -> None:
    after = advance(
        tx, row, document_id=None, problem=problem, most_failures=MOST_FAILURES, now=now
    )
    data = {"date": str(row.next_date), "number": after.made, "error": problem}
    tell(tx, after, "generation_failed", now, data=data)
    _tell_end(tx, after, now)


def _tell_end(tx: TenantTransaction, row: RecurringRow, now: datetime.datetime) -> None:
    if row.state == "completed":
        tell(tx, row, "completed", now)


def _tenant(due: Due) -> Tenant:
    return Tenant(due.account_id, (due.entity_id,), due.environment)


def _instance(row: RecurringRow) -> str:
    return f"/v1/recurring-invoices/{public_id('rec', row.id)}"
