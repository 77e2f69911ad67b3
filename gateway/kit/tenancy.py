"""Whose rows: the tenant of a transaction, and the one filter every query goes through.

The filter is the first wall, row-level security the second: the transaction also tells
PostgreSQL whose rows may be seen, by `set_config(..., true)`, which ends with the transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from uuid import UUID

import structlog
from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Delete,
    Executable,
    Insert,
    Select,
    Table,
    Text,
    Update,
    Uuid,
    and_,
    true,
)
from sqlalchemy import column as sql_column
from sqlalchemy import delete as sql_delete
from sqlalchemy import insert as sql_insert
from sqlalchemy import select as sql_select
from sqlalchemy import table as sql_table
from sqlalchemy import text as sql_text
from sqlalchemy import update as sql_update

from gateway.kit.scope import Period, within
from gateway.problems import EntityRequiredProblem

Environment = Literal["sandbox", "live"]
"""Sandbox and live never mix: a key, an entity and all its rows belong to one of them."""

_log = structlog.get_logger(__name__)

_SETTINGS = sql_text(
    "select set_config('gateway.entity_ids', :entity_ids, true),"
    " set_config('gateway.account_id', :account_id, true),"
    " set_config('gateway.environment', :environment, true),"
    " set_config('gateway.period', :period, true)"
    ", case when :read_only then set_config('transaction_read_only', 'on', true) end"
)

ActorKind = Literal["key", "user", "auditor", "system", "operator"]
"""Who acts: an API key, a person (by a session of theirs), an invited auditor, a schedule or job
of ours, or the operator at the command line."""


@dataclass(frozen=True, slots=True)
class Actor:
    """In whose name something is done; goes into the activity log.

    Attributes:
        kind: See `ActorKind`.
        id: The public id of the key, user or auditor; None for system and operator.
        origin: Of a key: the key that an operator made and that it comes from, by however many
            others; its own id where an operator made it.
    """

    kind: ActorKind
    id: str | None = None
    origin: str | None = field(default=None, compare=False)

    @property
    def hand(self) -> str:
        """Who holds it, as far as is known: a person, or whoever held the first of its keys."""
        return self.origin or self.id or self.kind


SYSTEM = Actor("system")
"""What the gateway does by itself."""


@dataclass(frozen=True, slots=True)
class Tenant:
    """Whose rows a transaction may see and write.

    Attributes:
        account_id: The account; every row carries it.
        entity_ids: The entities in reach: the one the call is about, or none for account matters.
        environment: `sandbox` or `live`.
        account_wide: True for account keys. They also reach what belongs to the account as a
            whole: the list of its entities, its API keys.
        all_entities: True for what an account asks about all its entities at once: reports,
            exports. Only with `account_wide`, and without `entity_ids`.
        actor: In whose name.
        period: Only documents issued in it are seen, and what hangs on them; None for all. See
            `kit/scope.py`; the policies of PostgreSQL know what hangs on a document.
    """

    account_id: UUID
    entity_ids: tuple[UUID, ...]
    environment: Environment
    account_wide: bool = False
    all_entities: bool = False
    actor: Actor = SYSTEM
    period: Period | None = None

    def __post_init__(self) -> None:
        if self.all_entities and (self.entity_ids or not self.account_wide):
            raise ValueError("all entities are an account's to ask for, and then none is named")


_ENTITY = sql_table(
    "entity",
    sql_column("account_id", Uuid),
    sql_column("id", Uuid),
    sql_column("environment", Text),
)
"""Of the entities, only whose they are."""


def tenant_filter(table: Table, tenant: Tenant) -> ColumnElement[bool]:
    """Return the condition that leaves the tenant's rows of a table.

    Tables are told apart by their columns. `account_id` and `environment` must match where they
    exist. `entity_id` must be one of the tenant's, or any of the account's in the environment
    when the tenant has all of them; where it may be null (API keys, idempotency) an account-wide
    tenant reaches every row of its account. `Table.info` names the columns where
    they are called otherwise: `account_column`, `entity_column` are `id` in account and entity.
    A table without any of them holds nothing of a tenant.
    """
    columns = table.columns
    conditions: list[ColumnElement[bool]] = []
    account = columns.get(table.info.get("account_column", "account_id"))
    if account is not None:
        conditions.append(account == tenant.account_id)
    if "environment" in columns:
        conditions.append(columns.environment == tenant.environment)
    if (own_id := table.info.get("entity_column")) is not None:
        entity, optional = columns.get(own_id), True
    else:
        entity = columns.get("entity_id")
        optional = entity is not None and bool(entity.nullable)
    if entity is not None and not (optional and tenant.account_wide):
        ids = tenant.entity_ids  # one nearly always, and a list is written out at every execution
        several = _all_of(tenant) if tenant.all_entities else ids
        conditions.append(entity == ids[0] if len(ids) == 1 else entity.in_(several))
    if tenant.period is not None:
        conditions += within(table, tenant.period)
    return and_(true(), *conditions)


def _all_of(tenant: Tenant) -> Select[tuple[UUID]]:
    entity = _ENTITY.c
    return sql_select(entity.id).where(
        entity.account_id == tenant.account_id, entity.environment == tenant.environment
    )


@dataclass(slots=True)
class TenantTransaction:
    """One open transaction of one tenant; statements it makes are already filtered.

    It is made by `Database.transaction` and `Database.worker_transaction`, which commit at the end
    of the block and roll back on an exception; nobody else commits. `select`, `update`, `delete`
    and `insert` build a statement, `execute` runs it.

    Attributes:
        connection: The open SQLAlchemy connection, for what the builders cannot say.
        made: The public id of what the request made, when its answer begins with one.
        replayed: True when the request had been answered before, and nothing was done.
    """

    connection: Connection
    _tenant: Tenant | None
    _after_commit: list[Callable[[], None]] = field(default_factory=list)
    made: str | None = None
    replayed: bool = False

    @property
    def tenant(self) -> Tenant:
        """The tenant; a worker's transaction over queue and lanes alone has none.

        Raises:
            RuntimeError: There is none.
        """
        if self._tenant is None:
            raise RuntimeError("this transaction has no tenant: it may only touch queue and lanes")
        return self._tenant

    @property
    def entity_id(self) -> UUID:
        """The one entity this transaction is about.

        Raises:
            EntityRequiredProblem: An account key that named no entity.
        """
        if len(self.tenant.entity_ids) != 1:
            raise EntityRequiredProblem
        return self.tenant.entity_ids[0]

    def for_entity(self, entity_id: UUID) -> "TenantTransaction":
        """Return this same transaction narrowed to one entity of the account.

        Raises:
            RuntimeError: It is not account-wide; an entity's key has nothing to choose.
        """
        if not self.tenant.account_wide:
            raise RuntimeError("only an account-wide transaction can be narrowed to an entity")
        tenant = replace(self.tenant, entity_ids=(entity_id,), all_entities=False)
        announce(self.connection, tenant)
        return TenantTransaction(self.connection, tenant, self._after_commit)

    def for_all_entities(self) -> "TenantTransaction":
        """Return this same transaction widened to every entity of the account.

        Raises:
            RuntimeError: It is not account-wide; an entity's key never sees the others.
        """
        if not self.tenant.account_wide:
            raise RuntimeError("only an account-wide transaction can be widened to all entities")
        tenant = replace(self.tenant, entity_ids=(), all_entities=True)
        announce(self.connection, tenant)
        return TenantTransaction(self.connection, tenant, self._after_commit)

    def acting(self, actor: Actor) -> "TenantTransaction":
        """Return this same transaction in somebody's name."""
        tenant = replace(self.tenant, actor=actor)
        return TenantTransaction(self.connection, tenant, self._after_commit)

    def select(self, table: Table, *columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
        """Return a query of the tenant's rows: the given columns, or all of them."""
        return sql_select(*(columns or (table,))).select_from(table).where(self._mine(table))

    def update(self, table: Table) -> Update:
        """Return an update that reaches the tenant's rows only."""
        return sql_update(table).where(self._mine(table))

    def delete(self, table: Table) -> Delete:
        """Return a delete that reaches the tenant's rows only."""
        return sql_delete(table).where(self._mine(table))

    def insert(self, table: Table, **values: Any) -> Insert:  # noqa: ANN401 - any column type
        """Return an insert with `account_id`, `entity_id` and `environment` filled in.

        A value given by name wins, so `entity_id=None` makes a row of the account.
        """
        columns = table.columns
        owner: dict[str, Any] = {}
        if "account_id" in columns:
            owner["account_id"] = self.tenant.account_id
        if "entity_id" in columns and "entity_id" not in values:
            owner["entity_id"] = self.entity_id
        if "environment" in columns:
            owner["environment"] = self.tenant.environment
        return sql_insert(table).values(**(owner | values))

    def execute(
        self,
        statement: Executable,
        parameters: Any = None,  # noqa: ANN401
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run a statement and return its result."""
        return self.connection.execute(statement, parameters)

    def after_commit(self, callback: Callable[[], None]) -> None:
        """Call back once the transaction is committed; never after a rollback.

        The commit cannot be undone by then: an exception of the callback is logged, not raised.
        """
        self._after_commit.append(callback)

    def _mine(self, table: Table) -> ColumnElement[bool]:
        if self._tenant is None:
            return true()
        return tenant_filter(table, self._tenant)


def announce(connection: Connection, tenant: Tenant, *, read_only: bool = False) -> None:
    """Tell PostgreSQL, until the end of the transaction, whose rows it may show."""
    connection.execute(
        _SETTINGS,
        {
            "entity_ids": "*" if tenant.all_entities else ",".join(map(str, tenant.entity_ids)),
            "account_id": str(tenant.account_id) if tenant.account_wide else "",
            "environment": tenant.environment,
            "period": "" if tenant.period is None else tenant.period.written(),
            "read_only": read_only,
        },
    )


def run_after_commit(transaction: TenantTransaction) -> None:
    """Run the callbacks of a committed transaction; for `Database` only."""
    for callback in transaction._after_commit:  # noqa: SLF001 - the other half of this module
        try:
            callback()
        except Exception:  # noqa: BLE001 - the work is committed, there is nobody left to tell
            _log.exception("after_commit_failed", callback=repr(callback))
