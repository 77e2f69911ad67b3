"""From nothing to a database that can serve: server, roles, database, schema.

Roles without login hold all rights (the migrations say which); the serving login holds none and
must step into one of them. The roles that could see everything, gw_owner and gw_fsck, are never
granted to it.
"""

from dataclasses import dataclass
from typing import Self

import psycopg
import structlog
from psycopg import sql
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from gateway import migrations
from gateway.kit.database import connect_arguments, conninfo, sqlalchemy_url
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.settings import Settings

ROLES = ("gw_owner", "gw_app", "gw_worker", "gw_auth", "gw_fsck")
SERVING_ROLES = ("gw_app", "gw_worker", "gw_auth")
EMBEDDED_DATABASE = "gateway"
EMBEDDED_LOGIN = "gateway"
UNFINISHED = "restore.unfinished"
"""In the data directory as long as `gateway restore` puts a backup there."""

_MINIMUM_VERSION = 16  # GRANT ... WITH INHERIT FALSE, SET TRUE
_LOCK = 0x67777761  # any fixed number: one process at a time prepares a database

_log = structlog.get_logger(__name__)


class BootstrapError(RuntimeError):
    """The database cannot be prepared; the message says what is missing and who can mend it."""


@dataclass(slots=True)
class Storage:
    """A database that can be served from.

    Attributes:
        url: With the serving login.
        admin_url: With a login that may act as gw_owner and gw_fsck; None when none is known.
        server: The embedded server, if it is ours to close.
    """

    url: str
    admin_url: str | None = None
    server: EmbeddedPostgres | None = None

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Return `DATABASE_URL` as it is, or start the embedded server and migrate it.

        Raises:
            EmbeddedPostgresError: The embedded server does not start.
            BootstrapError: Its database cannot be prepared, or a backup is only half restored.
        """
        if (settings.data / UNFINISHED).exists():
            raise BootstrapError(
                f"{settings.data / UNFINISHED} is there: a backup was not restored to its end. Run"
                " `gateway restore` again, with the same backup"
            )
        if settings.database_url is not None:
            admin = settings.admin_database_url
            return cls(
                settings.database_url.get_secret_value(),
                None if admin is None else admin.get_secret_value(),
            )
        server = EmbeddedPostgres(settings.postgres_home or settings.data).start()
        try:
            return cls(*prepare_embedded(server), server)
        except BaseException:
            server.close()
            raise

    def close(self) -> None:
        """Let go of the embedded server; the last one to do so stops it."""
        if self.server is not None:
            self.server.close()


def prepare_embedded(
    server: EmbeddedPostgres, database: str = EMBEDDED_DATABASE
) -> tuple[str, str]:
    """Make roles, login and database on the embedded server; return serving and admin URL."""
    make_empty(server, database)
    admin_url = server.url(database)
    migrate(admin_url, EMBEDDED_LOGIN)
    return server.url(database, EMBEDDED_LOGIN), admin_url


def make_empty(server: EmbeddedPostgres, database: str) -> None:
    """Make roles, login and database on the embedded server where they are not there yet."""
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [_LOCK])
        _make_roles(connection)
        _make_login(connection, EMBEDDED_LOGIN)
        known = connection.execute("select 1 from pg_database where datname = %s", [database])
        if known.fetchone() is None:
            name = sql.Identifier(database)
            connection.execute(sql.SQL("create database {} owner gw_owner").format(name))


def make_roles(admin_url: str) -> None:
    """Make the roles that own and read the tables, where they are not there yet.

    Raises:
        BootstrapError: The login may not, or cannot connect.
    """
    url = sqlalchemy_url(admin_url)
    try:
        with psycopg.connect(conninfo(url)) as connection:
            connection.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
            _check_version(connection)
            _make_roles(connection)
            _make_place(connection, None)
    except psycopg.errors.InsufficientPrivilege as error:
        raise _lacking(url.username, error) from error
    except psycopg.OperationalError as error:
        raise BootstrapError(f"cannot connect to PostgreSQL: {str(error).strip()}") from error


def migrate(admin_url: str, serving_login: str | None) -> str:
    """Make roles and schema as they must be; run as often as you like.

    Args:
        admin_url: A login that may create roles, and create in schema public of the database.
        serving_login: Existing login the gateway serves with. It may then step into gw_app,
            gw_worker and gw_auth, without inheriting their rights. None: grant nobody.

    Returns:
        The revision of the schema now.

    Raises:
        BootstrapError: The login lacks a right, or cannot connect.
    """
    url = sqlalchemy_url(admin_url)
    engine = create_engine(
        url, poolclass=NullPool, connect_args=connect_arguments(url, None, {"lock_timeout": 60})
    )
    try:
        with psycopg.connect(conninfo(url)) as connection:
            connection.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
            _check_version(connection)
            _make_roles(connection)
            _make_place(connection, serving_login)
        with engine.begin() as owner:
            owner.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            owner.execute(text("set local role gw_owner"))
            before = migrations.current(owner)
            migrations.upgrade(owner)
            revision = migrations.head()
    except psycopg.errors.InsufficientPrivilege as error:
        raise _lacking(url.username, error) from error
    except psycopg.OperationalError as error:
        raise BootstrapError(f"cannot connect to PostgreSQL: {str(error).strip()}") from error
    finally:
        engine.dispose()
    if before != revision:
        _log.info("database_migrated", before=before, revision=revision)
    return revision


def _lacking(login: str | None, error: psycopg.Error) -> BootstrapError:
    reason = str(error).strip().splitlines()[0]
    return BootstrapError(
        f"the login {login!r} may not prepare the database ({reason}). Set "
        "GATEWAY_ADMIN_DATABASE_URL to a login with CREATEROLE that owns the database (or a "
        "superuser) and run `gateway migrate` again; DATABASE_URL keeps the serving login"
    )


def _check_version(connection: psycopg.Connection) -> None:
    if (found := connection.info.server_version // 10000) < _MINIMUM_VERSION:
        raise BootstrapError(
            f"PostgreSQL {found} is too old: {_MINIMUM_VERSION} or newer is needed"
        )


def _make_roles(connection: psycopg.Connection) -> None:
    rows = connection.execute(
        "select rolname from pg_roles where rolname = any(%s)", [list(ROLES)]
    )
    known = {name for (name,) in rows}
    for role in ROLES:
        if role not in known:
            name = sql.Identifier(role)
            # The rest are defaults, and saying NOSUPERUSER or NOBYPASSRLS takes a superuser.
            connection.execute(sql.SQL("create role {} nologin noinherit").format(name))


def _make_login(connection: psycopg.Connection, login: str) -> None:
    known = connection.execute("select 1 from pg_roles where rolname = %s", [login])
    if known.fetchone() is None:
        name = sql.Identifier(login)
        connection.execute(sql.SQL("create role {} login noinherit").format(name))


def _make_place(connection: psycopg.Connection, serving_login: str | None) -> None:
    """Give gw_owner the schema public, the checker and the login what they need to enter."""
    database = sql.Identifier(connection.info.dbname)
    if not _is_superuser(connection):
        # The creator of a role administers it; acting as it must be granted on top.
        connection.execute("grant gw_owner, gw_fsck to current_user with inherit false, set true")
    connection.execute(sql.SQL("revoke all on database {} from public").format(database))
    connection.execute(sql.SQL("grant connect on database {} to gw_owner").format(database))
    connection.execute("revoke create on schema public from public")
    connection.execute("grant all on schema public to gw_owner with grant option")
    if serving_login is None:
        return
    login = sql.Identifier(serving_login)
    connection.execute(sql.SQL("grant connect on database {} to {}").format(database, login))
    for role in SERVING_ROLES:
        grant = sql.SQL("grant {} to {} with inherit false, set true, admin false")
        connection.execute(grant.format(sql.Identifier(role), login))


def _is_superuser(connection: psycopg.Connection) -> bool:
    row = connection.execute(
        "select rolsuper from pg_roles where rolname = current_user"
    ).fetchone()
    return row is not None and bool(row[0])
