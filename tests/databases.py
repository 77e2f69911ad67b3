"""Databases for tests: each is washed after use and lent again, as if it were new.

To make a database from a template and to drop it costs a tenth of a second of work, because it is
several hundred files; to empty the dozen tables that a test wrote to costs a hundredth. What a
test could have changed besides rows is looked for, and then the database is dropped after all: a
relation, a right, a policy, a trigger, a setting, a comment. Its name is new each time, so that
whoever is left of an earlier test cannot find it any more.

What belongs to the whole server, such as roles, is shared by all databases of a session, new or
washed.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4
from weakref import WeakKeyDictionary

import psycopg

from gateway.kit.bootstrap import EMBEDDED_LOGIN
from gateway.kit.embedded_postgres import EmbeddedPostgres

TEMPLATE = "gateway_template"
"""The migrated database that others are made from; the fixture `postgres` makes it."""

WASHES = 200
"""How often a database is lent: PostgreSQL's own tables keep what they cast off for a while."""

_LOOK = 0.001  # seconds

# No trigger fires, no constraint is asked; and nobody waits for the disk.
_WASHING = "-c session_replication_role=replica -c synchronous_commit=off"

_END = """
select pg_terminate_backend(a.pid)
  from pg_stat_get_activity(null) a join pg_database d on d.oid = a.datid
 where d.datname = %s and a.pid <> pg_backend_pid()
"""
# PostgreSQL counts rows written in each table, its own among them, also by who then rolled back.
# Statistics are written in the background, and are thrown away with the rows.
_CATALOGS = """
select relname from pg_class
 where relnamespace = 'pg_catalog'::regnamespace and relkind = 'r' and not relisshared
   and relname not in ('pg_statistic', 'pg_statistic_ext_data')
   and pg_stat_get_tuples_inserted(oid) + pg_stat_get_tuples_updated(oid)
       + pg_stat_get_tuples_deleted(oid) > 0
"""
# The counts begin anew here, also when a crash of the server loses them.
_COUNTED_SINCE = """
select pg_stat_get_db_stat_reset_time(oid) from pg_database where datname = current_database()
"""
_DATABASE = """
select (to_jsonb(d) - '{oid,datname,datfrozenxid,datminmxid}'::text[])::text,
       shobj_description(d.oid, 'pg_database'),
       (select array_agg(s::text order by s::text) from pg_db_role_setting s
         where s.setdatabase = d.oid)
  from pg_database d where datname = current_database()
"""
# Not by their sizes: to ask for those, PostgreSQL opens each of hundreds.
_WRITTEN = """
select c.oid, format('%I.%I', n.nspname, c.relname)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind = 'r' and c.oid >= 16384
   and pg_stat_get_tuples_inserted(c.oid) + pg_stat_get_tuples_updated(c.oid)
       + pg_stat_get_tuples_deleted(c.oid) > 0
"""
_NOT_EMPTY = """
select format('%I.%I', n.nspname, c.relname)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind = 'r' and c.oid >= 16384 and pg_relation_size(c.oid) > 0
"""
# An index keeps the pages it once needed; a new one has one, and two with the first row.
_SWOLLEN = """
select format('%%I.%%I', n.nspname, c.relname)
  from pg_index i join pg_class c on c.oid = i.indexrelid
       join pg_namespace n on n.oid = c.relnamespace
 where i.indrelid = any(%s) and pg_relation_size(c.oid) > 2 * current_setting('block_size')::int
"""
_SIZES = """
select array_agg(oid), array_agg(relpages), array_agg(reltuples), array_agg(relallvisible),
       array_agg(relallfrozen)
  from pg_class where oid >= 16384 and relkind in ('r', 'i', 't')
"""
_AS_NEW = """
update pg_class c
   set relpages = f.pages, reltuples = f.tuples, relallvisible = f.visible, relallfrozen = f.frozen
  from unnest(%s::oid[], %s::int[], %s::float4[], %s::int[], %s::int[])
    as f (oid, pages, tuples, visible, frozen)
 where f.oid = c.oid
   and (c.relpages, c.reltuples, c.relallvisible, c.relallfrozen)
       is distinct from (f.pages, f.tuples, f.visible, f.frozen)
"""
_VACUUM = "vacuum (index_cleanup on, truncate on, skip_database_stats on)"
_FROM_THE_BEGINNING = """
select setval(seqrelid::regclass, seqstart, false) from pg_sequence;
delete from pg_statistic where starelid >= 16384;
select pg_stat_force_next_flush()
"""


@dataclass(frozen=True, slots=True)
class _New:
    """What a database is like that nobody has used.

    Attributes:
        rows: What is in the tables that are not empty, by name, as COPY writes it.
        sizes: What the planner knows of relations: ids, pages, rows, pages that all see, frozen.
        database: Owner, rights and settings of the database itself.
    """

    rows: dict[str, bytes]
    sizes: tuple[Any, ...]
    database: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Idle:
    """A washed database, how often it was, and since when PostgreSQL counts what is written."""

    name: str
    washes: int
    since: object


