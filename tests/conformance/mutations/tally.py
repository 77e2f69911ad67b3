"""What a run of mutations found, added up over rule sets and processes."""

from collections import Counter
from dataclasses import dataclass, field

from tests.conformance.rule_sets.checks import Check
from tests.conformance.rule_sets.comparison import Difference
from tests.oracle.verdict import Verdict


@dataclass
class Tally:
    """The figures of one rule set.

    Attributes:
        rule_set: Its name.
        family: The name of its row.
        mutants, changed, rejected: How many; whose verdict is not their original's; how many
            stopped with a run-time error.
        fired: By check, how many mutants made it fire.
        official: Checks that fire on an official document or snippet.
        looked: Contexts that matched anywhere.
        checks: All of the set.
        differences: Between Saxon and us, with the seed in the subject's name.
        seconds: Wall-clock time, of both judges.
    """

    rule_set: str
    family: str
    checks: frozenset[Check]
    mutants: int = 0
    changed: int = 0
    rejected: int = 0
    fired: Counter[tuple[str, str]] = field(default_factory=Counter)
    official: set[tuple[str, str]] = field(default_factory=set)
    looked: set[str] = field(default_factory=set)
    differences: list[Difference] = field(default_factory=list)
    seconds: float = 0.0

    def add_original(self, verdict: Verdict) -> None:
        """Count what Saxon says of an official subject."""
        self.official |= {(fired.rule, fired.test) for fired in verdict.fired}
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

    @property
    def lost(self) -> list[str]:
        """Rules that an official subject can make fire, and no mutant did."""
        return sorted(rule for rule, test in self.official if (rule, test) not in self.fired)

    @property
    def never(self) -> list[Check]:
        """Checks that nothing made fire, neither official nor mutated."""
        return sorted(
            (
                check
                for check in self.checks
                if (check.rule, check.test) not in self.fired
                and (check.rule, check.test) not in self.official
            ),
            key=lambda check: (check.rule, check.test),
        )


def _gist(verdict: Verdict) -> object:
    found = Counter((fired.rule, fired.location) for fired in verdict.fired)
    return "rejected" if verdict.error is not None else found
