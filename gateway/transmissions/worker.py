"""The worker: drains lanes until told to stop. Any number of them, anywhere, over one PostgreSQL.

A few threads, each with a lane keeper of its own; one thread that renews their leases; the main
thread listens. NOTIFY is a hint, a look every second is the truth.
"""

import contextlib
import datetime
import math
import threading
from collections.abc import Callable, Mapping, Sequence

import psycopg
import sqlalchemy as sa
import structlog
from opentelemetry.trace import SpanKind

from gateway.archive.service import Archive
from gateway.kit import clock as machine
from gateway.kit import metrics, tracing
from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.problems import UnavailableProblem
from gateway.transmissions import delivery, enquiry, queue, setbacks
from gateway.transmissions.adapter import Adapter, Vault
from gateway.transmissions.bell import Bell
from gateway.transmissions.bench import Bench, Job, RowMovedError
from gateway.transmissions.journal import Journal
from gateway.transmissions.lanes import Lane, LaneKeeper, LaneLostError
from gateway.transmissions.permits import Permit
from gateway.transmissions.policy import Chance, Policy
from gateway.transmissions.queue import QueuedRow
from gateway.transmissions.routes import ROUTES, route_of
from gateway.transmissions.service import CHANNEL
from gateway.transmissions.tidying import Tidier

_log = structlog.get_logger(__name__)
_WORK: Mapping[str, Callable[[Job], None]] = {
    "queued": delivery.send,
    "deferred": delivery.send,
    "sending": enquiry.take_over,
    "unknown": enquiry.ask,
    "sent": enquiry.ask_verdict,
}
_NOW = "select clock_timestamp()"
_OUTAGE = (
    psycopg.OperationalError,
    sa.exc.OperationalError,
    sa.exc.InterfaceError,
    sa.exc.TimeoutError,
    UnavailableProblem,
)
"""The database or the archive cannot be reached: nothing is wrong with the row."""


