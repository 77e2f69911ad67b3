"""The watch: begins deadlines, tells of those that draw near or pass, learns how long is usual.

Runs in every worker process; whoever takes an alert has its row locked, so each is given once.
"""

import datetime
import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import structlog

from gateway.events import service as events
from gateway.kit import clock as machine
from gateway.kit.clock import written
from gateway.kit.database import Database
from gateway.kit.ids import public_id
from gateway.kit.tenancy import Environment, Tenant, TenantTransaction
from gateway.transmissions import service
from gateway.transmissions.axes import AxisState
from gateway.transmissions.conduct import Conduct
from gateway.transmissions.control import outages
from gateway.transmissions.deadlines import ledger, moving, opening
from gateway.transmissions.deadlines.alerts import Kind, alert
from gateway.transmissions.deadlines.tables import deadline
from gateway.transmissions.queue import TO_SEND
from gateway.transmissions.tables import outbox

_log = structlog.get_logger(__name__)
_C = deadline.c
_AT_ONCE = 200
_LEARN_EVERY = datetime.timedelta(hours=1)
_LEARN_FROM = datetime.timedelta(days=30)
_MISSED = 100
_LOOK_AT_ALL_EVERY = datetime.timedelta(hours=1)
_UNSEEN = datetime.timedelta(seconds=90)
"""How long a row may have moved before others see it: no transaction takes so long."""

_PACE = """
insert into channel_pace (channel, environment, samples, median, late, updated_at)
select channel, environment, count(*),
       percentile_disc(0.5) within group (order by ended_at - started_at),
       percentile_disc(0.99) within group (order by ended_at - started_at), :now
  from deadline
 where kind = 'answer' and state in ('met', 'missed') and ended_at > :since
 group by channel, environment
on conflict (channel, environment) do update
set samples = excluded.samples, median = excluded.median, late = excluded.late,
    updated_at = excluded.updated_at
"""


@dataclass(frozen=True, slots=True)
class _Due:
    account_id: UUID
    entity_id: UUID
    environment: Environment
    id: UUID

    @property
    def tenant(self) -> Tenant:
        return Tenant(self.account_id, (self.entity_id,), self.environment)


