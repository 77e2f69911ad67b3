"""Campaigns of strikes: something is issued, one strike at the k-th message, the judgement."""

import random
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.chaos import scene as scenes
from tests.chaos.processes import Zygote
from tests.chaos.proxy import KEY, Mode, Plan, is_commit
from tests.chaos.scene import Scene
from tests.chaos.stage import NotDoneError, Stage

MOST_IN_A_SCENE = 30
"""Documents that one database sees; judging takes longer with every one."""

NAMED = ("api", KEY), ("worker", "submitting"), ("worker", "submitted")
"""The COMMITs that matter most: of the issue, of what precedes the wire, of what came of it."""

LONGEST = 10.0
"""Seconds until whoever was struck is back and all is done (R1), where nobody else works."""


@dataclass(frozen=True, order=True)
class Moment:
    """Where to strike: at which role, at its k-th message or COMMIT since the post, how.

    With `after`, since a message that holds this text.
    """

    role: str
    commits: bool
    k: int
    mode: Mode
    after: str = ""


Together = tuple[Moment, ...]
"""Strikes that were judged together."""


@dataclass
class Tally:
    """What a campaign reached. A count of zero would mean: not tested.

    Attributes:
        struck: Strikes by mode.
        at_commit: Those at a COMMIT, by mode.
        unread_commits: Those between a COMMIT and its answer.
        missed: Moments that never came: the work had fewer messages this time.
        events: How often each event happened.
        abandoned: Rows that a process had on the wire when it was struck.
        slowest: The longest time from a strike to the end of all work, in seconds.
        told_twice: Webhook messages that came more than once, under the same id.
        asked_again: Requests that got no answer, or one that says to ask again.
        before: Moments that were struck at before, and not again now.
    """

    struck: Counter[Mode] = field(default_factory=Counter)
    at_commit: Counter[Mode] = field(default_factory=Counter)
    unread_commits: int = 0
    missed: int = 0
    events: Counter[str] = field(default_factory=Counter)
    slowest: float = 0
    told_twice: int = 0
    asked_again: int = 0
    abandoned: int = 0
    before: int = 0

    def add(self, other: "Tally") -> None:
        """Add what was reached side by side."""
        self.struck += other.struck
        self.at_commit += other.at_commit
        self.events += other.events
        self.unread_commits += other.unread_commits
        self.missed += other.missed
        self.told_twice += other.told_twice
        self.asked_again += other.asked_again
        self.abandoned += other.abandoned
        self.before += other.before
        self.slowest = max(self.slowest, other.slowest)

    def counts(self) -> dict[str, int]:
        """Return what can be added up over many campaigns."""
        return {
            "strikes": sum(self.struck.values()),
            "at a COMMIT": sum(self.at_commit.values()),
            "between COMMIT and answer": self.unread_commits,
            "missed": self.missed,
            "outcome unknown": self.events["transmission.outcome_unknown"],
            "abandoned": self.abandoned,
            "told again": self.told_twice,
            "asked again": self.asked_again,
        }

    def figures(self) -> dict[str, object]:
        transmissions = {
            name.removeprefix("transmission."): count
            for name, count in sorted(self.events.items())
            if name.startswith("transmission.")
        }
        return {
            "struck": _named(self.struck),
            "at_a_COMMIT": _named(self.at_commit),
            "between_COMMIT_and_answer": self.unread_commits,
            "missed": self.missed,
            "struck_before": self.before,
            "reached": transmissions,
            "abandoned_on_the_wire": self.abandoned,
            "slowest_recovery": f"{self.slowest:.1f} s",
            "webhooks_told_again": self.told_twice,
            "asked_again": self.asked_again,
        }


def _named(counts: Counter[Mode]) -> dict[str, int]:
    return {mode.value: counts[mode] for mode in Mode}


@dataclass(frozen=True)
class Count:
    """How many messages one document takes, and how many of them are COMMITs."""

    messages: int
    commits: int


class Opens(Protocol):
    """Opens what is attacked: nothing in it is done first when it is there."""

    def __call__(
        self, zygote: Zygote, postgres: EmbeddedPostgres, directory: Path, plants: Sequence[str]
    ) -> AbstractContextManager[Stage]:
        """Return it; with bugs planted in its processes."""


@contextmanager
def opened(
    zygote: Zygote, postgres: EmbeddedPostgres, directory: Path, plants: Sequence[str] = ()
) -> Iterator[Scene]:
    """Open a scene in which one document has come to its end, so that nothing is done first."""
    with scenes.opened(zygote, postgres, directory, plants) as scene:
        scene.warm()
        yield scene


def count(scene: Stage) -> dict[str, Count]:
    """Count the messages of each role for one document, from the request to the last webhook."""
    plans = {role: proxy.arm() for role, proxy in scene.proxies.items()}
    scene.issue("counted")
    scene.drain()
    for proxy in scene.proxies.values():
        proxy.disarm()
    return {
        role: Count(plan.seen, sum(map(is_commit, plan.heads))) for role, plan in plans.items()
    }


