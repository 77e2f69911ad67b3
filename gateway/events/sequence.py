"""The events of a whole account in their one order, each with the cursor that leads to it.

For those who pass events on. The order and the horizon are those of `service.feed`.
"""

import datetime
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.events.service import EventView
from gateway.events.tables import TransactionId, event
from gateway.kit.tenancy import TenantTransaction

CURSOR = re.compile(r"([0-9]{1,19})-([0-9]{1,18})")
LAST = 2**63 - 1
_COLUMNS = tuple(event.c[name] for name in EventView.__dataclass_fields__)
_stands_at = sa.tuple_(event.c.xid, event.c.position)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in the feed; places of one account order as their events do.

    Attributes:
        xid: The transaction that recorded the event.
        position: Its position among the events.
    """

    xid: int
    position: int

    @property
    def cursor(self) -> str:
        """What `GET /v1/events` takes as `after`."""
        return f"{self.xid}-{self.position}"

    @classmethod
    def read(cls, cursor: str) -> "Place":
        """Read a cursor.

        Raises:
            ValueError: It is none.
        """
        if (match := CURSOR.fullmatch(cursor)) is None:
            raise ValueError("not a cursor")
        return cls(int(match[1]), int(match[2]))


@dataclass(frozen=True, slots=True)
class Placed:
    """An event, whose it is, and where it stands."""

    place: Place
    entity_id: UUID
    event: EventView


@dataclass(frozen=True, slots=True)
class Stretch:
    """The next events of an account.

    Attributes:
        events: In order.
        end: Everything up to here was returned, now or before.
        more: Whether there are more behind.
    """

    events: tuple[Placed, ...]
    end: Place
    more: bool


def following(tx: TenantTransaction, after: Place, limit: int) -> Stretch:
    """Return what comes next, in all entities of the transaction's tenant.

    When that is not a full page, `end` is the horizon: what lies between was somebody else's.
    """
    end = horizon(tx)
    query = (
        _placed(tx)
        .where(_stands_at > _literal(after), event.c.xid <= _transaction(end.xid))
        .order_by(event.c.xid, event.c.position)
        .limit(limit)
    )
    events = tuple(_read(row) for row in tx.execute(query))
    if len(events) == limit:
        return Stretch(events, events[-1].place, more=True)
    return Stretch(events, max(after, end), more=False)


def horizon(tx: TenantTransaction) -> Place:
    """Return the place before which nothing will appear any more."""
    oldest = sa.func.pg_snapshot_xmin(sa.func.pg_current_snapshot())
    running: int = tx.execute(sa.select(_number(oldest))).scalar_one()
    return Place(running - 1, LAST)


def between(  # noqa: PLR0913 - the ends of a range
    tx: TenantTransaction,
    *,
    since: datetime.datetime,
    until: datetime.datetime,
    after: Place,
    before: Place,
    limit: int,
) -> tuple[Placed, ...]:
    """Return events recorded in a span of time, in order, from a place to a place inclusive."""
    query = (
        _placed(tx)
        .where(event.c.at >= since, event.c.at < until)
        .where(_stands_at > _literal(after), _stands_at <= _literal(before))
        .order_by(event.c.xid, event.c.position)
        .limit(limit)
    )
    return tuple(_read(row) for row in tx.execute(query))


def _placed(tx: TenantTransaction) -> sa.Select[*tuple[Any, ...]]:
    return tx.select(event, _number(event.c.xid), event.c.entity_id, *_COLUMNS)


def _read(row: sa.Row[*tuple[Any, ...]]) -> Placed:
    view = EventView(*row[2:])
    return Placed(Place(row[0], view.position), row[1], view)


def _literal(place: Place) -> sa.Tuple:
    return sa.tuple_(_transaction(place.xid), sa.literal(place.position))


def _transaction(number: int) -> sa.Cast[str]:
    return sa.cast(str(number), TransactionId)


def _number(transaction: sa.ColumnElement[Any]) -> sa.Cast[int]:
    return sa.cast(sa.cast(transaction, sa.Text), sa.BigInteger)
