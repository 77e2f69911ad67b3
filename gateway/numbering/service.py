"""Numbers: taken last, under the row's lock, in the transaction that uses them.

A rollback gives the number back, because the counter rolls back with it; so there is no gap, and
no other transaction can have taken a later one meanwhile. The lock lasts until the commit: what
is slow must be done before `take`.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.ids import new_id
from gateway.kit.tenancy import TenantTransaction
from gateway.numbering import patterns
from gateway.numbering.tables import series
from gateway.problems import NotFoundProblem, Problem, RequestInvalidProblem

SeriesKind = Literal["gapless", "external"]

DEFAULT_SERIES: tuple[tuple[str, SeriesKind], ...] = (
    ("INV", "gapless"),
    ("CRN", "gapless"),
    ("EXT", "external"),
)
"""What every entity begins with: invoices, credit notes, and numbers the caller brings."""


class SeriesExistsProblem(Problem):
    """The entity already has a series with this code. Codes are never used twice."""

    type = "series-exists"
    title = "The series exists already"
    status = HTTPStatus.CONFLICT


class NumberDateOrderProblem(Problem):
    """Numbers of a series must follow the dates: an earlier date cannot get a later number.

    `not_before` is the issue date of the newest document of the series. Issue with that date or
    a later one, or use another series.
    """

    type = "number-date-order"
    title = "The issue date is before the series' last one"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, issue_date: datetime.date, last: datetime.date) -> None:
        fix = f"use {last.isoformat()} or later"
        message = f"{issue_date.isoformat()} is before {last.isoformat()}, the series' last date"
        super().__init__(
            f"The issue date {message}; {fix}.",
            not_before=last.isoformat(),
            errors=[{"pointer": "/issue_date", "message": message, "fix": fix}],
        )


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A number series.

    Attributes:
        kind: `gapless`: the gateway counts. `external`: the caller brings unique numbers.
        pattern: See `patterns`; empty for external ones.
        next_number: What `take` would give now.
        last_issue_date: Of the newest document numbered here.
    """

    id: UUID
    entity_id: UUID
    code: str
    kind: SeriesKind
    pattern: str
    next_number: int
    last_issue_date: datetime.date | None
    created_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """A number that is ours once the transaction commits; `sequence` is None for external ones."""

    sequence: int | None
    number: str


@dataclass(frozen=True, slots=True)
class Expected:
    """The number a document would get now. Read without a lock: somebody may be quicker."""

    series_id: UUID
    kind: SeriesKind
    sequence: int | None
    number: str

    def take(self, tx: TenantTransaction, *, issue_date: datetime.date) -> Taken:
        """Take the number, which may by now be a later one; see `take`."""
        if self.kind == "external":
            return Taken(None, self.number)
        return take(tx, self.series_id, issue_date)


def create_default_series(tx: TenantTransaction, now: datetime.datetime) -> None:
    """Give a new entity its first series (`DEFAULT_SERIES`)."""
    for code, kind in DEFAULT_SERIES:
        create(tx, code, kind, patterns.DEFAULT_PATTERN, now)


def create(
    tx: TenantTransaction, code: str, kind: SeriesKind, pattern: str, now: datetime.datetime
) -> SeriesRow:
    """Add a series to the transaction's entity.

    Raises:
        RequestInvalidProblem: The pattern is wrong.
        SeriesExistsProblem: The code is in use.
    """
    if kind == "external":
        pattern = ""
    elif (reason := patterns.problem_with(pattern)) is not None:
        raise RequestInvalidProblem([{"pointer": "/pattern", "message": reason}])
    values: dict[str, Any] = {
        "id": new_id(),
        "entity_id": tx.entity_id,
        "code": code,
        "kind": kind,
        "pattern": pattern,
        "next_number": 1,
        "last_issue_date": None,
        "created_at": now,
    }
    statement = postgresql.insert(series).values(account_id=tx.tenant.account_id, **values)
    unique = [series.c.entity_id, series.c.code]
    added = statement.on_conflict_do_nothing(index_elements=unique).returning(series.c.id)
    if tx.execute(added).first() is None:  # rowcount is -1 for inserts that return rows
        raise SeriesExistsProblem(f"The series {code} exists already; choose another code.")
    return SeriesRow(**values)


