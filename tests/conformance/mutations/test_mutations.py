"""Documents that nobody wrote: we say of each what Saxon says.

By default they are made of the compiled rule sets whose official documents are not judged in that
run (`tests/conformance/rule_sets`).
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conformance.engines import compiled_rules, saxon_twice
from tests.conformance.mutations.campaign import Result, Wish, campaign
from tests.conformance.mutations.material import Material
from tests.conformance.mutations.mutant import mutant
from tests.conformance.mutations.report import changed_share, lines, lost
from tests.conformance.rule_sets.inventory import rule_set_named

pytestmark = [pytest.mark.official, pytest.mark.timeout(7200)]

_BILLING = "peppol-2026-05/xslt/PEPPOL-EN16931-UBL.xslt"


def _differences(result: Result) -> list[str]:
    return [
        f"{each.rule_set}, {each.subject}: {each.kind} {each.rule} {each.location} "
        f"ours {each.ours} theirs {each.theirs}"
        for tally in result.tallies
        for each in tally.differences
    ]


def _figures(figures: Callable[..., None], seed: int, result: Result) -> None:
    figures(
        seed=seed,
        rule_sets=len(result.tallies),
        mutants=sum(tally.mutants for tally in result.tallies),
        changed=f"{changed_share(result):.0%}",
        differences=len(_differences(result)),
    )


def test_a_few_hundred_mutants(official: Path, seed: int, figures: Callable[..., None]) -> None:
    seeds = range(seed * 1_000, seed * 1_000 + 60)
    wish = Wish(official, seeds, 1, compiled_rules, sources=False, half=seed + 1, reach=False)
    result = campaign(wish)
    _figures(figures, seed, result)
    assert _differences(result) == [], f"GATEWAY_SEED={seed}"
    assert sum(tally.mutants for tally in result.tallies) == 60
    assert changed_share(result) >= 0.7


@pytest.mark.full
def test_twenty_thousand_mutants(official: Path, seed: int, figures: Callable[..., None]) -> None:
    wish = Wish(official, range(seed * 20_000, (seed + 1) * 20_000), 2, compiled_rules)
    result = campaign(wish)
    _figures(figures, seed, result)
    said = "\n".join(lines(wish, result))
    assert _differences(result) == [], said
    assert changed_share(result) >= 0.7, said
    assert lost(result) == [], said


def test_a_seed_makes_the_same_mutant_again(official: Path) -> None:
    rule_set = rule_set_named(official, _BILLING)
    once = [mutant(Material(rule_set), str(seed)) for seed in range(20)]
    again = [mutant(Material(rule_set), str(seed)) for seed in range(20)]
    assert once == again
    assert len({each.content for each in once}) == 20


def test_saxon_differs_from_itself_in_nothing(official: Path) -> None:
    wish = Wish(official, range(40), 1, saxon_twice, name=_BILLING, reach=False)
    result = campaign(wish)
    assert _differences(result) == []
    assert [tally.mutants for tally in result.tallies] == [40]
