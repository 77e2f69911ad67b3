"""The heads of ordered lanes: the first unfinished message, for which the others wait."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.transmissions.routes import ROUTES
from gateway.transmissions.tables import outbox

AHEAD = ("queued", "deferred", "sending", "unknown", "stuck")
"""The states of rows that nothing on an ordered lane may overtake."""
_AHEAD: list[sa.ColumnElement[str]] = [
    sa.literal_column(f"'{one}'")
    for one in AHEAD  # known to prepared statements, too
]


def ordered(lanes: Iterable[str]) -> list[str]:
    """Return those of some lanes in which the order matters."""
    routes = {lane: ROUTES.get(lane.partition("/")[0]) for lane in lanes}
    return sorted(lane for lane, route in routes.items() if route is not None and route.ordered)


def of_lanes(query: sa.Select[Any], lanes: Iterable[str]) -> sa.Select[Any]:
    """Return the query of the heads of some lanes: one look into an index for each of them.

    Args:
        query: Of the outbox: whose rows count, and which columns are wanted.
        lanes: Which; those in which the order does not matter have no head.
    """
    named = sa.literal(ordered(lanes), postgresql.ARRAY(sa.Text))
    keys = sa.func.unnest(named).table_valued("key", name="keys").render_derived()
    first = query.where(outbox.c.lane == keys.c.key, outbox.c.state.in_(_AHEAD))
    head = first.order_by(outbox.c.id).limit(1).lateral("head")
    return sa.select(head).select_from(keys.join(head, sa.true()))
