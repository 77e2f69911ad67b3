"""Lanes: who may work on which part of the queue, and proof of it at every step.

A lane is a row `(key, owner, epoch, lease_until, backend_pid)`. Its owner renews the lease and
holds a session advisory lock on a connection of its own. The two answer different questions:

* the lock is free: the owner's connection is gone, so the lane is taken over at once;
* the lease ran out while the lock is held: the owner is frozen. His epoch is raised first, which
  shuts every door behind him, then his session is ended.

Truth is the epoch: every write of an owner locks the lane's row and compares (`fence`), and a send
compares right before it (`check`). What the check found is a permit: the wire looks at it again
before every write, and once the lease has ended by the owner's own clocks, nothing leaves.
Between that look and the wire a few instructions remain that nothing can close; so `sending` is
committed before, and the next owner asks about what he finds in it. The database's clock judges
all leases.

The lock needs a direct connection to PostgreSQL (no transaction pooler). Ending the session needs
the serving login to be nobody's superior; where it is not permitted, the frozen owner keeps his
lock, is fenced all the same, and the lane belongs to who raised the epoch.
"""

import contextlib
import os
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import sqlalchemy as sa
import structlog

from gateway.kit import metrics
from gateway.kit.database import Database
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.permits import MARGIN, Permit, Ticks, ticks

_log = structlog.get_logger(__name__)
_NAMESPACE = 77  # of our advisory locks
_END_MILLISECONDS = 2000  # how long to wait for a session that was told to end
_STUCK_SECONDS = 10  # a worker's transaction never takes so long unless its process is frozen

_DUE = """
with recursive waiting (key) as (
  (select lane from outbox
    where state in ('queued', 'deferred', 'sending', 'unknown', 'sent') order by lane limit 1)
  union all
  select (select o.lane from outbox o
           where o.state in ('queued', 'deferred', 'sending', 'unknown', 'sent')
             and o.lane > waiting.key order by o.lane limit 1)
    from waiting where waiting.key is not null)
select key from waiting left join lane l using (key)
 where key is not null
   and not exists (select from channel_pause p where p.channel = split_part(key, '/', 1))
   and case when split_part(key, '/', 1) = any(%(ordered)s) then
     exists (
       select from (
         select o.state, o.due_at from outbox o
          where o.lane = waiting.key
            and o.state in ('queued', 'deferred', 'sending', 'unknown', 'stuck')
          order by o.id limit 1) head
        where head.due_at <= clock_timestamp()
          and coalesce(case when head.state in ('queued', 'deferred') then l.send_after
                            when head.state = 'unknown' then l.ask_after end,
                       head.due_at) <= clock_timestamp())
     or (coalesce(l.ask_after, '-infinity') <= clock_timestamp() and exists (
       select from outbox o
        where o.lane = waiting.key and o.state = 'sent' and o.due_at <= clock_timestamp()))
   else
     exists (
       select from outbox o where o.lane = waiting.key
          and o.state in ('queued', 'deferred', 'sending', 'unknown', 'sent')
          and o.due_at <= clock_timestamp()
          and coalesce(case when o.state in ('queued', 'deferred') then l.send_after
                            when o.state in ('unknown', 'sent') then l.ask_after end,
                       o.due_at) <= clock_timestamp())
   end
 order by l.turned_at nulls first, key
"""
_RELAXED = "set synchronous_commit = off"
"""Nobody waits for the disk before a lane is his. A crash of the server ends his session with
everybody's; and before he writes a byte, the commit of `sending` puts on disk all that came before
it."""
_LOCK = "select pg_try_advisory_lock(hashtextextended(%(key)s, %(namespace)s))"
_UNLOCK = "select pg_advisory_unlock(hashtextextended(%(key)s, %(namespace)s))"
# A living session in the row is an owner whose predecessor could not be ended.
_TAKE = """
with before as (select from lane where key = %(key)s and owner is not null),
locked as materialized (
  select pg_try_advisory_lock(hashtextextended(%(key)s, %(namespace)s)) as ok),
taken as (
insert into lane (key, owner, epoch, lease_until, backend_pid, host)
select %(key)s::text, %(owner)s::uuid, 1,
       clock_timestamp() + %(lease)s * interval '1 second', pg_backend_pid(), %(host)s::text
  from locked where ok
on conflict (key) do update
set owner = excluded.owner, epoch = lane.epoch + 1, lease_until = excluded.lease_until,
    backend_pid = excluded.backend_pid, host = excluded.host
where lane.owner is null or lane.lease_until <= clock_timestamp()
   or not exists (select from pg_stat_activity where pid = lane.backend_pid)
returning epoch)
select ok, (select epoch from taken), exists (select from before) from locked
"""
_SEIZE = """
update lane set owner = %(owner)s, epoch = epoch + 1, backend_pid = pg_backend_pid(),
       host = %(host)s, lease_until = clock_timestamp() + %(lease)s * interval '1 second'
where key = %(key)s and owner is not null and lease_until <= clock_timestamp() returning epoch
"""
_HOLDER = """
select pid from pg_locks
where locktype = 'advisory' and granted and objsubid = 1 and pid <> pg_backend_pid()
  and database = (select oid from pg_database where datname = current_database())
  and ((classid::bigint << 32) | objid::bigint) = hashtextextended(%(key)s, %(namespace)s)
"""
_RENEW = """
update lane set lease_until = clock_timestamp() + %(lease)s * interval '1 second'
where key = (select key from lane where key = %(key)s and owner = %(owner)s
             and epoch = %(epoch)s for update skip locked)
"""
_CHECK = """
select extract(epoch from lease_until - clock_timestamp())::float8
  from lane where key = %(key)s and owner = %(owner)s and epoch = %(epoch)s
   and lease_until > clock_timestamp()
"""
_FENCE = sa.text(
    "select epoch, set_config('idle_in_transaction_session_timeout',"  # noqa: S608 - our own number
    f" '{_STUCK_SECONDS}s', true) from lane"
    " where key = :key and epoch = :epoch and owner = :owner for share"
)
_RELEASE = """
update lane set owner = null, lease_until = null, backend_pid = null, host = null,
       turned_at = case when %(turned)s then clock_timestamp() else turned_at end
where key = %(key)s and owner = %(owner)s and epoch = %(epoch)s
"""


