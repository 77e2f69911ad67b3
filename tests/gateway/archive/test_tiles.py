"""Tiles: their addresses, and that the tree can be computed from them alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.archive.tiles import Tile, TileError, tiles_of


def test_the_example_of_the_specification() -> None:
    """A tree of 70,000: 273 full tiles and one of 112; one full and one of 17; one of 1."""
    found = tiles_of(70_000)
    full = [tile for tile in found if tile.width == 256]
    assert len([tile for tile in full if tile.level == 0]) == 273
    assert [tile.address for tile in found if tile.width < 256] == [
        "0/273.p/112",
        "1/001.p/17",
        "2/000.p/1",
    ]
    assert [tile for tile in full if tile.level == 1] == [Tile(1, 0)]
    assert [tile.address for tile in tiles_of(256)] == ["0/000", "1/000.p/1"]
    assert tiles_of(0) == ()


def test_an_address_is_spelled_in_groups_of_three() -> None:
    assert Tile(3, 1_234_067).address == "3/x001/x234/067"
    assert Tile.parse(3, "x001/x234/067") == Tile(3, 1_234_067)
    assert Tile.parse(0, "000.p/255") == Tile(0, 0, 255)


@given(st.integers(0, 63), st.integers(0, 10**18), st.one_of(st.just(256), st.integers(1, 255)))
def test_every_tile_is_found_by_its_address(level: int, index: int, width: int) -> None:
    tile = Tile(level, index, width)
    number, _, rest = tile.address.partition("/")
    assert Tile.parse(int(number), rest) == tile


@pytest.mark.parametrize(
    "address",
    [
        *("", "0", "1234", "x001", "001/234", "x000/001", "x001/x234/67", "-01", "٠٠١"),
        *("000.p/0", "000.p/256", "000.p/01", "000.p/", "000.p/+1", "000.p/1/", "000\n"),
    ],
)
def test_a_tile_has_one_spelling(address: str) -> None:
    with pytest.raises(TileError):
        Tile.parse(0, address)


def test_levels_end_at_63() -> None:
    with pytest.raises(TileError):
        Tile.parse(64, "000")
