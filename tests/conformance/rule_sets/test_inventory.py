"""Every official rule set is listed, can be run by Saxon, and has something to judge."""

from pathlib import Path

import pytest

from tests.conformance.rule_sets.checks import read_checks
from tests.conformance.rule_sets.inventory import rule_sets, subjects, unlisted

pytestmark = pytest.mark.official

_WITHOUT_EXAMPLES = {
    "fr-ctc/xslt/flux10/PPF_Flux10_v1_0.xslt",
    "fr-ctc/sch/flux10/PPF_Flux10_v1_0.sch",
    "cz-isdoc/sch/isdoc-6.0.2.sch",
}
"""Their publishers give no document; mutants begin with one made from the rules."""


def test_no_compiled_rule_set_is_forgotten(official: Path) -> None:
    # It judges reports of KoSIT's validator, not documents.
    assert unlisted(official) == ("xrechnung/validator-configuration/report.sch.xsl",)
    assert len(rule_sets(official)) >= 170


def test_every_rule_set_has_documents_or_snippets(official: Path) -> None:
    without = {each.name for each in rule_sets(official) if not subjects(each)}
    assert without == _WITHOUT_EXAMPLES


def test_the_unit_tests_and_instructions_are_read(official: Path) -> None:
    expectations = {
        each.name: sum(len(subject.expected) for subject in subjects(each))
        for each in rule_sets(official)
    }
    assert expectations["en16931/ubl/xslt/EN16931-UBL-validation.xslt"] >= 780
    assert expectations["peppol-2026-05/xslt/PEPPOL-EN16931-UBL.xslt"] >= 420
    assert expectations["xrechnung/xslt-3.0.2/XRechnung-UBL-validation.xslt"] >= 800
    assert expectations["xrechnung/xslt-3.0.2/XRechnung-CII-validation.xslt"] >= 260


def test_the_checks_of_both_makers_of_stylesheets_are_read(official: Path) -> None:
    found = {
        each.name: read_checks(each.stylesheet())
        for each in rule_sets(official)
        if each.row.family in {"en16931-ubl", "sa"}
    }
    skeleton = found["en16931/ubl/xslt/EN16931-UBL-validation.xslt"].checks
    assert "BR-CO-15" in {check.rule for check in skeleton}
    schxslt = found["sa-zatca/xsl/CEN-EN16931-UBL.xsl"].checks
    assert {check.context for check in schxslt if check.rule == "BR-52"} == {
        "cac:AdditionalDocumentReference"
    }
