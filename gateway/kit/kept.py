"""Statements that are built once and carried out often, for whoever's turn it is.

To build a statement out of columns and conditions takes longer than to carry it out, and so does
looking up what was compiled for it before. What stands on the way of every document is therefore
kept as it was built, with placeholders for what changes. Whose rows it reaches is a placeholder
too: the condition is made by the same filter (`tenancy.tenant_filter`) and filled in, for each
execution, from the transaction's tenant.
"""

from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Executable,
    Table,
    Text,
    Uuid,
    bindparam,
)
from sqlalchemy.dialects import postgresql

from gateway.kit import tenancy
from gateway.kit.tenancy import Tenant, TenantTransaction

_ACCOUNT = "whose_account"
_ENTITY = "whose_entity"
_ENVIRONMENT = "whose_environment"
_OWNERS = frozenset({"account_id", "entity_id", "environment"})


def _anybody(*, account_wide: bool) -> TenantTransaction:
    """Return a transaction of nobody, whose statements have placeholders for whose rows."""
    tenant = Tenant(
        cast("Any", bindparam(_ACCOUNT, type_=Uuid())),
        (cast("Any", bindparam(_ENTITY, type_=Uuid())),),
        cast("Any", bindparam(_ENVIRONMENT, type_=Text())),
        account_wide=account_wide,
    )
    return TenantTransaction(cast("Connection", None), tenant)


class Kept:
    """A statement that is built once.

    Call it with a transaction and the values of its own placeholders (`bindparam`). In an update
    a value with the name of a column is what the column becomes, so name the placeholders of
    conditions otherwise.

    Args:
        build: Makes it with the builders of a transaction; must take nothing else from it.
    """

    def __init__(self, build: Callable[[TenantTransaction], Executable]) -> None:
        self._build = build
        self._built: dict[tuple[object, bool], Executable] = {}

    def __call__(self, tx: TenantTransaction, **values: object) -> CursorResult[*tuple[Any, ...]]:
        """Carry it out, and return its result."""
        tenant = tx.tenant
        if len(tenant.entity_ids) != 1 or tenant.period is not None:
            return tx.execute(self._build(tx), values)  # rare: conditions of another shape
        key = (tenancy.tenant_filter, tenant.account_wide)
        statement = self._built.get(key)
        if statement is None:
            statement = self._build(_anybody(account_wide=tenant.account_wide))
            self._built[key] = statement
        values[_ACCOUNT] = tenant.account_id
        values[_ENTITY] = tenant.entity_ids[0]
        values[_ENVIRONMENT] = tenant.environment
        return tx.execute(statement, values)


class Added:
    """The insert of one row of a table that belongs to a tenant.

    Call it with a transaction and the row's values; whose it is is filled in, unless given.

    Args:
        table: Has `account_id` and `entity_id`, or some of that.
        free: Nothing is done when such a row is there already.
        returning: What to return of the row that was inserted.

    Attributes:
        owners: The columns of the table that are filled in.
    """

    def __init__(
        self, table: Table, *, free: bool = False, returning: ColumnElement[Any] | None = None
    ) -> None:
        made = postgresql.insert(table)
        if free:
            made = made.on_conflict_do_nothing()
        # `inline`: a default that is asked back would need the right to read the row
        self._insert = made.inline() if returning is None else made.returning(returning)
        self.owners = _OWNERS & set(table.columns.keys())

    def __call__(self, tx: TenantTransaction, **values: object) -> CursorResult[*tuple[Any, ...]]:
        """Insert a row, and return the result."""
        if "account_id" in self.owners:
            values.setdefault("account_id", tx.tenant.account_id)
        if "entity_id" in self.owners and "entity_id" not in values:
            values["entity_id"] = tx.entity_id
        if "environment" in self.owners:
            values.setdefault("environment", tx.tenant.environment)
        return tx.execute(self._insert, values)
