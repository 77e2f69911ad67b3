"""Carries out orders to mutate and judge, each rule set in one process beside its own Saxon."""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from formats.validation.engine import RuleEngine
from tests.conformance.mutations.material import Material
from tests.conformance.mutations.mutant import Mutant, mutant
from tests.conformance.mutations.tally import Tally
from tests.conformance.rule_sets.checks import Check
from tests.conformance.rule_sets.comparison import Judges
from tests.conformance.rule_sets.inventory import rule_set_named
from tests.oracle.saxon import SaxonOracle
from tests.oracle.verdict import Verdict

Engine = Callable[[], RuleEngine]
"""Makes our engine, in the process that will use it."""


@dataclass(frozen=True, slots=True)
class Target:
    """A check that no mutant has made fire yet.

    Attributes:
        check: The check.
        originals: Names of official subjects that make it fire; without any, all are tried.
        tries: Mutants to make before giving up.
    """

    check: Check
    originals: tuple[str, ...]
    tries: int


@dataclass(frozen=True, slots=True)
class Order:
    """What one process is to do.

    Attributes:
        official: The official folder.
        rule_set: Name of the rule set.
        engine: Ours.
        seeds: Of the mutants.
        targets: Checks to aim at.
        originals: Also judge every official subject, for what can be reached.
    """

    official: Path
    rule_set: str
    engine: Engine
    seeds: tuple[int, ...] = ()
    targets: tuple[Target, ...] = ()
    originals: bool = False


_SAXON: list[SaxonOracle] = []


def run(orders: Sequence[Order], jobs: int) -> Iterator[Tally]:
    """Carry out orders and yield a tally for each as it is done."""
    if jobs < 2:
        yield from map(carry_out, orders)
        return
    # Not forked: the parent may hold threads of a test runner. A process that dies breaks the
    # pool, and is not waited for.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        waiting = [pool.submit(carry_out, order) for order in orders]
        try:
            for done in as_completed(waiting):
                yield done.result()
        finally:
            pool.shutdown(cancel_futures=True)


def carry_out(order: Order) -> Tally:
    """Judge the mutants of an order by both judges."""
    if not _SAXON:
        _SAXON.append(SaxonOracle())
    started = time.monotonic()
    work = _Work(order, _SAXON[0])
    if order.originals:
        work.judge_originals()
    for seed in order.seeds:
        work.judge(mutant(work.material, str(seed)))
    for target in order.targets:
        work.pursue(target)
    work.tally.seconds = time.monotonic() - started
    return work.tally


class _Work:
    """An order being carried out."""

    def __init__(self, order: Order, saxon: SaxonOracle) -> None:
        self._rule_set = rule_set_named(order.official, order.rule_set)
        self._judges = Judges(order.engine(), saxon)
        self._originals: dict[str, Verdict] = {}
        self.material = Material(self._rule_set)
        checks = frozenset(self.material.checks.checks)
        self.tally = Tally(self._rule_set.name, self._rule_set.row.family, checks)

    def judge_originals(self) -> None:
        """Let Saxon judge every subject."""
        for subject in self.material.subjects:
            verdict = self._judges.theirs(self._rule_set, subject.content)
            self._originals[subject.name] = verdict
            self.tally.add_original(subject.name, verdict)

    def judge(self, made: Mutant) -> Verdict:
        """Let both judge a mutant; return Saxon's verdict."""
        name = made.original.name
        if name not in self._originals:
            verdict = self._judges.theirs(self._rule_set, made.original.content)
            self._originals[name] = verdict
        _, theirs, differences = self._judges.compare(self._rule_set, made.subject)
        self.tally.add_mutant(self._originals[name], theirs, differences)
        return theirs

    def pursue(self, target: Target) -> None:
        """Mutate until a check fires, or long enough."""
        named = [each for each in self.material.subjects if each.name in target.originals]
        told = (target.check.rule, target.check.test)
        for number in range(target.tries):
            made = mutant(
                self.material,
                f"{target.check.rule} {target.check.test} {number}",
                original=named[number % len(named)] if named else None,
                check=None if named else target.check,
            )
            verdict = self.judge(made)
            if told in {(fired.rule, fired.test) for fired in verdict.fired}:
                break
