"""For every document and unit snippet of every rule set, we say what Saxon says.

The same multiset of rules, places, flags and messages; where Saxon stops with an error, we reject.
By default half of the rule sets have a share of their documents judged; the compiled ones of the
other half have mutants (`tests/conformance/mutations`).
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from formats.validation.engine import RuleEngine
from tests.conformance.rule_sets.checks import Checks, read_checks
from tests.conformance.rule_sets.comparison import Difference, Judges
from tests.conformance.rule_sets.expectations import broken_counts, broken_units
from tests.conformance.rule_sets.inventory import (
    RuleSet,
    half_of_rule_sets,
    rule_sets,
    subjects,
)
from tests.oracle.saxon import SaxonOracle

pytestmark = [pytest.mark.official, pytest.mark.timeout(3600)]

_SHARE = 4
"""Subjects of each rule set, and a hundredth of the rest."""


def _judged(
    official: Path, judges: Judges, seed: int, part: int
) -> tuple[list[Difference], list[str], int]:
    """Judge the rule sets of one part of four: all of it, or with a seed some of half of them."""
    differences: list[Difference] = []
    broken: list[str] = []
    count = 0
    chosen = rule_sets(official) if seed < 0 else half_of_rule_sets(official, seed)
    for rule_set in chosen[part::4]:
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
    assert count > 55


def test_two_seeds_take_every_rule_set_and_each_what_has_two_forms(official: Path) -> None:
    every = rule_sets(official)
    halves = [half_of_rule_sets(official, seed) for seed in (4, 5)]
    assert Counter(each.name for half in halves for each in half) == Counter(
        each.name for each in every
    )
    forms = {(each.row.family, each.is_source) for each in every}
    both = {family for family, is_source in forms if (family, not is_source) in forms}
    assert {"peppol-billing", "xrechnung-ubl"} <= both
    for half in halves:
        assert both <= {each.row.family for each in half}


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
