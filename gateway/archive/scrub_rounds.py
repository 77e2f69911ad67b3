"""Having all evidence read again in the background."""

import datetime
import time
from dataclasses import dataclass, field

import structlog

from gateway.archive.scrubbing import Scrub
from gateway.archive.stores.composition import opened
from gateway.archive.stores.problems import ArchiveUnavailableProblem
from gateway.jobs.registry import Jobs
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey
from gateway.settings import Settings

_log = structlog.get_logger(__name__)

_SECONDS = 20.0  # from the end of one look to the next
_SLICE = 1.0  # seconds of work in one look: others of the process wait meanwhile
_SETTLING = datetime.timedelta(hours=1)


@dataclass(slots=True)
class Rounds:
    """Begins a run when the last one is long over, and goes on with the one that is open.

    Attributes:
        scrub: Reads.
        every: From the end of one run to the next.
        settling: So long a process is up before it begins one: those that come and go begin none.
    """

    scrub: Scrub
    every: datetime.timedelta
    settling: datetime.timedelta = _SETTLING
    _since: datetime.datetime | None = field(default=None, init=False)

    def look(self, now: datetime.datetime) -> None:
        """Go on for a moment, if there is something to do; a store that is away is asked later."""
        self._since = self._since or now
        run = self.scrub.last()
        if run is None or run.ended_at is not None:
            rested = run is None or (run.ended_at or now) + self.every <= now
            if not rested or self._since + self.settling > now:
                return
            run = self.scrub.begin(now)
        end = time.monotonic() + _SLICE
        try:
            while run.ended_at is None and time.monotonic() < end:
                run = self.scrub.go_on(run, now)
        except ArchiveUnavailableProblem as problem:
            _log.warning("scrub_waits", error=problem.detail)


def arrange_rounds(
    jobs: Jobs, settings: Settings, database: Database, master_key: MasterKey
) -> None:
    """Have it done by whatever process works."""
    scrub = Scrub(database, opened(settings, database, master_key))
    every = datetime.timedelta(days=settings.archive_scrub_days)
    jobs.every(_SECONDS, "archive.scrub", Rounds(scrub, every).look)
