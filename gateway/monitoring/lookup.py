"""Figures that stand in tables, looked up when Prometheus asks: queues, lanes, the log, the pools.

Every process of an installation shows the same, so take the maximum over them and not the sum.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence

import psycopg
import structlog
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from typing_extensions import override

from gateway.archive import scrubbing
from gateway.archive.service import Archive
from gateway.jobs import figures as jobs
from gateway.kit import clock as machine
from gateway.kit.database import Database
from gateway.kit.metrics import REGISTRY
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions import figures as transmissions
from gateway.transmissions.control import figures as stops
from gateway.transmissions.control import pauses
from gateway.transmissions.deadlines import figures as deadlines
from gateway.vies import figures as vies
from gateway.webhooks import figures as webhooks

_log = structlog.get_logger(__name__)

Reader = Callable[[TenantTransaction, datetime.datetime], Iterable[Metric]]
"""Looks up the figures of one feature, in a worker's transaction without a tenant."""


class Tables(Collector):
    """Looks figures up.

    Args:
        database: Where they are.
        readers: Who looks for which.
        clock: The time, for ages.
    """

    def __init__(
        self,
        database: Database,
        readers: Sequence[Reader],
        *,
        clock: Callable[[], datetime.datetime] = machine.now,
    ) -> None:
        self._database, self._readers, self._clock = database, readers, clock

    @override
    def collect(self) -> Iterator[Metric]:
        """Yield what is in the tables; without a database only that there is none."""
        found = list[Metric]()
        up = GaugeMetricFamily("gateway_database_up", "Whether the database answers.")
        try:
            with self._database.worker_transaction() as tx:
                now = self._clock()
                for reader in self._readers:
                    found += reader(tx, now)
        except (SQLAlchemyError, psycopg.Error) as error:
            _log.warning("figures_missing", error=str(error).splitlines()[0])
            found.clear()
        up.add_metric((), float(bool(found)))
        yield up
        yield from found
        yield _pools(self._database)


def shown(database: Database, archive: Archive, more: Sequence[Reader] = ()) -> str:
    """Return every figure of this process and of the tables, as Prometheus reads them."""
    log = _log_of(archive)
    readers = (_transmissions, _deadlines, _lanes, _stops, _queues, log, _scrub, *more)
    registry = CollectorRegistry()
    registry.register(Tables(database, readers))
    return generate_latest(REGISTRY).decode() + generate_latest(registry).decode()


def _transmissions(tx: TenantTransaction, now: datetime.datetime) -> Iterator[Metric]:
    count = GaugeMetricFamily(
        "gateway_outbox_rows",
        "Messages that are not closed: queued, sending, unknown, sent, deferred, stuck.",
        labels=("channel", "state"),
    )
    age = GaugeMetricFamily(
        "gateway_outbox_oldest_seconds",
        "How long ago the oldest of them was put on the wire, or else queued.",
        labels=("channel", "state"),
    )
    for one in transmissions.rows(tx):
        count.add_metric((one.channel, one.state), one.rows)
        age.add_metric((one.channel, one.state), _age(now, one.oldest))
    people = GaugeMetricFamily(
        "gateway_outbox_person_rows",
        "Messages that wait for a person: stuck, refused and to be issued anew, contradictory ...",
        labels=("channel",),
    )
    for channel, rows in transmissions.for_people(tx).items():
        people.add_metric((channel,), rows)
    yield from (count, age, people)


def _deadlines(tx: TenantTransaction, _: datetime.datetime) -> Iterator[Metric]:
    count = GaugeMetricFamily(
        "gateway_deadlines",
        "Deadlines of messages that have not ended: open, half and late (50 and 80 % of the time"
        " are over), missed.",
        labels=("channel", "kind", "stage"),
    )
    for one in deadlines.unfinished(tx):
        count.add_metric((one.channel, one.kind, one.stage), one.count)
    yield count


