"""What a run of mutations found, added up over rule sets and processes."""

from collections import Counter
from dataclasses import dataclass, field

from tests.conformance.rule_sets.checks import Check
from tests.conformance.rule_sets.comparison import Difference
from tests.oracle.verdict import Verdict

Told = tuple[str, str]
"""A check as a report names it: its id and its test."""

_EXAMPLES = 3


@dataclass
class Tally:
    """The figures of one rule set.

    Attributes:
        rule_set: Its name.
        family: The name of its row.
        checks: All of the set.
        mutants, changed, rejected: How many; whose verdict is not their original's; how many
            stopped with a run-time error.
        fired: By check, how many mutants made it fire.
        official: Checks that fire on an official document or snippet, and on which, a few.
        looked: Contexts that matched anywhere.
        differences: Between Saxon and us, with the seed in the subject's name.
        seconds: Wall-clock time, of both judges.
    """

    rule_set: str
    family: str
    checks: frozenset[Check]
    mutants: int = 0
    changed: int = 0
    rejected: int = 0
    fired: Counter[Told] = field(default_factory=Counter)
    official: dict[Told, list[str]] = field(default_factory=dict)
    looked: set[str] = field(default_factory=set)
    differences: list[Difference] = field(default_factory=list)
    seconds: float = 0.0

    def add_original(self, name: str, verdict: Verdict) -> None:
        """Count what Saxon says of an official subject."""
        for told in {(fired.rule, fired.test) for fired in verdict.fired}:
            names = self.official.setdefault(told, [])
            if len(names) < _EXAMPLES:
                names.append(name)
        self.looked |= verdict.contexts

    def add_mutant(
        self, original: Verdict, theirs: Verdict, differences: tuple[Difference, ...]
    ) -> None:
        """Count what the judges say of a mutant."""
        self.mutants += 1
        self.rejected += theirs.error is not None
        self.changed += _gist(original) != _gist(theirs)
        self.fired.update({(fired.rule, fired.test) for fired in theirs.fired})
        self.looked |= theirs.contexts
        self.differences += differences

    def add(self, other: "Tally") -> None:
        """Add another tally of the same rule set."""
        self.mutants += other.mutants
        self.changed += other.changed
        self.rejected += other.rejected
        self.fired.update(other.fired)
        for told, names in other.official.items():
            self.official.setdefault(told, names)
        self.looked |= other.looked
        self.differences += other.differences
        self.seconds += other.seconds

    @property
    def lost(self) -> dict[Told, list[str]]:
        """Checks that an official subject can make fire and no mutant did, with such subjects."""
        return {told: names for told, names in self.official.items() if told not in self.fired}

    @property
    def never(self) -> list[Check]:
        """Checks that nothing made fire, neither official nor mutated."""
        done = self.official.keys() | self.fired.keys()
        return sorted(
            (check for check in self.checks if (check.rule, check.test) not in done),
            key=lambda check: (check.rule, check.test),
        )


def _gist(verdict: Verdict) -> object:
    found = Counter((fired.rule, fired.location) for fired in verdict.fired)
    return "rejected" if verdict.error is not None else found
