"""A journal says what is whole in it, whatever happened to the rest."""

import fcntl
from pathlib import Path
from uuid import UUID

import pytest

from gateway.archive.stores import records
from gateway.archive.stores.records import BLOCK, Part
from gateway.fsck import journals as checker

ONE, TWO = bytes(range(16)), bytes(range(1, 17))
OWNER = UUID(int=7)


def part(number: int, size: int = 10) -> Part:
    return Part(OWNER, bytes([number]) * 32, bytes([number]) * size)


SETS = [(part(1), part(2, 5000)), (part(3, BLOCK - 56 - 52),), (part(4, 9000), part(5, 0))]


def journal(generation: bytes = ONE) -> bytes:
    return records.header(generation) + b"".join(records.record(generation, one) for one in SETS)


def test_sets_are_read_back_as_they_were_written() -> None:
    content = journal()
    assert list(records.whole(content)) == SETS
    assert len(content) == BLOCK * (1 + 2 + 1 + 3)
    assert list(records.whole(content + bytes(3 * BLOCK))) == SETS


@pytest.mark.parametrize("cut", [0, 51, 52, BLOCK, BLOCK + 55, 3 * BLOCK, 4 * BLOCK, 5 * BLOCK])
def test_what_was_cut_off_is_no_set(cut: int) -> None:
    content = journal()
    ends = [3 * BLOCK, 4 * BLOCK, 4 * BLOCK + 56 + 2 * 52 + 9000]
    whole = [one for one, end in zip(SETS, ends, strict=True) if end <= cut]
    assert list(records.whole(content[:cut])) == whole


def test_damage_takes_its_own_set_and_no_other() -> None:
    content = journal()
    for at in range(0, len(content), 61):
        damaged = bytearray(content)
        damaged[at] ^= 1
        found = list(records.whole(bytes(damaged)))
        if at < 52:
            assert found == []
        elif at < BLOCK:
            assert found == SETS
        else:
            touched = 0 if at < 3 * BLOCK else 1 if at < 4 * BLOCK else 2
            others = [one for place, one in enumerate(SETS) if place != touched]
            assert found in (others, SETS)  # what fills up a block means nothing


def test_sets_of_another_generation_are_not_there() -> None:
    old = journal(TWO)
    over = records.header(ONE) + records.record(ONE, SETS[1])
    assert list(records.whole(over + old[len(over) :])) == [SETS[1]]
    empty = records.header(ONE) + old[BLOCK:]
    assert list(records.whole(empty)) == []
    assert not records.begins(empty[: 2 * BLOCK])
    assert records.begins(journal()[: 2 * BLOCK])


def test_the_checker_reads_the_same(tmp_path_factory: pytest.TempPathFactory) -> None:
    directory = tmp_path_factory.mktemp("archive") / "journals"
    directory.mkdir()
    (directory.parent / "journals.lock").touch()
    (directory / "one.journal").write_bytes(journal(TWO)[:-BLOCK])
    (directory / "two.journal").write_bytes(records.header(ONE) + records.record(ONE, SETS[2]))
    for wanted in (one for sets in SETS for one in sets):
        assert checker.find(directory, OWNER, wanted.digest) == wanted.stored
        assert checker.find(directory, UUID(int=8), wanted.digest) is None
    assert checker.find(directory, OWNER, bytes(32)) is None
    assert checker.find(directory / "none", OWNER, bytes(32)) is None


def test_the_checker_leaves_out_what_a_living_process_writes(tmp_path: Path) -> None:
    (tmp_path / "journals.lock").touch()
    path = tmp_path / "journals" / "one.journal"
    path.parent.mkdir()
    path.write_bytes(journal())
    wanted = SETS[0][0]
    with path.open("rb") as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)
        assert checker.find(path.parent, OWNER, wanted.digest) is None
    assert checker.find(path.parent, OWNER, wanted.digest) == wanted.stored
