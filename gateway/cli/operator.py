"""What operators do to the queue from the command line, over the database."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from typing import Any

from rich.table import Table

from gateway.kit import clock, guard
from gateway.kit.bootstrap import BootstrapError, Storage
from gateway.kit.clock import written
from gateway.kit.console import fail, out
from gateway.kit.database import Database
from gateway.kit.guard import UnsafeDatabaseError
from gateway.kit.ids import parse_id, public_id
from gateway.kit.postgres_programs import EmbeddedPostgresError
from gateway.problems import Problem
from gateway.settings import Settings
from gateway.transmissions import operating
from gateway.transmissions.control import pauses
from gateway.transmissions.heads import AHEAD
from gateway.transmissions.operating import Head, LaneRow, Row, Wanted

_CANNOT_OPEN = (BootstrapError, EmbeddedPostgresError, UnsafeDatabaseError, OSError)
"""Everything an operator can mend; its message says how."""

NOT_FOUND = 1
_WIDEST = 10_000


@contextmanager
def opened() -> Iterator[Database]:
    """Open the database, and end the process when that or the work fails."""
    settings = Settings()
    try:
        with closing(Storage.open(settings)) as storage, closing(Database(storage.url)) as found:
            guard.check(found)
            yield found
    except Problem as problem:
        fail(problem.detail)
    except _CANNOT_OPEN as error:
        fail(str(error))


def show_lanes(*, as_json: bool) -> int:
    """Print every lane that somebody has, or on which something waits."""
    with opened() as database, database.worker_transaction() as tx:
        found = operating.lanes(tx)
        heads = operating.heads_of(tx, [one.key for one in found])
        stopped = {one.channel: one.reason for one in pauses.paused(tx)}
    now = clock.now()
    if as_json:
        out.print_json(json.dumps([_lane(one, stopped, heads.get(one.key)) for one in found]))
        return 0
    columns = ("lane", "owner", "epoch", "lease", "waiting", "due", "oldest due", "paused", "head")
    table = _table(*columns)
    for one in found:
        table.add_row(
            one.key,
            one.host or ("" if one.lease_until is None else "unknown"),
            _text(one.epoch),
            "" if one.lease_until is None else _ahead(one.lease_until, now),
            str(one.waiting),
            str(one.due),
            "" if one.oldest is None else _ago(one.oldest, now),
            stopped.get(one.channel, ""),
            _head(heads.get(one.key), now),
        )
    _print(table)
    return 0


def list_transmissions(wanted: Wanted, limit: int, *, as_json: bool) -> int:
    """Print what is not finished, oldest first."""
    with opened() as database, database.worker_transaction() as tx:
        found = operating.rows(tx, wanted, limit=limit)
        heads = operating.heads_of(tx, {one.lane for one in found if one.state in AHEAD})
    now = clock.now()
    if as_json:
        out.print_json(json.dumps([_row(one, _behind(one, heads)) for one in found]))
        return 0
    columns = ("transmission", "entity", "lane", "state", "queued", "next", "failures", "reason")
    table = _table(*columns, "person")
    for one in found:
        table.add_row(
            public_id("trn", one.transmission_id),
            public_id("ent", one.entity_id),
            one.lane,
            one.state,
            _ago(one.created_at, now),
            "" if one.due_at is None else _ahead(one.due_at, now),
            str(one.attempts),
            _waits(one, _behind(one, heads)),
            one.action_required or "",
        )
    _print(table)
    return 0


def wanted_of(
    states: Sequence[str],
    channel: str | None,
    entity: str | None,
    older: float | None,
    *,
    person: bool,
) -> Wanted:
    """Return what the options of a list ask for.

    Args:
        states: Only these; neither these nor `person`: all that is not closed.
        channel: Only this channel.
        entity: Only this entity (`ent_...`).
        older: Only what was queued more than so many minutes ago.
        person: What waits for a person, in whatever state.
    """
    before = None if older is None else clock.now() - timedelta(minutes=older)
    try:
        entity_id = None if entity is None else parse_id(entity, "ent")
    except Problem:
        fail(f"{entity} is not the id of an entity")
    return Wanted(tuple(states), person, channel, entity_id, before)


def row_of(database: Database, transmission: str) -> Row:
    """Return the row of a transmission, whosever it is, or end the process."""
    try:
        found = operating.find(database, parse_id(transmission, "trn"))
    except Problem:
        found = None
    if found is None:
        fail(f"there is no transmission {transmission}", NOT_FOUND)
    return found


def _behind(one: Row, heads: Mapping[str, Head]) -> Head | None:
    """Return what a row waits for, where it waits for its turn."""
    head = heads.get(one.lane) if one.state in AHEAD else None
    return None if head is None or head.transmission_id == one.transmission_id else head


def _waits(one: Row, behind: Head | None) -> str:
    """Say why a row waits."""
    if behind is None:
        return one.reason or ""
    why = f" ({behind.reason})" if behind.reason else ""
    return f"behind {public_id('trn', behind.transmission_id)}, {behind.state}{why}"


def _head(head: Head | None, now: datetime) -> str:
    """Say who is first on a lane, and why he is not done."""
    if head is None:
        return ""
    when = "" if head.due_at is None else f", {_ahead(head.due_at, now)}"
    why = f" ({head.reason})" if head.reason else ""
    return f"{public_id('trn', head.transmission_id)}, {head.state}{why}{when}"


def _head_json(head: Head | None) -> dict[str, Any] | None:
    if head is None:
        return None
    return {
        "id": public_id("trn", head.transmission_id),
        "state": head.state,
        "due_at": head.due_at and written(head.due_at),
        "reason": head.reason,
    }


def _row(one: Row, behind: Head | None) -> dict[str, Any]:
    return {
        "id": public_id("trn", one.transmission_id),
        "account_id": public_id("acc", one.account_id),
        "entity_id": public_id("ent", one.entity_id),
        "lane": one.lane,
        "state": one.state,
        "due_at": one.due_at and written(one.due_at),
        "failures": one.attempts,
        "reason": one.reason,
        "action_required": one.action_required,
        "behind": _head_json(behind),
        "created_at": written(one.created_at),
        "claimed_at": one.claimed_at and written(one.claimed_at),
    }


def _lane(one: LaneRow, stopped: Mapping[str, str], head: Head | None) -> dict[str, Any]:
    return {
        "lane": one.key,
        "owner": one.host,
        "epoch": one.epoch,
        "lease_until": one.lease_until and written(one.lease_until),
        "waiting": one.waiting,
        "due": one.due,
        "oldest_due_at": one.oldest and written(one.oldest),
        "paused": stopped.get(one.channel),
        "head": _head_json(head),
    }


def _table(*columns: str) -> Table:
    table = Table()
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _print(table: Table) -> None:
    if not out.is_terminal:
        out.width = _WIDEST
    out.print(table)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _ago(moment: datetime, now: datetime) -> str:
    return f"{_short(now - moment)} ago"


def _ahead(moment: datetime, now: datetime) -> str:
    return "now" if moment <= now else f"in {_short(moment - now)}"


def _short(length: timedelta) -> str:
    seconds = max(0, round(length.total_seconds()))
    for unit, name in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= 2 * unit:
            return f"{seconds // unit} {name}"
    return f"{seconds} s"
