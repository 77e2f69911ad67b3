"""The counter of a series: taken last, under the row's lock, in the transaction that uses it.

A rollback gives the number back, because the counter rolls back with it; so there is no gap, and
no other transaction can have taken a later one meanwhile. The lock lasts until the commit: what
is slow must be done before `take`.

Two things are counted. Places never begin again: 1, 2, 3 ... over the whole life of the series.
Numbers may, with every year or month of the issue date, and may go on where another system
stopped. Dates never go back in a series, so neither do periods, and one row is enough.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway import number_patterns
from gateway.kit.ids import new_id
from gateway.kit.kept import Kept
from gateway.kit.tenancy import TenantTransaction
from gateway.number_patterns import Names, Reset
from gateway.numbering import floors
from gateway.numbering.problems import (
    NumberDateOrderProblem,
    SeriesArchivedProblem,
    SeriesExistsProblem,
)
from gateway.numbering.tables import series
from gateway.problems import NotFoundProblem

SeriesKind = Literal["gapless", "external"]


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A number series.

    Attributes:
        kind: `gapless`: the gateway counts. `external`: the caller brings unique numbers.
        pattern: See `number_patterns`; empty for external ones.
        reset: When numbers begin again with 1.
        premise: The place of business it belongs to, where numbers name one.
        device: The device that issues, likewise.
        next_number: What `take` would give now, in `period`.
        period: Of the newest number; None before the first.
        places: How many numbers were taken.
        first_number: Where it began.
        first_period: The period in which it began there; None: whichever comes first.
        last_issue_date: Of the newest document numbered here.
        archived_at: Since when it gives no more numbers.
        counter_id: The series that counts for it; None: it counts itself.
    """

    id: UUID
    entity_id: UUID
    code: str
    kind: SeriesKind
    pattern: str
    reset: Reset
    premise: str
    device: str
    next_number: int
    period: str | None
    places: int
    first_number: int
    first_period: str | None
    last_issue_date: datetime.date | None
    archived_at: datetime.datetime | None
    counter_id: UUID | None
    created_at: datetime.datetime

    @property
    def names(self) -> Names:
        """What the pattern may write."""
        return Names(self.code, self.premise, self.device)

    def number_on(self, day: datetime.date, ahead: int = 0) -> str:
        """Return the number a document of a day would get now, or so many later."""
        period = number_patterns.period_of(self.reset, day)
        first = self.next_number if self.period in {None, period} else 1
        return number_patterns.write(self.pattern, self.names, first + ahead, day)


@dataclass(frozen=True, slots=True)
class NewSeries:
    """A series to be made; see `SeriesRow`."""

    code: str
    kind: SeriesKind = "gapless"
    pattern: str = number_patterns.DEFAULT_PATTERN
    reset: Reset = Reset.NEVER
    premise: str = ""
    device: str = ""
    first_number: int = 1
    first_period: str | None = None
    counter_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A number that is ours once the transaction commits.

    Attributes:
        sequence: The place in the series; None for external ones.
        number: The number.
        period: Of which year it is, where it does not say so and repeats every year; else empty.
    """

    sequence: int | None
    number: str
    period: str = ""


def add(tx: TenantTransaction, new: NewSeries, now: datetime.datetime) -> SeriesRow | None:
    """Add a series to the transaction's entity; None when its code is in use.

    It begins where it asks to, or further up where numbers were left out.
    """
    first = new.first_number
    if new.kind == "gapless" and new.counter_id is None:
        first = max(first, floors.least(tx, new.reset, now))
    values: dict[str, Any] = {
        "id": new_id(),
        "entity_id": tx.entity_id,
        "code": new.code,
        "kind": new.kind,
        "pattern": new.pattern,
        "reset": new.reset.value,
        "premise": new.premise,
        "device": new.device,
        "next_number": first,
        "period": new.first_period,
        "places": 0,
        "first_number": first,
        "first_period": new.first_period,
        "last_issue_date": None,
        "archived_at": None,
        "counter_id": new.counter_id,
        "created_at": now,
    }
    statement = postgresql.insert(series).values(account_id=tx.tenant.account_id, **values)
    added = statement.on_conflict_do_nothing(
        index_elements=[series.c.entity_id, series.c.code],
        index_where=series.c.archived_at.is_(None),
    ).returning(series.c.id)
    if tx.execute(added).first() is None:  # rowcount is -1 for inserts that return rows
        return None
    return SeriesRow(**values | {"reset": new.reset})


def require(row: SeriesRow | None, code: str) -> SeriesRow:
    """Return the row that `add` made.

    Raises:
        SeriesExistsProblem: It made none.
    """
    if row is None:
        raise SeriesExistsProblem(f"The series {code} exists already; choose another code.")
    return row


def listed(tx: TenantTransaction) -> list[SeriesRow]:
    """Return the entity's series, archived ones too, in order of their codes."""
    query = tx.select(series).order_by(series.c.code, series.c.id)
    return [_row(row) for row in tx.execute(query)]


