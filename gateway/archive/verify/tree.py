"""Merkle proofs, straight from the recursive definitions of RFC 9162 section 2.1.

Written apart from the code that makes the proofs, and in another way, so that the two cannot share
a mistake.
"""

from collections.abc import Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


class TreeError(ValueError):
    """A proof has the wrong length or leads nowhere."""


def leaf_hash(data: bytes) -> bytes:
    """Hash a leaf."""
    return sha256(b"\x00" + data).digest()


def root_by_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """Return the root that an audit path leads to.

    Raises:
        TreeError: The path has not the length that this place in the tree needs.
    """
    if not 0 <= index < size:
        raise TreeError(f"leaf {index} is outside a tree of {size} leaves")
    if size == 1:
        if path:
            raise TreeError("the inclusion proof is too long")
        return leaf
    if not path:
        raise TreeError("the inclusion proof is too short")
    left_size = _largest_power_below(size)
    *inner, sibling = path
    if index < left_size:
        return _node(root_by_inclusion(leaf, index, left_size, inner), sibling)
    return _node(sibling, root_by_inclusion(leaf, index - left_size, size - left_size, inner))


def roots_by_consistency(
    old: int, new: int, old_root: bytes, path: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """Return the older and newer root that a consistency proof leads to.

    Raises:
        TreeError: The proof has not the length that these sizes need.
    """
    if not 0 < old <= new:
        raise TreeError(f"a tree of {new} leaves cannot begin with {old}")
    return _roots(old, new, path, old_root)


def root_by_folding(first: int, before: Sequence[bytes], leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaves that follow complete subtrees.

    Args:
        first: How many leaves the subtrees are of.
        before: The subtrees, the largest first.
        leaves: Hashes of the leaves from there on.

    Raises:
        TreeError: These are not the subtrees of so many leaves, or there is nothing to fold.
    """
    sizes = [1 << bit for bit in reversed(range(first.bit_length())) if first >> bit & 1]
    if len(sizes) != len(before):
        raise TreeError(f"{first} leaves do not make {len(before)} subtrees")
    stack = list(zip(sizes, before, strict=True))
    for leaf in leaves:
        size, value = 1, leaf
        while stack and stack[-1][0] == size:
            size, value = size * 2, _node(stack.pop()[1], value)
        stack.append((size, value))
    if not stack:
        raise TreeError("there are no leaves")
    root = stack.pop()[1]
    while stack:
        root = _node(stack.pop()[1], root)
    return root


def _roots(old: int, new: int, path: Sequence[bytes], known: bytes | None) -> tuple[bytes, bytes]:
    if old == new:
        if known is None:
            if len(path) != 1:
                raise TreeError("the consistency proof has the wrong length")
            return path[0], path[0]
        if path:
            raise TreeError("the consistency proof is too long")
        return known, known
    if not path:
        raise TreeError("the consistency proof is too short")
    left_size = _largest_power_below(new)
    *inner, sibling = path
    if old <= left_size:
        older, newer = _roots(old, left_size, inner, known)
        return older, _node(newer, sibling)
    older, newer = _roots(old - left_size, new - left_size, inner, None)
    return _node(sibling, older), _node(sibling, newer)


def _largest_power_below(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
