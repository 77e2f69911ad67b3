"""Writing the rows of an exit into the database, as they stand in its file."""

import json
from uuid import UUID

import sqlalchemy as sa

from gateway.exits.belongings import CARRIED, Carried
from gateway.exits.file import ExitRefusedError
from gateway.kit.tenancy import TenantTransaction

_BEFORE_ALL = 1
"""The transaction in which events of elsewhere stand in the feed: who follows it, webhooks too, is
behind that, and is told of nothing again."""


def carried_as(name: str) -> Carried:
    """Return what is carried of a table."""
    return next(one for one in CARRIED if one.name == name)


def insert_rows(tx: TenantTransaction, carried: Carried, lines: list[str]) -> None:
    """Write rows as they stand in a file, with the account of the transaction.

    Raises:
        ExitRefusedError: Some are about another entity than the transaction's, or do not fit what
            is here.
    """
    names = [one.name for one in carried.table.columns if one.name not in carried.left_out]
    listed = ", ".join(f'"{name}"' for name in names)
    more, values = ("xid, ", f"'{_BEFORE_ALL}'::xid8, ") if carried.name == "event" else ("", "")
    whose = carried.entity.name
    statement = sa.text(
        f'insert into "{carried.name}" (account_id, {more}{listed})'  # noqa: S608 - our own names
        f" select cast(:account as uuid), {values}{listed} from"
        f' jsonb_populate_recordset(null::"{carried.name}", cast(:rows as jsonb))'
        f' where "{whose}" = cast(:entity as uuid)'
    )
    rows = f"[{','.join(lines)}]"
    told = {"account": str(tx.tenant.account_id), "entity": str(tx.entity_id), "rows": rows}
    try:
        written = tx.execute(statement, told).rowcount
    except sa.exc.IntegrityError as error:
        reason = str(error.orig).partition("\n")[0]
        raise ExitRefusedError(f"Rows of {carried.name} do not fit: {reason}.") from error
    if written != len(lines):
        raise ExitRefusedError(f"Rows of {carried.name} are about another entity.")


def forget_derived(tx: TenantTransaction, lines: list[str]) -> None:
    """Take away what a trigger wrote of documents: such rows come by themselves."""
    table = carried_as("document_vat").table
    ids = {UUID(json.loads(line)["id"]) for line in lines}
    tx.execute(tx.delete(table).where(table.c.document_id.in_(ids)))
