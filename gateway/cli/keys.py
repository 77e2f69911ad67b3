"""Commands on API keys. They act on the database directly: whoever can run them owns it.

They open the database and the master key and nothing else: all of the gateway takes longer to load
than a key to make.
"""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from uuid import UUID

from rich.table import Table
from sqlalchemy.exc import IntegrityError

from gateway.kit import clock, guard
from gateway.kit.bootstrap import BootstrapError, Storage
from gateway.kit.console import err, fail, out
from gateway.kit.database import Database
from gateway.kit.guard import UnsafeDatabaseError
from gateway.kit.ids import parse_id, public_id
from gateway.kit.json_body import validated
from gateway.kit.pagination import MAX_LIMIT
from gateway.kit.postgres_programs import EmbeddedPostgresError
from gateway.kit.secrets import MasterKey, MasterKeyError
from gateway.kit.tenancy import Actor, Environment, Tenant
from gateway.problems import NotFoundProblem, Problem, RequestInvalidProblem
from gateway.settings import Settings
from gateway.tenants import activity
from gateway.tenants import service as tenants
from gateway.tenants.api_keys import service as api_keys
from gateway.tenants.api_keys.schemas import ApiKeyInput
from gateway.tenants.roles import KeyRole

_CANNOT_OPEN = (
    BootstrapError,
    EmbeddedPostgresError,
    UnsafeDatabaseError,
    MasterKeyError,
    OSError,  # the data directory cannot be made or written: its message names the path
)
"""Everything an operator can mend; its message says how."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """What the commands work on.

    Attributes:
        database: Fit to serve from.
        master_key: Hashes the keys.
    """

    database: Database
    master_key: MasterKey


def create(
    account: str, name: str, environment: Environment, role: KeyRole, entity: str | None
) -> int:
    """Make a key, and the account if a new one is named; print the key on standard output."""
    with _opened() as opened:
        given = validated(ApiKeyInput, {"name": name, "role": role, "entity_id": entity})
        account_id = _account(opened, account)
        try:
            with opened.database.transaction(_tenant(account_id, environment)) as tx:
                now = clock.now()
                row, key = api_keys.create_key(tx, opened.master_key, given, now)
                made = public_id("key", row.id)
                activity.record(tx, "create_api_key", subject_id=made, now=now)
        except IntegrityError:  # the key's account must exist
            raise NotFoundProblem(f"There is no account {account}.") from None
    err.print(f"account {public_id('acc', account_id)}, key {made}")
    out.print(key.text)
    return 0


def show(account: str, environment: Environment, *, as_json: bool) -> int:
    """List the keys of an account."""
    with _opened() as opened:
        tenant = _tenant(parse_id(account, "acc"), environment)
        with opened.database.transaction(tenant, read_only=True) as tx:
            rows = api_keys.key_page(tx, limit=MAX_LIMIT)
    listed = [api_keys.key_json(row) for row in rows]
    if as_json:
        out.print_json(json.dumps(listed))
        return 0
    table = Table()
    columns = ("id", "name", "role", "entity_id", "hint", "created_at", "revoked_at")
    for column in columns:
        table.add_column(column)
    for one in listed:
        table.add_row(*(str(one[column] or "") for column in columns))
    out.print(table)
    return 0


def revoke(key: str, account: str, environment: Environment) -> int:
    """Revoke a key."""
    with _opened() as opened:
        tenant = _tenant(parse_id(account, "acc"), environment)
        with opened.database.transaction(tenant) as tx:
            now = clock.now()
            api_keys.revoke_key(tx, parse_id(key, "key"), now)
            activity.record(tx, "revoke_api_key", subject_id=key, now=now)
    err.print(f"{key} is revoked")
    return 0


@contextmanager
def _opened() -> Iterator[_Opened]:
    """Open the database, as `Runtime.open` does; end the process when that or the work fails."""
    settings = Settings()
    try:
        with closing(Storage.open(settings)) as storage:
            master_key = MasterKey.open(settings)
            with closing(Database(storage.url)) as database:
                guard.check(database)
                yield _Opened(database, master_key)
    except RequestInvalidProblem as problem:
        fail("; ".join(f"{part.get('pointer')} {part['message']}" for part in problem.errors), 2)
    except Problem as problem:
        fail(problem.detail)
    except _CANNOT_OPEN as error:
        fail(str(error))


def _tenant(account_id: UUID, environment: Environment) -> Tenant:
    operator = Actor("operator")
    return Tenant(account_id, (), environment, account_wide=True, actor=operator)


def _account(opened: _Opened, account: str) -> UUID:
    if account.startswith("acc_"):
        return parse_id(account, "acc")
    if not account.strip():
        raise RequestInvalidProblem([{"pointer": "--account", "message": "is empty"}])
    return tenants.create_account(opened.database, account, clock.now())