class Watch:
    """Watches the deadlines of channels.

    Args:
        database: Where they are.
        conducts: How each channel behaves.
        seconds: How often to look.
        clock: The time.
        nowhere: Channels of which it is not known where they lead: what waits for them is logged.
    """

    def __init__(
        self,
        database: Database,
        conducts: Mapping[str, Conduct],
        *,
        seconds: float = 5,
        clock: Callable[[], datetime.datetime] = machine.now,
        nowhere: Collection[str] = (),
    ) -> None:
        self._nowhere = nowhere
        self._database = database
        self._conducts = conducts
        self._seconds = seconds
        self._clock = clock
        self._learned_at: datetime.datetime | None = None
        self._looked_at_all: datetime.datetime | None = None
        self._seen: datetime.datetime | None = None
        self._noted = 0

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""
        while not stop.wait(self._seconds):
            self.look()

    def look(self) -> int:
        """Begin what lacks a deadline and give the alerts that are due; return how many."""
        now = self._clock()
        with self._database.worker_transaction() as tx:
            seen = self._begin(tx, now)
            noted = outages.newest(tx)
            if noted != self._noted:
                moving.stir(tx, self._conducts, now)
            if self._learned_at is None or now - self._learned_at >= _LEARN_EVERY:
                tx.execute(sa.text(_PACE), {"now": now, "since": now - _LEARN_FROM})
                self._learned_at = now
        self._seen, self._looked_at_all = seen
        self._noted = noted
        with self._database.worker_transaction() as tx:
            query = (
                sa.select(_C.account_id, _C.entity_id, _C.environment, _C.id)
                .where(_C.next_alert_at <= now)
                .order_by(_C.next_alert_at)
                .limit(_AT_ONCE)
            )
            found = [_Due(*row) for row in tx.execute(query)]
        return sum(self._tell(one, now) for one in found)

    def _begin(
        self, tx: TenantTransaction, now: datetime.datetime
    ) -> tuple[datetime.datetime | None, datetime.datetime | None]:
        """Begin what lacks a deadline: of all rows at first and sometimes, else of what moved.

        Returns until when everything was seen, and when all rows were looked at: as before, where
        there were more rows than one look takes. The next takes the rest.
        """
        looked: datetime.datetime = tx.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
        last = self._looked_at_all
        everything = last is None or now - last >= _LOOK_AT_ALL_EVERY
        since = None if everything or self._seen is None else self._seen - _UNSEEN
        if everything:
            self._complain(tx)
        whole = [
            opening.begin(tx, channel, conduct, now, since=since)
            for channel, conduct in self._conducts.items()
        ]
        return (looked, now if everything else last) if all(whole) else (self._seen, last)

    def _complain(self, tx: TenantTransaction) -> None:
        """Log the channels for which something waits though they lead nowhere."""
        for channel in self._nowhere:
            rows = outbox.c.lane.startswith(f"{channel}/", autoescape=True)
            waits = sa.exists().where(rows, outbox.c.state.in_(TO_SEND))
            if tx.execute(sa.select(waits)).scalar_one():
                _log.error("channel_leads_nowhere", channel=channel)

    def _tell(self, one: _Due, now: datetime.datetime) -> bool:
        """Give one alert, if it is still to be given."""
        with self._database.worker_transaction(one.tenant) as tx:
            row = tx.execute(
                tx.select(deadline)
                .where(_C.id == one.id, _C.next_alert_at <= now)
                .with_for_update(skip_locked=True)
            ).one_or_none()
            if row is None:
                return False
            view = service.get(tx, row.transmission_id)
            state = AxisState(view.transport, view.regulatory, view.business, view.action_required)
            if ledger.done(row.kind, state):  # it was before the deadline was even written down
                _update(tx, one.id, {"state": "ended", "ended_at": now, "next_alert_at": None})
                return False
            conduct = self._conducts.get(row.channel)
            offline = None if conduct is None else conduct.offline
            moved = moving.counted_anew(tx, row, offline, now)
            if moved.told is not None:
                _tell_of_move(tx, row, view.document_id, moved.told, now)
            if moved.rests:
                _update(tx, one.id, moved.values)
                return False
            due = alert(row.kind, row.started_at, moved.due, moved.alerted, now)
            values = {**moved.values, "next_alert_at": due.next_at}
            if due.share is not None:
                values["alerted"] = due.share
                _say(tx, row, view.document_id, due.share, moved.due, now)
            if due.next_at is None:
                values["state"] = "missed"
            _update(tx, one.id, values)
            return due.share is not None


def _update(tx: TenantTransaction, deadline_id: UUID, values: Mapping[str, Any]) -> None:
    tx.execute(tx.update(deadline).where(_C.id == deadline_id).values(**values))


def _tell_of_move(
    tx: TenantTransaction,
    row: sa.Row[Any],
    document_id: UUID,
    told: moving.Told,
    now: datetime.datetime,
) -> None:
    events.append(
        tx,
        type="deadline.moved",
        document_id=document_id,
        transmission_id=row.transmission_id,
        data={
            "deadline_id": public_id("ddl", row.id),
            "kind": row.kind,
            "channel": row.channel,
            "mode": told.mode,
            "reason": told.reason,
            "before": written(row.due_at),
            "due_at": told.due and written(told.due),
        },
        dedup_key=told.once,
        now=now,
    )


def _say(  # noqa: PLR0913, PLR0917 - what is said, and of what
    tx: TenantTransaction,
    row: sa.Row[Any],
    document_id: UUID,
    share: int,
    due: datetime.datetime,
    now: datetime.datetime,
) -> None:
    kind: Kind = row.kind
    told: dict[str, Any] = {
        "document_id": document_id,
        "transmission_id": row.transmission_id,
        "data": {
            "deadline_id": public_id("ddl", row.id),
            "kind": kind,
            "channel": row.channel,
            "share": share,
            "started_at": written(row.started_at),
            "due_at": written(due),
        },
        "dedup_key": f"deadline:{row.id}:{share}:{written(due)}",
        "now": now,
    }
    if share == _MISSED:
        _log.warning("deadline_missed", kind=kind, channel=row.channel)
    if kind == "answer":
        events.append(tx, type="transmission.quiet", **told)
    elif share == _MISSED:
        events.append(tx, type="deadline.missed", **told)
    else:
        events.append(tx, type="deadline.approaching", **told)
