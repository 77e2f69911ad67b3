"""Random schedules of everything that goes wrong: at the end the books agree.

With `--full` there are 10,000, in parts; `GATEWAY_CHAOS_RANGE=2000:4000` takes some of them, and
`ledger` tells how to go on after an interruption. A failure names its seed; `test_one_schedule`
plays that of `GATEWAY_CHAOS_SEED` alone and prints its trace.
"""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.chaos import ledger, schedules
from tests.chaos.ground import Ground, laid
from tests.chaos.wires import Trouble, routed
from tests.chaos.world import World

SHARE = range(100)
ALL = range(10_000)
PART = 250
"""Schedules on one ground, which grows with each."""

REACHED = {
    "outcome_unknown",
    "database restart",
    "commit answer lost",
    "killed within a transaction",
    "killed before a commit",
    "lane lost",
    "maintenance",
    "signal early",
    "given up",
}
"""What the share must have come by, or it tested less than it says."""


@pytest.fixture
def ground(postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[Ground]:
    with routed(), laid(postgres, tmp_path) as made:
        yield made


def play(ground: Ground, seeds: range, reached: Counter[str]) -> dict[int, list[str]]:
    """Play the schedules of seeds; return what was wrong in which."""
    wrong: dict[int, list[str]] = {}
    for seed in seeds:
        result = schedules.play(ground, seed)
        reached.update(result.world.reached)
        if result.wrong:
            wrong[seed] = result.wrong
    return wrong


@pytest.mark.timeout(600)
def test_whatever_goes_wrong_the_books_agree_at_the_end(
    ground: Ground, figures: Callable[..., None]
) -> None:
    reached: Counter[str] = Counter()
    began = time.monotonic()
    wrong = play(ground, SHARE, reached)
    seconds = time.monotonic() - began
    figures(
        schedules=len(SHARE),
        per_second=f"{len(SHARE) / seconds:.1f}",
        **_named(reached),
    )
    assert not wrong, f"play them again by their seeds: {wrong}"
    assert schedules.fsck_of(ground) == []
    assert reached.keys() >= REACHED
    assert len(reached.keys() & {trouble.value for trouble in Trouble}) >= 10


def test_the_same_seed_makes_the_same_trace(ground: Ground) -> None:
    first = [schedules.play(ground, seed).digest for seed in (3, 11)]
    assert [schedules.play(ground, seed).digest for seed in (3, 11)] == first
    assert first[0] != first[1]


def test_what_waits_while_the_authority_is_away_is_deferred_and_sent_in_order(
    ground: Ground,
) -> None:
    world = World(ground, seed=1, troubled=0)
    for _ in range(2):
        world.want("sim-chain")
        world.answer(world.asked[-1])
    world.authorities["sim-chain"].away_until = 3600
    for _ in range(20):
        world.turn(world.processes[0])
        world.time.go(timedelta(minutes=2))
    try:
        schedules.settle(world)
        assert schedules.judge(world) == []
    finally:
        schedules.end(world)
    assert world.reached["deferred"] >= 1
    assert [one.sequence for one in world.authorities["sim-chain"].entries] == [1, 2]


@pytest.mark.full
@pytest.mark.parametrize("seeds", ledger.parts(ALL, PART), ids=ledger.name)
def test_ten_thousand_schedules(
    postgres: EmbeddedPostgres, tmp_path: Path, figures: Callable[..., None], seeds: range
) -> None:
    part = ledger.begin("schedules", seeds.start, seeds.stop)
    if part.before:
        figures(**part.figures)
        return
    reached: Counter[str] = Counter()
    with routed(), laid(postgres, tmp_path) as ground:
        wrong = play(ground, seeds, reached)
        faults = [] if wrong else schedules.fsck_of(ground)
    part.end(len(seeds), wrong or ({"fsck": faults} if faults else {}), reached=reached)
    figures(**part.figures, **_named(reached))
    assert not wrong, f"play them again by their seeds: {wrong}"
    assert faults == []


def _named(reached: Counter[str]) -> dict[str, int]:
    return {name.replace(" ", "_"): count for name, count in sorted(reached.items())}


@pytest.mark.skipif("GATEWAY_CHAOS_SEED" not in os.environ, reason="plays one seed, when asked")
def test_one_schedule(ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    result = schedules.play(ground, int(os.environ["GATEWAY_CHAOS_SEED"]))
    with capsys.disabled():
        print("\n" + "\n".join(result.world.trace), f"\ntrace {result.digest}")  # noqa: T201
    assert result.wrong == []
