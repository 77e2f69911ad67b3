"""What somebody looks for among documents that were issued or received, and what is found."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

_Value = TypeVar("_Value")

_LAST = "\U0010ffff"  # in the order of code points, which collation C is, nothing comes later
_NEAR = 1e-9  # of an amount: more than what becoming a double changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for; all of it must fit, and None asks for nothing.

    Attributes:
        number: How the number begins.
        party: How the name of the other party begins, in any case.
        vat_id: The VAT identifier of the other party, spaces or none.
        issued_from: Of this day of issue or later.
        issued_until: Of this day of issue or before.
        currency_code: In this currency.
        total_from: At least this total with VAT.
        total_until: At most this total with VAT.
        known_by: Issued or received by then.
        ids: One of these, found by what hangs on documents.
    """

    number: str | None = None
    party: str | None = None
    vat_id: str | None = None
    issued_from: datetime.date | None = None
    issued_until: datetime.date | None = None
    currency_code: str | None = None
    total_from: Decimal | None = None
    total_until: Decimal | None = None
    known_by: datetime.datetime | None = None
    ids: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A document that fits.

    Attributes:
        id: Its id.
        kind: What it is; None for what was received.
        party: The name of the other party.
        party_vat: Its VAT identifier.
        total: With VAT, in `currency_code`.
        sha256: Of its bytes as issued or received.
    """

    id: UUID
    kind: str | None
    number: str | None
    issue_date: datetime.date | None
    party: str | None
    party_vat: str | None
    currency_code: str | None
    total: Decimal | None
    sha256: bytes


def found(row: sa.RowMapping) -> Found:
    """Return a row of the columns that `Found` has."""
    return Found(**row)


def conditions(table: sa.Table, sought: Sought) -> Iterator[sa.ColumnElement[bool]]:
    """Yield what rows of a table must meet, in words that its indexes serve (migration 0038)."""
    columns = table.c
    if sought.number is not None:
        yield from _begins(columns.number, sa.literal(sought.number))
    if sought.party is not None:
        yield from _begins(party_key(table), sa.func.lower(sought.party))
    if sought.vat_id is not None:
        yield party_vat(table) == sought.vat_id.replace(" ", "").upper()
    if sought.issued_from is not None:
        yield columns.issue_date >= sought.issued_from
    if sought.issued_until is not None:
        yield columns.issue_date <= sought.issued_until
    if sought.currency_code is not None:
        yield columns.currency_code == sought.currency_code
    key: sa.ColumnElement[float] = _generated(table, "total_key", sa.Double())
    if sought.total_from is not None:
        yield key >= _near(sought.total_from, -1)
        yield columns.total_with_vat >= sought.total_from
    if sought.total_until is not None:
        yield key <= _near(sought.total_until, 1)
        yield columns.total_with_vat <= sought.total_until
    if sought.ids is not None:
        yield columns.id.in_(sought.ids)


def party_key(table: sa.Table) -> sa.ColumnElement[str]:
    """Return the column that names the other party in small letters."""
    return _generated(table, "party_key", sa.Text())


def party_vat(table: sa.Table) -> sa.ColumnElement[str]:
    """Return the column with the other party's VAT identifier."""
    return _generated(table, "party_vat", sa.Text())


def _generated(
    table: sa.Table, name: str, kind: sa.types.TypeEngine[_Value]
) -> sa.ColumnElement[_Value]:
    """Return a column that PostgreSQL makes, and that no row of ours holds."""
    return sa.literal_column(f"{table.name}.{name}", kind)


def _begins(
    column: sa.ColumnElement[Any], start: sa.ColumnElement[Any]
) -> Iterator[sa.ColumnElement[bool]]:
    plain = sa.collate(column, "C")
    yield plain >= start
    yield plain < start.op("||")(_LAST)


def _near(amount: Decimal, direction: int) -> float:
    """Return a double on the side where nothing is lost."""
    value = float(amount)
    return value + direction * abs(value) * _NEAR