class Worker:
    """Sends what is queued.

    Args:
        database: The queue and everything else.
        archive: Where evidence goes.
        adapters: The wires, by channel; lanes of other channels are left to other workers.
        policy: How patient to be.
        chance: The jitter of retries and the order in which lanes are looked at.
        clock: The time.
        vault: Where credentials are.
    """

    def __init__(  # noqa: PLR0913 - its collaborators
        self,
        database: Database,
        archive: Archive,
        adapters: Sequence[Adapter],
        *,
        policy: Policy,
        chance: Chance,
        clock: Callable[[], datetime.datetime] = machine.now,
        vault: Vault | None = None,
    ) -> None:
        journal = Journal(archive)
        self._database = database
        self._policy = policy
        self._chance = chance
        self._clock = clock
        self._benches = {
            adapter.channel: Bench(
                database=database,
                journal=journal,
                adapter=adapter,
                route=ROUTES[adapter.channel],
                policy=policy,
                chance=chance,
                clock=clock,
                vault=vault,
            )
            for adapter in adapters
        }
        self._punctual: Permit | None = None
        self._said_late = False
        benches = self._benches.items()
        self._ordered = [channel for channel, bench in benches if bench.route.ordered]

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; what is on the wire then is finished first."""
        keepers = [
            LaneKeeper(self._database, new_id(), self._policy.lease_seconds)
            for _ in range(self._policy.threads)
        ]
        bell = Bell()
        threads = [
            threading.Thread(target=self._drain, args=(keeper, bell, stop), name=f"lane-{number}")
            for number, keeper in enumerate(keepers)
        ]
        # Leases are renewed until the last thread has ended, not until it was told to.
        ended = threading.Event()
        renewer = threading.Thread(target=self._renew, args=(keepers, ended), name="leases")
        wires = [bench.adapter for bench in self._benches.values()]
        tidier = Tidier(wires, self._clock, ended)
        for thread in (*threads, renewer):
            thread.start()
        tidier.start()
        try:
            self._listen(bell, stop)
        finally:
            stop.set()
            bell.ring(everybody=True)
            for thread in threads:
                thread.join()
            ended.set()
            renewer.join()
            tidier.leave(self._policy.farewell_seconds)

    def _listen(self, bell: Bell, stop: threading.Event) -> None:
        """Pass hints on to the threads; without a connection they live by their own look.

        A hint names its lane, and wakes one thread. One without a name is about any number.
        """
        while not stop.is_set():
            try:
                with self._database.session_connection() as connection:
                    connection.execute(f"listen {CHANNEL}".encode())
                    while not stop.is_set():
                        heard = connection.notifies(timeout=self._policy.poll_seconds / 2)
                        for hint in heard:
                            if not hint.payload:
                                bell.ring(everybody=True)
                            elif hint.payload.partition("/")[0] in self._benches:
                                bell.ring(hint.payload)
            except psycopg.Error as error:
                _log.warning("outbox_listener_lost", error=str(error))
                stop.wait(self._policy.poll_seconds)

    def _renew(self, keepers: Sequence[LaneKeeper], ended: threading.Event) -> None:
        """Renew the leases; one whose row is locked keeps nobody waiting, and is tried soon."""
        wait = self._policy.renew_seconds
        while not ended.wait(wait):
            renewed = [keeper.renew() for keeper in keepers]
            wait = self._policy.renew_seconds / (1 if all(renewed) else 10)

    def _drain(self, keeper: LaneKeeper, bell: Bell, stop: threading.Event) -> None:
        """Claim one lane after the other and work on its rows.

        A lane that a hint named is taken at once; then one of those that nobody named has its
        turn, lest it wait for as long as there are hints.
        """
        named = None
        while not stop.is_set():
            heard = bell.rings
            named = None if named else bell.named()
            try:
                worked = self._turn(keeper, stop, named)
            except LaneLostError as error:
                _log.warning("lane_lost", lane=str(error))
                metrics.LANES_LOST.inc()
                keeper.drop()
                worked = True
            except _OUTAGE as error:
                _log.warning("worker_waits", error=str(error))
                keeper.drop()
                worked = False
            except Exception:  # noqa: BLE001 - logged; the worker must outlive any bug
                _log.exception("worker_failed")
                keeper.drop()
                worked = False
            if not worked:
                bell.rest(heard, self._policy.poll_seconds)
        keeper.drop()

    def _is_punctual(self, keeper: LaneKeeper) -> bool:
        """Tell whether our clock is the database's: limits and due times are everybody's.

        It is looked at again when a lease would be renewed, or the wall's clock was set ahead.
        """
        if self._punctual is not None and self._punctual.holds():
            return True
        since, before = keeper.ticks(), self._clock()
        with self._database.auth_connection() as connection:
            at: datetime.datetime = connection.execute(sa.text(_NOW)).scalar_one()
        if machine.agree(before, at, self._clock()):
            self._punctual = Permit(keeper.ticks, since, self._policy.renew_seconds)
            self._said_late = False
            return True
        if not self._said_late:
            _log.error("clock_differs", here=before.isoformat(), database=at.isoformat())
        self._punctual, self._said_late = None, True
        return False

    def _turn(self, keeper: LaneKeeper, stop: threading.Event, named: str | None = None) -> bool:
        """Work on one lane; return False when none had work, or our clock is wrong.

        One that was named is worked on at once, unless it is in line like the others: something on
        it has waited for longer than it takes to be found without a hint. True then in any case:
        others may have work.
        """
        if not self._is_punctual(keeper):
            return False
        if named is not None:
            self._take(keeper, named, stop, longest=self._policy.poll_seconds)
            return True
        keys = [key for key in keeper.due(self._ordered) if route_of(key).channel in self._benches]
        # Who waits longest is first; not everybody who looks now need try the same one.
        start = int(self._chance() * min(len(keys), self._policy.threads))
        for key in keys[start:] + keys[:start]:
            if stop.is_set():
                break
            if self._take(keeper, key, stop):
                return True
        return False

    def _take(
        self, keeper: LaneKeeper, key: str, stop: threading.Event, longest: float | None = None
    ) -> bool:
        """Work on a lane if nobody else does; return False when nothing was done."""
        done = False
        lane = keeper.claim(key)
        if lane is None:
            return False
        try:
            done = self._work(keeper, lane, stop, longest)
        finally:
            with contextlib.suppress(psycopg.Error):
                keeper.release(lane, turned=done or longest is None)
        return done

    def _work(
        self, keeper: LaneKeeper, lane: Lane, stop: threading.Event, longest: float | None
    ) -> bool:
        bench = self._benches[route_of(lane.key).channel]
        done = 0
        while done < self._policy.burst and not stop.is_set():
            now = self._clock()
            with self._database.worker_transaction() as tx:
                rows = queue.due(tx, bench.route, lane.key, now)
            if not rows or any(_waited(row, now) > (longest or math.inf) for row in rows):
                break
            for row in rows:
                if stop.is_set():
                    break
                self._do(Job(bench, keeper, lane, row))
                done += 1
        return done > 0

    def _do(self, job: Job) -> None:
        about = {"channel": job.bench.adapter.channel, "state": job.row.state}
        trace = tracing.continued(job.row.traceparent)
        try:
            with tracing.span("attempt", about, kind=SpanKind.CONSUMER, within=trace):
                _WORK[job.row.state](job)
        except (LaneLostError, *_OUTAGE):
            raise
        except RowMovedError:
            return
        except Exception as error:  # noqa: BLE001 - one row's trouble is not the others'
            _log.exception("row_failed", row=job.row.id, state=job.row.state)
            with contextlib.suppress(RowMovedError):
                setbacks.put_off(job, error)


def _waited(row: QueuedRow, now: datetime.datetime) -> float:
    """Return for how many seconds a row has been due."""
    return (now - row.due_at).total_seconds() if row.due_at is not None else 0.0