def get(tx: TenantTransaction, series_id: UUID, *, lock: bool = False) -> SeriesRow:
    """Return one series.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    query = tx.select(series).where(series.c.id == series_id)
    row = tx.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise NotFoundProblem
    return _row(row)


_ACTIVE = Kept(
    lambda tx: tx.select(series).where(
        series.c.code == sa.bindparam("of_code"), series.c.archived_at.is_(None)
    )
)


def active(tx: TenantTransaction, code: str) -> SeriesRow | None:
    """Return the entity's series with a code that still gives numbers."""
    row = _ACTIVE(tx, of_code=code).one_or_none()
    return None if row is None else _row(row)


def counted(tx: TenantTransaction, row: SeriesRow) -> SeriesRow:
    """Return a series with the count that holds for it: its own, or that of another one."""
    if row.counter_id is None:
        return row
    other = get(tx, row.counter_id)
    return replace(
        row,
        reset=other.reset,
        next_number=other.next_number,
        period=other.period,
        places=other.places,
        last_issue_date=other.last_issue_date,
    )


def codes(tx: TenantTransaction, series_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the codes of several series; unknown ids are left out."""
    if not series_ids:
        return {}
    query = tx.select(series, series.c.id, series.c.code).where(series.c.id.in_(set(series_ids)))
    return {row.id: row.code for row in tx.execute(query)}


def change(tx: TenantTransaction, series_id: UUID, **values: object) -> None:
    """Write columns of a series that was read with its lock."""
    tx.execute(tx.update(series).where(series.c.id == series_id).values(**values))


def take(
    tx: TenantTransaction,
    series_id: UUID,
    issue_date: datetime.date,
    form: tuple[str, Names] | None = None,
) -> Taken:
    """Take the next number of a gapless series; it stays locked until the transaction ends.

    Args:
        tx: The transaction that issues.
        series_id: The series that counts.
        issue_date: Of the document.
        form: Pattern and names of the series that counts with it and has the number; None: of
            the series itself.

    Raises:
        NumberDateOrderProblem: The series has a document of a later date.
        SeriesArchivedProblem: It gives no more numbers.
        NotFoundProblem: No such gapless series.
    """
    columns = series.c
    period = sa.case(
        *(
            (columns.reset == reset.value, number_patterns.period_of(reset, issue_date))
            for reset in (Reset.YEARLY, Reset.MONTHLY)
        ),
        else_="",
    )
    same = sa.or_(columns.period.is_(None), columns.period == period)
    statement = (
        tx.update(series)
        .where(
            columns.id == series_id,
            columns.kind == "gapless",
            columns.archived_at.is_(None),
            sa.or_(columns.last_issue_date.is_(None), columns.last_issue_date <= issue_date),
            sa.or_(columns.period.is_(None), columns.period <= period),
        )
        .values(
            next_number=sa.case((same, columns.next_number), else_=1) + 1,
            period=period,
            places=columns.places + 1,
            last_issue_date=issue_date,
        )
        .returning(
            columns.next_number - 1,
            columns.places,
            columns.pattern,
            columns.code,
            columns.premise,
            columns.device,
            columns.reset,
        )
    )
    row = tx.execute(statement).one_or_none()
    if row is None:
        raise _refusal(get(tx, series_id), issue_date)
    number, place, own, code, premise, device, reset = row
    pattern, names = form or (own, Names(code, premise, device))
    return Taken(
        place,
        number_patterns.write(pattern, names, number, issue_date),
        number_patterns.unnamed_period(pattern, Reset(reset), issue_date),
    )


def _refusal(found: SeriesRow, issue_date: datetime.date) -> Exception:
    """Return why a series gave no number."""
    if found.kind != "gapless":
        return NotFoundProblem()
    if found.archived_at is not None:
        return SeriesArchivedProblem(f"The series {found.code} is archived; name another one.")
    last = found.last_issue_date
    if last is None or last <= issue_date:  # then the period is what it would go back behind
        year, _, month = (found.period or f"{issue_date.year:04}").partition("-")
        last = datetime.date(int(year), int(month or 1), 1)
    return NumberDateOrderProblem(issue_date, last)


def _row(row: sa.Row[Any]) -> SeriesRow:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    del values["account_id"]
    return SeriesRow(**values | {"reset": Reset(values["reset"])})