class Databases:
    """The databases of one server that tests use in turns; not for several threads."""

    def __init__(self, server: EmbeddedPostgres) -> None:
        self._server = server
        self._idle: list[_Idle] = []
        self._new: _New | None = None

    @contextmanager
    def lent(self) -> Iterator[str]:
        """Lend a database, migrated and empty, that nobody else has; yield its name."""
        name = f"test_{uuid4().hex}"
        lent = self._renamed(self._idle.pop(), name) if self._idle else None
        lent = lent or self._made(name)
        try:
            yield name
        finally:
            if (washed := self._washed(lent)) is None:
                self._run(f"drop database if exists {name} with (force)")
            else:
                self._idle.append(washed)

    @contextmanager
    def copied(self, source: str) -> Iterator[str]:
        """Copy a database, as it is, that nobody uses any more; yield the name, and drop it."""
        name = f"test_{uuid4().hex}"
        with psycopg.connect(self._server.url(), autocommit=True) as connection:
            _end_sessions(connection, source)
        self._run(*_made_from(source, name))
        try:
            yield name
        finally:
            self._run(f"drop database if exists {name} with (force)")

    def _run(self, *statements: str) -> None:
        with psycopg.connect(self._server.url(), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def _renamed(self, idle: _Idle, name: str) -> _Idle | None:
        """Return the database by another name; None when somebody does not leave it."""
        try:
            with psycopg.connect(self._server.url(), autocommit=True) as connection:
                _end_sessions(connection, idle.name)
                connection.execute(f"alter database {idle.name} rename to {name}".encode())
        except psycopg.Error:
            self._run(f"drop database if exists {idle.name} with (force)")
            return None
        return _Idle(name, idle.washes, idle.since)

    def _made(self, name: str) -> _Idle:
        self._run(*_made_from(TEMPLATE, name))
        with psycopg.connect(self._server.url(name), autocommit=True) as connection:
            if self._new is None:
                self._new = _look(connection)
            connection.execute("select pg_stat_reset()")
            return _Idle(name, 0, connection.execute(_COUNTED_SINCE).fetchone())

    def _washed(self, lent: _Idle) -> _Idle | None:
        """Return the database as it is after washing; None when it cannot be as new."""
        if self._new is None or lent.washes >= WASHES:
            return None
        url = self._server.url(lent.name)
        try:
            with psycopg.connect(url, autocommit=True, options=_WASHING) as connection:
                _end_sessions(connection, lent.name)
                if _is_changed(connection, lent.since, self._new):
                    return None
                _wash(connection, self._new)
                since = connection.execute(_COUNTED_SINCE).fetchone()
        except psycopg.Error:  # it was dropped, or closed; or autovacuum wrote the same row
            return None
        return _Idle(lent.name, lent.washes + 1, since)


_OF: WeakKeyDictionary[EmbeddedPostgres, Databases] = WeakKeyDictionary()


def databases_of(server: EmbeddedPostgres) -> Databases:
    """Return the databases of a server, always the same."""
    if server not in _OF:
        _OF[server] = Databases(server)
    return _OF[server]


def forget_statistics(server: EmbeddedPostgres, name: str) -> None:
    """Have a migrated database known to the planner as one that nobody used.

    Each migration writes the same row of `alembic_version`; more than fifty writes to a table make
    autovacuum analyze it, at a moment of its own choosing.
    """
    with psycopg.connect(server.url(name), autocommit=True) as connection:
        connection.execute("delete from pg_statistic where starelid >= 16384")
        connection.execute("select pg_stat_reset()")


def _made_from(template: str, name: str) -> tuple[str, ...]:
    return (
        f"create database {name} template {template}",
        f"revoke all on database {name} from public",
        f"grant connect on database {name} to {EMBEDDED_LOGIN}",
    )


def _end_sessions(connection: psycopg.Connection, name: str) -> None:
    """End the sessions of others in a database, and wait until they are gone.

    With a time limit, `pg_terminate_backend` looks every tenth of a second, one by one.
    """
    while connection.execute(_END, [name]).rowcount:
        time.sleep(_LOOK)


def _look(connection: psycopg.Connection) -> _New:
    sizes = connection.execute(_SIZES).fetchone()
    database = connection.execute(_DATABASE).fetchone()
    assert sizes is not None
    assert database is not None
    names = [name for (name,) in connection.execute(_NOT_EMPTY)]
    return _New({name: _copied(connection, name) for name in names}, sizes, database)


def _copied(connection: psycopg.Connection, table: str) -> bytes:
    with connection.cursor().copy(f"copy {table} to stdout".encode()) as copy:
        return b"".join(copy)


def _is_changed(connection: psycopg.Connection, since: object, new: _New) -> bool:
    """Tell whether more than rows changed, or may have."""
    return (
        connection.execute(_COUNTED_SINCE).fetchone() != since
        or connection.execute(_CATALOGS).fetchone() is not None
        or connection.execute(_DATABASE).fetchone() != new.database
    )


def _wash(connection: psycopg.Connection, new: _New) -> None:
    """Leave the rows of a new database, and what the planner knows of one."""
    written = connection.execute(_WRITTEN).fetchall()
    if written:
        names = [name for _, name in written]
        deletes = [f"delete from {name}" for name in names]  # noqa: S608 - PostgreSQL quoted them
        connection.execute(";".join(deletes).encode())
        connection.execute(f"{_VACUUM} {','.join(names)}".encode())
        for (index,) in connection.execute(_SWOLLEN, [[oid for oid, _ in written]]).fetchall():
            connection.execute(f"reindex index {index}".encode())
        for name in new.rows.keys() & set(names):
            with connection.cursor().copy(f"copy {name} from stdin".encode()) as copy:
                copy.write(new.rows[name])
    connection.execute(_AS_NEW, new.sizes)
    connection.execute(_FROM_THE_BEGINNING)
    connection.execute("select pg_stat_reset()")
