"""The log as whoever audits it reads it: its root at any size, and the way from leaves to it."""

from collections.abc import Mapping, Sequence

from gateway.archive import merkle, repository
from gateway.kit.tenancy import TenantTransaction


def root_at(transaction: TenantTransaction, size: int) -> bytes:
    """Return the root of the log's first leaves.

    Raises:
        KeyError: The log has not so many, or lost a hash.
    """
    return merkle.root(size, repository.nodes(transaction, merkle.frontier(size)))


def proofs(
    transaction: TenantTransaction, indexes: Sequence[int], size: int
) -> Mapping[int, tuple[bytes, ...]]:
    """Prove leaves to be in the log's first `size` leaves, by its stored hashes; one question.

    Raises:
        KeyError: The log lost a hash.
    """
    wanted = frozenset[merkle.Position]().union(
        *(merkle.inclusion_positions(index, size) for index in indexes)
    )
    nodes = repository.nodes(transaction, wanted)
    return {index: merkle.inclusion_proof(index, size, nodes) for index in indexes}
