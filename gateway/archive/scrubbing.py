"""Reading all evidence again, slowly, so that what a disk lost is known before somebody asks.

First the bytes of each entry of the archive are read and compared with their digest; then each
file is looked up among the entries. How far a run is stands in the database: any process goes on
with it, and who is killed loses at most one step. What is stored meanwhile may be read or not.
"""

import datetime
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

import structlog
from sqlalchemy.exc import IntegrityError

from gateway.archive import scrub_repository as repository
from gateway.archive.scrub_repository import Run
from gateway.archive.stores.problems import EvidenceDamagedProblem
from gateway.archive.stores.protocol import Place, Store
from gateway.kit.database import Database

__all__ = ["Run", "Scrub", "newest"]

_log = structlog.get_logger(__name__)

newest = repository.newest
"""The run that is open, or else the last one."""


@dataclass(frozen=True, slots=True)
class Scrub:
    """Reads evidence again.

    Attributes:
        database: Knows what there must be.
        store: Has it.
        step: How many files make a step.
    """

    database: Database
    store: Store
    step: int = 200

    def last(self) -> Run | None:
        """Return the run that is open, or else the last one; None when there never was any."""
        with self.database.worker_transaction() as tx:
            return repository.newest(tx)

    def begin(self, now: datetime.datetime) -> Run:
        """Return the run that is open, begun if there is none."""
        run = self.last()
        if run is None or run.ended_at is not None:
            try:
                with self.database.worker_transaction() as tx:
                    repository.begin(tx, now)
            except IntegrityError:  # another process was first
                _log.info("scrub_begun_elsewhere")
            run = self.last()
        if run is None:
            raise RuntimeError("a run of the scrub was begun and is not there")
        return run

    def go_on(self, run: Run, now: datetime.datetime) -> Run:
        """Do one step, and return the run as it stands then.

        Raises:
            ArchiveUnavailableProblem: The store does not answer; the step is to be done again.
        """
        look = self._entries if run.stage == "entries" else self._places
        after = look(run, now)
        with self.database.worker_transaction() as tx:
            moved = repository.move(tx, run, after)
            standing = after if moved else repository.newest(tx)
        return standing or after

    def paced(
        self,
        run: Run,
        rate: float | None,
        clock: Callable[[], datetime.datetime],
        sleep: Callable[[float], None] = time.sleep,
    ) -> Run:
        """Do one step, and wait so that no more than `rate` bytes a second are read."""
        began = time.monotonic()
        after = self.go_on(run, clock())
        if rate is not None:
            sleep(max(0.0, (after.bytes - run.bytes) / rate - (time.monotonic() - began)))
        return after

    def _entries(self, run: Run, now: datetime.datetime) -> Run:
        """Read the bytes of the next entries."""
        del now
        with self.database.worker_transaction() as tx:
            places = repository.named(tx, run.after, self.step)
        for place in places:
            run = self._read(run, place)
        if len(places) < self.step:
            return replace(run, stage="places", after=None)
        return replace(run, after=places[-1])

    def _places(self, run: Run, now: datetime.datetime) -> Run:
        """Look up the next files among the entries; they were on the disk before."""
        places = list(islice(self.store.walk(run.after), self.step))
        with self.database.worker_transaction() as tx:
            extra = repository.unnamed(tx, places)
        for place in extra:
            run = run.found("unlogged", place)
        if len(places) < self.step:
            return replace(run, after=None, ended_at=now)
        return replace(run, after=places[-1])

    def _read(self, run: Run, place: Place) -> Run:
        try:
            content = self.store.get(place.owner, place.digest)
        except EvidenceDamagedProblem as problem:
            kind = "missing" if problem.missing else "damaged"
            _log.error("evidence_damaged", kind=kind, entity=str(place.owner), why=problem.detail)
            return run.found("missing" if problem.missing else "damaged", place)
        return replace(run, files=run.files + 1, bytes=run.bytes + len(content))
