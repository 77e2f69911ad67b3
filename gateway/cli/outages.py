"""What operators note of announced outages from the command line, over the database."""

import getpass
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from rich.table import Table

from countries.outages import Announced, Outage
from gateway.cli.operator import opened
from gateway.kit import clock
from gateway.kit.clock import written
from gateway.kit.console import err, fail, out
from gateway.kit.database import Database
from gateway.kit.ids import parse_id, public_id
from gateway.transmissions import announcing
from gateway.transmissions.control import outages
from gateway.transmissions.control.outages import Note

_WRONG = 2


def show(*, every: bool, as_json: bool) -> int:
    """Print what was noted: what counts, or all of it."""
    with opened() as database:
        notes = announcing.listed(database)
    found = [_json(one) for one in (notes if every else outages.current(notes))]
    if as_json:
        out.print_json(json.dumps(found))
        return 0
    columns = ("id", "channel", "kind", "begins_at", "ends_at", "source", "actor", "noted_at")
    more = ("withdrawn", "reason") if every else ()
    table = Table()
    for column in (*columns, *more):
        table.add_column(column, overflow="fold")
    for row in found:
        table.add_row(*(str(row[name] or "") for name in (*columns, *more)))
    out.print(table)
    return 0


def note(channel: str, kind: Outage, *, begins: str, ends: str | None, source: str) -> int:
    """Note an outage."""
    said = Announced(kind, _moment(begins), None if ends is None else _moment(ends))
    with opened() as database:
        noted = announcing.announce(
            database, channel, said, source=source, actor=getpass.getuser(), now=clock.now()
        )
    return _told(noted)


def end(outage: str, *, at: str, reason: str, source: str | None) -> int:
    """Note when an outage ended."""
    ends = _moment(at)
    return _changed(outage, lambda said: replace(said, ends=ends), reason, source)


def correct(  # noqa: PLR0913 - one for each option
    outage: str,
    *,
    kind: Outage | None,
    begins: str | None,
    ends: str | None,
    goes_on: bool,
    source: str | None,
    reason: str,
) -> int:
    """Note what an outage was."""
    began = None if begins is None else _moment(begins)
    ended = None if ends is None else _moment(ends)

    def corrected(said: Announced) -> Announced:
        until = None if goes_on else ended or said.ends
        return Announced(kind or said.kind, began or said.begins, until)

    return _changed(outage, corrected, reason, source)


def withdraw(outage: str, *, reason: str) -> int:
    """Note that an outage never was."""
    with opened() as database:
        noted = announcing.change(
            database,
            parse_id(outage, "otg"),
            withdrawn=True,
            reason=reason,
            actor=getpass.getuser(),
            now=clock.now(),
        )
    return _told(noted)


def _changed(
    outage: str, say: Callable[[Announced], Announced], reason: str, source: str | None
) -> int:
    def change(database: Database) -> Note:
        identifier = parse_id(outage, "otg")
        return announcing.change(
            database,
            identifier,
            said=say(announcing.of_id(database, identifier).said),
            source=source,
            reason=reason,
            actor=getpass.getuser(),
            now=clock.now(),
        )

    with opened() as database:
        noted = change(database)
    return _told(noted)


def _told(noted: Note) -> int:
    ends = noted.said.ends
    words = "withdrawn" if noted.withdrawn else "goes on" if ends is None else f"until {ends}"
    err.print(f"{noted.channel}: {noted.said.kind.value} since {noted.said.begins}, {words}")
    out.print(public_id("otg", noted.outage))
    return 0


def _moment(text: str) -> datetime:
    """Read a moment with its offset; without one nobody knows in which country it is meant."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        fail(f'{text} is no moment; write it like "2026-11-30T08:00+01:00"', _WRONG)
    if found.tzinfo is None:
        fail(f"{text} needs its offset, like +01:00", _WRONG)
    return found


def _json(one: Note) -> dict[str, Any]:
    return {
        "id": public_id("otg", one.outage),
        "channel": one.channel,
        "kind": one.said.kind.value,
        "begins_at": written(one.said.begins),
        "ends_at": one.said.ends and written(one.said.ends),
        "withdrawn": one.withdrawn,
        "source": one.source,
        "reason": one.reason,
        "actor": one.actor,
        "noted_at": written(one.at),
    }
