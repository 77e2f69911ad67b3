"""Our rules agree with EN16931-UBL 1.3.16 on every official document that claims EN 16931."""

import json
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
        {"BR-CO-14", "BR-CO-15", "BR-S-08"},
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


_CURRENCY = "the reader takes the currency of a document without BT-5 from its amounts"
_NOT_VAT = "a tax that is not VAT has no term in EN 16931"
_OASIS = ({"BR-04", "BR-05", "BR-CO-15", "BR-CL-17"}, (_ROOT, _CURRENCY, _NOT_VAT))

_WITHOUT_AMOUNTS = {
    "tr-efatura/examples/invoice/ISTISNA-2.xml": ({"BR-CL-22"}, (_NOT_VAT,)),
    "tr-efatura/examples/invoice/OTV.xml": (set[str](), ()),
    "ubl21/examples/creditnote/UBL-CreditNote-2.0-Example.xml": _OASIS,
    "ubl21/examples/invoice/UBL-Invoice-2.0-Detached.xml": _OASIS,
    "ubl21/examples/invoice/UBL-Invoice-2.0-Enveloped.xml": _OASIS,
    "ubl21/examples/invoice/UBL-Invoice-2.0-Example-NS1.xml": _OASIS,
    "ubl21/examples/invoice/UBL-Invoice-2.0-Example-NS2.xml": _OASIS,
    "ubl21/examples/invoice/UBL-Invoice-2.0-Example-NS3.xml": _OASIS,
    "ubl21/examples/invoice/UBL-Invoice-2.0-Example-NS4.xml": _OASIS,
    "ubl21/examples/invoice/UBL-Invoice-2.0-Example.xml": _OASIS,
    "ubl21/examples/invoice/UBL-Invoice-2.1-Example-Trivial.xml": _OASIS,
    "xrechnung/validator-configuration/test/instances/ubl008.xml": ({"BR-CL-01"}, (_ROOT,)),
}
"""Documents without amounts that the schema lets be absent; none claims to follow EN 16931."""


def test_absent_amounts_break_the_rules_that_they_break_officially(official: Path) -> None:
    expected = json.loads((official / "EXPECTED.json").read_bytes())["documents"]
    exercised = set()
    for name, (explained, _) in _WITHOUT_AMOUNTS.items():
        found = check(read((official / name).read_bytes()))
        ours = {finding.rule for finding in found if finding.flag is Flag.FATAL}
        theirs = expected[name]["rules"]["EN-UBL"]["fatal"].keys() & RULES
        assert ours ^ theirs <= explained, name
        exercised |= ours & theirs
    assert exercised >= {"BR-12", "BR-13", "BR-14", "BR-24", "BR-45", "BR-CO-13", "BR-CO-16"}


def test_no_document_makes_a_rule_fail(official: Path) -> None:
    for verdict in verdicts(official, "EN-UBL"):
        for finding in check(read(verdict.content)):
            assert finding.rule in RULES
            assert (finding.pointer or "").startswith("/")
