"""INV5, where an entity is: what the log says has moved is not here, and issues nothing.

Of entities that moved under earlier versions the log says nothing, and nothing can be compared.
"""

import json
from collections import defaultdict
from typing import Any

import psycopg

from gateway.fsck.blobs import Blobs
from gateway.fsck.report import InvariantReport

# What another log said of an entity that arrived is about other installations.
_SAID = """
select entity_id, sha256 from archive_entry
 where role = 'move' and convert_from(leaf, 'UTF8')::jsonb -> 'quoted' is null
 order by log_index
"""
_MOVES = "select entity_id, state, statement from entity_move"


def check(connection: psycopg.Connection[Any], archive: Blobs, report: InvariantReport) -> None:
    """Check that entities are where the log says that they went."""
    rows = {row.entity_id: row for row in connection.execute(_MOVES)}
    newest, left = dict[Any, dict[str, Any]](), defaultdict[Any, set[str]](set)
    for entry in connection.execute(_SAID):
        try:
            told = json.loads(archive.read(entry.entity_id, bytes(entry.sha256)))
        except (OSError, ValueError):
            continue  # the check of evidence names it
        newest[entry.entity_id] = told
        if told["move"] == "left":  # with a later exit again, to the same place
            left[entry.entity_id].add(told["statement"])
    for entity, told in newest.items():
        report.saw("moves")
        where, row = f"entity_move {entity}", rows.get(entity)
        state = "not there" if row is None else row.state
        if told["move"] == "left" and state != "moved":
            report.blame(where, f"it is {state}, and the log says that it left")
        elif row is None or state == "arriving":
            report.blame(where, f"it is {state}, and the log says that it arrived")
        elif state == "moved" and row.statement in left[entity]:
            continue
        elif state in {"moved", "here"} and row.statement != told["statement"]:
            report.blame(where, "its statement is not the one in the log")
