"""The benchmark of validation judges what it says; how long anything takes is not tested."""

import datetime
import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import cold, validation
from benchmarks.documents import KINDS, every_line_fails, failing, valid
from benchmarks.saxon import Saxon, Spent, saxon
from formats.validation import xsd
from formats.validation.document import Document
from schemas import Catalog

pytestmark = [
    pytest.mark.official,
    pytest.mark.skipif(
        importlib.util.find_spec("saxonche") is None, reason="the oracle is not installed"
    ),
]

DAY = datetime.date(2026, 11, 21)


@pytest.fixture(scope="module")
def catalog(official: Path) -> Catalog:
    return Catalog([official])


@pytest.fixture(scope="module")
def ours(catalog: Catalog) -> validation.Ours:
    return validation.Ours([catalog.artefact(each, DAY) for each in validation.RULE_SETS])


@pytest.fixture(scope="module")
def theirs(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Saxon]:
    sheets = []
    for number, name in enumerate(validation.RULE_SETS):
        sheets.append(tmp_path_factory.mktemp("sheets") / f"{number}.xsl")
        sheets[-1].write_bytes(catalog.artefact(name, DAY).content)
    with saxon(sheets) as process:
        yield process


@pytest.mark.parametrize("kind", KINDS)
def test_every_document_is_one_the_rules_get_to_see(kind: str, catalog: Catalog) -> None:
    schema = catalog.artefact(validation.SCHEMA, DAY)
    assert xsd.check_element(schema, Document(KINDS[kind](5)).root) == ()


def test_both_find_equally_much(ours: validation.Ours, theirs: Saxon, tmp_path: Path) -> None:
    found = {}
    for make in (valid, failing, every_line_fails):
        path = tmp_path / "one.xml"
        path.write_bytes(make(6))
        mine, other = ours.judge(path.read_bytes()), theirs.judge(path)
        assert mine.found == other.found
        assert min(mine.processor, mine.wall, other.processor, other.wall) > 0
        found[make.__name__] = mine.found
    assert found["valid"] == 0
    assert 4 <= found["failing"] < 10
    assert found["every_line_fails"] >= 2 * 6


def test_the_report_names_every_document(
    ours: validation.Ours, theirs: Saxon, tmp_path: Path
) -> None:
    subjects = []
    for lines in (2, 10):
        path = tmp_path / f"{lines}.xml"
        path.write_bytes(valid(lines))
        name = f"valid, {lines} lines"
        subjects.append(validation.Subject(name, lines, path.read_bytes(), path))
    validation.in_turn(ours, theirs, subjects, rounds=1)
    assert [len(each.ours) for each in subjects] == [len(each.theirs) for each in subjects]
    _, small, ten = validation.rows(subjects)
    assert small.startswith("valid, 2 lines")
    assert "goal" not in small
    assert "goal 5: " in ten
    assert next(iter(validation.growth(subjects))).startswith("valid: t(10) / t(2) = ")


def test_a_difference_ends_the_run(ours: validation.Ours, theirs: Saxon, tmp_path: Path) -> None:
    """A faster judge that finds less is no faster judge."""
    path = tmp_path / "one.xml"
    path.write_bytes(valid(2))
    subject = validation.Subject("one", 2, failing(2), path)
    with pytest.raises(RuntimeError, match="one: "):
        validation.in_turn(ours, theirs, [subject], rounds=1)


def test_ratios_are_of_medians(tmp_path: Path) -> None:
    subject = validation.Subject("valid, 10 lines", 10, b"", tmp_path)
    subject.ours = [Spent(1_000_000, 2_000_000, 0)] * 2 + [Spent(9_000_000_000, 9, 0)]
    subject.theirs = [Spent(6_000_000, 4_000_000, 0)] * 3
    row = list(validation.rows([subject]))[1]
    assert " ".join(row.split()[3:]) == "0 1.00 ms 6.00 ms 6.0 2.0 3 goal 5: held"


def test_a_cold_run_of_both(catalog: Catalog) -> None:
    processor, wall = cold.run(catalog, validation.RULE_SETS, DAY, rounds=1)
    assert processor.startswith("cold, 10 lines, processor: gateway validate ")
    assert wall.startswith("cold, 10 lines, wall: gateway validate ")
