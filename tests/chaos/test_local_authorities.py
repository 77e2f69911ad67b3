"""The local authorities of Slovenia, Croatia, Spain and Poland, while everything goes wrong.

Whoever dies when, and whatever an authority answers: its ledger and our archive agree on every
document, no number is there twice or missing, Spain's chain holds by the published rule, and
nothing was sent a second time to who does not recognise it.

With `--full` with many seeds, and for each authority at every COMMIT and at many messages, in
parts, as `test_kills` says: `GATEWAY_CHAOS_RANGE`, `_FRONTS`, `_SEED`, `_LOG`, `_RESUME`.
"""

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import LiteralString

import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.chaos import campaign, ledger, square
from tests.chaos.campaign import Count, Moment, Tally
from tests.chaos.processes import Zygote
from tests.chaos.proxy import Mode
from tests.chaos.square import CALM, TRADES, Square, Weather
from tests.chaos.stage import PATIENCE
from tests.chaos.trade_plants import TRADES as PLANTS

SEED = int(os.environ.get("GATEWAY_CHAOS_SEED", "20261122"))
FRONTS = int(os.environ.get("GATEWAY_CHAOS_FRONTS", "1"))
USUAL = {"api": Count(150, 4), "worker": Count(150, 16)}
"""About so many messages and COMMITs a document takes: what the seeded share is chosen from."""
SHARE = 5
TOGETHER = 5
PART = 30
MESSAGES = 40
"""So many messages of each role, chosen by the seed, are struck at in each mode with `--full`."""
MORTAL = 0.05

pytestmark = pytest.mark.timeout(600)

_SENDING = """
select count(*) from outbox where split_part(lane, '/', 1) = any(%s) and state = 'sending'
"""
_DEFERRED = """
select count(*) from outbox o join transmission t
    on (t.account_id, t.id) = (o.account_id, o.transmission_id)
 where t.channel = any(%s) and t.deferred and o.state <> 'closed'
"""


SEEDS = 40
IN_A_SCENE = 30
"""So many strikes at all four with each of so many seeds, with `--full`."""

Counts = Callable[[str], dict[str, Count]]


@dataclass(frozen=True)
class Site:
    """What every square of these tests is opened with."""

    zygote: Zygote
    postgres: EmbeddedPostgres
    official: Path
    home: Path

    def square(
        self,
        plants: Sequence[str] = (),
        channels: Sequence[str] = tuple(TRADES),
        weather: Weather = CALM,
        name: str = "square",
    ) -> AbstractContextManager[Square]:
        """Return one to be opened."""
        return square.opened(
            self.zygote,
            self.postgres,
            self.made(name),
            plants,
            schemas=self.official,
            channels=channels,
            weather=weather,
        )

    def made(self, name: str) -> Path:
        """Return a new directory."""
        made = self.home / name
        made.mkdir()
        return made


@pytest.fixture
def site(zygote: Zygote, postgres: EmbeddedPostgres, official: Path, tmp_path: Path) -> Site:
    return Site(zygote, postgres, official, tmp_path)


def test_books_and_archive_agree_whatever_dies_or_fails(
    site: Site, figures: Callable[..., None]
) -> None:
    with site.square(weather=Weather(SEED)) as scene:
        moments = campaign.sample(USUAL, SEED, SHARE)
        tally, found = campaign.attack(scene, deque(moments), judged_every=TOGETHER)
        assert not found, f"seed {SEED}: {found}"
        _stands_still(scene)
        assert scene.blame() == []
        _away(scene)
        assert scene.blame() == []
        figures(seed=SEED, **tally.figures(), done=scene.counts())
        reached = scene.reached()
    assert sum(tally.struck.values()) + tally.missed == len(moments)
    assert tally.unread_commits > 0
    assert reached["transmission.outcome_unknown"] > 0
    assert reached["transmission.deferred"] >= len(TRADES)


def _stands_still(scene: Square) -> None:
    """Freeze the worker while its bytes are on their way, past its lease; then wake it up."""
    frozen = scene.children["worker"]
    slow = {"fault": "latency", "nth": 1, "count": 1, "seconds": 1.0}
    for trade in scene.trades:
        trade.tell("faults", {"rules": [slow]})
        scene.place(trade, trade.orders(0)[:1], f"frozen-{trade.channel}")
    _until(lambda: _count(scene, _SENDING) > 0)
    frozen.send(signal.SIGSTOP)
    scene.start("worker")
    scene.drain(seconds=6 * PATIENCE)
    frozen.send(signal.SIGCONT)
    time.sleep(1)  # it reads its answers and tries to write
    frozen.kill()


def _away(scene: Square) -> None:
    """Let all authorities die, issue while they are away, and let them come back."""
    scene.kill(scene.trades)
    for trade in scene.trades:
        scene.place(trade, trade.orders(0)[:1], f"away-{trade.channel}")
    _until(lambda: _count(scene, _DEFERRED) == len(scene.trades))
    scene.come_back(scene.trades)
    scene.drain(seconds=6 * PATIENCE)


