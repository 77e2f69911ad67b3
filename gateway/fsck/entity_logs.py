"""INV6, for each entity: its own log computed again from its leaves."""

import json
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from typing import Any
from uuid import UUID

import psycopg

from gateway.fsck.report import InvariantReport
from gateway.fsck.streams import stream
from gateway.fsck.tree import ORDER, Stored, Tree

_LEAVES = """
select entity_id, id, entity_index, leaf from archive_entry order by entity_id, log_index
"""
_HEADS = "select entity_id, size, edge from entity_log"
_NODES = f"""
select n.entity_id, n.level, n.index, n.hash from entity_log_node n order by n.entity_id, {ORDER}
"""  # noqa: S608 - our own text


def check(connection: psycopg.Connection[Any], report: InvariantReport) -> None:
    """Compare heads and nodes of every entity's log with what its leaves make."""
    heads = {row.entity_id: (row.size, bytes(row.edge)) for row in connection.execute(_HEADS)}
    with (
        closing(stream(connection, _LEAVES)) as entries,
        closing(stream(connection, _NODES)) as nodes,
    ):
        stored = groupby(nodes, key=lambda row: row.entity_id)
        others = next(stored, None)
        for owner, leaves in groupby(entries, key=lambda row: row.entity_id):
            while others is not None and others[0] < owner:
                _stray(others[0], report)
                others = next(stored, None)
            mine = others is not None and others[0] == owner
            tree = _compare(owner, leaves, others[1] if mine and others else iter(()), report)
            if heads.pop(owner, None) != (tree.size, tree.edge):
                report.blame(f"entity_log {owner}", f"its {tree.size} leaves make another head")
            if mine:
                others = next(stored, None)
        while others is not None:
            _stray(others[0], report)
            others = next(stored, None)
    for entity_id in heads:
        report.blame(f"entity_log {entity_id}", "no archived leaf makes it")


def _compare(
    owner: UUID, leaves: Iterator[Any], nodes: Iterator[Any], report: InvariantReport
) -> Tree:
    """Compare the stored hashes of one entity with those that its leaves make."""
    report.saw("logs of entities")
    wrong: list[str] = []

    def blame(level: int, index: int, what: str) -> None:
        if not wrong:
            wrong.append(f"({level}, {index}): {what}")

    tree, stored = Tree(), Stored(nodes, blame)
    for entry in leaves:
        _check_place(entry, tree.size, report)
        for made in tree.add(bytes(entry.leaf)):
            stored.compare(made)
    stored.end()
    if wrong:
        what = f"its leaves make other hashes, first at {wrong[0]}"
        report.blame(f"entity_log_node of {owner}", what)
    return tree


def _stray(owner: UUID, report: InvariantReport) -> None:
    report.blame(f"entity_log_node of {owner}", "no archived leaf makes it")


def _check_place(entry: Any, place: int, report: InvariantReport) -> None:  # noqa: ANN401 - a row
    where = f"archive_entry {entry.id}"
    if entry.entity_index != place:
        report.blame(where, f"it is leaf {place} of its entity, and says {entry.entity_index}")
    try:
        said = json.loads(bytes(entry.leaf)).get("entity_index", place)
    except (ValueError, AttributeError):
        return  # INV5 says so
    if said != place:
        report.blame(where, f"it is leaf {place} of its entity, and its leaf says {said}")
