"""Growth of both logs at once: the one of all, and that of the entity whose leaves they are.

Both grow under the lock of the one head, so an entity's log has its leaves in the same order. Each
leaf names its place among its entity's: where somebody left one out, the numbers show the hole.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gateway.archive import merkle, repository
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.keys import LogKey
from gateway.archive.merkle import Position
from gateway.archive.repository import EntityEdge
from gateway.kit.tenancy import TenantTransaction


@dataclass(frozen=True, slots=True)
class Edges:
    """Where both logs grow; the head is locked.

    Attributes:
        size: Leaves of the one log.
        nodes: The stored hashes at its frontier.
        own: The log of the transaction's entity.
    """

    size: int
    nodes: Mapping[Position, bytes]
    own: EntityEdge


def grow(  # noqa: PLR0913, PLR0917 - all of it named
    transaction: TenantTransaction,
    edges: Edges,
    key: LogKey,
    leaves: Sequence[bytes],
    added: Mapping[str, Sequence[object]],
    now: datetime.datetime,
) -> tuple[str, tuple[bytes, ...]]:
    """Add leaves to both logs.

    Args:
        transaction: Of the entity; it holds the lock.
        edges: Where they grow.
        key: Signs.
        leaves: Leaf data, in order.
        added: The entries, as `repository.columns`.
        now: When.

    Returns:
        The new signed head of the one of all, and the digests of `repository.grow`.

    Raises:
        RuntimeError: A head is not as it was when it was read.
    """
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves]
    growth = merkle.append(edges.size, edges.nodes, hashes)
    own = merkle.append(edges.own.size, edges.own.nodes, hashes)
    note = Checkpoint(key.origin, growth.size, growth.root).sign(key.private)
    again = repository.grow(
        transaction,
        before=edges.size,
        growth=growth,
        entity=edges.own.grown(own),
        note=note,
        now=now,
        added=added,
    )
    return note, again
