"""Our rules find what the official ones find; every difference has its reason."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.formats.agreement import subjects
from tests.formats.agreement.explanations import explanation_of, explanations, unexplained
from tests.formats.agreement.measuring import Agreement, compared
from tests.formats.agreement.page import page
from tests.formats.agreement.sides import Official
from tests.formats.agreement.subjects import Subject

pytestmark = pytest.mark.official

SEEDS = range(4000)
_PAGE = Path(__file__).parents[3] / "docs" / "agreement.md"


@pytest.fixture(scope="module")
def rules(official: Path) -> Official:
    return Official(official)


def everything(official: Path) -> Iterator[Subject]:
    """Yield all that the page is about."""
    yield from subjects.documents(official)
    yield from subjects.units(official)
    yield from subjects.mutants(official, SEEDS)


def _figures(figures: Callable[..., None], seeds: range, agreement: Agreement) -> None:
    figures(
        seeds=f"{seeds.start} to {seeds.stop - 1}",
        judged=sum(agreement.judged.values()),
        differences=len(agreement.differences),
        unexplained=len(unexplained(agreement.differences)),
    )


def test_a_share_of_everything_has_no_unexplained_difference(
    rules: Official, figures: Callable[..., None]
) -> None:
    some = itertools.chain(
        itertools.islice(subjects.documents(rules.folder), 0, None, 5),
        itertools.islice(subjects.units(rules.folder), 0, None, 20),
        subjects.mutants(rules.folder, range(200)),
    )
    agreement = compared(rules, some)
    _figures(figures, range(200), agreement)
    assert unexplained(agreement.differences) == ()
    assert sum(agreement.judged.values()) >= 500
    assert len({rule for _, rule, who in agreement.fired if who == "both"}) >= 80


@pytest.mark.full
def test_the_page_says_what_is_measured_and_explains_all_of_it(
    rules: Official, figures: Callable[..., None]
) -> None:
    agreement = compared(rules, everything(rules.folder))
    _figures(figures, SEEDS, agreement)
    assert unexplained(agreement.differences) == ()
    used = {explanation_of(each) for each in agreement.differences}
    assert [each.reason for each in explanations() if each not in used] == []
    assert page(rules, agreement) == _PAGE.read_text(encoding="utf-8"), "run make figures"