def _lanes(tx: TenantTransaction, now: datetime.datetime) -> Iterator[Metric]:
    due = GaugeMetricFamily(
        "gateway_lanes_due", "Lanes that have something to do now.", labels=("channel",)
    )
    age = GaugeMetricFamily(
        "gateway_lane_oldest_due_seconds",
        "How long the first of these has waited.",
        labels=("channel",),
    )
    taken = GaugeMetricFamily(
        "gateway_lanes_taken", "Lanes that a worker has in hand.", labels=("channel",)
    )
    for one in transmissions.lanes(tx):
        due.add_metric((one.channel,), one.due)
        age.add_metric((one.channel,), _age(now, one.oldest) if one.oldest else 0.0)
        taken.add_metric((one.channel,), one.taken)
    yield from (due, age, taken)


def _stops(tx: TenantTransaction, now: datetime.datetime) -> Iterator[Metric]:
    state = GaugeMetricFamily(
        "gateway_breakers",
        "Circuit breakers of endpoints: closed after failures, half_open, open.",
        labels=("channel", "state"),
    )
    away = GaugeMetricFamily(
        "gateway_endpoint_away_seconds",
        "How long the endpoint that has been away longest has not answered.",
        labels=("channel",),
    )
    for one in stops.breakers(tx, now):
        state.add_metric((one.channel, one.state), one.endpoints)
        if one.down_since is not None:
            away.add_metric((one.channel,), _age(now, one.down_since))
    paused = GaugeMetricFamily(
        "gateway_channel_paused", "Channels that an operator stopped.", labels=("channel",)
    )
    for pause in pauses.paused(tx):
        paused.add_metric((pause.channel,), 1)
    yield from (state, away, paused)


def _queues(tx: TenantTransaction, _: datetime.datetime) -> Iterator[Metric]:
    webhook = GaugeMetricFamily(
        "gateway_webhook_queue", "Deliveries of webhooks that wait.", labels=("state",)
    )
    for state, count in webhooks.waiting(tx).items():
        webhook.add_metric((state,), count)
    job = GaugeMetricFamily(
        "gateway_jobs", "Background jobs that wait (todo) and run (doing).", labels=("state",)
    )
    for state, count in jobs.unfinished(tx).items():
        job.add_metric((state,), count)
    asked = GaugeMetricFamily("gateway_vat_questions", "VAT numbers still to be asked about.")
    asked.add_metric((), vies.waiting(tx))
    yield from (webhook, job, asked)


def _log_of(archive: Archive) -> Reader:
    def read(tx: TenantTransaction, _: datetime.datetime) -> Iterator[Metric]:
        size = GaugeMetricFamily("gateway_archive_leaves", "Entries of the archive's log.")
        size.add_metric((), archive.size(tx))
        yield size

    return read


def _scrub(tx: TenantTransaction, now: datetime.datetime) -> Iterator[Metric]:
    run = scrubbing.newest(tx)
    if run is None:
        return
    bad = GaugeMetricFamily(
        "gateway_archive_bad_files",
        "Files of evidence that the last reading found damaged or missing.",
        labels=("kind",),
    )
    bad.add_metric(("damaged",), run.damaged)
    bad.add_metric(("missing",), run.missing)
    age = GaugeMetricFamily(
        "gateway_archive_scrub_seconds", "How long ago the last reading of all evidence began."
    )
    age.add_metric((), _age(now, run.began_at))
    yield from (bad, age)


def _pools(database: Database) -> Metric:
    found = GaugeMetricFamily(
        "gateway_database_connections",
        "Pooled connections of this process: in use, and how many there may be.",
        labels=("role", "kind"),
    )
    for role, (used, most) in database.pools().items():
        found.add_metric((role, "used"), used)
        found.add_metric((role, "most"), most)
    return found


def _age(now: datetime.datetime, since: datetime.datetime) -> float:
    return max(0.0, (now - since).total_seconds())
