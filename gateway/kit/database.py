"""PostgreSQL: one pool of connections per role, and transactions that know their tenant.

The login of `DATABASE_URL` has no rights of its own. Every pool connects with the start-up option
`role=...`, so `RESET ROLE` leads back to that role and not to the login. What each role may do is
written in the migrations.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, Connection, Engine, MetaData, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import QueuePool

from gateway.kit import liveness, tracing
from gateway.kit.tenancy import Tenant, TenantTransaction, announce, run_after_commit

Role = Literal["gw_app", "gw_worker", "gw_auth"]

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)
"""Every feature declares its tables on this; a test compares them with the migrated database."""

_KEEPALIVE: Mapping[str, str] = {
    "keepalives": "1",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",  # milliseconds
}

# SQLSTATEs after which the same request may simply be sent again.
_TRANSIENT = frozenset(
    {
        "40001",  # serialization_failure
        "40P01",  # deadlock_detected
        "55P03",  # lock_not_available: lock_timeout
        "57014",  # query_canceled: statement_timeout
        "25P03",  # idle_in_transaction_session_timeout
        "57P01",  # admin_shutdown
        "57P02",  # crash_shutdown
        "57P03",  # cannot_connect_now
        "53300",  # too_many_connections
        "53100",  # disk_full
        "25006",  # read_only_sql_transaction: a standby during fail-over
    }
)


def is_transient(error: BaseException) -> bool:
    """Tell whether a database error says "not now" and not "never".

    True for lost connections, exhausted pools, deadlocks, time-outs and a server that stops or
    starts. A lost connection may have committed: repeat with the same Idempotency-Key.
    """
    if isinstance(error, PoolTimeoutError):
        return True
    if isinstance(error, DBAPIError):
        if error.connection_invalidated:
            return True
        return error.orig is not None and is_transient(error.orig)
    if isinstance(error, psycopg.Error):
        if error.sqlstate is None:
            return isinstance(error, psycopg.OperationalError)
        return error.sqlstate in _TRANSIENT or error.sqlstate.startswith("08")
    return False


class Database:
    """The database of one process. Thread-safe; close it at the end.

    Args:
        url: libpq or SQLAlchemy URL with the serving login.
        app_pool_size: Connections for requests (role gw_app).
        worker_pool_size: Connections for short worker transactions (gw_worker).
        auth_pool_size: Connections that look up API keys (gw_auth).
        pool_seconds: The longest wait for a free connection.
        statement_seconds: statement_timeout.
        lock_seconds: lock_timeout.
        idle_seconds: idle_in_transaction_session_timeout.
    """

    def __init__(  # noqa: PLR0913 - each is a setting
        self,
        url: str,
        *,
        app_pool_size: int = 10,
        worker_pool_size: int = 4,
        auth_pool_size: int = 3,
        pool_seconds: float = 5,
        statement_seconds: float = 30,
        lock_seconds: float = 10,
        idle_seconds: float = 60,
    ) -> None:
        self._url = sqlalchemy_url(url)
        self._timeouts = {
            "statement_timeout": statement_seconds,
            "lock_timeout": lock_seconds,
            "idle_in_transaction_session_timeout": idle_seconds,
        }
        self._pool_seconds = pool_seconds
        self._app = self._engine("gw_app", app_pool_size)
        self._worker = self._engine("gw_worker", worker_pool_size)
        self._auth = self._engine("gw_auth", auth_pool_size)

    @contextmanager
    def transaction(
        self, tenant: Tenant, *, read_only: bool = False, steady: bool = False
    ) -> Iterator[TenantTransaction]:
        """Open a transaction of a tenant as gw_app: commit at the end, roll back on an error.

        Args:
            tenant: Whose rows.
            read_only: PostgreSQL then refuses every write.
            steady: All of it sees what its first statement saw, whatever others commit meanwhile.
        """
        engine = self._app
        if steady:
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with self._begin(engine, tenant, read_only=read_only) as transaction:
            yield transaction

    @contextmanager
    def shared_transaction(self) -> Iterator[Callable[[Tenant], TenantTransaction]]:
        """Open one transaction as gw_app that serves several tenants, one after the other.

        What it yields steps over to a tenant: from then on PostgreSQL shows that tenant's rows and
        no others, so only the transaction returned last may be used.
        """
        with self._app.begin() as connection:
            entered: list[TenantTransaction] = []

            def enter(tenant: Tenant) -> TenantTransaction:
                announce(connection, tenant)
                entered.append(TenantTransaction(connection, tenant))
                return entered[-1]

            yield enter
        for transaction in entered:
            run_after_commit(transaction)

    @contextmanager
    def worker_transaction(self, tenant: Tenant | None = None) -> Iterator[TenantTransaction]:
        """Open a transaction as gw_worker; without a tenant it sees queue and lanes only."""
        with self._begin(self._worker, tenant) as transaction:
            yield transaction

    @contextmanager
    def as_worker(self, tx: TenantTransaction) -> Iterator[TenantTransaction]:
        """Go on with a transaction of gw_app as gw_worker: for what operators do with both hands.

        The tenant stays the same. After an exception the transaction is good for nothing.
        """
        tx.execute(text("set local role gw_worker"))
        yield tx.acting(tx.tenant.actor)
        tx.execute(text("set local role gw_app"))

    @contextmanager
    def auth_connection(self) -> Iterator[Connection]:
        """Open a transaction as gw_auth, which reads the hashes of API keys and nothing else."""
        with self._auth.begin() as connection:
            yield connection

    def session_connection(self) -> psycopg.Connection[Any]:
        """Return a connection of its own as gw_worker, for advisory locks and LISTEN.

        It is in autocommit, belongs to no pool and has no statement time-out; the caller closes
        it. Behind a pooler it must be a direct connection: session locks need a session.
        """
        return psycopg.connect(self.session_conninfo(), autocommit=True)

    def session_conninfo(self) -> str:
        """Return what `session_connection` connects with, for a library that does so itself."""
        return conninfo(self._url, connect_arguments(self._url, "gw_worker", {}))

    def pools(self) -> dict[str, tuple[int, int]]:
        """Return of each role's pool how many connections are in use, and how many may be."""
        named = {"gw_app": self._app, "gw_worker": self._worker, "gw_auth": self._auth}
        found = {}
        for role, engine in named.items():
            if isinstance(engine.pool, QueuePool):
                found[role] = (engine.pool.checkedout(), engine.pool.size())
        return found

    def close(self) -> None:
        """Close every pooled connection."""
        for engine in (self._app, self._worker, self._auth):
            engine.dispose()

    @contextmanager
    def _begin(
        self, engine: Engine, tenant: Tenant | None, *, read_only: bool = False
    ) -> Iterator[TenantTransaction]:
        with engine.begin() as connection:
            if tenant is not None:
                announce(connection, tenant, read_only=read_only)
            transaction = TenantTransaction(connection, tenant)
            yield transaction
            committing = tracing.tracer().start_span("database.commit")
        committing.end()
        run_after_commit(transaction)

    def _engine(self, role: Role, size: int) -> Engine:
        engine = create_engine(
            self._url,
            pool_size=size,
            max_overflow=0,
            pool_timeout=self._pool_seconds,
            hide_parameters=True,  # what callers sent must not reach a log by way of an error
            connect_args=connect_arguments(self._url, role, self._timeouts),
        )
        liveness.watch(engine)
        return engine


