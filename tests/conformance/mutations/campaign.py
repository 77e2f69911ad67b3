"""A whole run: seeds spread over the rule sets, then what no seed reached is aimed at."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conformance.mutations.plan import Plan, plan
from tests.conformance.mutations.run import Engine, Order, Target, run
from tests.conformance.mutations.tally import Tally, Told
from tests.conformance.rule_sets.checks import Check

_CHUNK = 400
_TRIES_AGAIN = 60
_MOST_TARGETS = 150


@dataclass(frozen=True, slots=True)
class Wish:
    """What to run.

    Attributes:
        official: The official folder.
        seeds: Of the mutants.
        jobs: Processes, each with a Saxon beside it.
        engine: Ours.
        name: Only rule sets whose name holds this.
        sources: Also those published as Schematron source.
        half: Only the half of the rule sets that this number says.
        reach: Also judge every official subject and make its rules fire in a mutant again.
        tries: Mutants that aim at each check nothing made fire.
    """

    official: Path
    seeds: range
    jobs: int
    engine: Engine
    name: str = ""
    sources: bool = True
    half: int | None = None
    reach: bool = True
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it: a tally per rule set, and the wall-clock seconds."""

    tallies: tuple[Tally, ...]
    seconds: float


def campaign(wish: Wish, progress: Callable[[Tally], None] = lambda _: None) -> Result:
    """Run what is wished for.

    Args:
        wish: What to run.
        progress: Told of every part that is done.
    """
    started = time.monotonic()
    chosen = plan(wish.official, sources=wish.sources, name=wish.name, half=wish.half)
    tallies: dict[str, Tally] = {}
    for stage in (_spread, _again, _aimed):
        for tally in run(list(stage(wish, chosen, tallies)), wish.jobs):
            progress(tally)
            if tally.rule_set in tallies:
                tallies[tally.rule_set].add(tally)
            else:
                tallies[tally.rule_set] = tally
    return Result(tuple(tallies.values()), time.monotonic() - started)


def _spread(wish: Wish, chosen: Plan, _: dict[str, Tally]) -> Iterator[Order]:
    """Yield the orders of the seeds; the first of a rule set judges its originals too."""
    without = {each.name for each in chosen.sets}
    for rule_set, seeds in chosen.grouped(wish.seeds):
        without.discard(rule_set.name)
        for start in range(0, len(seeds), _CHUNK):
            part = tuple(seeds[start : start + _CHUNK])
            first = wish.reach and start == 0
            yield Order(wish.official, rule_set.name, wish.engine, part, originals=first)
    if wish.reach:
        for name in sorted(without):
            yield Order(wish.official, name, wish.engine, originals=True)


def _again(wish: Wish, _: Plan, tallies: dict[str, Tally]) -> Iterator[Order]:
    """Yield orders to make fire again, in a mutant, what official subjects make fire."""
    for tally in tallies.values() if wish.reach else ():
        targets = [
            Target(Check(told[0], "", told[1]), tuple(names), _TRIES_AGAIN)
            for told, names in sorted(tally.lost.items())
        ]
        yield from _orders(wish, tally.rule_set, targets)


def _aimed(wish: Wish, _: Plan, tallies: dict[str, Tally]) -> Iterator[Order]:
    """Yield orders that aim at what nothing made fire, each check in one rule set only."""
    if not wish.tries:
        return
    done: set[Told] = {
        told for tally in tallies.values() for told in (*tally.fired, *tally.official)
    }
    for tally in tallies.values():
        missing = [each for each in tally.never if (each.rule, each.test) not in done]
        done |= {(each.rule, each.test) for each in missing}
        targets = [Target(each, (), wish.tries) for each in missing]
        yield from _orders(wish, tally.rule_set, targets)


def _orders(wish: Wish, rule_set: str, targets: list[Target]) -> Iterator[Order]:
    for start in range(0, len(targets), _MOST_TARGETS):
        part = tuple(targets[start : start + _MOST_TARGETS])
        yield Order(wish.official, rule_set, wish.engine, targets=part)
