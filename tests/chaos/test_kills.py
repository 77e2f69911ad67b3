"""Killed, or cut off from its database, at the k-th message: nothing lost, doubled or forked.

`GATEWAY_CHAOS_RANGE=200:400` takes a part of each campaign of `--full`, to go on where one ended;
`GATEWAY_CHAOS_SEED` chooses other moments than the usual ones.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.chaos import campaign
from tests.chaos.campaign import Count, Moment, Tally
from tests.chaos.processes import Zygote
from tests.chaos.proxy import Mode

SEED = int(os.environ.get("GATEWAY_CHAOS_SEED", "20261122"))
SHARE = 28


def _counted(zygote: Zygote, postgres: EmbeddedPostgres, directory: Path) -> dict[str, Count]:
    home = directory / "count"
    home.mkdir()
    with campaign.opened(zygote, postgres, home) as scene:
        return campaign.count(scene)


def _shown(wrong: dict[Moment, list[str]]) -> str:
    return "\n".join(f"{moment}: {'; '.join(blame)}" for moment, blame in wrong.items())


@pytest.mark.timeout(600)
def test_whenever_a_process_dies_or_loses_its_database_nothing_is_lost_or_doubled(
    zygote: Zygote,
    postgres: EmbeddedPostgres,
    tmp_path: Path,
    figures: Callable[..., None],
) -> None:
    counts = _counted(zygote, postgres, tmp_path)
    moments = campaign.sample(counts, SEED, SHARE)
    tally, wrong = campaign.run(zygote, postgres, tmp_path, moments)
    figures(seed=SEED, **_of(counts), **tally.figures())
    assert not wrong, f"seed {SEED}: {_shown(wrong)}"
    assert tally.unread_commits > 0
    assert tally.events["transmission.outcome_unknown"] > 0
    assert set(tally.struck) == set(tally.at_commit) == set(Mode)


@pytest.mark.full
@pytest.mark.parametrize("mode", list(Mode))
def test_at_every_message_and_at_every_commit(
    zygote: Zygote,
    postgres: EmbeddedPostgres,
    tmp_path: Path,
    figures: Callable[..., None],
    mode: Mode,
) -> None:
    counts = _counted(zygote, postgres, tmp_path)
    moments = campaign.every(counts, [mode])
    first, _, last = os.environ.get("GATEWAY_CHAOS_RANGE", ":").partition(":")
    chosen = moments[int(first or 0) : int(last or len(moments))]
    tally, wrong = campaign.run(zygote, postgres, tmp_path, chosen)
    figures(moments=f"{len(chosen)} of {len(moments)}", **_of(counts), **tally.figures())
    assert not wrong, _shown(wrong)
    assert tally.struck[mode] > 0


def _of(counts: dict[str, Count]) -> dict[str, object]:
    return {
        "messages": {role: one.messages for role, one in counts.items()},
        "commits": {role: one.commits for role, one in counts.items()},
    }


def test_a_campaign_without_a_strike_would_be_seen() -> None:
    assert Tally().figures()["struck"] == dict.fromkeys((mode.value for mode in Mode), 0)
