"""Makes documents of what was handed in; any number of makers may, on any number of machines.

Each is made in a transaction of its own, together with the note of what became of it: so it is
made once, whatever happens to the process. What cannot be made keeps its body and says why.

What passes (an outage, a locked key, a statement that took too long) puts it off, longer each time
and for three days at most; an error of ours fails it after a few times. The two are counted apart.

An attempt is counted before it begins, and taken back where something kept it that passes. So a
document that ends the process (it eats all memory, say) is not begun for ever: it is set aside.
"""

import datetime
import threading
from dataclasses import dataclass, field

import structlog

from gateway.documents.doing import note
from gateway.documents.service import ALL_KINDS, Documents
from gateway.intake import repository
from gateway.intake.problems import DocumentSetAsideProblem
from gateway.intake.repository import Due
from gateway.kinds import DocumentKind
from gateway.kit import clock
from gateway.kit.database import Database, is_transient
from gateway.kit.ids import new_id, public_id
from gateway.problems import InternalProblem, Problem, UnavailableProblem

_log = structlog.get_logger(__name__)
_MOST = 50
_LEASE = datetime.timedelta(seconds=60)
_AGAIN = datetime.timedelta(seconds=10)
_AGAIN_MOST = datetime.timedelta(minutes=10)
_POISON = 3
"""So often an attempt is begun that an error of ours, or the end of the process, breaks off."""
_LONGEST = datetime.timedelta(days=3)
"""So long after it was handed in nobody waits any more for what passes: over a weekend."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes what is due, in a thread of a worker process.

    Attributes:
        database: Where it waits.
        documents: Makes documents.
        poll_seconds: How long to wait when nothing is due.
    """

    database: Database
    documents: Documents
    poll_seconds: float = 1
    _owed: list[Due] = field(default_factory=list)
    """Attempts to be taken back once the database is there again."""

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""
        while not stop.is_set():
            if not self.work_once(stop):
                stop.wait(self.poll_seconds)

    def work_once(self, stop: threading.Event | None = None) -> int:
        """Make what is due, up to some; return how many were taken."""
        while self._owed:
            repository.give_back(self.database, self._owed[0])
            self._owed.pop(0)
        taken = repository.take(self.database, clock.now(), _LEASE, _MOST)
        for one in taken:
            if stop is not None and stop.is_set():
                break
            self._do(one)
        return len(taken)

    def _do(self, one: Due) -> None:
        attempts = repository.begin(self.database, one, clock.now() + _LEASE)
        if attempts is None:
            return  # it took us so long to come to it that others have it
        if attempts > _POISON:
            self._fail(one, DocumentSetAsideProblem(_POISON))
            return
        try:
            self._make(one)
        except Problem as problem:
            if problem.passes:
                self._wait(one, problem)
            else:
                self._fail(one, problem)
        except Exception as error:  # noqa: BLE001 - logged, tried again, in the end shown
            if is_transient(error):
                _log.warning("intake_waits", error=type(error).__name__)
                self._wait(one, UnavailableProblem("The database did not do it in time."))
                return
            incident = str(new_id())
            _log.exception("intake_not_made", incident=incident)
            if attempts >= _POISON:
                self._fail(one, InternalProblem("The gateway failed at it.", incident=incident))
            else:
                repository.put_off(self.database, one, clock.now() + _AGAIN)

    def _wait(self, one: Due, problem: Problem) -> None:
        """Put off what something that passes kept from being made, unless it did for too long."""
        try:
            if clock.now() - one.created_at >= _LONGEST:
                self._fail(one, problem)
                return
            pause = min(_AGAIN * 2 ** min(one.waits, 10), _AGAIN_MOST)
            repository.wait(self.database, one, clock.now() + pause)
        except Exception as error:
            if not is_transient(error):
                raise
            _log.warning("intake_not_put_off", error=type(error).__name__)  # until its lease ends
            self._owed.append(one)

    def _make(self, one: Due) -> None:
        now = clock.now()
        with self.database.transaction(one.tenant) as tx:
            row = repository.hold(tx, one.id)
            if row is None:
                return
            handed = {"intake_id": public_id("itk", one.id)}
            content = (row.body or "").encode()
            document = self.documents.create(tx, DocumentKind(row.kind), content, now)
            note(tx, "create", self.documents.get(tx, document), handed, now)
            if row.finalize:
                self.documents.finalize(tx, ALL_KINDS, document, now, holds=True)
                issued = self.documents.get(tx, document)
                if issued.held_at is None:
                    note(tx, "finalize", issued, handed, now)
            made = self.documents.get(tx, document)
            values = {
                "state": "succeeded",
                "kind": made.kind.value,
                "document_id": document,
                "body": None,
                "due_at": None,
                "updated_at": now,
            }
            repository.update(tx, one.id, values)

    def _fail(self, one: Due, problem: Problem) -> None:
        now = clock.now()
        body = problem.as_dict(f"/v1/intake/{public_id('itk', one.id)}")
        values = {"state": "failed", "problem": body, "due_at": None, "updated_at": now}
        with self.database.transaction(one.tenant) as tx:
            repository.update(tx, one.id, values)
