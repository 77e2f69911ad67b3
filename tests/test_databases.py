"""A washed database cannot be told from a new one, and what cannot be washed is dropped."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from gateway.kit.bootstrap import EMBEDDED_LOGIN
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests import databases
from tests.databases import Databases
from tests.gateway import houses
from tests.gateway.houses import Shop

_RELATIONS = """
select oid::regclass::text from pg_class
 where relkind in ('r', 'S') and not relisshared
   and oid not in ('pg_class'::regclass, 'pg_statistic'::regclass) order by 1
"""
# What is written over, or counted, whenever a table is emptied or looked after.
_CLASSES = """
select (to_jsonb(c) - '{relfilenode,relfrozenxid,relminmxid,relpages,reltuples,relallvisible,
        relallfrozen}'::text[])::text from pg_class c order by oid
"""
_KNOWN_TO_THE_PLANNER = """
select oid, relpages, reltuples, relallvisible, relallfrozen from pg_class
 where oid >= 16384 order by 1
"""
_STATISTICS = "select starelid, staattnum from pg_statistic where starelid >= 16384"
_BYTES = """
select oid::regclass::text, pg_relation_size(oid) from pg_class
 where oid >= 16384 and relkind::text = any(%s) order by 1
"""
_PAGE = 8192


@contextmanager
def inside(server: EmbeddedPostgres, name: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(server.url(name), autocommit=True) as connection:
        yield connection


def everything(server: EmbeddedPostgres, name: str) -> dict[str, object]:
    """Return the rows of all tables and catalogues of a database, and what is known of them."""
    with inside(server, name) as connection:
        found: dict[str, object] = {
            "classes": connection.execute(_CLASSES).fetchall(),
            "planner": connection.execute(_KNOWN_TO_THE_PLANNER).fetchall(),
            "statistics": connection.execute(_STATISTICS).fetchall(),
            "bytes of tables": connection.execute(_BYTES, [["r", "t"]]).fetchall(),
            "database": connection.execute(databases._DATABASE).fetchone(),
        }
        for (relation,) in connection.execute(_RELATIONS).fetchall():
            rows = connection.execute(f"table {relation}".encode())
            found[relation] = sorted(map(repr, rows))
    return found


def number(server: EmbeddedPostgres, name: str) -> int:
    """Return what PostgreSQL calls a database by, whatever its name."""
    with inside(server, name) as connection:
        row = connection.execute(
            "select oid from pg_database where datname = current_database()"
        ).fetchone()
    assert row is not None
    return int(row[0])


def test_a_washed_database_is_as_a_new_one(postgres: EmbeddedPostgres, tmp_path: Path) -> None:
    pool = Databases(postgres)
    with pool.lent() as first:
        used = number(postgres, first)
        new = everything(postgres, first)
        with houses.over(postgres, first, tmp_path, {}) as house:
            shop = Shop.opened(house)
            shop.issued()
            shop.draft()
        with inside(postgres, first) as connection:
            connection.execute(
                "insert into account (id, name, created_at)"
                " select gen_random_uuid(), repeat('long ', 5000), now()"
                " from generate_series(1, 3000)"
            )
            connection.execute("analyze")
            connection.execute("delete from outbox")
            connection.execute("vacuum")
        dirty = everything(postgres, first)
    with pool.lent() as second:
        assert number(postgres, second) == used
        washed = everything(postgres, second)
        with inside(postgres, second) as connection:
            pages = [
                (index, size // _PAGE)
                for index, size in connection.execute(_BYTES, [["i"]])
                if size > 2 * _PAGE
            ]
    changed = {name for name in new if dirty[name] != new[name]}
    assert changed > {
        "planner",
        "statistics",
        "bytes of tables",
        "account",
        "document",
        "log_head",
    }
    assert {name: washed[name] for name in changed} == {name: new[name] for name in changed}
    assert washed == new
    assert pages == []


def test_a_database_that_only_got_rows_is_lent_again_by_another_name(
    postgres: EmbeddedPostgres,
) -> None:
    pool = Databases(postgres)
    with pool.lent() as first, pool.lent() as second:
        numbers = {number(postgres, first), number(postgres, second)}
        assert len(numbers) == 2
    with pool.lent() as third, pool.lent() as fourth:
        assert {number(postgres, third), number(postgres, fourth)} == numbers
    assert len({first, second, third, fourth}) == 4
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(postgres.url(first))


def test_a_copy_has_the_rows_and_is_dropped(postgres: EmbeddedPostgres) -> None:
    add = "insert into account (id, name, created_at) select gen_random_uuid(), 'a', now()"
    pool = Databases(postgres)
    with pool.lent() as first:
        with inside(postgres, first) as connection:
            connection.execute(add)
        with pool.copied(first) as second:
            with inside(postgres, second) as connection:
                connection.execute(add)
            with psycopg.connect(postgres.url(second, EMBEDDED_LOGIN)) as served:
                assert served.execute("select 1").fetchone() == (1,)
            counts = []
            for name in (first, second):
                with inside(postgres, name) as connection:
                    counts.append(connection.execute("select count(*) from account").fetchone())
            assert counts == [(1,), (2,)]
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(postgres.url(second))


def test_who_still_works_in_it_is_thrown_out(postgres: EmbeddedPostgres) -> None:
    pool = Databases(postgres)
    with pool.lent() as first:
        used = number(postgres, first)
        left = psycopg.connect(postgres.url(first, EMBEDDED_LOGIN))
        left.execute("select pg_advisory_lock(1), pg_notify('word', 'said')")
        holder = psycopg.connect(postgres.url(first))
        holder.execute("lock table account in access exclusive mode")
    for connection in (left, holder):
        with pytest.raises(psycopg.OperationalError):
            connection.execute("select")
        connection.close()
    with pool.lent() as second, inside(postgres, second) as connection:
        assert number(postgres, second) == used
        locks = connection.execute("select from pg_locks where locktype = 'advisory'").fetchall()
        assert locks == []


def test_after_enough_washes_it_is_made_anew(
    postgres: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "WASHES", 1)
    pool = Databases(postgres)
    numbers = []
    for _ in range(3):
        with pool.lent() as name:
            numbers.append(number(postgres, name))
    assert numbers[0] == numbers[1] != numbers[2]


def test_a_failing_test_gives_its_database_back_too(postgres: EmbeddedPostgres) -> None:
    pool = Databases(postgres)
    used = []

    def fail() -> None:
        with pool.lent() as name:
            used.append(number(postgres, name))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with pool.lent() as name:
        assert [number(postgres, name)] == used


_CHANGES = (
    "create table made (id int)",
    "create temp table made (id int)",
    "create index on document (id)",
    "create view seen as select 1 as one",
    "create function f() returns int language sql return 1",
    "create schema made",
    "alter table document add column made int",
    "alter table document drop constraint document_entity_id_number_key",
    "alter table document alter number set default 'x'",
    "alter table document disable row level security",
    "alter table document no force row level security",
    "alter table chain_record disable trigger chain_record_frozen",
    "alter table document set (fillfactor = 50)",
    "alter sequence outbox_id_seq increment 2",
    "alter default privileges grant select on tables to gw_app",
    "create policy open_to_all on document to gw_app using (true)",
    "grant truncate on document to gw_app",
    "grant create on schema public to gw_app",
    "comment on table document is 'words'",
    "drop table ticket cascade",
    "truncate lane",
    "select lo_create(0)",
    "do $$ begin begin create table x (); raise 'no'; exception when others then end; end $$",
    "update pg_class set relhastriggers = false where relname = 'document'",
)


def test_what_changed_besides_rows_is_seen(postgres: EmbeddedPostgres) -> None:
    pool = Databases(postgres)
    with pool.lent() as name, inside(postgres, name) as admin:
        new = pool._new
        assert new is not None
        unseen = []
        for statement in ("select", "analyze", "vacuum", *_CHANGES):
            admin.execute("select pg_stat_reset()")
            since = admin.execute(databases._COUNTED_SINCE).fetchone()
            with inside(postgres, name) as connection:
                connection.execute(statement.encode())
            databases._end_sessions(admin, name)
            if not databases._is_changed(admin, since, new):
                unseen.append(statement)
        assert unseen == ["select", "analyze", "vacuum"]
        used = number(postgres, name)
    with pool.lent() as other:
        assert number(postgres, other) != used


@pytest.mark.parametrize(
    ("change", "back"),
    [
        ("alter database {} set jit = on", "alter database {} reset jit"),
        (
            "alter role gw_app in database {} set lock_timeout = 1",
            "alter role gw_app in database {} reset all",
        ),
        ("alter database {} connection limit 3", "alter database {} connection limit -1"),
        ("alter database {} owner to gw_owner", "alter database {} owner to postgres"),
        (
            "revoke connect on database {} from gateway",
            "grant connect on database {} to gateway",
        ),
        ("grant connect on database {} to public", "revoke all on database {} from public"),
        ("comment on database {} is 'words'", "comment on database {} is null"),
    ],
)
def test_what_changed_of_the_database_itself_is_seen(
    postgres: EmbeddedPostgres, change: str, back: str
) -> None:
    pool = databases.databases_of(postgres)
    with pool.lent() as name, inside(postgres, name) as connection:
        assert pool._new is not None
        since = connection.execute(databases._COUNTED_SINCE).fetchone()
        assert not databases._is_changed(connection, since, pool._new)
        connection.execute(change.format(name).encode())
        assert databases._is_changed(connection, since, pool._new)
        connection.execute(back.format(name).encode())
        assert not databases._is_changed(connection, since, pool._new)


def test_counts_that_began_anew_are_not_relied_on(postgres: EmbeddedPostgres) -> None:
    pool = Databases(postgres)
    with pool.lent() as name, inside(postgres, name) as connection:
        used = number(postgres, name)
        connection.execute("select pg_stat_reset()")
    with pool.lent() as other:
        assert number(postgres, other) != used


def test_a_database_that_a_test_dropped_is_no_failure(postgres: EmbeddedPostgres) -> None:
    pool = Databases(postgres)
    with pool.lent() as name, inside(postgres, "postgres") as connection:
        connection.execute(f"drop database {name} with (force)".encode())
    with pool.lent() as other:
        assert other != name


def test_what_was_counted_before_the_server_crashed_is_not_relied_on(
    open_directory: Path,
) -> None:
    """The counts by which changes are found are lost when a process of the server is killed."""
    with EmbeddedPostgres(open_directory / "crashing") as server:
        with inside(server, "postgres") as connection:
            connection.execute(f"create role {EMBEDDED_LOGIN}".encode())
            connection.execute(f"create database {databases.TEMPLATE}".encode())
        pool = Databases(server)
        with pool.lent() as name:
            used = number(server, name)
            with inside(server, name) as connection:
                connection.execute("create table made (id int)")
                os.kill(connection.info.backend_pid, signal.SIGKILL)
            _again(server)
        with pool.lent() as other, inside(server, other) as connection:
            assert number(server, other) != used
            assert connection.execute("select to_regclass('made')").fetchone() == (None,)


def _again(server: EmbeddedPostgres) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(server.url()).close()
        except psycopg.OperationalError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return
