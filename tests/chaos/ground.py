"""What the simulator stands on: a database with virtual time, an archive, who dies in it.

Thousands of schedules are played on it, so that nothing is done twice that no schedule is about:
statements are planned once in a session, sessions are handed on from a schedule to the next, and
what would only matter to a machine that loses its power is left out.
"""

import gc
import os
import select
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID, uuid4

import psycopg
import sqlalchemy as sa
from sqlalchemy import Engine
from typing_extensions import override

from gateway.archive.service import Archive
from gateway.kit.bootstrap import EMBEDDED_LOGIN
from gateway.kit.database import Database
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import new_id
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.settings import Settings
from gateway.transmissions.journal import Journal
from gateway.transmissions.lanes import LaneKeeper
from tests.chaos import timeline
from tests.chaos.timeline import START, Timeline

_TEMPLATE = "gateway_template"  # made by the fixture `postgres`
_MASTER = MasterKey(bytes(32))
_STATEMENTS = 400  # that a session remembers; the engine has some hundred
_LOOK = 0.0002  # seconds between looks whether a session is gone


def _left_out(descriptor: int) -> None:
    """Leave bytes in the page cache, which outlives every process."""


class Killed(BaseException):
    """The process is gone at this very place."""


Moment = Callable[[str], None]
"""Called with the name of a place where a process may die or freeze."""


class MortalDatabase(Database):
    """A database whose user may die before, within and after every transaction."""

    moment: Moment = staticmethod(lambda _: None)

    def __init__(self, url: str) -> None:
        super().__init__(url, app_pool_size=2, worker_pool_size=4, auth_pool_size=1)
        self._spare: list[psycopg.Connection[Any]] = []
        for engine in (self._app, self._worker):
            sa.event.listen(engine, "before_cursor_execute", self._before_statement)
            sa.event.listen(engine, "connect", lambda session, _: _planning_once(session))
            _ping_only_what_spoke(engine)

    @override
    def session_connection(self) -> psycopg.Connection[Any]:
        while self._spare:
            session = self._spare.pop()
            if not _spoke(session):
                return session
            session.close()
        return _planning_once(super().session_connection())

    def hand_on(self, session: psycopg.Connection[Any]) -> None:
        """Keep a session, without its locks, for the next schedule."""
        if session.closed or session.broken or _spoke(session):
            session.close()
            return
        session.execute("select pg_advisory_unlock_all()")
        self._spare.append(session)

    @override
    def close(self) -> None:
        while self._spare:
            self._spare.pop().close()
        super().close()

    @override
    @contextmanager
    def _begin(
        self, engine: Engine, tenant: Tenant | None, *, read_only: bool = False
    ) -> Iterator[TenantTransaction]:
        self.moment("before a transaction")
        with super()._begin(engine, tenant, read_only=read_only) as tx:
            tx.after_commit(lambda: self.moment("committed"))
            yield tx
            self.moment("before a commit")
        self.moment("after a commit")

    def _before_statement(self, *_: object) -> None:
        self.moment("within a transaction")


