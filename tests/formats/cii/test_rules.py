"""Of documents in CII our rules say what EN16931-CII 1.3.16 says."""

import json
from pathlib import Path
from typing import Any

import pytest

from formats.cii import read, rules
from formats.findings import Flag
from tests.formats.cii.terms import leaves, together
from tests.formats.samples import changed, invoice

_MINIMUM = "a level of Factur-X without lines breaks EN 16931 by design"
_NUMBER = "a plain ram:ID with a scheme, where CII has ram:GlobalID: BR-CL-11, not BR-CL-10"
_DATE = "a date that is none: the artefact finds it written, the model has none"
_ACCOUNT = "an account without number"
_ONCE = "a second currency, total, line category or country that the model has once"

_EXPLAINED = {
    "facturx/examples/basicwl/": ({"BR-S-01"}, _MINIMUM),
    "facturx/examples/minimum/": ({"BR-CO-18", "BR-CO-14", "BR-11"}, _MINIMUM),
    "facturx/fixtures/factur-x-minimum": ({"BR-CO-18", "BR-CO-14", "BR-11"}, _MINIMUM),
    "facturx/fixtures/factur-x-basicwl": ({"BR-IC-08", "BR-E-01"}, _MINIMUM),
    "facturx/mustang-validator/FAIL_zugferd": ({"BR-CO-18", "BR-CO-14"}, _MINIMUM),
    "facturx/mustang-validator/valid_Avoir": ({"BR-CO-18", "BR-CO-14"}, _MINIMUM),
    "facturx/mustang/cii/facturFrMinimum": ({"BR-CO-18", "BR-CO-14"}, _MINIMUM),
    "ro-cius/examples-cii/": ({"BR-61", "BR-50"}, _ACCOUNT),
    "xrechnung/schematron-test/cii/cii-br-dex-05": ({"BR-CL-10", "BR-CL-11"}, _NUMBER),
    "xrechnung/validator-configuration/test/integration/diga": (
        {"BR-CL-10", "BR-CL-11"},
        _NUMBER,
    ),
    "xrechnung/validator-configuration/test/instances/cii001": ({"BR-S-08"}, _ONCE),
    "xrechnung/validator-configuration/test/unexpected/cii-br-co-15": ({"BR-53"}, _ONCE),
    "xrechnung/visualization/test/instances/wrong-date": ({"BR-03"}, _DATE),
    "zugferd-corpus/other/eicar": ({"BR-CL-14"}, _ONCE),
}
"""Rules on which we may differ, by how the document's name begins, and why."""


@pytest.mark.official
def test_the_fatal_rules_are_those_of_the_official_artefact(official: Path) -> None:
    expected: dict[str, Any] = json.loads((official / "EXPECTED.json").read_bytes())
    documents, exercised, differing = 0, set[str](), dict[str, list[str]]()
    for name, entry in expected["documents"].items():
        verdict = entry.get("rules", {}).get("EN-CII")
        if verdict is None or entry["kind"] != "CII" or entry["xsd"] != "valid":
            continue
        documents += 1
        found = rules.check(read((official / name).read_bytes()))
        ours = {finding.rule for finding in found if finding.flag is Flag.FATAL}
        theirs = set(verdict.get("fatal", {})) & rules.RULES
        exercised |= ours & theirs
        explained = {
            rule
            for start, (explained_rules, _) in _EXPLAINED.items()
            if name.startswith(start)
            for rule in explained_rules
        }
        if (ours ^ theirs) - explained:
            differing[name] = sorted(ours ^ theirs)
    assert differing == {}
    assert documents >= 270
    assert len(exercised) >= 20


def test_what_the_artefact_for_cii_passes_over_is_passed_over() -> None:
    without_vat = changed(invoice(), "/totals/total_vat", None)
    assert "BR-CO-14" not in {finding.rule for finding in rules.check(without_vat)}
    assert "BR-CO-15" in {finding.rule for finding in rules.check(without_vat)}
    equal = changed(
        without_vat, "/totals/total_with_vat", str(without_vat.totals.total_without_vat)
    )
    assert "BR-CO-15" not in {finding.rule for finding in rules.check(equal)}


@pytest.mark.parametrize(
    ("instructions", "means"),
    [
        ({"remittance_information": "R"}, False),
        ({"direct_debit": {"bank_assigned_creditor_identifier": "C"}}, False),
        ({"direct_debit": {"debited_account_identifier": "A"}}, True),
        ({"payment_means_text": "cash"}, True),
        ({"credit_transfers": [{"payment_account_identifier": "A"}]}, True),
        ({"payment_card_information": {"primary_account_number": "1"}}, True),
    ],
)
def test_only_payment_means_need_a_code(instructions: dict[str, Any], means: bool) -> None:  # noqa: FBT001
    paid = changed(invoice(), "/payment_instructions", [instructions])
    assert ("BR-49" in {finding.rule for finding in rules.check(paid)}) is means


def test_everything_that_there_is_does_not_stop_the_rules() -> None:
    assert rules.check(together(tuple(leaves())))
