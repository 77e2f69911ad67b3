"""For every document and unit snippet of every rule set, we say what Saxon says.

The same multiset of rules, places, flags and messages; where Saxon stops with an error, we reject.
"""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from formats.validation.engine import RuleEngine
from tests.conformance.rule_sets.checks import Checks, read_checks
from tests.conformance.rule_sets.comparison import Difference, Judges
from tests.conformance.rule_sets.expectations import broken_counts, broken_units
from tests.conformance.rule_sets.inventory import RuleSet, rule_sets, subjects
from tests.oracle.saxon import SaxonOracle

pytestmark = [pytest.mark.official, pytest.mark.timeout(3600)]

_SHARE = 6
"""Subjects of each rule set, and a hundredth of the rest."""


def _judged(
    official: Path, judges: Judges, seed: int, part: int
) -> tuple[list[Difference], list[str], int]:
    """Judge the rule sets of one part of four: all of it, or with a seed some of each."""
    differences: list[Difference] = []
    broken: list[str] = []
    count = 0
    for rule_set in rule_sets(official)[part::4]:
        found = list(subjects(rule_set))
        if seed >= 0:
            random = Random(f"{seed} {rule_set.name}")  # noqa: S311 - repeatable, not secret
            found = random.sample(found, min(len(found), _SHARE + len(found) // 100))
        checks = _checks(rule_set)
        for subject in found:
            ours, _, different = judges.compare(rule_set, subject)
            differences += different
            broken += broken_units(rule_set, subject, ours, checks)
            broken += broken_counts(subject, ours)
            count += 1
    return differences, broken, count


def _checks(rule_set: RuleSet) -> Checks:
    return read_checks(rule_set.stylesheet())


@pytest.mark.parametrize("part", range(4))
def test_a_share_of_the_documents_and_snippets(  # noqa: PLR0913, PLR0917 - fixtures
    official: Path,
    engine: RuleEngine,
    saxon: SaxonOracle,
    figures: Callable[..., None],
    seed: int,
    part: int,
) -> None:
    differences, broken, count = _judged(official, Judges(engine, saxon), seed, part)
    figures(seed=seed, documents=count, differences=len(differences), broken=len(broken))
    assert differences == [], f"GATEWAY_SEED={seed}"
    assert broken == [], f"GATEWAY_SEED={seed}"
    assert count > 100


@pytest.mark.full
@pytest.mark.parametrize("part", range(4))
def test_every_document_and_snippet(
    official: Path,
    engine: RuleEngine,
    saxon: SaxonOracle,
    figures: Callable[..., None],
    part: int,
) -> None:
    differences, broken, count = _judged(official, Judges(engine, saxon), -1, part)
    figures(documents=count, differences=len(differences), broken=len(broken))
    assert differences == []
    assert broken == []
    assert count > 2_000
