"""INV5, what an older backup brought back: documents that were destroyed, and are here again.

The database cannot know it. `<data>/log/destroyed` does, and the copy where heads of the log are
left: entity, document, moment, certificate, a line each.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from gateway.fsck.ids import uuid_of
from gateway.fsck.report import InvariantReport

_NAME = "destroyed"
_AT_ONCE = 1000
_ALIVE = """
select said.id, said.at from unnest(%(entities)s::uuid[], %(ids)s::uuid[], %(moments)s::text[])
         as said (entity_id, id, at)
 where exists (select from document d where d.entity_id = said.entity_id and d.id = said.id
                  and d.destroyed_at is null)
    or exists (select from received_document r where r.entity_id = said.entity_id
                  and r.id = said.id and r.destroyed_at is null)
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of what was destroyed, as long as it was when it was looked at.

    Attributes:
        path: The file.
        size: Its bytes; lines that come later are of documents that the database marked later.
    """

    path: Path
    size: int


def measure(data: Path, anchors: Path | None) -> tuple[Listed, ...]:
    """Find the lists; before the database is looked at."""
    places = [data / "log" / _NAME] + ([] if anchors is None else [anchors / _NAME])
    return tuple(Listed(path, path.stat().st_size) for path in places if path.is_file())


def check(
    connection: psycopg.Connection[Any], lists: tuple[Listed, ...], report: InvariantReport
) -> None:
    """Name what was destroyed and is here."""
    for one in lists:
        found = again(connection, one)
        report.saw("destroyed", found.listed)
        for id_, moment in found.alive.items():
            what = f"it was destroyed at {moment}; an older backup brought it back"
            report.blame(f"document {id_}", f"{what}: propose its destruction again")
        if found.unreadable:
            report.blame(str(one.path), f"{found.unreadable} lines cannot be read")


@dataclass(slots=True)
class Returned:
    """What a list says.

    Attributes:
        listed: How many lines it has.
        alive: The documents of it that are here, with the moment of their destruction.
        unreadable: How many lines say nothing.
    """

    listed: int = 0
    alive: dict[UUID, str] = field(default_factory=dict)
    unreadable: int = 0


def again(connection: psycopg.Connection[Any], one: Listed) -> Returned:
    """Look for what a list names."""
    found = Returned()
    lines = _lines(one)
    while some := list(islice(lines, _AT_ONCE)):
        found.listed += len(some)
        read = [line for line in map(_read, some) if line is not None]
        found.unreadable += len(some) - len(read)
        entities, ids, moments = ([line[n] for line in read] for n in range(3))
        asked = {"entities": entities, "ids": ids, "moments": moments}
        for row in connection.execute(_ALIVE, asked):
            found.alive[row.id] = row.at
    return found


def _lines(one: Listed) -> Iterator[bytes]:
    with one.path.open("rb") as file:
        while file.tell() < one.size and (line := file.readline()):
            yield line


def _read(line: bytes) -> tuple[UUID, UUID, str] | None:
    try:
        entity, document, moment, _ = line.decode().split(" ", 3)
        return uuid_of(entity), uuid_of(document), moment
    except ValueError:
        return None
