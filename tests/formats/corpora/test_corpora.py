"""Every official invoice is read, written again, and nothing of it is lost in silence."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.formats.corpora import exceptions, figures, measuring
from tests.formats.corpora.checking import check, everything
from tests.formats.corpora.rewriting import rewritten
from tests.formats.corpora.verdicts import Comparison, comparisons
from tests.official_documents import JUDGED, Document, documents, hybrids
from tests.oracle.saxon import SaxonOracle

pytestmark = pytest.mark.official

DOCUMENTS = {"ubl": 618, "cii": 272}
HYBRIDS = 8


@cache
def judged(oracle: SaxonOracle, official: Path, document: Document) -> tuple[Comparison, ...]:
    written = rewritten(official, document).written
    return tuple(comparisons(oracle, official, document, written))


def described(entry: Comparison) -> tuple[str, list[str], list[str]]:
    return entry.rule_set, sorted(entry.silenced), sorted(entry.awakened)


def test_every_corpus_is_there(official: Path) -> None:
    found = documents(official)
    assert Counter(document.syntax for document in found) == DOCUMENTS
    assert len(hybrids(official)) == HYBRIDS
    assert {document.corpus for document in found} >= set(JUDGED) - {"fr-ctc"}


def test_what_is_written_is_read_as_the_same_model(official: Path) -> None:
    check(
        "model", everything(official), lambda entry: measuring.model_differences(official, entry)
    )


def test_what_is_written_is_valid_to_every_schema_that_accepts_the_original(
    official: Path,
) -> None:
    check("schema", everything(official), lambda entry: measuring.schema_errors(official, entry))


def test_nothing_is_lost_in_silence(official: Path) -> None:
    def silent(document: Document) -> object:
        return dict(exceptions.explained(measuring.content(official, document))[0])

    check("silent", everything(official), silent)


def test_nothing_is_invented(official: Path) -> None:
    def invented(document: Document) -> object:
        return dict(exceptions.explained(measuring.content(official, document))[1])

    check("invented", everything(official), invented)


def test_nothing_is_reported_as_lost_that_is_there(official: Path) -> None:
    def recanted(document: Document) -> object:
        return dict(measuring.content(official, document).recanted)

    check("recanted", everything(official), recanted)


def test_the_official_rules_give_the_same_verdict(
    official: Path, saxon: SaxonOracle, *, full: bool
) -> None:
    """The rejected stay rejected, the accepted accepted; see the goal below."""

    def changed(document: Document) -> object:
        return [
            described(entry)
            for entry in judged(saxon, official, document)
            if not entry.same_verdict
        ]

    check("verdict", measuring.share(everything(official), full=full), changed)


def test_the_official_rules_fire_as_before(
    official: Path, saxon: SaxonOracle, *, full: bool
) -> None:
    """No rule fires that did not, and no fatal one falls silent.

    A warning may fall silent with what it warns of: the report of losses names that.
    """

    def changed(document: Document) -> object:
        return [
            described(entry)
            for entry in judged(saxon, official, document)
            if entry.same_verdict and (entry.awakened or not entry.same_fatal)
        ]

    chosen = measuring.share(everything(official), full=full)
    check("rules", tuple(entry for entry in chosen if entry.corpus in JUDGED), changed)


def test_no_more_than_one_in_a_hundred_verdicts_may_change(official: Path) -> None:
    paths = [entry.path for entry in everything(official) if entry.corpus in JUDGED]
    assert len(exceptions.listed("verdict", paths)) <= len(paths) / 100


def test_moves_and_additions_are_needed(official: Path) -> None:
    """What the file explains must occur: an explanation of nothing hides the next failure."""
    moved: set[exceptions.Move] = set()
    added: set[exceptions.Addition] = set()
    for document in everything(official):
        content = measuring.content(official, document)
        moved |= {
            move
            for move in exceptions.moves()
            if any(path.endswith(move.source) for path, _ in content.silent)
        }
        added |= {
            addition
            for addition in exceptions.additions()
            if any(
                addition.explains(path, value, content.said) for path, value in content.invented
            )
        }
    assert moved == set(exceptions.moves())
    assert added == {entry for entry in exceptions.additions() if entry.corpora}


@pytest.mark.full
def test_the_documented_figures_are_the_measured_ones(official: Path) -> None:
    page = Path(__file__).parents[3] / "docs" / "fidelity-figures.md"
    assert page.read_text(encoding="utf-8") == figures.page(figures.measured(official))
