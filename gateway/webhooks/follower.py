"""Following the feeds of many accounts: who something happened to at once, everybody in turn.

An account without news costs as much to ask as one with news. So a hint, which names its account,
has that one asked at once; the others are asked some at a time, between hints, as often as the
poll says. However many they are, who has news does not wait for them.
"""

import threading
import time
from collections.abc import Callable
from uuid import UUID

import psycopg
import sqlalchemy as sa
import structlog

from gateway.events.service import CHANNEL
from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant
from gateway.webhooks.fanout import FanOut

OUTAGE = (psycopg.Error, sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError)
"""The database is away for a while."""

_FIRST_LOOK = 0.05  # seconds: a hint may come a moment before its event is behind the horizon
_GATHER = 0.03  # seconds: what was told of is being sent in this very process; more may follow
_AT_ONCE = 5  # accounts that are asked in their turn before hints are looked at again
_log = structlog.get_logger(__name__)


class Follower:
    """Hands over what happens, in a thread of its own.

    Args:
        database: Where hints come from.
        fanout: Asks an account.
        poll_seconds: How often everybody is asked without a hint.
        tell: Called when something was queued.
    """

    def __init__(
        self, database: Database, fanout: FanOut, poll_seconds: float, tell: Callable[[], None]
    ) -> None:
        self._database = database
        self._fanout = fanout
        self._poll = poll_seconds
        self._tell = tell
        self._known: dict[UUID, list[Tenant]] = {}
        self._waiting: list[Tenant] = []
        self._next_round = 0.0
        self._fresh: dict[UUID, float] = {}

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""
        while not stop.is_set():
            try:
                with self._database.session_connection() as connection:
                    connection.execute(f"listen {CHANNEL}".encode())
                    self._listen(connection, stop)
            except OUTAGE as error:
                _log.warning("webhooks_listener_lost", error=str(error))
                stop.wait(self._poll)

    def _listen(self, connection: psycopg.Connection[object], stop: threading.Event) -> None:
        pause = 0.0
        while not stop.is_set():
            hints = list(connection.notifies(timeout=pause, stop_after=1))
            hints += connection.notifies(timeout=_GATHER if hints else 0)
            self._note(hints)
            if self.turn():
                self._tell()
            pause = self._pause(hinted=bool(hints), before=pause)

    def turn(self) -> int:
        """Ask who has news, and some of the others; return how many deliveries were queued."""
        now = time.monotonic()
        if not self._waiting and now >= self._next_round:
            self._next_round = now + self._poll
            self._waiting = self._fanout.feeds()
            self._known = {}
            for tenant in self._waiting:
                self._known.setdefault(tenant.account_id, []).append(tenant)
        self._fresh = {one: until for one, until in self._fresh.items() if until > now}
        fresh = [tenant for one in self._fresh for tenant in self._known.get(one, ())]
        some, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        return sum(self._fanout.follow(tenant) for tenant in (*fresh, *some))

    def _note(self, hints: list[psycopg.Notify]) -> None:
        """Remember whom hints name, until their events are behind the horizon for sure."""
        until = time.monotonic() + self._poll
        for hint in hints:
            self._fresh[UUID(hint.payload.split()[-1])] = until

    def _pause(self, *, hinted: bool, before: float) -> float:
        """Return how long to wait for the next hint."""
        if self._waiting:
            return 0.0
        if hinted:
            return _FIRST_LOOK
        longest = max(0.0, self._next_round - time.monotonic())
        return min(max(2 * before, _FIRST_LOOK), longest) if self._fresh else longest
