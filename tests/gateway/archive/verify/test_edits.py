"""R8: whatever is edited in a bundle is found by who kept an older checkpoint; nothing else is.

Six ways to edit, the last two with the log's own key in the hands of the thief. `--full` makes
10,000 edits, and verifies as many untouched bundles; otherwise a share of it.
"""

import json
import random
from collections.abc import Callable, Mapping

import pytest

from gateway.archive import merkle
from gateway.archive.bundle import canonical
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.verify import verify
from tests.gateway.archive import bundles
from tests.gateway.archive.bundles import KEY, bundle_of, members, resigned, zipped

TRUSTED = str(KEY.verifier)
SHARE, ALL = 600, 10_000
Files = dict[str, tuple[str, bytes]]


def some_documents(chance: random.Random) -> list[Files]:
    return [
        {
            f"{place}.{name}": (role, chance.randbytes(chance.randrange(1, 400)))
            for place, (role, name) in enumerate(
                [("input", "json"), ("document", "xml"), ("receipt", "txt")][
                    : chance.randint(2, 3)
                ]
            )
        }
        for _ in range(chance.randint(1, 4))
    ]


def kept(content: bytes) -> str:
    """Return the checkpoint of a bundle, which somebody kept."""
    return members(content)["checkpoint"].decode()


def flipped(content: bytes, chance: random.Random) -> bytes:
    edited = bytearray(content)
    edited[chance.randrange(len(edited))] ^= 1 << chance.randrange(8)
    return bytes(edited)


def dropped(content: bytes, chance: random.Random) -> bytes:
    files = members(content)
    del files[chance.choice(sorted(files))]
    return zipped(files)


def swapped(content: bytes, chance: random.Random) -> bytes:
    files = members(content)
    one, two = chance.sample(sorted(files), 2)
    return zipped(files | {one: files[two], two: files[one]})


def backdated(files: Mapping[str, bytes], chance: random.Random) -> dict[str, bytes]:
    """Return the members with the leaf of one file of an earlier year."""
    name = chance.choice([one for one in sorted(files) if one.endswith("/entries.json")])
    entries = json.loads(files[name])
    leaf = json.loads(entries[0]["leaf"]) | {"at": "2019-01-01T00:00:00.000000Z"}
    entries[0]["leaf"] = canonical(leaf).decode()
    return {**files, name: canonical(entries)}


def backdated_without_key(content: bytes, chance: random.Random) -> bytes:
    return zipped(backdated(members(content), chance))


def backdated_with_key(content: bytes, chance: random.Random) -> bytes:
    """The bundle is signed anew; the log is as it was."""
    return resigned(backdated(members(content), chance))


def rewritten_with_key(content: bytes, chance: random.Random) -> bytes:
    """The log itself is made anew over the back-dated leaf, and its head signed."""
    files = backdated(members(content), chance)
    folders = sorted(one for one in files if one.endswith("/entries.json"))
    listed = {one: json.loads(files[one]) for one in folders}
    size = int(files["checkpoint"].decode().split("\n")[1])
    leaves = [b"leaf %d" % number for number in range(size)]  # the thief need not know the others
    for entries in listed.values():
        for entry in entries:
            leaves[entry["index"]] = entry["leaf"].encode()
    grown = bundles.log(leaves)
    for one, entries in listed.items():
        for entry in entries:
            proof = merkle.inclusion_proof(entry["index"], size, grown.nodes)
            entry["proof"] = [value.hex() for value in proof]
        files[one] = canonical(entries)
    head = Checkpoint(KEY.origin, size, grown.root).sign(KEY.private)
    return resigned(files | {"checkpoint": head.encode()})


EDITS: Mapping[str, Callable[[bytes, random.Random], bytes]] = {
    "flipped": flipped,
    "dropped": dropped,
    "swapped": swapped,
    "back-dated": backdated_without_key,
    "back-dated with the key": backdated_with_key,
    "rewritten with the key": rewritten_with_key,
}


@pytest.mark.parametrize("way", EDITS)
def test_every_edit_is_found(way: str, request: pytest.FixtureRequest) -> None:
    chance = random.Random(f"R8 {way}")  # noqa: S311 - a seed
    count = (ALL if request.config.getoption("--full") else SHARE) // len(EDITS) + 1
    missed = []
    for number in range(count):
        content = bundle_of(some_documents(chance), before=chance.randrange(9))
        edited = EDITS[way](content, chance)
        result = verify(edited, trusted_key=TRUSTED, older_checkpoint=kept(content))
        if edited != content and result.passed:
            missed.append(number)
    assert missed == []


def test_the_thief_with_the_key_is_found_by_the_older_checkpoint_alone() -> None:
    chance = random.Random(8)  # noqa: S311 - a seed
    content = bundle_of(some_documents(chance))
    forged = rewritten_with_key(content, chance)
    alone = verify(forged, trusted_key=TRUSTED)
    assert (alone.problems, alone.passed) == ((), True), "nothing in the bundle itself shows it"
    known = verify(forged, trusted_key=TRUSTED, older_checkpoint=kept(content))
    assert (known.problems, known.consistent, known.passed) == ((), False, False)


def test_nothing_untouched_is_blamed(request: pytest.FixtureRequest) -> None:
    chance = random.Random("R8 untouched")  # noqa: S311 - a seed
    blamed = []
    for number in range(ALL if request.config.getoption("--full") else SHARE):
        content = bundle_of(some_documents(chance), before=chance.randrange(9))
        result = verify(content, trusted_key=TRUSTED, older_checkpoint=kept(content))
        if not (result.ok and result.authentic and result.consistent):
            blamed.append((number, result.problems))
    assert blamed == []