def listed(tx: TenantTransaction) -> list[SeriesRow]:
    """Return the entity's series, in order of their codes."""
    rows = tx.execute(tx.select(series).order_by(series.c.code))
    return [_row(row) for row in rows]


def get(tx: TenantTransaction, series_id: UUID) -> SeriesRow:
    """Return one series.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = tx.execute(tx.select(series).where(series.c.id == series_id)).one_or_none()
    if row is None:
        raise NotFoundProblem
    return _row(row)


def codes(tx: TenantTransaction, series_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the codes of several series; unknown ids are left out."""
    if not series_ids:
        return {}
    query = tx.select(series, series.c.id, series.c.code).where(series.c.id.in_(set(series_ids)))
    return {row.id: row.code for row in tx.execute(query)}


def for_document(
    tx: TenantTransaction,
    *,
    code: str | None = None,
    number: str | None = None,
    default_code: str = "INV",
) -> Expected:
    """Return the series of a document to be issued, and the number it would get now.

    Args:
        tx: The transaction that issues.
        code: The series the caller named.
        number: The number the caller brings; then the series must be an external one.
        default_code: When the caller named none and brings no number; with a number it is EXT.

    Raises:
        RequestInvalidProblem: No such series; or a number for a series that counts itself; or none
            for an external one.
    """
    if code is None:
        code = default_code if number is None else "EXT"
    row = tx.execute(tx.select(series).where(series.c.code == code)).one_or_none()
    if row is None:
        raise RequestInvalidProblem(
            [{"pointer": "/series", "message": f"the entity has no series {code!r}"}]
        )
    found = _row(row)
    if found.kind == "external":
        if number is None:
            raise RequestInvalidProblem(
                [{"pointer": "/number", "message": f"series {code} takes numbers you bring"}]
            )
        _refuse_claimed(tx, number)
        return Expected(found.id, found.kind, None, number)
    if number is not None:
        raise RequestInvalidProblem(
            [
                {
                    "pointer": "/number",
                    "message": f"series {code} counts by itself",
                    "fix": "leave number out, or name a series of kind external, e.g. EXT",
                }
            ]
        )
    return _expected(found)


def _refuse_claimed(tx: TenantTransaction, number: str) -> None:
    """Refuse a number brought along that a series of the entity counts to by itself.

    A seller's number names one document (VAT Directive, Art. 226(2)); and a counter that comes to
    a number already used could go no further.
    """
    for row in listed(tx):
        if row.kind == "gapless" and patterns.could_write(row.pattern, row.code, number):
            message = f"is a number that series {row.code} gives by itself"
            raise RequestInvalidProblem(
                [{"pointer": "/number", "message": message, "fix": "bring another number"}]
            )


def expected(tx: TenantTransaction, code: str) -> Expected:
    """Return the number a gapless series would give now, without locking it.

    Raises:
        RequestInvalidProblem: No such series, or an external one.
    """
    return for_document(tx, code=code)


def take(tx: TenantTransaction, series_id: UUID, issue_date: datetime.date) -> Taken:
    """Take the next number of a gapless series; it stays locked until the transaction ends.

    Raises:
        NumberDateOrderProblem: The series has a document of a later date.
        NotFoundProblem: No such gapless series.
    """
    columns = series.c
    statement = (
        tx.update(series)
        .where(
            columns.id == series_id,
            columns.kind == "gapless",
            sa.or_(columns.last_issue_date.is_(None), columns.last_issue_date <= issue_date),
        )
        .values(next_number=columns.next_number + 1, last_issue_date=issue_date)
        .returning(columns.next_number - 1, columns.pattern, columns.code)
    )
    row = tx.execute(statement).one_or_none()
    if row is None:
        found = get(tx, series_id)
        if found.kind != "gapless" or found.last_issue_date is None:
            raise NotFoundProblem
        raise NumberDateOrderProblem(issue_date, found.last_issue_date)
    sequence, pattern, code = row
    return Taken(sequence, patterns.write(pattern, code, sequence))


def _expected(row: SeriesRow) -> Expected:
    number = patterns.write(row.pattern, row.code, row.next_number)
    return Expected(row.id, row.kind, row.next_number, number)


def _row(row: sa.Row[Any]) -> SeriesRow:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    del values["account_id"]
    return SeriesRow(**values)
