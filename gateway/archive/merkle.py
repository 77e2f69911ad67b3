"""The Merkle tree of RFC 6962 (hashing kept by RFC 9162): growth, roots, proofs. Pure.

A tree is stored as its complete subtrees. Position `(level, index)` covers the leaves
`index * 2**level .. (index + 1) * 2**level - 1`, so a stored hash never changes once its last leaf
is in, and an append writes two hashes on average. What is ragged at the right edge is folded from
complete subtrees when it is asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

Position = tuple[int, int]
"""`(level, index)` of a complete subtree."""

EMPTY_ROOT = sha256(b"").digest()  # RFC 9162 2.1.1: MTH({}) = HASH()
HASH_SIZE = 32


class ProofError(ValueError):
    """A proof does not lead from the one hash to the other."""


@dataclass(frozen=True, slots=True)
class Growth:
    """What an append adds: the new size and root, and the subtrees it completed."""

    size: int
    root: bytes
    nodes: Mapping[Position, bytes]


def leaf_hash(data: bytes) -> bytes:
    """Hash a leaf: SHA-256(0x00 || data)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash an inner node: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def frontier(size: int) -> tuple[Position, ...]:
    """Return the complete subtrees that make up a tree of `size` leaves, the largest first."""
    return _subtrees(0, size)


def root(size: int, nodes: Mapping[Position, bytes]) -> bytes:
    """Fold the root of the first `size` leaves from stored nodes (`frontier(size)` suffices)."""
    return _range_hash(0, size, nodes) if size else EMPTY_ROOT


def append(size: int, nodes: Mapping[Position, bytes], leaves: Sequence[bytes]) -> Growth:
    """Add leaf hashes to a tree of `size` leaves.

    Args:
        size: Leaves before.
        nodes: At least the hashes at `frontier(size)`.
        leaves: Hashes made by `leaf_hash`, in order.
    """
    edge = {position: nodes[position] for position in frontier(size)}
    added: dict[Position, bytes] = {}
    for leaf in leaves:
        level, index, value = 0, size, leaf
        added[level, index] = value
        while index & 1:  # a right child completes its parent
            left = added.get((level, index - 1)) or edge[level, index - 1]
            level, index, value = level + 1, index >> 1, node_hash(left, value)
            added[level, index] = value
        size += 1
    return Growth(size, root(size, {**edge, **added}), added)


def inclusion_positions(index: int, size: int) -> frozenset[Position]:
    """Return the nodes that `inclusion_proof` needs, so that they can be fetched at once."""
    return _positions(_inclusion_ranges(index, size))


def inclusion_proof(index: int, size: int, nodes: Mapping[Position, bytes]) -> tuple[bytes, ...]:
    """Return the audit path of leaf `index` in the tree of `size` leaves (RFC 9162 2.1.3.1)."""
    return tuple(_range_hash(a, b, nodes) for a, b in _inclusion_ranges(index, size))


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected_root: bytes
) -> None:
    """Check an audit path (RFC 9162 2.1.3.2).

    Raises:
        ProofError: The path does not lead from the leaf hash to the root.
    """
    if not 0 <= index < size:
        raise ProofError(f"leaf {index} is outside a tree of {size}")
    value = leaf
    for rung in rungs(leaf, index, size, proof):
        value = rung.value
    if value != expected_root:
        raise ProofError("the inclusion proof leads to another root")


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the way from a leaf up to the root.

    Attributes:
        sibling: The hash that the path gives.
        on_the_left: Which side of the way it stands on.
        value: What both together hash to.
    """

    sibling: bytes
    on_the_left: bool
    value: bytes


def rungs(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> Iterator[Rung]:
    """Yield the way of a leaf hash along an audit path, leaf first; the last value is the root.

    Raises:
        ProofError: The path is too long or too short.
    """
    value = leaf
    for sibling, on_the_left in _climb(index, size - 1, proof):
        value = node_hash(sibling, value) if on_the_left else node_hash(value, sibling)
        yield Rung(sibling, on_the_left, value)


def consistency_positions(old: int, new: int) -> frozenset[Position]:
    """Return the nodes that `consistency_proof` needs."""
    return _positions(_consistency_ranges(old, new))


def consistency_proof(old: int, new: int, nodes: Mapping[Position, bytes]) -> tuple[bytes, ...]:
    """Prove that the tree of `old` leaves is the beginning of that of `new` (RFC 9162 2.1.4.1)."""
    return tuple(_range_hash(a, b, nodes) for a, b in _consistency_ranges(old, new))


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Check a consistency proof (RFC 9162 2.1.4.2; an empty tree begins every tree).

    Raises:
        ProofError: The older tree is not the beginning of the newer one.
    """
    if not 0 <= old <= new:
        raise ProofError(f"a tree of {new} leaves cannot begin with {old}")
    if old in (0, new):
        begins = EMPTY_ROOT if old == 0 else new_root
        if proof or old_root != begins:
            raise ProofError("the two trees differ")
        return
    path = list(proof) if old & (old - 1) else [old_root, *proof]  # a power of two is left out
    if not path:
        raise ProofError("the proof is too short")
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    first = second = path[0]
    for sibling, on_the_left in _climb(position, last, path[1:]):
        if on_the_left:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
        else:
            second = node_hash(second, sibling)
    if first != old_root or second != new_root:
        raise ProofError("the consistency proof leads to another root")


def _climb(position: int, last: int, path: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each sibling on the way to the root, and whether it stands on the left."""
    for sibling in path:
        if last == 0:
            raise ProofError("the proof is too long")
        on_the_left = bool(position & 1) or position == last
        while on_the_left and position and not position & 1:
            position, last = position >> 1, last >> 1
        position, last = position >> 1, last >> 1
        yield sibling, on_the_left
    if last:
        raise ProofError("the proof is too short")


def _split(width: int) -> int:
    """Return the largest power of two smaller than `width` (the k of RFC 9162 2.1.1)."""
    return 1 << ((width - 1).bit_length() - 1)


def _subtrees(start: int, end: int) -> tuple[Position, ...]:
    """Split the leaves `start..end-1`, aligned as the RFC's recursion leaves them."""
    found, width = [], end - start
    for level in range(width.bit_length() - 1, -1, -1):
        if width >> level & 1:
            found.append((level, start >> level))
            start += 1 << level
    return tuple(found)


def _range_hash(start: int, end: int, nodes: Mapping[Position, bytes]) -> bytes:
    *larger, smallest = _subtrees(start, end)
    value = nodes[smallest]
    for position in reversed(larger):
        value = node_hash(nodes[position], value)
    return value


def _positions(ranges: Iterator[tuple[int, int]]) -> frozenset[Position]:
    return frozenset(position for a, b in ranges for position in _subtrees(a, b))


def _inclusion_ranges(index: int, size: int) -> Iterator[tuple[int, int]]:
    if not 0 <= index < size:
        raise ProofError(f"leaf {index} is outside a tree of {size}")
    start, end, siblings = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            siblings.append((middle, end))
            end = middle
        else:
            siblings.append((start, middle))
            start = middle
    return reversed(siblings)


def _consistency_ranges(old: int, new: int) -> Iterator[tuple[int, int]]:
    if not 0 <= old <= new:
        raise ProofError(f"a tree of {new} leaves cannot begin with {old}")
    if old in (0, new):
        return iter(())
    start, end, ranges, whole = 0, new, [], True
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start, whole = middle, False
    if not whole:
        ranges.append((start, end))
    return reversed(ranges)
