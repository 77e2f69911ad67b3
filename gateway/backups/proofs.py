"""Proofs of a restored log, leaf by leaf: made as the gateway makes them, judged as readers do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import psycopg

from gateway.archive import auditing
from gateway.archive.verify.signed import Checkpoint, Key, SignedError, read_checkpoint
from gateway.archive.verify.tree import TreeError, leaf_hash, root_by_inclusion
from gateway.kit.database import Database

_AT_ONCE = 1024
_MOST = 100
_LEAVES = """
select log_index, leaf from archive_entry
 where log_index %% %(step)s = 0 order by log_index
"""
_NEWEST = "select note from log_checkpoint order by size desc limit 1"


@dataclass(slots=True)
class Proved:
    """What came of it.

    Attributes:
        leaves: Leaves of the log, as its newest checkpoint says.
        checked: Proofs that were made and followed.
        wrong: Places of leaves whose proof leads elsewhere, the first hundred.
        more: How many more there are.
        problem: What kept all from being proved.
    """

    leaves: int = 0
    checked: int = 0
    wrong: list[int] = field(default_factory=list)
    more: int = 0
    problem: str | None = None

    def blame(self, index: int) -> None:
        """Note a leaf that is not proved."""
        if len(self.wrong) < _MOST:
            self.wrong.append(index)
        else:
            self.more += 1


def prove(
    connection: psycopg.Connection[Any],
    database: Database,
    key: Key,
    step: int,
    tell: Callable[[int, int], None],
) -> Proved:
    """Prove every leaf, or each `step`-th, to be in the newest signed head.

    Args:
        connection: Sees the leaves of all tenants.
        database: The same database, as the gateway sees it.
        key: The log's key.
        step: 1 for all.
        tell: Called with how many are done, and of how many.
    """
    row = connection.execute(_NEWEST).fetchone()
    if row is None:
        return Proved()
    try:
        head = read_checkpoint(row.note.encode(), key)
    except SignedError as error:
        return Proved(problem=f"the newest head is not the log's: {error}")
    proved = Proved(leaves=head.size)
    total = -(-head.size // step)
    with connection.cursor("proved") as cursor, database.worker_transaction() as tx:
        cursor.itersize = _AT_ONCE
        cursor.execute(_LEAVES, {"step": step})
        while rows := cursor.fetchmany(_AT_ONCE):
            leaves = {one.log_index: bytes(one.leaf) for one in rows}
            beyond = [index for index in leaves if index >= head.size]
            inside = [index for index in leaves if index < head.size]
            for index in beyond:
                proved.blame(index)
            try:
                paths = auditing.proofs(tx, inside, head.size)
            except KeyError as error:
                proved.problem = f"the log lost the hash {error}"
                return proved
            for index in inside:
                proved.checked += 1
                if not _leads(leaves[index], index, head, paths[index]):
                    proved.blame(index)
            tell(proved.checked, total)
    if proved.checked != total:
        proved.problem = f"{proved.checked} leaves are there, the head says {total}"
    return proved


def _leads(leaf: bytes, index: int, head: Checkpoint, path: tuple[bytes, ...]) -> bool:
    try:
        return root_by_inclusion(leaf_hash(leaf), index, head.size, path) == head.root
    except TreeError:
        return False
