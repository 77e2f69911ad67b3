"""The rows of an entity as they stand in an exit: a row a line, in PostgreSQL's JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, aggregate_order_by

from gateway.exits.belongings import CARRIED, MISSED, Carried
from gateway.kit.database import metadata
from gateway.kit.tenancy import TenantTransaction

PART = 4_000_000
"""Bytes after which a member of the file ends; the row that exceeds it is its last."""

_AT_ONCE = 100  # rows fetched together
_UTC = sa.text("set local timezone to 'UTC'")
_PATIENT = sa.text("set local statement_timeout to '1h'")
_REVISION = sa.text("select version_num from alembic_version")


@dataclass(frozen=True, slots=True)
class Summary:
    """What the rows of a table are together.

    Attributes:
        rows: How many.
        sha256: SHA-256 over the sorted SHA-256 of each row's line, without the columns that every
            installation fills for itself; hexadecimal.
    """

    rows: int
    sha256: str


def revision(tx: TenantTransaction) -> str:
    """Return which form the rows have: the newest migration of this database."""
    return str(tx.execute(_REVISION).scalar_one())


def begin(tx: TenantTransaction) -> None:
    """Have moments written in UTC, and long statements waited for, until the transaction ends."""
    tx.execute(_UTC)
    tx.execute(_PATIENT)


def summary(tx: TenantTransaction, carried: Carried) -> Summary:
    """Return what the rows of the entity are together; the same in every installation."""
    line = _line(carried, (*carried.left_out, *carried.proven))
    digest = sa.func.sha256(sa.func.convert_to(line, "UTF8"))
    each = tx.select(carried.table, digest.label("digest")).where(_own(tx, carried)).subquery()
    nothing = sa.cast(sa.literal(b""), sa.LargeBinary)
    joined = sa.func.string_agg(each.c.digest, aggregate_order_by(nothing, each.c.digest))
    whole = sa.func.encode(sa.func.sha256(sa.func.coalesce(joined, nothing)), "hex")
    row = tx.execute(sa.select(sa.func.count(), whole).select_from(each)).one()
    return Summary(int(row[0]), str(row[1]))


def summaries(tx: TenantTransaction) -> dict[str, Summary]:
    """Return what the rows of every table are, in the order of `CARRIED`."""
    return {carried.name: summary(tx, carried) for carried in CARRIED}


def parts(tx: TenantTransaction, carried: Carried) -> Iterator[bytes]:
    """Yield the lines of a table, part by part; nothing where there are no rows."""
    order = [carried.table.c[name].asc().nulls_first() for name in carried.order]
    rows = tx.select(carried.table, _line(carried, carried.left_out)).where(_own(tx, carried))
    statement = rows.order_by(*order)
    lines, size = list[bytes](), 0
    found = tx.connection.execution_options(yield_per=_AT_ONCE).execute(statement)
    for (line,) in found:
        lines.append(f"{line}\n".encode())
        size += len(lines[-1])
        if size >= PART:
            yield b"".join(lines)
            lines, size = [], 0
    if lines:
        yield b"".join(lines)


def lines_of(part: bytes) -> list[str]:
    """Return the rows of a part; other ends of lines (U+2028) stand in them as they are."""
    return part.decode().split("\n")[:-1]


def staying(tx: TenantTransaction) -> dict[str, int]:
    """Return how many rows of the entity stay, of each table that has some and is missed."""
    found = {}
    for name in sorted(MISSED):
        table = metadata.tables[name]
        mine = table.columns.entity_id == tx.entity_id
        number = tx.execute(tx.select(table, sa.func.count()).where(mine)).scalar_one()
        if number:
            found[name] = int(number)
    return found


def _own(tx: TenantTransaction, carried: Carried) -> sa.ColumnElement[bool]:
    """Who sees a whole account sees more of some tables than what is about the entity."""
    return carried.entity == tx.entity_id


def _line(carried: Carried, without: Sequence[str]) -> sa.ColumnElement[str]:
    names = sa.cast(list(without), ARRAY(sa.Text))
    # The name alone may be one of its columns: `attempt`.
    whole: sa.ColumnElement[object] = sa.literal_column(f'"{carried.name}".*')
    row = sa.func.to_jsonb(whole, type_=JSONB)
    return sa.cast(row.op("-", return_type=JSONB())(names), sa.Text)
