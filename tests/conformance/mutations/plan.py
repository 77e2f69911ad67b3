"""Which rule set a seed belongs to: every distinct rule of every set has the same share."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

from tests.conformance.rule_sets.checks import Check, read_checks
from tests.conformance.rule_sets.inventory import RuleSet, half_of_rule_sets, rule_sets


@dataclass(frozen=True, slots=True)
class Plan:
    """Rule sets with their shares.

    Attributes:
        sets: In the order of the inventory.
        shares: Of each; a rule that several sets hold counts as a part in each of them.
    """

    sets: tuple[RuleSet, ...]
    shares: tuple[float, ...]

    def of(self, seed: int) -> RuleSet:
        """Return the rule set of a seed."""
        bounds = list(accumulate(self.shares))
        chance = Random(f"rule set of {seed}").random()  # noqa: S311 - repeatable, not secret
        return self.sets[min(bisect(bounds, chance * bounds[-1]), len(self.sets) - 1)]

    def grouped(self, seeds: Iterable[int]) -> list[tuple[RuleSet, list[int]]]:
        """Return the seeds of each rule set, those with the most first."""
        groups: dict[str, list[int]] = {}
        for seed in seeds:
            groups.setdefault(self.of(seed).name, []).append(seed)
        named = {each.name: each for each in self.sets}
        ordered = sorted(groups.items(), key=lambda item: -len(item[1]))
        return [(named[name], members) for name, members in ordered]


def plan(official: Path, *, sources: bool = True, name: str = "", half: int | None = None) -> Plan:
    """Return the plan for every rule set, the compiled ones, some by their names, or half of them.

    A seed may belong to another rule set in another choice; what it makes of one is the same.
    """
    among = rule_sets(official) if half is None else half_of_rule_sets(official, half)
    sets = tuple(each for each in among if (sources or not each.is_source) and name in each.name)
    checks: dict[str, frozenset[Check]] = {
        each.name: frozenset(read_checks(each.stylesheet()).checks) for each in sets
    }
    holders = Counter(check for found in checks.values() for check in found)
    # No set is so small that it gets nothing.
    shares = (max(3.0, sum(1 / holders[check] for check in checks[each.name])) for each in sets)
    return Plan(sets, tuple(shares))
