"""Virtual time, for Python and for the database alike.

Leases and due times are judged by the database's clock. It is moved where it stands: a schema
before `pg_catalog` on the search path of the simulator's own database has a `clock_timestamp()`
that says the simulator's time. The SQL of the gateway is what it always is.
"""

import datetime
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg

START = datetime.datetime(2101, 3, 1, 12, 0, tzinfo=datetime.UTC)
"""Ahead of every real clock: where the real time is asked too, the later one counts."""

_INSTALL = """
create schema virtual;
grant usage on schema virtual to public;
create table virtual.moment (at timestamptz not null);
insert into virtual.moment values ('2101-03-01T12:00:00Z');
grant select on virtual.moment to public;
create function virtual.clock_timestamp() returns timestamptz language sql volatile
  as $$ select at from virtual.moment $$;
create function virtual.now() returns timestamptz language sql volatile
  as $$ select at from virtual.moment $$;
-- The real one looks every tenth of a second whether the session is gone.
create function virtual.pg_terminate_backend(pid integer, timeout bigint) returns boolean
  language plpgsql volatile as $$
declare ended constant boolean := pg_catalog.pg_terminate_backend($1);
begin
  for look in 1 .. $2 loop
    exit when not exists (select from pg_stat_get_activity($1));
    perform pg_sleep(0.001), pg_stat_clear_snapshot();
  end loop;
  return ended;
end $$;
"""


def install(connection: psycopg.Connection[Any]) -> None:
    """Put the clock into a database; it says `START`."""
    connection.execute(_INSTALL)
    name = connection.info.dbname
    connection.execute(
        f"alter database {name} set search_path = virtual, pg_catalog, public".encode()
    )
    # What a crash of the machine would lose is not what is simulated here.
    connection.execute(f"alter database {name} set synchronous_commit = off".encode())
    # A plan for each set of values is as good, and costs more than the statement.
    connection.execute(f"alter database {name} set plan_cache_mode = force_generic_plan".encode())


class Timeline:
    """The one time of a schedule.

    Args:
        connection: A superuser's, in autocommit.
    """

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self.now = START
        self.watchers: list[Callable[[], None]] = []
        self._write()

    def __call__(self) -> datetime.datetime:
        return self.now

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return (self.now - START).total_seconds()

    def go(self, span: timedelta) -> None:
        """Let time pass."""
        if span > timedelta():
            self.now += span
            self._write()
            for watcher in self.watchers:
                watcher()

    def _write(self) -> None:
        self._connection.execute("update virtual.moment set at = %s", [self.now])
