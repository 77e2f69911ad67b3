"""What a feature of Schematron means: it is read as the rules that it abbreviates.

Saxon judges both ways to write them, by a transformation that has nothing of our reader.
"""

from collections.abc import Iterator

import pytest

from formats.validation.schematron.source import read
from tests.formats.validation.schematron.cases import CASES, ORDER
from tests.oracle.saxon import SaxonOracle
from tests.oracle.schematron_to_xslt import stylesheet

WITH_ANOTHER_FORM = [name for name, case in CASES.items() if case.plain]


@pytest.fixture(scope="module")
def oracle() -> Iterator[SaxonOracle]:
    with SaxonOracle() as running:
        yield running


@pytest.mark.parametrize("name", WITH_ANOTHER_FORM)
def test_a_feature_is_read_as_what_it_abbreviates(name: str) -> None:
    case = CASES[name]
    plain = read({"main.sch": case.plain}, "main.sch")
    assert read(case.files, "main.sch", phase=case.phase) == plain
    assert plain.patterns


@pytest.mark.parametrize("name", CASES)
def test_saxon_finds_what_the_feature_means(name: str, oracle: SaxonOracle) -> None:
    case = CASES[name]
    sheets = [stylesheet(case.files, "main.sch", case.phase)]
    if case.plain:
        sheets.append(stylesheet({"main.sch": case.plain}, "main.sch"))
    for number, sheet in enumerate(sheets):
        verdict = oracle.judge(f"{name} {number}", sheet, ORDER)
        assert verdict.error is None
        found = [
            (fired.rule, fired.location.rpartition("/*:")[2], fired.message)
            for fired in verdict.fired
        ]
        assert [(rule, _short(place), text) for rule, place, text in found] == case.fired


def _short(step: str) -> str:
    """Return `line[2]` for `line[namespace-uri()='urn:o'][2]`."""
    return step.replace("[namespace-uri()='urn:o']", "")
