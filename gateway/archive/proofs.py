"""What readers of the log prove with: tiles of hashes, and a proof in one file for each leaf."""

from gateway.archive import merkle, repository
from gateway.archive.evidence import ArchiveEntry
from gateway.archive.tiles import Tile
from gateway.archive.tlog_proof import TlogProof
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem

_NO_TILE = "The log has no such tile, or not yet."


def tile(transaction: TenantTransaction, wanted: Tile) -> bytes:
    """Return the hashes of a tile, one after the other.

    Raises:
        NotFoundProblem: The log is not large enough for it.
    """
    newest = repository.newest_checkpoint(transaction)
    size = newest[0] if newest else 0
    level, first = wanted.stored_level, wanted.first
    if first + wanted.width > size >> level:
        raise NotFoundProblem(_NO_TILE)
    return b"".join(repository.stretch(transaction, level, first, wanted.width))


def proof(transaction: TenantTransaction, entry: ArchiveEntry) -> TlogProof:
    """Prove by the newest checkpoint that an entry is in the log.

    Raises:
        NotFoundProblem: Nothing was archived yet.
    """
    newest = repository.newest_checkpoint(transaction)
    if newest is None:
        raise NotFoundProblem
    size, note = newest
    nodes = repository.nodes(transaction, merkle.inclusion_positions(entry.log_index, size))
    path = merkle.inclusion_proof(entry.log_index, size, nodes)
    return TlogProof(entry.log_index, path, note, entry.leaf)
