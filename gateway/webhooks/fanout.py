"""Following the events of every account and handing them to its endpoints.

The feed is read behind its horizon and in its order, in one transaction with the deliveries it
leads to and with the place that was reached: whatever happens, an event is handed over once.
"""

import datetime
from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
import structlog

from gateway.events import sequence
from gateway.kit import clock as machine
from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.webhooks import ledger, repository
from gateway.webhooks.handover import hand_over, wanted

_log = structlog.get_logger(__name__)
_TIDY_EVERY = timedelta(hours=1)
_TIDY_AT_ONCE = 1000  # rows of one transaction
_FAR = 10_000
"""Transactions after which a place is noted though nothing happened, so that less is looked at."""


class FanOut:
    """Hands events over; any number of them may do so at once.

    Args:
        database: The events and everything else.
        batch: Events in one transaction.
        keep: How long the log is kept.
        clock: The time.
    """

    def __init__(
        self,
        database: Database,
        *,
        batch: int,
        keep: timedelta,
        clock: Callable[[], datetime.datetime] = machine.now,
    ) -> None:
        self._database = database
        self._batch = batch
        self._keep = keep
        self._tidied: datetime.datetime | None = None
        self._clock = clock

    def sweep(self) -> int:
        """Look after every account once and return how many deliveries were queued."""
        return sum(self.follow(tenant) for tenant in self.feeds())

    def feeds(self) -> list[Tenant]:
        """Return every account, in an environment, that has endpoints; sometimes tidy up first."""
        with self._database.worker_transaction() as tx:
            tenants = repository.feeds(tx)
        now = self._clock()
        if self._tidied is None or now - self._tidied >= _TIDY_EVERY:
            self._tidied = now
            for tenant in tenants:
                self.tidy(tenant)
        return tenants

    def tidy(self, tenant: Tenant) -> None:
        """Delete what of an account's log is older than it is kept."""
        before = self._clock() - self._keep
        deleted = _TIDY_AT_ONCE
        while deleted >= _TIDY_AT_ONCE:
            with self._database.transaction(tenant) as tx:
                deleted = ledger.forget(tx, before, _TIDY_AT_ONCE)

    def follow(self, tenant: Tenant) -> int:
        """Look after one account and return how many deliveries were queued.

        Its trouble is not the others'.
        """
        queued = 0
        more = True
        while more:
            try:
                with self._database.transaction(tenant) as tx:
                    count, more = self._pass_on(tx)
            except sa.exc.OperationalError:
                raise  # the database is away: it is so for all
            except Exception:  # noqa: BLE001 - logged; the others go on
                _log.exception("webhook_fanout_failed", account=str(tenant.account_id))
                break
            queued += count
        return queued

    def _pass_on(self, tx: TenantTransaction) -> tuple[int, bool]:
        """Hand over the next events; return how many deliveries came of it, and if more waits."""
        place = repository.hold_feed(tx, wait=False)
        if place is None:
            return 0, False  # somebody else is at it
        endpoints = repository.open_endpoints(tx)
        if not endpoints:
            end = sequence.horizon(tx)
            if end.xid - place.xid > _FAR:
                repository.advance_feed(tx, end)
            return 0, False
        stretch = sequence.following(tx, place, self._batch)
        count = hand_over(tx, wanted(stretch.events, endpoints), self._clock())
        if stretch.events or stretch.end.xid - place.xid > _FAR:
            repository.advance_feed(tx, stretch.end)
        return count, stretch.more