def _planning_once(session: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """Let the server plan every statement the first time it comes, and never again."""
    session.prepare_threshold = 0
    session.prepared_max = _STATEMENTS
    return session


def _spoke(session: psycopg.Connection[Any]) -> bool:
    """Tell whether the server said something unasked: that it ends the session, say."""
    if session.closed:
        return True
    poll = select.poll()
    poll.register(session.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def _ping_only_what_spoke(engine: Engine) -> None:
    """Ping no session of which is known anyhow that the server did not end it."""
    ping = engine.dialect.do_ping

    def do_ping(connection: Any) -> bool:  # noqa: ANN401 - SQLAlchemy's
        return not _spoke(connection) or ping(connection)

    engine.dialect.do_ping = do_ping  # type: ignore[method-assign,assignment] # of this engine alone


class MortalKeeper(LaneKeeper):
    """Holds lanes for a process that may be dead: then nothing of it speaks to the database."""

    def __init__(
        self, database: Database, owner: UUID, lease_seconds: float, alive: "Alive"
    ) -> None:
        super().__init__(database, owner, lease_seconds)
        self._alive = alive

    @override
    def _connection(self) -> psycopg.Connection[Any]:
        if not self._alive.living:
            raise Killed
        return super()._connection()

    @override
    def drop(self) -> None:
        """Wait until the session is gone on the server too, so that what follows is no race."""
        session = self._session
        pid = session.info.backend_pid if session is not None and not session.closed else None
        super().drop()
        if pid is not None:
            self._alive.bury(pid)

    def retire(self) -> None:
        """End with the schedule: the session is as good as new for the next one."""
        with self._lock:
            self._held = None
            session, self._session = self._session, None
        if session is not None:
            self._alive.ground.database.hand_on(session)


@dataclass
class Alive:
    """Whether a process lives."""

    ground: "Ground"
    living: bool = True

    def bury(self, pid: int) -> None:
        """Wait until a session that ended is gone."""
        while self.ground.admin.execute("select from pg_stat_get_activity(%s)", [pid]).rowcount:
            time.sleep(_LOOK)


@dataclass
class Ground:
    """Shared by all schedules of a process; each makes an account of its own.

    Attributes:
        admin: Sees everything, in autocommit.
        database: As the gateway uses it.
    """

    admin: psycopg.Connection[Any]
    admin_url: str
    database: MortalDatabase
    archive: Archive
    journal: Journal

    def tenant(self) -> tuple[Tenant, UUID]:
        """Make an account with one sandbox entity; return it, and its series `R`."""
        account, entity, series = new_id(), new_id(), new_id()
        with self.admin.transaction():
            self.admin.execute("insert into account values (%s, 'A', %s)", [account, START])
            self.admin.execute(
                "insert into entity (account_id, id, environment, name, country_code, seller,"
                " created_at, updated_at) values (%s, %s, 'sandbox', 'E', 'SI', '{}', %s, %s)",
                [account, entity, START, START],
            )
            self.admin.execute(
                "insert into series (account_id, entity_id, id, code, kind, pattern, created_at)"
                " values (%s, %s, %s, 'R', 'gapless', 'R-{number}', %s)",
                [account, entity, series, START],
            )
        return Tenant(account, (entity,), "sandbox"), series

    def sweep(self) -> None:
        """Leave nothing to do: what a schedule left waiting is not the next one's."""
        self.admin.execute(
            "update outbox set state = 'closed', due_at = null where state <> 'closed'"
        )
        self.admin.execute(
            "delete from lane; delete from ticket; delete from bucket; delete from breaker;"
            " delete from authority_wait; delete from channel_pause; delete from early_signal"
        )

    def restart(self) -> None:
        """End every session of the gateway, as a restart of the server does.

        With a time limit, `pg_terminate_backend` looks every tenth of a second, one by one.
        """
        while self.admin.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        ).rowcount:
            time.sleep(_LOOK)


@contextmanager
def laid(postgres: EmbeddedPostgres, directory: Path) -> Iterator[Ground]:
    """Lay the ground: a database of its own, with virtual time."""
    name = f"world_{uuid4().hex}"
    with psycopg.connect(postgres.url(), autocommit=True) as server:
        server.execute(f"create database {name} template {_TEMPLATE}".encode())
        server.execute(f"grant connect on database {name} to {EMBEDDED_LOGIN}".encode())
    with psycopg.connect(postgres.url(name), autocommit=True) as admin:
        timeline.install(admin)
    database = MortalDatabase(postgres.url(name, EMBEDDED_LOGIN))
    try:
        with psycopg.connect(postgres.url(name), autocommit=True) as admin:
            Timeline(admin)
            # A journal's thread would live in real time.
            settings = Settings(data=directory / "data", archive_journal=False)
            archive = Archive.open(settings, database, _MASTER, now=START)
            gc.collect()
            gc.freeze()
            with mock.patch.object(os, "fsync", _left_out):
                yield Ground(admin, postgres.url(name), database, archive, Journal(archive))
    finally:
        database.close()
        with psycopg.connect(postgres.url(), autocommit=True) as server:
            server.execute(f"drop database {name} with (force)".encode())
