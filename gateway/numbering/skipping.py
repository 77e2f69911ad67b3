"""Leaving numbers out: those that may have been given after the backup that was restored.

How many were given is not known, only how many at most. So every series goes on beyond that, or
beyond the last number that somebody elsewhere knows. Where numbers begin again with a period, it
goes on in today's: an earlier one takes no more documents, as dates in a series never go back.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.ids import new_id, public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.number_patterns import Reset, period_of, write
from gateway.numbering import counter
from gateway.numbering.counter import SeriesRow
from gateway.numbering.floors import AHEAD
from gateway.numbering.tables import number_floor, series_skip
from gateway.tenants import service as tenants


class GivenNumberError(ValueError):
    """A last number is stated that cannot be the last one; the message says why."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A series that goes on further up.

    Attributes:
        series_id: The series.
        code: Its code.
        first: The first number that is left out, as it would be written.
        last: The last one.
        next_number: What it goes on with, in `period`.
        period: The period it counts in.
        stated: Whether somebody said which number was the last one.
    """

    series_id: UUID
    code: str
    first: str
    last: str
    next_number: int
    period: str | None
    stated: bool


def skip(
    tx: TenantTransaction, count: int, given: Mapping[UUID, int], now: datetime.datetime
) -> tuple[Skipped, ...]:
    """Leave so many numbers out in every series of the entity that counts, and in those to come.

    Args:
        tx: Of the entity.
        count: How many numbers may have been given that nobody here knows of.
        given: The last number of a series by its id, where somebody knows it: counted in today's
            period. It need not be this entity's.
        now: The moment; the day after it where the entity is tells the period, because documents
            may have been dated so far ahead.

    Returns:
        The series that leave numbers out.

    Raises:
        GivenNumberError: A last number is before one that was given here.
    """
    zone = tenants.zone_of(tenants.get_entity(tx, tx.entity_id))
    today = now.astimezone(zone).date() + AHEAD  # on the last day of a period: that of the next
    rows = [counter.get(tx, one, lock=True) for one in counting(tx)]
    skipped = [_skip(tx, row, count, given.get(row.id), today, now) for row in rows]
    found = [one for one in skipped if one is not None]
    floor = postgresql.insert(number_floor).values(
        account_id=tx.tenant.account_id,
        entity_id=tx.entity_id,
        next_number=(highest := max([count + 1, *(one.next_number for one in found)])),
        at=now,
    )
    tx.execute(
        floor.on_conflict_do_update(
            index_elements=[number_floor.c.account_id, number_floor.c.entity_id],
            set_={"next_number": sa.func.greatest(number_floor.c.next_number, highest), "at": now},
        )
    )
    return tuple(found)


def counting(tx: TenantTransaction) -> list[UUID]:
    """Return the ids of the entity's series that count by themselves."""
    return [
        row.id for row in counter.listed(tx) if row.kind == "gapless" and row.counter_id is None
    ]


def _skip(  # noqa: PLR0913, PLR0917 - all of it named
    tx: TenantTransaction,
    row: SeriesRow,
    count: int,
    last: int | None,
    today: datetime.date,
    now: datetime.datetime,
) -> Skipped | None:
    """Have a series go on further up; None where no number is left out."""
    period, first = period_of(row.reset, today), row.next_number
    if row.period is not None and row.period < period:
        first = 1  # what was given since then began again
    elif row.period is not None:
        period = row.period
    following = first + count if last is None else last + 1
    if following < first:
        raise GivenNumberError(
            f"{public_id('ser', row.id)} gave {first - 1} already: {last} was not its last number"
        )
    if following == first:
        if row.period == period or row.reset is Reset.NEVER:
            return None
        following += 1  # of today's period: so that an earlier one takes no more documents
    counter.change(tx, row.id, next_number=following, period=period)
    tx.execute(
        tx.insert(
            series_skip,
            id=new_id(),
            series_id=row.id,
            place=row.places,
            period=period,
            next_number=following,
            at=now,
        )
    )
    return Skipped(
        series_id=row.id,
        code=row.code,
        first=write(row.pattern, row.names, first, today),
        last=write(row.pattern, row.names, following - 1, today),
        next_number=following,
        period=period,
        stated=last is not None,
    )
