"""Tiles of the log (C2SP tlog-tiles, c2sp.org/tlog-tiles): their addresses, and what is in them.

A tile is up to 256 hashes that stand beside each other eight levels of the tree above the next
smaller ones: of leaves in level 0, of full tiles of level 0 in level 1, and so on. A partial tile
is the beginning of one that is not full yet; it never changes either. The tree is stored as its
complete subtrees (`merkle`), so a tile is one stretch of one level of what is stored.
"""

import re
from dataclasses import dataclass
from typing import Self

HEIGHT = 8
WIDTH = 256
_MOST_LEVEL = 63
_GROUP = 1000
_ADDRESS = re.compile(r"((?:x[0-9]{3}/){0,6})([0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


class TileError(ValueError):
    """There can be no tile at this address."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile.

    Attributes:
        level: 0: hashes of leaves.
        index: Its place in the level, from 0.
        width: How many hashes it holds: 256, or fewer of a partial one.
    """

    level: int
    index: int
    width: int = WIDTH

    @classmethod
    def parse(cls, level: int, address: str) -> Self:
        """Read what stands after `tile/<level>/` in the address of a tile.

        Raises:
            TileError: It is not spelled as the specification says; each tile has one spelling.
        """
        found = _ADDRESS.fullmatch(address)
        if found is None or not 0 <= level <= _MOST_LEVEL:
            raise TileError(f"{level}/{address}")
        groups = [*found[1].replace("x", "").split("/")[:-1], found[2]]
        if len(groups) > 1 and groups[0] == "000":
            raise TileError(f"{level}/{address}")
        width = WIDTH if found[3] is None else int(found[3])
        if found[3] is not None and width >= WIDTH:
            raise TileError(f"{level}/{address}")
        return cls(level, int("".join(groups)), width)

    @property
    def address(self) -> str:
        """What stands after `tile/` in its address."""
        rest, last = divmod(self.index, _GROUP)
        groups = [f"{last:03}"]
        while rest:
            rest, group = divmod(rest, _GROUP)
            groups.insert(0, f"x{group:03}")
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"{self.level}/{'/'.join(groups)}{partial}"

    @property
    def stored_level(self) -> int:
        """The level of the tree that its hashes stand in."""
        return self.level * HEIGHT

    @property
    def first(self) -> int:
        """The place of its first hash in that level."""
        return self.index * WIDTH


def tiles_of(size: int) -> tuple[Tile, ...]:
    """Return every tile of a log of `size` leaves, from the lowest level on."""
    found, level = list[Tile](), 0
    while size:
        full, rest = divmod(size, WIDTH)
        found += (Tile(level, index) for index in range(full))
        if rest:
            found.append(Tile(level, full, rest))
        level, size = level + 1, full
    return tuple(found)
