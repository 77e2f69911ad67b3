"""Killed, or cut off from its database, at the k-th message: nothing lost, doubled or forked.

With `--full` at every message and at every COMMIT, in parts: `GATEWAY_CHAOS_RANGE=200:400` takes
some of each mode, and `ledger` tells how to go on after an interruption; `GATEWAY_CHAOS_SEED`
chooses other moments for the seeded share than the usual ones.
"""

import os
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.chaos import campaign, ledger
from tests.chaos.campaign import Count, Moment, Tally
from tests.chaos.processes import Zygote
from tests.chaos.proxy import Mode

SEED = int(os.environ.get("GATEWAY_CHAOS_SEED", "20261122"))
SHARE = 20
PART = 120
"""Moments that one line of the ledger is about: enough for all scenes at once."""
FRONTS = int(os.environ.get("GATEWAY_CHAOS_FRONTS", "1"))
"""Scenes at once: what waits does not keep the others."""
TOGETHER = 8
"""Strikes judged together, to be repeated one by one where something is wrong."""

Attacks = Callable[[Sequence[Moment]], tuple[Tally, dict[Moment, list[str]]]]


def _shown(wrong: dict[Moment, list[str]]) -> str:
    return "\n".join(f"{moment}: {'; '.join(blame)}" for moment, blame in wrong.items())


@pytest.mark.timeout(600)
def test_whenever_a_process_dies_or_loses_its_database_nothing_is_lost_or_doubled(
    zygote: Zygote,
    postgres: EmbeddedPostgres,
    tmp_path: Path,
    figures: Callable[..., None],
) -> None:
    with campaign.opened(zygote, postgres, tmp_path) as scene:
        counts = campaign.count(scene)
        moments = campaign.sample(counts, SEED, SHARE)
        tally, found = campaign.attack(scene, deque(moments), judged_every=TOGETHER)
    figures(seed=SEED, **_of(counts), **tally.figures())
    assert not found, f"seed {SEED}: {found}"
    assert sum(tally.struck.values()) + tally.missed == len(moments)
    assert tally.unread_commits > 0
    assert tally.events["transmission.outcome_unknown"] > 0
    assert set(tally.struck) == set(tally.at_commit) == set(Mode)


@pytest.fixture
def attacks(zygote: Zygote, postgres: EmbeddedPostgres, tmp_path: Path) -> Attacks:
    """Strikes at moments of one kind, writes down what came of it, and returns it."""

    def attack(moments: Sequence[Moment]) -> tuple[Tally, dict[Moment, list[str]]]:
        one = moments[0]
        kind = "COMMITs" if one.commits else "messages"
        part = ledger.begin(f"{one.mode} at {kind} of {one.role}", one.k, moments[-1].k + 1)
        if part.before:
            return Tally(before=len(moments)), {}
        home = tmp_path / f"{kind}-{one.k}"
        home.mkdir()
        tally, wrong = campaign.run(
            zygote, postgres, home, moments, scenes_at_once=FRONTS, judged_every=TOGETHER
        )
        part.end(len(moments), wrong, reached=tally.counts())
        return tally, wrong

    return attack


@pytest.fixture(scope="module")
def counts(
    zygote: Zygote, postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Count]:
    """How many messages there are to strike at."""
    with campaign.opened(zygote, postgres, tmp_path_factory.mktemp("counted")) as scene:
        return campaign.count(scene)


@pytest.mark.full
@pytest.mark.parametrize("role", ["api", "worker"])
@pytest.mark.parametrize("mode", list(Mode), ids=lambda mode: mode.name.lower())
def test_at_every_message_and_at_every_commit(
    attacks: Attacks, counts: dict[str, Count], figures: Callable[..., None], mode: Mode, role: str
) -> None:
    tally, wrong = Tally(), dict[Moment, list[str]]()
    for commits in (True, False):
        there = counts[role].commits if commits else counts[role].messages
        for places in ledger.parts(range(1, there + 1), PART):
            own, found = attacks([Moment(role, commits, k, mode) for k in places])
            tally.add(own)
            wrong |= found
    figures(**_of(counts), **tally.figures())
    assert not wrong, _shown(wrong)
    assert tally.struck[mode] > 0 or tally.before


def _of(counts: dict[str, Count]) -> dict[str, object]:
    return {
        "messages": {role: one.messages for role, one in counts.items()},
        "commits": {role: one.commits for role, one in counts.items()},
    }


def test_a_campaign_without_a_strike_would_be_seen() -> None:
    assert Tally().figures()["struck"] == dict.fromkeys((mode.value for mode in Mode), 0)
