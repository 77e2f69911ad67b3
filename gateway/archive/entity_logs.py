"""The log of an entity's own leaves, for its auditor: nothing is missing, nothing of others shown.

Its head is signed when it is asked for, with the log's key under a name of its own:
`<origin>/<entity>`. The same head gets the same signature (Ed25519), so nothing is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from gateway.archive import merkle
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.keys import LogKey
from gateway.archive.merkle import Position
from gateway.archive.notes import Verifier
from gateway.archive.tables import archive_entry, entity_log, entity_log_node
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem

_N = entity_log_node.c


@dataclass(frozen=True, slots=True)
class OwnLeaf:
    """A leaf of an entity, as its auditor needs it.

    Who is limited to a period or to kinds sees of other leaves their hash alone: it says nothing
    of what is in them (ids and digests in it cannot be guessed), and the root still follows.

    Attributes:
        entity_index: Its place in the entity's log, from 0.
        hash: What the trees are made of: SHA-256 of 0x00 and the leaf.
        log_index: Its place in the log of all; None where the leaf is not shown.
        leaf: The bytes that both commit to; None where they are not shown.
    """

    entity_index: int
    hash: bytes
    log_index: int | None
    leaf: bytes | None


def origin(key: LogKey, transaction: TenantTransaction) -> str:
    """Return the name of the entity's log."""
    return f"{key.origin}/{public_id('ent', transaction.entity_id)}"


def verifier(key: LogKey, transaction: TenantTransaction) -> Verifier:
    """Return the verifier key of the entity's log: the log's key under the other name."""
    return Verifier(origin(key, transaction), key.private.public_key().public_bytes_raw())


def size(transaction: TenantTransaction) -> int:
    """Return how many leaves the entity has."""
    query = transaction.select(entity_log, entity_log.c.size)
    return int(transaction.execute(query).scalar() or 0)


def checkpoint(transaction: TenantTransaction, key: LogKey, at: int | None = None) -> str:
    """Return a signed head of the entity's log.

    Args:
        transaction: Of the entity.
        key: The log's.
        at: Of its first leaves; None: of all.

    Raises:
        NotFoundProblem: Nothing, or not so much, was archived yet.
    """
    newest = size(transaction)
    wanted = newest if at is None else at
    if not 0 < wanted <= newest:
        raise NotFoundProblem("So much has not been archived yet.")
    root = merkle.root(wanted, nodes(transaction, merkle.frontier(wanted)))
    return Checkpoint(origin(key, transaction), wanted, root).sign(key.private)


def inclusion(transaction: TenantTransaction, entity_index: int, within: int) -> tuple[bytes, ...]:
    """Prove that a leaf is among the first `within` leaves of the entity."""
    stored = nodes(transaction, merkle.inclusion_positions(entity_index, within))
    return merkle.inclusion_proof(entity_index, within, stored)


def consistency(transaction: TenantTransaction, old: int, new: int) -> tuple[bytes, ...]:
    """Prove that the entity's first `old` leaves begin its first `new` ones."""
    stored = nodes(transaction, merkle.consistency_positions(old, new))
    return merkle.consistency_proof(old, new, stored)


def leaves(transaction: TenantTransaction, first: int, limit: int) -> Sequence[OwnLeaf]:
    """Return the leaves of the entity in order, from a place on; none is left out."""
    columns = archive_entry.c
    hashes = transaction.execute(
        transaction.select(entity_log_node, _N.index, _N.hash)
        .where(_N.level == 0, _N.index >= first)
        .order_by(_N.index)
        .limit(limit)
    ).all()
    shown = transaction.execute(
        transaction.select(archive_entry, columns.entity_index, columns.log_index, columns.leaf)
        .where(columns.entity_index >= first)
        .order_by(columns.entity_index)
        .limit(limit)
    )
    known = {place: (index, bytes(leaf)) for place, index, leaf in shown}
    nothing = (None, None)
    return [OwnLeaf(place, bytes(value), *known.get(place, nothing)) for place, value in hashes]


def nodes(
    transaction: TenantTransaction, positions: Iterable[Position]
) -> Mapping[Position, bytes]:
    """Return stored subtree hashes of the entity's log."""
    places = list(positions)
    query = transaction.select(entity_log_node, _N.level, _N.index, _N.hash).where(
        sa.tuple_(_N.level, _N.index).in_(places)
    )
    rows = transaction.execute(query)
    return {(level, index): bytes(value) for level, index, value in rows}
