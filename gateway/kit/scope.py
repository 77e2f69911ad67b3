"""What an auditor is shown of an entity: days of issue, kinds, what was issued or what came.

A scope is told to PostgreSQL, whose row security holds to it, and is a condition of every
statement besides. Tables say by `Table.info` where they fall:

- `period_columns`: the day is in the first of them; where one of them is empty, it is no day's.
- `kind_column`: the kind of document.
- `direction`: what the whole table holds, `issued` or `received`.
- `asker_column`: who asked for the row; an auditor is shown what they asked for themselves.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Table, false

Direction = Literal["issued", "received"]
"""Which way documents go."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days of issue, and what of them; what is left open is not limited.

    Attributes:
        since: The first day.
        until: The last day.
        kinds: Of what was issued, these kinds alone; empty for all.
        directions: These alone; empty for both.
        asker: The public id of the auditor whom the entity invited; empty for others.
    """

    since: datetime.date | None = None
    until: datetime.date | None = None
    kinds: tuple[str, ...] = ()
    directions: tuple[Direction, ...] = ()
    asker: str = ""

    def written(self) -> str:
        """Return it the way PostgreSQL is told: `since,until,kind+kind,direction,asker`."""
        days = ["" if day is None else day.isoformat() for day in (self.since, self.until)]
        more = ("+".join(self.kinds), "+".join(self.directions), self.asker)
        return ",".join([*days, *more])  # never empty: that would be no limit


def within(table: Table, period: Period) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that leave of a table what a period shows."""
    direction = table.info.get("direction")
    if direction is not None and period.directions and direction not in period.directions:
        yield false()
    if (kind := table.info.get("kind_column")) is not None and period.kinds:
        yield table.columns[kind].in_(period.kinds)
    if (asker := table.info.get("asker_column")) is not None:
        yield table.columns[asker] == period.asker
    if (names := table.info.get("period_columns")) is not None:
        yield from _days([table.columns[name] for name in names], period)


def _days(columns: Sequence[ColumnElement[Any]], period: Period) -> Iterator[ColumnElement[bool]]:
    yield from (column.is_not(None) for column in columns)
    if period.since is not None:
        yield columns[0] >= period.since
    if period.until is not None:
        yield columns[0] <= period.until
