"""Our rules agree with the unit tests that OpenPeppol publishes with the BIS."""

from pathlib import Path

import pytest

from formats.peppol.rules import RULES, check
from formats.ubl import read_element
from tests.formats.official_units import fragments

pytestmark = pytest.mark.official

_PREFIX = "PEPPOL-EN16931-"
_EMPTY = "an element without value is not in the model"
_ROOT = "whether Invoice or CreditNote is the root follows from the type code (BT-3)"
_PLACE = "the fragment has its element where UBL does not"
_TWICE = "a second cac:TaxTotal in the same currency is not in the model"

_EXPLAINED = {
    **dict.fromkeys((f"{_PREFIX}R001", f"{_PREFIX}R002", f"{_PREFIX}R003"), _EMPTY),
    **dict.fromkeys((f"{_PREFIX}R010", f"{_PREFIX}R020", f"{_PREFIX}R061"), _EMPTY),
    **dict.fromkeys((f"{_PREFIX}P0100", f"{_PREFIX}P0101"), _ROOT),
    **dict.fromkeys((f"{_PREFIX}CL001", f"{_PREFIX}CL008"), _PLACE),
    **dict.fromkeys((f"{_PREFIX}R053", f"{_PREFIX}R054"), _TWICE),
}
"""Rules that see something in a fragment which the model does not hold."""

_EXPLAINED_FRAGMENTS = 15


def test_each_fragment_breaks_the_rules_it_should_and_no_other_of_its_own(official: Path) -> None:
    agreed, differing = 0, []
    exercised: set[str] = set()
    folder = official / "peppol-bis3" / "rules" / "unit-UBL-PEPPOL"
    for fragment in fragments(folder.glob("*.xml")):
        about = {rule: breaks for rule, breaks in fragment.expected.items() if rule in RULES}
        if not about:
            continue
        found = {finding.rule for finding in check(read_element(fragment.document))}
        for rule, breaks in about.items():
            if (rule in found) == breaks:
                agreed += 1
                exercised |= {rule} if breaks else set()
            else:
                differing.append((fragment.name, rule))
    assert [item for item in differing if item[1] not in _EXPLAINED] == []
    assert len(differing) == _EXPLAINED_FRAGMENTS
    assert agreed >= 115
    assert len(exercised) >= 25
