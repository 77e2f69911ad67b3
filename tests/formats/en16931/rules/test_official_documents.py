"""Our rules agree with EN16931-UBL 1.3.16 on every official document that claims EN 16931."""

from pathlib import Path

import pytest

from formats.en16931.rules import RULES, check
from formats.findings import Flag
from formats.ubl import read
from tests.formats.official_rules import verdicts

pytestmark = pytest.mark.official

_GST = "Australian, New Zealand and Singapore GST: a tax that is not VAT has no term in EN 16931"
_ROOT = "whether Invoice or CreditNote is the root follows from the type code (BT-3)"
_TWO_TOTALS = "two cac:TaxTotal in one currency: the model has one total VAT (BT-110)"

_EXPLAINED = {
    "peppol-aunz/": ({"BR-S-02"}, _GST),
    "peppol-sg/": ({"BR-CL-17", "BR-CL-18"}, _GST),
    "xrechnung/schematron-test/ubl-cn/ubl-cn-br-de-16-test-code-O": ({"BR-CL-01"}, _ROOT),
    "xrechnung/schematron-test/ubl-cn/ubl-cn-peppol-en16931-r053-2.xml": (
        {"BR-CO-14", "BR-CO-15"},
        _TWO_TOTALS,
    ),
}
"""Rules on which we may differ, by how the document's name begins, and why."""


def test_the_fatal_rules_are_those_of_the_official_artefact(official: Path) -> None:
    documents, exercised, differing = 0, set(), {}
    for verdict in verdicts(official, "EN-UBL"):
        documents += 1
        ours = {
            finding.rule for finding in check(read(verdict.content)) if finding.flag is Flag.FATAL
        }
        theirs = verdict.fatal & RULES
        exercised |= ours & theirs
        explained = {
            rule
            for name, (rules, _) in _EXPLAINED.items()
            if verdict.name.startswith(name)
            for rule in rules
        }
        if (ours ^ theirs) - explained:
            differing[verdict.name] = sorted(ours ^ theirs)
    assert differing == {}
    assert documents >= 400
    assert len(exercised) >= 30


def test_no_document_makes_a_rule_fail(official: Path) -> None:
    for verdict in verdicts(official, "EN-UBL"):
        for finding in check(read(verdict.content)):
            assert finding.rule in RULES
            assert (finding.pointer or "").startswith("/")
