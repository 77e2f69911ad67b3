"""Rule sets that nobody published: we say of each document what Saxon says."""

from collections.abc import Callable, Iterator
from random import Random

import pytest

from tests.conformance.random_rules.campaign import Difference, Tally, campaign
from tests.conformance.random_rules.documents import document
from tests.conformance.random_rules.judging import Saxon
from tests.conformance.random_rules.schema import schema
from tests.oracle.saxon import SaxonOracle

pytestmark = pytest.mark.timeout(3600)


@pytest.fixture(scope="module")
def judge() -> Iterator[Saxon]:
    with SaxonOracle(most_stylesheets=400) as oracle:
        yield Saxon(oracle)


def _said(tally: Tally) -> list[str]:
    """Return the differences but for errors that only one of the two meets.

    XPath leaves the order of operands open (2.0, section 2.3.4). We follow Saxon's where we know
    it; how often we do not is counted below.
    """
    return [
        f"seed {each.seed} {each.check} at {each.place}: ours {each.ours}, theirs {each.theirs}"
        for each in tally.differences
        if each.kind in {"value", "crash"}
    ]


def _one_sided(tally: Tally) -> float:
    """Return the share of errors that only one of the two meets."""
    alone = {(each.seed, each.check) for each in tally.differences if "we" in each.kind}
    return len(alone) / tally.checks


def _figures(figures: Callable[..., None], seed: int, tally: Tally) -> None:
    figures(
        seed=seed,
        rule_sets=tally.sets,
        expressions=tally.checks,
        compared=tally.compared,
        findings=tally.said,
        errors=tally.errors,
        differences=len(_said(tally)),
        one_sided_errors=f"{_one_sided(tally):.2%}",
    )


def test_we_say_what_saxon_says(judge: Saxon, seed: int, figures: Callable[..., None]) -> None:
    tally = campaign(range(seed * 1_000, seed * 1_000 + 6), judge)
    _figures(figures, seed, tally)
    assert _said(tally) == [], f"python -m tests.conformance.random_rules, GATEWAY_SEED={seed}"
    assert _one_sided(tally) < 0.02
    assert tally.compared > 1_500
    assert tally.said > 1_000
    assert tally.errors > 100


@pytest.mark.full
def test_tens_of_thousands_of_expressions(
    judge: Saxon, seed: int, figures: Callable[..., None]
) -> None:
    tally = campaign(range(seed * 1_000, seed * 1_000 + 300), judge)
    _figures(figures, seed, tally)
    assert _said(tally) == []
    assert _one_sided(tally) < 0.02
    assert tally.compared > 60_000


def test_a_seed_writes_the_same_again() -> None:
    once, again = (
        [(schema(random).source(), document(random)) for random in (Random("a"), Random("b"))]  # noqa: S311 - repeatable, not secret
        for _ in range(2)
    )
    assert once == again
    assert once[0] != once[1]


def test_a_difference_is_seen() -> None:
    rules = schema(Random("a"))  # noqa: S311 - repeatable, not secret
    assert Difference(0, "", b"", "", "crash: x", "", rules, "quick").kind == "crash"
    assert Difference(0, "", b"", "", "nothing", "stopped x1", rules, "quick").kind == "we go on"
