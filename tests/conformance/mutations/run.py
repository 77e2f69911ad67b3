"""Runs mutations: each rule set in one process, with a Saxon of its own beside it."""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from formats.validation.engine import RuleEngine
from tests.conformance.mutations.material import Material
from tests.conformance.mutations.mutant import mutant
from tests.conformance.mutations.tally import Tally
from tests.conformance.rule_sets.comparison import Judges
from tests.conformance.rule_sets.inventory import RuleSet, rule_sets
from tests.oracle.saxon import SaxonOracle
from tests.oracle.verdict import Verdict

Engine = Callable[[], RuleEngine]
"""Makes our engine, in the process that will use it."""


@dataclass(frozen=True, slots=True)
class Order:
    """What one process is to do.

    Attributes:
        official: The official folder.
        rule_set: Name of the rule set.
        seeds: Of the mutants.
        originals: Also judge every official subject, for what can be reached.
        engine: Ours.
    """

    official: Path
    rule_set: str
    seeds: tuple[int, ...]
    originals: bool
    engine: Engine


_CHUNK = 400
_SAXON: list[SaxonOracle] = []


def run(orders: Sequence[Order], jobs: int) -> Iterator[Tally]:
    """Carry out orders and yield a tally for each as it is done."""
    if jobs < 2:
        yield from map(carry_out, orders)
        return
    # Not forked: the parent may hold threads of a test runner.
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap_unordered(carry_out, orders)


def orders_for(
    official: Path,
    groups: Sequence[tuple[RuleSet, list[int]]],
    engine: Engine,
    *,
    originals: bool,
) -> list[Order]:
    """Return orders of a few hundred seeds; the first of a rule set judges its originals."""
    found = []
    for rule_set, seeds in groups:
        for start in range(0, len(seeds), _CHUNK):
            chunk = tuple(seeds[start : start + _CHUNK])
            first = originals and start == 0
            found.append(Order(official, rule_set.name, chunk, first, engine))
    return found


def carry_out(order: Order) -> Tally:
    """Judge the mutants of an order by both judges."""
    if not _SAXON:
        _SAXON.append(SaxonOracle())
    rule_set = next(each for each in rule_sets(order.official) if each.name == order.rule_set)
    judges = Judges(order.engine(), _SAXON[0])
    material = Material(rule_set)
    tally = Tally(rule_set.name, rule_set.row.family, frozenset(material.checks.checks))
    started = time.monotonic()
    known: dict[str, Verdict] = {}
    if order.originals:
        for subject in material.subjects:
            known[subject.name] = judges.theirs(rule_set, subject.content)
            tally.add_original(known[subject.name])
    for seed in order.seeds:
        made = mutant(material, seed)
        name = made.original.name
        if name not in known:
            known[name] = judges.theirs(rule_set, made.original.content)
        _, theirs, differences = judges.compare(rule_set, made.subject)
        tally.add_mutant(known[name], theirs, differences)
    tally.seconds = time.monotonic() - started
    return tally
