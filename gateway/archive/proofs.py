"""What readers of the log prove with: tiles of hashes, and a proof in one file for each leaf."""

from gateway.archive import anchor_repository, merkle, repository
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


def checkpoint(
    transaction: TenantTransaction, *, cosigned: bool = False, beyond: int = -1
) -> tuple[int, str]:
    """Return size and note of the newest checkpoint, with the cosignatures it has.

    Args:
        transaction: Any.
        cosigned: The newest that has any.
        beyond: Of a log in which this leaf is.

    Raises:
        NotFoundProblem: There is none.
    """
    if cosigned:
        found = anchor_repository.cosigned(transaction, at_least=beyond + 1)
        if found is None:
            raise NotFoundProblem("No witness has cosigned such a checkpoint yet.")
        size, note, lines = found
        return size, note + "".join(lines)
    newest = repository.newest_checkpoint(transaction)
    if newest is None:
        raise NotFoundProblem("Nothing has been archived yet.")
    return newest[0], newest[1] + "".join(anchor_repository.lines(transaction, newest[0]))


def proof(
    transaction: TenantTransaction, entry: ArchiveEntry, *, cosigned: bool = False
) -> TlogProof:
    """Prove that an entry is in the log, by its newest checkpoint.

    Args:
        transaction: Any.
        entry: The entry.
        cosigned: By the newest checkpoint that a witness cosigned.

    Raises:
        NotFoundProblem: There is no such checkpoint yet.
    """
    size, note = checkpoint(transaction, cosigned=cosigned, beyond=entry.log_index)
    nodes = repository.nodes(transaction, merkle.inclusion_positions(entry.log_index, size))
    path = merkle.inclusion_proof(entry.log_index, size, nodes)
    return TlogProof(entry.log_index, path, note, entry.leaf)
