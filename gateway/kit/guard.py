"""The start-up check: nobody serves with a login that row-level security would not stop."""

from collections.abc import Iterator

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from gateway import migrations
from gateway.kit.bootstrap import SERVING_ROLES
from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.kit.tenancy import Tenant


class UnsafeDatabaseError(RuntimeError):
    """The gateway refuses to serve from this database.

    Attributes:
        reasons: Every reason, each with what to do about it.
    """

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("the gateway refuses to serve:\n- " + "\n- ".join(reasons))
        self.reasons = reasons


_LOGINS = text(
    "select rolname, rolsuper, rolbypassrls from pg_roles"
    " where rolname in (session_user, current_user) or rolname = any(:roles) order by rolname"
)
_MEMBERSHIPS = text(
    "select m.rolname, r.rolname from pg_roles r, pg_roles m"
    " where r.rolname in ('gw_owner', 'gw_fsck')"
    " and (m.rolname = session_user or m.rolname = any(:roles))"
    " and pg_has_role(m.oid, r.oid, 'MEMBER') order by 1, 2"
)
_TENANT_TABLES = """
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p') and n.nspname = 'public'
   and (c.relname in ('account', 'entity') or exists (
     select from pg_attribute a where a.attrelid = c.oid and not a.attisdropped
        and a.attname in ('entity_id', 'account_id')))
"""
_OWNED = text(
    "select m.rolname, c.relname"
    + _TENANT_TABLES.replace("where", "cross join pg_roles m where", 1)
    + " and (m.rolname = session_user or m.rolname = any(:roles))"
    " and pg_has_role(m.oid, c.relowner, 'MEMBER') order by 1, 2"
)
_UNFORCED = text(
    "select c.relname"
    + _TENANT_TABLES
    + " and not (c.relrowsecurity and c.relforcerowsecurity) order by 1"
)


def check(database: Database) -> None:
    """Check that the login, the tables and the server keep the promises the gateway makes.

    Raises:
        UnsafeDatabaseError: They do not, or the schema is not the one this code expects.
    """
    nobody = Tenant(new_id(), (), "sandbox")
    try:
        with database.transaction(nobody) as transaction:
            reasons = _reasons(transaction.connection)
        with database.worker_transaction(), database.auth_connection():
            pass
    except DBAPIError as error:
        reason = str(error.orig).strip()
        raise UnsafeDatabaseError(
            (f"the serving login cannot act as {', '.join(SERVING_ROLES)}: {reason}; {_MIGRATE}",)
        ) from error
    if reasons:
        raise UnsafeDatabaseError(reasons)


_MIGRATE = "run `gateway migrate`"


def _reasons(connection: Connection) -> tuple[str, ...]:
    return (*_rights(connection), *_protection(connection), *_revision(connection))


def _rights(connection: Connection) -> Iterator[str]:
    """Yield what the login and the roles it serves with may do, but must not."""
    roles = {"roles": list(SERVING_ROLES)}
    almighty = set()
    for name, superuser, bypasses in connection.execute(_LOGINS, roles):
        if superuser or bypasses:
            almighty.add(name)
            word = "a superuser" if superuser else "exempt from row security (BYPASSRLS)"
            yield (
                f"{name!r} is {word}, whom no tenant boundary stops; set DATABASE_URL to a plain "
                f"login, keep this one in GATEWAY_ADMIN_DATABASE_URL, and {_MIGRATE}"
            )
    for member, role in connection.execute(_MEMBERSHIPS, roles):
        if member not in almighty:
            yield f"{member!r} is a member of {role}; revoke {role} from {member}"
    for owner, table in connection.execute(_OWNED, roles):
        if owner not in almighty:
            yield f"{owner!r} owns the table {table!r}; give it to gw_owner"


def _protection(connection: Connection) -> Iterator[str]:
    """Yield which walls are missing: forced row security, commits that reach the disk."""
    for (table,) in connection.execute(_UNFORCED):
        yield f"row security is not forced on table {table!r}; {_MIGRATE}"
    for setting in ("fsync", "synchronous_commit"):
        if connection.execute(text(f"show {setting}")).scalar_one() == "off":
            yield f"{setting} is off, so an accepted invoice could be lost; set it to on"


def _revision(connection: Connection) -> Iterator[str]:
    exists = connection.execute(text("select to_regclass('public.alembic_version')")).scalar()
    found = None if exists is None else migrations.current(connection)
    if found != (expected := migrations.head()):
        yield f"the schema is at {found}, this gateway needs {expected}; {_MIGRATE}"
