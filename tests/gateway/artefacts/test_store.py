"""The cache: whole or not at all, whoever dies, fills the disk, or comes at the same time."""

import json
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gateway.artefacts.errors import StoreError
from gateway.artefacts.store import Store
from gateway.artefacts.sync import State
from schemas.places import cache_folder
from tests.gateway.artefacts import publisher as answers
from tests.gateway.artefacts.conftest import RULES, House, addressed, declared
from tests.gateway.artefacts.publisher import Publisher, content

ROOT = Path(__file__).parents[3]
PROGRAM = """
import json, resource, sys
from pathlib import Path
from tests.gateway.artefacts.conftest import House, addressed, declared
from tests.gateway.artefacts.publisher import Publisher
host, cache, most, ids = json.loads(sys.argv[1])
house = House(Path(cache))
house.declare(*(
    declared(addressed(Publisher(host), rules=b"<rules/>" * 600, more=b"<more/>" * 600),
             identifier=each)
    for each in ids
))
if most:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
print("started", flush=True)
try:
    print(*(result.state.value for result in house.sync()))
except Exception as error:
    print(f"{type(error).__name__}: {error}")
"""
IDS = [f"org.example:rules-{number}:1" for number in range(4)]


def another(
    house: House, publisher: Publisher, ids: list[str], most: int = 0
) -> "subprocess.Popen[str]":
    """Sync in a process of its own."""
    arguments = json.dumps([publisher.host, str(house.cache), most, ids])
    process = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", PROGRAM, arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    return process


@pytest.fixture
def two_files(house: House, publisher: Publisher) -> None:
    publisher.answer("rules.sch", content(b"<rules/>" * 600))
    publisher.answer("more.sch", content(b"<more/>" * 600))
    source = addressed(publisher, rules=b"<rules/>" * 600, more=b"<more/>" * 600)
    house.declare(*(declared(source, identifier=each) for each in IDS))


@pytest.mark.usefixtures("two_files")
def test_a_full_disk_ends_the_sync_and_leaves_the_cache_as_it_was(
    house: House, publisher: Publisher
) -> None:
    process = another(house, publisher, IDS, most=4096)
    out, _ = process.communicate(timeout=60)
    assert "StoreError" in out
    assert "File too large" in out
    assert len(publisher.asked) == 2, "nothing more is fetched when nothing can be written"
    assert house.left() == set()
    assert {result.state for result in house.sync()} == {State.FETCHED}


@pytest.mark.usefixtures("two_files")
def test_a_sync_killed_at_any_moment_leaves_whole_artefacts_or_none(
    house: House, publisher: Publisher
) -> None:
    publisher.answer("more.sch", answers.drip(b"<more/>" * 600, 0.0))
    for moment in range(4):
        process = another(house, publisher, IDS)
        asked = len(publisher.asked)
        deadline = time.monotonic() + 30
        while len(publisher.asked) < asked + moment + 1 and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.002)
        time.sleep(0.02 * moment)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=30)
        for found in house.catalog.artefacts():
            assert not found.wrong, found.wrong
    publisher.answer("more.sch", content(b"<more/>" * 600))
    assert {result.state for result in house.sync()} <= {State.FETCHED, State.AT_HAND}
    assert not [path for path in house.left() if path.startswith(".incoming")]
    assert len(house.left()) == 2 * len(IDS)


def test_what_a_dead_sync_left_is_cleared_away(house: House, publisher: Publisher) -> None:
    publisher.answer("rules.sch", content(RULES))
    house.declare(declared(addressed(publisher)))
    (house.cache / ".incoming" / "half").mkdir(parents=True)
    (house.cache / ".incoming" / "half" / "rules.sch").write_bytes(RULES[:3])
    assert not house.catalog.artefacts()[0].available
    house.sync()
    assert len(house.left()) == 1


@pytest.mark.usefixtures("two_files")
def test_two_syncs_at_once_fetch_everything_once(house: House, publisher: Publisher) -> None:
    publisher.answer("rules.sch", answers.drip(b"<rules/>" * 600, 0.0))
    with ThreadPoolExecutor(2) as pool:
        processes = [another(house, publisher, IDS) for _ in range(2)]
        done = [out for out, _ in pool.map(lambda each: each.communicate(timeout=60), processes)]
    states = sorted(set(out.replace("at hand", "at-hand").split()) for out in map(str, done))
    assert sorted(map(sorted, states)) == [["at-hand"], ["fetched"]]
    assert len(publisher.asked) == 2 * len(IDS)
    assert all(found.available and not found.wrong for found in house.catalog.artefacts())


def test_a_sync_that_waits_too_long_for_another_says_so(house: House) -> None:
    waited: list[bool] = []
    with Store(house.cache).opened(1, lambda: None):
        with (
            pytest.raises(StoreError, match="another sync"),
            Store(house.cache).opened(0.2, lambda: waited.append(True)),
        ):
            pass
        assert waited == [True]


@pytest.mark.parametrize("damage", ["other bytes", "a file less", "nothing in it"])
def test_a_damaged_copy_is_replaced(house: House, publisher: Publisher, damage: str) -> None:
    publisher.answer("rules.sch", content(RULES))
    publisher.answer("more.sch", content(b"<more/>"))
    source = addressed(publisher, rules=RULES, more=b"<more/>")
    declaration = declared(source)
    house.declare(declaration)
    house.sync()
    folder = cache_folder(house.cache, declaration, source)
    if damage == "other bytes":
        (folder / "more.sch").write_bytes(b"<less/>")
    else:
        (folder / "more.sch").unlink()
        if damage == "nothing in it":
            (folder / "rules.sch").unlink()
    (before,) = house.catalog.artefacts()
    assert not before.available
    assert bool(before.wrong) is (damage != "nothing in it")
    result = house.one()
    assert result.state is State.FETCHED
    assert house.catalog.artefacts()[0].available
    assert len(house.left()) == 2


def test_a_cache_that_cannot_be_written_is_said(house: House, publisher: Publisher) -> None:
    house.declare(declared(addressed(publisher)))
    house.cache.parent.mkdir(parents=True)
    house.cache.write_bytes(b"a file")
    with pytest.raises(StoreError, match="cannot be written"):
        house.sync()
    assert publisher.asked == []
