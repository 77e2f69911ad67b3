"""Commands on API keys. They act on the database directly: whoever can run them owns it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from rich.table import Table
from sqlalchemy.exc import IntegrityError

from gateway.cli.serving import CANNOT_START
from gateway.kit import clock
from gateway.kit.console import err, fail, out
from gateway.kit.ids import parse_id, public_id
from gateway.kit.json_body import validated
from gateway.kit.pagination import MAX_LIMIT
from gateway.kit.tenancy import Actor, Environment, Tenant
from gateway.problems import NotFoundProblem, Problem, RequestInvalidProblem
from gateway.runtime import Runtime
from gateway.settings import Settings
from gateway.tenants import activity
from gateway.tenants import service as tenants
from gateway.tenants.api_keys import service as api_keys
from gateway.tenants.api_keys.schemas import ApiKeyInput
from gateway.tenants.roles import KeyRole


def create(
    account: str, name: str, environment: Environment, role: KeyRole, entity: str | None
) -> int:
    """Make a key, and the account if a new one is named; print the key on standard output."""
    with _runtime() as runtime:
        given = validated(ApiKeyInput, {"name": name, "role": role, "entity_id": entity})
        account_id = _account(runtime, account)
        try:
            with runtime.database.transaction(_tenant(account_id, environment)) as tx:
                now = clock.now()
                row, key = api_keys.create_key(tx, runtime.master_key, given, now)
                made = public_id("key", row.id)
                activity.record(tx, "create_api_key", subject_id=made, now=now)
        except IntegrityError:  # the key's account must exist
            raise NotFoundProblem(f"There is no account {account}.") from None
    err.print(f"account {public_id('acc', account_id)}, key {made}")
    out.print(key.text)
    return 0


def show(account: str, environment: Environment, *, as_json: bool) -> int:
    """List the keys of an account."""
    with _runtime() as runtime:
        tenant = _tenant(parse_id(account, "acc"), environment)
        with runtime.database.transaction(tenant, read_only=True) as tx:
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
    with _runtime() as runtime:
        tenant = _tenant(parse_id(account, "acc"), environment)
        with runtime.database.transaction(tenant) as tx:
            now = clock.now()
            api_keys.revoke_key(tx, parse_id(key, "key"), now)
            activity.record(tx, "revoke_api_key", subject_id=key, now=now)
    err.print(f"{key} is revoked")
    return 0


@contextmanager
def _runtime() -> Iterator[Runtime]:
    try:
        runtime = Runtime.open(Settings())
    except CANNOT_START as error:
        fail(str(error))
    try:
        yield runtime
    except RequestInvalidProblem as problem:
        fail("; ".join(f"{part.get('pointer')} {part['message']}" for part in problem.errors), 2)
    except Problem as problem:
        fail(problem.detail)
    finally:
        runtime.close()


def _tenant(account_id: UUID, environment: Environment) -> Tenant:
    operator = Actor("operator")
    return Tenant(account_id, (), environment, account_wide=True, actor=operator)


def _account(runtime: Runtime, account: str) -> UUID:
    if account.startswith("acc_"):
        return parse_id(account, "acc")
    if not account.strip():
        raise RequestInvalidProblem([{"pointer": "--account", "message": "is empty"}])
    return tenants.create_account(runtime.database, account, clock.now())
