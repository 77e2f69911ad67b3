"""What is done again and again: by one process at a time, whoever lives.

Each thing has a row with the moment it is due next, and an advisory lock that its doer holds on a
connection of his own. A doer that dies loses the lock with the connection, and leaves the row as
it was: due. So it is done again, at once, by another.
"""

import functools
import threading
from typing import Any

import psycopg
import structlog

from gateway.jobs.registry import Every, Jobs
from gateway.jobs.worker import rescue
from gateway.kit import clock
from gateway.kit.database import Database

_log = structlog.get_logger(__name__)
_NAMESPACE = 78  # of our advisory locks; 77 are the lanes
_LONGEST_LOOK = 1.0  # seconds

_KNOWN = "insert into periodic values (%(name)s, clock_timestamp()) on conflict do nothing"
_DUE = "select name from periodic where due_at <= clock_timestamp() and name = any(%(names)s)"
_LOCK = "select pg_try_advisory_lock(hashtextextended(%(name)s, %(namespace)s))"
_UNLOCK = "select pg_advisory_unlock(hashtextextended(%(name)s, %(namespace)s))"
_STILL = "select 1 from periodic where name = %(name)s and due_at <= clock_timestamp()"
_NEXT = """
update periodic set due_at = clock_timestamp() + %(seconds)s * interval '1 second'
 where name = %(name)s
"""


class Periodic:
    """Does what is due, in a thread of a worker process.

    Args:
        jobs: What this process knows to do again and again.
    """

    def __init__(self, jobs: Jobs) -> None:
        self._database: Database = jobs.database
        policy = jobs.policy
        run = functools.partial(rescue, jobs.database, policy.dead_seconds)
        own = Every(policy.rescue_seconds, "jobs.rescue", run)
        self._periodic = {one.name: one for one in (own, *jobs.periodic())}

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""
        look = min(_LONGEST_LOOK, *(one.seconds for one in self._periodic.values()))
        while not stop.is_set():
            try:
                with self._database.session_connection() as connection:
                    for name in self._periodic:
                        connection.execute(_KNOWN.encode(), {"name": name})
                    while not stop.is_set():
                        self.turn(connection, stop)
                        stop.wait(look)
            except psycopg.OperationalError as error:
                _log.warning("periodic_connection_lost", error=str(error))
                stop.wait(_LONGEST_LOOK)

    def turn(self, connection: psycopg.Connection[Any], stop: threading.Event) -> None:
        """Do everything that is due and that nobody else is doing."""
        due = connection.execute(_DUE.encode(), {"names": list(self._periodic)}).fetchall()
        for (name,) in due:
            if not stop.is_set():
                self._do(connection, self._periodic[name])

    def _do(self, connection: psycopg.Connection[Any], one: Every) -> None:
        values = {"name": one.name, "namespace": _NAMESPACE, "seconds": one.seconds}
        if not _one(connection, _LOCK, values):
            return
        try:
            if _one(connection, _STILL, values) is None:  # somebody did it meanwhile
                return
            try:
                one.run(clock.now())
            except Exception:  # noqa: BLE001 - logged, and done again at its next time
                _log.exception("periodic_failed", name=one.name)
            connection.execute(_NEXT.encode(), values)
        finally:
            connection.execute(_UNLOCK.encode(), values)


def _one(connection: psycopg.Connection[Any], query: str, values: dict[str, object]) -> Any:  # noqa: ANN401 - one value of any type
    row = connection.execute(query.encode(), values).fetchone()
    return row[0] if row else None