def connect_arguments(url: URL, role: str | None, timeouts: Mapping[str, float]) -> dict[str, str]:
    """Return psycopg's arguments: role and time-outs as start-up options, and keepalives.

    Args:
        url: Its own `options`, if any, stay in force; ours come after them.
        role: The role to act as; None stays the login.
        timeouts: PostgreSQL setting to seconds.
    """
    options = [own] if isinstance(own := url.query.get("options"), str) else []
    if role is not None:
        options.append(f"-c role={role}")
    options += [f"-c {name}={round(seconds * 1000)}" for name, seconds in timeouts.items()]
    arguments = {"options": " ".join(options), "application_name": f"gateway {role or 'admin'}"}
    return arguments | {name: value for name, value in _KEEPALIVE.items() if name not in url.query}


def sqlalchemy_url(url: str) -> URL:
    """Return the URL with the psycopg 3 driver; `postgres://` is understood too."""
    if url.startswith("postgres://"):
        url = "postgresql" + url.removeprefix("postgres")
    return make_url(url).set(drivername="postgresql+psycopg")


def conninfo(url: URL, arguments: Mapping[str, str] | None = None) -> str:
    """Return a URL, with its password, and further arguments as libpq takes them.

    Not as a URL again: SQLAlchemy writes a space in it as `+`, which libpq does not read back.
    """
    named = url.translate_connect_args(username="user", database="dbname")
    query = {k: v if isinstance(v, str) else ",".join(v) for k, v in url.query.items()}
    return make_conninfo("", **(named | query | dict(arguments or {})))
