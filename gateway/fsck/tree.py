"""A Merkle tree made of leaves one by one, and compared with stored hashes on the way.

Only its peaks are kept: a log of millions of leaves takes no memory. Stored hashes are read in the
order in which leaves complete them, so that one of either is looked at at a time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple

ORDER = "(n.index + 1) << n.level::integer, n.level"
"""How stored hashes `n` are ordered in SQL: by the leaf that completes them, then upwards."""


class Node(NamedTuple):
    """A complete subtree.

    Attributes:
        level: 0 for a leaf.
        place: Its place among those of its level.
        hash: What its leaves make.
    """

    level: int
    place: int
    hash: bytes

    @property
    def order(self) -> tuple[int, int]:
        """See `ORDER`."""
        return (self.place + 1) << self.level, self.level


@dataclass(slots=True)
class Tree:
    """The leaves so far.

    Attributes:
        size: How many there are.
        peaks: Level and hash of the largest complete subtrees, the largest first.
    """

    size: int = 0
    peaks: list[tuple[int, bytes]] = field(default_factory=list)

    def add(self, leaf: bytes) -> Iterator[Node]:
        """Add a leaf; yield what it completes, itself first."""
        level, value, place = 0, sha256(b"\x00" + leaf).digest(), self.size
        self.size += 1
        made = [Node(level, place, value)]
        while self.peaks and self.peaks[-1][0] == level:
            value = _join(self.peaks.pop()[1], value)
            level, place = level + 1, place >> 1
            made.append(Node(level, place, value))
        self.peaks.append((level, value))
        yield from made

    @property
    def root(self) -> bytes:
        """The root of the leaves so far."""
        if not self.peaks:
            return sha256(b"").digest()
        value = self.peaks[-1][1]
        for _, larger in reversed(self.peaks[:-1]):
            value = _join(larger, value)
        return value

    @property
    def edge(self) -> bytes:
        """The peaks, one after the other."""
        return b"".join(value for _, value in self.peaks)


class Stored:
    """Stored hashes of a tree.

    Args:
        rows: With `level`, `index` and `hash`, in the order `ORDER`.
        blame: Told of each that is wrong: level, place, what.
    """

    def __init__(self, rows: Iterator[Any], blame: Callable[[int, int, str], None]) -> None:
        self._rows, self._blame = rows, blame
        self._next = self._read()

    def compare(self, made: Node) -> None:
        """Compare the next hash that leaves make."""
        while self._next is not None and self._next.order < made.order:
            self._stray()
        if self._next is None or self._next.order != made.order:
            self._blame(made.level, made.place, "it is missing")
            return
        if self._next.hash != made.hash:
            self._blame(made.level, made.place, "the leaves make another")
        self._next = self._read()

    def end(self) -> None:
        """Say that no leaf is left."""
        while self._next is not None:
            self._stray()

    def _stray(self) -> None:
        if self._next is not None:
            self._blame(self._next.level, self._next.place, "no archived leaf makes it")
        self._next = self._read()

    def _read(self) -> Node | None:
        row = next(self._rows, None)
        return None if row is None else Node(row.level, row.index, bytes(row.hash))


def _join(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