class LaneLostError(Exception):
    """Somebody else owns the lane now: nothing more may be sent or written for it."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane in our hands.

    Attributes:
        key: Its name.
        epoch: Raised by every change of owner; proves that nobody came after us.
        owner: Who we are.
    """

    key: str
    epoch: int
    owner: UUID


class LaneKeeper:
    """Claims lanes for one thread of a worker, over one connection; holds one lane at a time.

    Args:
        database: Where the lanes are.
        owner: Id of this keeper, new at every start.
        lease_seconds: How long a lane stays ours without renewal.
    """

    def __init__(self, database: Database, owner: UUID, lease_seconds: float) -> None:
        self._database = database
        self._owner = owner
        self._lease_seconds = lease_seconds
        self._session: psycopg.Connection[Any] | None = None
        self._held: Lane | None = None
        self._permit: tuple[Lane, Permit] | None = None
        self._lock = threading.Lock()
        self.ticks: Ticks = ticks

    def due(self, ordered: Sequence[str]) -> list[str]:
        """Return the lanes that have work now, as `queue.due` would find it.

        First those that never had a turn, then those whose last one is longest ago.

        Args:
            ordered: Channels whose order matters: the first unfinished row of such a lane counts,
                and what was sent already; what waits behind a stuck one does not.
        """
        found = self._connection().execute(_DUE.encode(), {"ordered": list(ordered)})
        return [row[0] for row in found]

    def claim(self, key: str) -> Lane | None:
        """Take a lane, or return None while its owner is alive."""
        connection = self._connection()
        values = self._values(key)
        taken = connection.execute(_TAKE.encode(), values).fetchone()
        locked, epoch, left = taken or (False, None, False)
        if locked:
            if epoch is None:
                connection.execute(_UNLOCK, values)
        else:
            epoch = _one(connection, _SEIZE, values)
            left = epoch is not None
            if left:
                self._end_holder(connection, values)
        if epoch is None:
            return None
        if left:
            metrics.TAKEOVERS.inc()
        held = Lane(key, epoch, self._owner)
        with self._lock:
            self._held = held
        return held

    def renew(self) -> bool:
        """Prolong the lease of the lane in hand, from any thread; False: its row is locked now."""
        with self._lock:
            held, permit = self._held, self._permit
        if held is None:
            return True
        since = self.ticks()
        with contextlib.suppress(psycopg.Error):  # a dead connection shows at the next check
            renewed = self._connection().execute(_RENEW, self._values(held.key, held.epoch))
            if renewed.rowcount and permit is not None and permit[0] == held:
                permit[1].prolong(since, self._lease_seconds * (1 - MARGIN))
            return bool(renewed.rowcount)
        return True

    def check(self, held: Lane) -> Permit:
        """Make sure, over the connection that holds the lock, that the lane is still ours.

        Returns:
            Leave to write for this lane; it is prolonged whenever the lease is renewed.

        Raises:
            LaneLostError: It is not, or the connection is gone.
        """
        since = self.ticks()
        try:
            left = _one(self._connection(), _CHECK, self._values(held.key, held.epoch))
        except psycopg.Error as error:
            raise LaneLostError(held.key) from error
        if left is None:
            raise LaneLostError(held.key)
        permit = Permit(self.ticks, since, left - self._lease_seconds * MARGIN)
        with self._lock:
            self._permit = held, permit
        return permit

    def release(self, held: Lane, *, turned: bool = True) -> None:
        """Give a lane back; it had its turn, unless it was not worked on out of its turn."""
        with self._lock:
            self._held = None
        values = self._values(held.key, held.epoch)
        connection = self._connection()
        connection.execute(_RELEASE.encode(), {**values, "turned": turned})
        with contextlib.suppress(psycopg.Warning):
            connection.execute(_UNLOCK, values)

    def drop(self) -> None:
        """Close the connection, and with it give up the lock; the next claim opens another."""
        with self._lock:
            self._held = None
            session, self._session = self._session, None
        if session is not None:
            with contextlib.suppress(psycopg.Error):
                session.close()

    def _connection(self) -> psycopg.Connection[Any]:
        with self._lock:
            if self._session is None:
                self._session = self._database.session_connection()
                self._session.execute(_RELAXED)
            return self._session

    def _values(self, key: str, epoch: int | None = None) -> dict[str, object]:
        return {
            "key": key,
            "epoch": epoch,
            "owner": self._owner,
            "lease": self._lease_seconds,
            "namespace": _NAMESPACE,
            "host": f"{socket.gethostname()}:{os.getpid()}",
        }

    def _end_holder(self, connection: psycopg.Connection[Any], values: dict[str, object]) -> None:
        """End the session of a frozen owner, so that the lock is where the lane is."""
        holders = [row[0] for row in connection.execute(_HOLDER, values)]
        try:
            connection.execute("set role none")  # ending a session takes its login's rights
            for pid in holders:
                connection.execute("select pg_terminate_backend(%s, %s)", (pid, _END_MILLISECONDS))
        except psycopg.errors.InsufficientPrivilege:
            _log.warning("frozen_session_stays", lane=values["key"])
        finally:
            connection.execute("reset role")
        if not _one(connection, _LOCK, values):
            _log.warning("lane_without_lock", lane=values["key"])


def fence(tx: TenantTransaction, held: Lane) -> None:
    """Prove inside a transaction that the lane is ours, and keep it so until the commit.

    The row lock makes a take-over wait for us. A transaction of a frozen process is ended by the
    server after some seconds, lest it hold the log's head for everybody.

    Raises:
        LaneLostError: The epoch moved on, or after a crash the same one is another's.
    """
    values = {"key": held.key, "epoch": held.epoch, "owner": held.owner}
    if tx.execute(_FENCE, values).one_or_none() is None:
        raise LaneLostError(held.key)


def _one(connection: psycopg.Connection[Any], query: str, values: dict[str, object]) -> Any:  # noqa: ANN401 - one value of any type
    row = connection.execute(query.encode(), values).fetchone()
    return row[0] if row else None
