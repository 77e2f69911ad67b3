"""A process is killed at each step, and the machine loses what it was not made to keep."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from gateway.archive.stores.disk import DiskStore
from gateway.fsck.blobs import Blobs
from tests.gateway.archive.stores import journal_process
from tests.gateway.archive.stores.journal_process import OWNER, sets

BLOCK = 4096


class Did:
    """What a killed process did to its disk."""

    def __init__(self, path: Path) -> None:
        lines = path.read_text().splitlines() if path.exists() else []
        self.steps: list[list[object]] = [json.loads(line) for line in lines]

    @property
    def acknowledged(self) -> set[str]:
        return {str(one) for step in self.steps if step[0] == "acknowledged" for one in step[1:]}

    def synced(self, path: Path, since: int, *calls: str) -> bool:
        """Say whether a sync of the path began after this step, and ended."""
        later = self.steps[since:]
        begun = False
        for step in later:
            if str(step[1]) in calls and step[2] == str(path):
                if step[0] == "done" and begun:
                    return True
                begun = begun or step[0] == "begin"
        return False


def lose_power(root: Path, did: Did, dice: random.Random) -> None:
    """Take away, or half away, what the disk was not made to keep."""
    entities = root / "entities"
    for place, step in enumerate(did.steps):
        if step[:2] == ["begin", "rename"]:
            target = Path(str(step[3]))
            if did.synced(entities, place, "syncfs") or did.synced(target, place, "fsync"):
                continue
            if target.exists() and dice.random() < 0.8:
                target.chmod(0o640)
                target.write_bytes(b"" if dice.random() < 0.7 else b"other")
                if dice.random() < 0.5:
                    target.unlink()
        elif step[:2] == ["begin", "pwrite"]:
            path, at, length = Path(str(step[2])), int(str(step[3])), int(str(step[4]))
            if path.exists() and not did.synced(path, place, "fdatasync", "fsync"):
                with path.open("r+b") as file:
                    for begin in range(at, at + length, BLOCK):
                        if dice.random() < 0.5:
                            file.seek(begin)
                            file.write(dice.choice((bytes(BLOCK), dice.randbytes(BLOCK))))


def check(root: Path, acknowledged: set[str], number: int) -> None:
    """Open it as the next process does: what was acknowledged is there, and nothing is bad."""
    before = Blobs(root)
    for digest in acknowledged:  # the checker finds it without restoring
        found = before.read(OWNER, bytes.fromhex(digest))
        assert sha256(found).hexdigest() == digest
    store = DiskStore(root, journal=True)
    assert not list(root.glob("journals/*"))
    there = {place.digest.hex() for place in store.walk()}
    assert acknowledged <= there
    for digest in there:
        store.get(OWNER, bytes.fromhex(digest))
    for contents in sets(number):  # the same request again
        store.put_many(OWNER, contents)
    assert len(list(store.walk())) == sum(len(contents) for contents in sets(number))


def killed(directory: Path, what: str) -> Iterator[tuple[int, Did]]:
    """Have processes killed at one step after the other; yield them, the last is not killed."""
    subprocess.run(  # noqa: S603
        [sys.executable, str(Path(journal_process.__file__)), str(directory), what],
        check=True,
        timeout=120,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    for number in range(200):
        did = directory / f"{number}.did"
        if did.exists():
            yield number, Did(did)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Did]:
    directory = tmp_path_factory.mktemp("killed")
    return {directory / str(number): did for number, did in killed(directory, "write")}


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(n, marks=pytest.mark.full) for n in range(1, 20))]
)
def test_nothing_acknowledged_is_lost_wherever_it_is_killed(
    written: dict[Path, Did], tmp_path: Path, seed: int
) -> None:
    assert len(written) > 40
    steps = {len(did.acknowledged) for did in written.values()}
    assert steps == {0, 2, 4, 6, 8}
    for root, did in written.items():
        if not root.exists():
            continue
        number = int(root.name)
        copy = moved(root, tmp_path / root.name, did)
        lose_power(tmp_path / root.name, copy, random.Random(f"{seed} {number}"))  # noqa: S311
        check(tmp_path / root.name, did.acknowledged, number)


def moved(root: Path, to: Path, did: Did) -> Did:
    """Copy what a process left, and what it did there."""
    shutil.copytree(root, to)
    copy = Did(Path("none"))
    copy.steps = json.loads(json.dumps(did.steps).replace(f"{root}/", f"{to}/"))
    return copy


def test_without_the_journal_the_same_loss_is_a_loss(
    written: dict[Path, Did], tmp_path: Path
) -> None:
    """Otherwise the test above says nothing."""
    lost = 0
    for root, did in written.items():
        if len(did.acknowledged) < 6 or not list(root.glob("journals/*.journal")):
            continue
        place = tmp_path / root.name
        copy = moved(root, place, did)
        lose_power(place, copy, random.Random(root.name))  # noqa: S311
        shutil.rmtree(place / "journals")
        there = {path.name for path in place.glob("entities/*/*/*") if path.stat().st_size > 5}
        lost += not did.acknowledged <= there
    assert lost > 5


def test_who_is_killed_while_restoring_is_followed_by_the_next(
    written: dict[Path, Did], tmp_path: Path
) -> None:
    root, did = max(
        (
            (root, did)
            for root, did in written.items()
            if list(root.glob("journals/*.journal")) and len(did.acknowledged) == 6
        ),
        key=lambda one: len(one[1].steps),
    )
    for number in range(40):
        place = tmp_path / str(number)
        copy = moved(root, place, did)
        lose_power(place, copy, random.Random(number))  # noqa: S311
    restored = list(killed(tmp_path, "restore"))
    assert 10 < len(restored) < 40
    for number, step in restored:
        place = tmp_path / str(number)
        lose_power(place, step, random.Random(number))  # noqa: S311
        check(place, did.acknowledged, int(root.name))