def strike(
    scene: Stage, moment: Moment, tally: Tally, *, patience: float = 0, judged: bool = True
) -> list[str]:
    """Strike once, let everything recover, and return what is wrong then.

    With patience, the moment is waited for after the answer too. What is not judged now must be
    judged in the same scene later: nothing that is lost or doubled mends itself.
    """
    proxy = scene.proxies[moment.role]
    key = f"{moment.role}-{moment.k}-{moment.mode.name}-{len(scene.answers)}"
    plan = proxy.arm(
        moment.k,
        moment.mode,
        lambda: scene.pid(moment.role),
        commits=moment.commits,
        after=key if moment.after == KEY else moment.after,
    )
    try:
        scene.issue(key)
        plan.struck.wait(patience)
        scene.drain()
    except NotDoneError as error:
        return [str(error), *scene.blame()]
    finally:
        proxy.disarm()
    seconds = _note(plan, tally)
    blame = scene.blame() if judged else []
    if seconds > LONGEST * scene.slowness:
        blame.append(f"back at work only after {seconds:.1f} s")
    return blame


def _note(plan: Plan, tally: Tally) -> float:
    if plan.strike is None:
        tally.missed += 1
        return 0
    tally.struck[plan.mode] += 1
    if plan.strike.at_commit:
        tally.at_commit[plan.mode] += 1
    tally.unread_commits += plan.strike.between_commit_and_answer
    seconds = time.monotonic() - plan.strike.at
    tally.slowest = max(tally.slowest, seconds)
    return seconds


def run(  # noqa: PLR0913 - where, what, how
    zygote: Zygote,
    postgres: EmbeddedPostgres,
    directory: Path,
    moments: Sequence[Moment],
    plants: Sequence[str] = (),
    *,
    opens: Opens = opened,
    scenes_at_once: int = 1,
    judged_every: int = 1,
) -> tuple[Tally, dict[Moment, list[str]]]:
    """Strike at every moment; return what was reached, and what was found wrong where.

    Most of a strike is waiting, so that several scenes can be attacked at once. A scene that
    something is wrong in is left: what comes after would inherit it. Where several strikes are
    judged together and something is wrong, they are repeated one by one.
    """
    waiting = deque(moments)
    tally, wrong = Tally(), dict[Moment, list[str]]()
    together = dict[Together, list[str]]()

    def front(place: int) -> None:
        number = 0
        while waiting:
            number += 1
            home = directory / f"scene-{place}-{number}"
            home.mkdir()
            with opens(zygote, postgres, home, plants) as scene:
                own, found = attack(
                    scene, waiting, judged_every=judged_every, patience=1 if plants else 0
                )
            with reporting:
                tally.add(own)
                together.update(found)

    reporting = threading.Lock()
    with ThreadPoolExecutor(scenes_at_once) as fronts:
        list(fronts.map(front, range(scenes_at_once)))
    for group, blame in together.items():
        if len(group) == 1:
            wrong[group[0]] = blame
            continue
        again = directory / f"again-{len(wrong)}"
        again.mkdir()
        own, alone = run(zygote, postgres, again, group, plants, opens=opens)
        tally.add(own)
        wrong |= alone or {group[-1]: [f"after {len(group)} strikes, and not again", *blame]}
    return tally, wrong


def attack(
    scene: Stage, waiting: deque[Moment], *, judged_every: int = 1, patience: float = 0
) -> tuple[Tally, dict[Together, list[str]]]:
    """Strike in a scene until it has seen enough, or something is wrong in it.

    Returns:
        What was reached, and what was found wrong after which strikes that were judged together.
    """
    tally, found = Tally(), dict[Together, list[str]]()
    unjudged: list[Moment] = []
    for number in range(1, MOST_IN_A_SCENE + 1):
        try:
            unjudged.append(waiting.popleft())
        except IndexError:  # another front took the last one
            break
        judged = number % judged_every == 0 or number == MOST_IN_A_SCENE
        blame = strike(scene, unjudged[-1], tally, patience=patience, judged=judged)
        if blame:
            found[tuple(unjudged)] = blame
            break
        if judged:
            unjudged.clear()
    if unjudged and not found and (blame := scene.blame()):
        found[tuple(unjudged)] = blame
    _sum_up(scene, tally)
    return tally, found


def _sum_up(scene: Stage, tally: Tally) -> None:
    tally.events.update(scene.reached())
    tally.told_twice += sum(times - 1 for times in scene.told.ids.values())
    tally.asked_again += scene.again
    row = scene.admin.execute(
        "select count(*) from event where data ->> 'reason' = 'abandoned'"
    ).fetchone()
    tally.abandoned += row[0] if row else 0


def sample(counts: Mapping[str, Count], seed: int, size: int) -> list[Moment]:
    """Return a seeded choice: the COMMITs of `NAMED`, and every mode at both processes.

    Half of these are at COMMITs.
    """
    chance = random.Random(seed)  # noqa: S311 - a schedule that can be replayed
    chosen = {
        Moment(role, commits=True, k=1, mode=mode, after=after)
        for role, after in NAMED
        for mode in (Mode.KILL_BEFORE, Mode.KILL_ANSWERED, Mode.CUT_ANSWERED)
    }
    kinds = [
        (role, commits, mode)
        for commits in (True, False)
        for mode in Mode
        for role in sorted(counts)
    ]
    for place in range(size - len(chosen)):
        role, commits, mode = kinds[place % len(kinds)]
        last = counts[role].commits if commits else counts[role].messages
        chosen.add(Moment(role, commits, chance.randint(1, last), mode))
    return sorted(chosen, key=lambda _: chance.random())
