"""Our rules agree with the unit tests that CEN/TC 434 publishes with the artefacts."""

from pathlib import Path

import pytest

from formats.en16931.rules import RULES, check
from formats.ubl import read_element
from formats.xml import UnreadableDocumentError
from tests.formats.official_units import fragments

pytestmark = pytest.mark.official

_EMPTY = "a group or identifier without any value is not in the model"
_TWICE = "a second cac:TaxTotal in the same currency is not in the model"
_NO_SCHEME = "a tax category without tax scheme is not VAT, so not in the model"
_ROOT = "the reader takes a credit note without type code for 381"
_NORM = "in EN 16931-1, where it is a warning of ours, but not in the artefact"

_EXPLAINED = {
    **dict.fromkeys(("BR-08", "BR-17", "BR-18", "BR-49", "BR-50", "BR-52", "BR-55"), _EMPTY),
    **dict.fromkeys(("BR-57", "BR-CO-19", "BR-CO-20", "BR-CL-10", "BR-CL-13"), _EMPTY),
    **dict.fromkeys(("BR-AE-01", "BR-E-01", "BR-G-01", "BR-IC-01"), _TWICE),
    **dict.fromkeys(("BR-O-01", "BR-Z-01", "BR-CO-15"), _TWICE),
    "BR-CL-17": _NO_SCHEME,
    "BR-04": _ROOT,
    "BR-CO-25": _NORM,
}
"""Rules that see something in a fragment which the model does not hold."""

_EXPLAINED_FRAGMENTS = 38


def test_each_fragment_breaks_the_rules_it_should_and_no_other_of_its_own(official: Path) -> None:
    agreed, unreadable, differing = 0, 0, []
    exercised: set[str] = set()
    for fragment in fragments((official / "en16931" / "test").glob("*-unit-UBL/*.xml")):
        about = {rule: breaks for rule, breaks in fragment.expected.items() if rule in RULES}
        if not about:
            continue
        try:
            found = {finding.rule for finding in check(read_element(fragment.document))}
        except UnreadableDocumentError:  # dates that no schema allows
            unreadable += 1
            continue
        for rule, breaks in about.items():
            if (rule in found) == breaks:
                agreed += 1
                exercised |= {rule} if breaks else set()
            else:
                differing.append((fragment.name, rule))
    assert [item for item in differing if item[1] not in _EXPLAINED] == []
    assert len(differing) == _EXPLAINED_FRAGMENTS
    assert unreadable == 5
    assert agreed >= 680
    assert len(exercised) >= 110