def _until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _count(scene: Square, query: LiteralString) -> int:
    row = scene.admin.execute(query, [scene.channels]).fetchone()
    assert row is not None
    return int(row[0])


def test_every_planted_bug_is_found_by_the_books_of_its_authority(
    site: Site, figures: Callable[..., None]
) -> None:
    with site.square(plants=list(PLANTS)) as scene:
        assert scene.blame() == []  # none of them does harm by itself
        trades = {trade.channel: trade for trade in scene.trades}
        for name, plant in PLANTS.items():
            trade, key = trades[plant.channel], name.replace(" ", "-")
            if plant.fault is not None:
                trade.tell("faults", {"rules": [plant.fault]})
            if plant.mode is not None:
                pid = partial(scene.pid, "api")
                scene.proxies["api"].arm(1, plant.mode, pid, commits=True, after=key)
            scene.place(trade, trade.orders(plant.turn)[:1], key)
        scene.drain()
        found = {name: trades[plant.channel].blame() for name, plant in PLANTS.items()}
    figures(**{name.replace(" ", "_"): "".join(one[:1])[:90] for name, one in found.items()})
    missed = [PLANTS[name].what for name, blame in found.items() if not blame]
    assert not missed, f"nobody noticed that {missed}"


@pytest.mark.full
@pytest.mark.timeout(7200)
def test_with_many_seeds(site: Site, figures: Callable[..., None]) -> None:
    """All four in turn, every mode, half of the strikes at COMMITs, other faults each time."""
    tally, wrong = Tally(), dict[int, object]()
    for some in ledger.parts(range(SEEDS), 1):
        seed = SEED + some.start
        part = ledger.begin(f"all local authorities, from seed {SEED}", some.start, some.stop)
        if part.before:
            tally.add(Tally(before=IN_A_SCENE))
            continue
        weather = Weather(seed, mortal=MORTAL)
        with site.square(weather=weather, name=f"seed-{some.start}") as scene:
            moments = campaign.sample(USUAL, seed, IN_A_SCENE)
            own, found = campaign.attack(scene, deque(moments), judged_every=TOGETHER)
            reached = {**own.counts(), **scene.counts()}
        part.end(len(moments), found, reached=reached)
        tally.add(own)
        wrong |= {seed: found} if found else {}
    figures(**tally.figures())
    assert not wrong, str(wrong)


@pytest.fixture(scope="module")
def counts(
    zygote: Zygote,
    postgres: EmbeddedPostgres,
    official: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Counts:
    """Count how many messages there are to strike at, with each authority."""

    @cache
    def counted(channel: str) -> dict[str, Count]:
        site = Site(zygote, postgres, official, tmp_path_factory.mktemp("counted"))
        with site.square(channels=[channel]) as scene:
            return campaign.count(scene)

    return counted


@pytest.mark.full
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("role", ["api", "worker"])
@pytest.mark.parametrize("mode", list(Mode), ids=lambda mode: mode.name.lower())
@pytest.mark.parametrize("channel", TRADES)
def test_at_every_commit_and_at_many_messages(  # noqa: PLR0913, PLR0917 - what is multiplied
    site: Site, counts: Counts, figures: Callable[..., None], channel: str, mode: Mode, role: str
) -> None:
    there = counts(channel)[role]
    every = max(1, there.messages // MESSAGES)
    tally, wrong = Tally(), dict[Moment, list[str]]()
    for commits, places in (
        (True, range(1, there.commits + 1)),
        (False, range(1, there.messages + 1, every)),
    ):
        for some in ledger.parts(places, PART):
            moments = [Moment(role, commits, k, mode) for k in some]
            own, found = _attacked(site, channel, moments)
            tally.add(own)
            wrong |= found
    figures(**tally.figures())
    assert not wrong, "\n".join(f"{one}: {'; '.join(blame)}" for one, blame in wrong.items())
    assert tally.struck[mode] > 0 or tally.before


def _attacked(
    site: Site, channel: str, moments: Sequence[Moment]
) -> tuple[Tally, dict[Moment, list[str]]]:
    """Strike at moments of one kind, and write down what came of it."""
    one = moments[0]
    kind = "COMMITs" if one.commits else "messages"
    what = f"{channel}: {one.mode} at {kind} of {one.role}, seed {SEED}"
    part = ledger.begin(what, one.k, moments[-1].k + 1)
    if part.before:
        return Tally(before=len(moments)), {}
    tally, wrong = campaign.run(
        site.zygote,
        site.postgres,
        site.made(f"{kind}-{one.k}"),
        moments,
        opens=partial(
            square.opened,
            schemas=site.official,
            channels=[channel],
            weather=Weather(SEED + one.k, mortal=MORTAL),
        ),
        scenes_at_once=FRONTS,
        judged_every=TOGETHER,
    )
    part.end(len(moments), wrong, reached=tally.counts())
    return tally, wrong
