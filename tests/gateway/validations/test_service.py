"""What a document may come as: encodings, marks, and what is judged all the same."""

import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest

from formats.explain import json_patch
from formats.findings import Finding, Flag, Layer, Outcome
from formats.validation.rules import CompiledRules
from gateway.compliance.validation import Validator
from gateway.documents.preparation import read_body
from gateway.kinds import DocumentKind
from gateway.problems import RequestInvalidProblem
from gateway.validations import bodies
from gateway.validations.judged import JSON, XML, Asked
from gateway.validations.service import judge
from gateway.validations.written import judge_body
from schemas import Catalog
from tests.formats.samples import invoice
from tests.gateway.matrix.bodies import BODIES
from tests.kept_rules import store

DAY = datetime.date(2026, 11, 21)


@pytest.fixture(scope="module")
def bare() -> Validator:
    """A judge with what the installed packages carry."""
    return Validator(Catalog(), None)


def test_every_layer_of_an_unknown_document_has_its_name(bare: Validator) -> None:
    judged = judge(b"<letter/>", Asked(DAY), bare)
    assert [layer.layer for layer in judged.report.layers] == [Layer.XSD, Layer.SCHEMATRON]
    assert [finding.rule for finding in judged.report.findings] == ["GW-22"]


@pytest.mark.parametrize("rules", [(), ("eu.cen.en16931:ubl",)])
def test_what_cannot_be_read_says_what_to_do(bare: Validator, rules: tuple[str, ...]) -> None:
    (finding,) = judge(b"<a>", Asked(DAY, rules=rules), bare).report.findings
    (german,) = judge(b"<a>", Asked(DAY, rules=rules, language="de"), bare).report.findings
    assert finding.fix
    assert german.fix
    assert finding.fix != german.fix


@pytest.mark.official
def test_a_catalogue_in_iso_8859_1_is_judged_by_what_it_claims(official: Path) -> None:
    folder = official / "peppol-2026-05/examples/Cataloge wo response use cases"
    content = (folder / "catalogue-wo-response-use-case-2.xml").read_bytes()
    assert b"ISO-8859-1" in content[:100]
    validator = Validator(Catalog([official]), CompiledRules(store()))
    judged = judge(content, Asked(DAY), validator)
    assert judged.judged_as == "Peppol catalogue 3"
    assert {layer.outcome for layer in judged.report.layers} == {Outcome.RAN}
    assert judged.valid


def test_an_invoice_in_iso_8859_1_is_still_refused(bare: Validator, good: bytes) -> None:
    text = good.decode()
    assert 'encoding="UTF-8"' in text
    content = text.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"', 1)
    judged = judge(content.encode("latin-1", "xmlcharrefreplace"), Asked(DAY), bare)
    assert [finding.rule for finding in judged.report.fatal] == ["XML-encoding"]
    assert judged.complete
    assert not judged.valid


@pytest.mark.parametrize(
    ("identifier", "judge_of_it", "ours"),
    [
        ("urn:somebody:else", "en16931-ubl", True),
        ("urn:peppol:pint:billing-1@moon", "pint", False),  # its tax is not VAT
    ],
)
def test_a_body_that_follows_what_nobody_knows_is_judged_as_far_as_that_goes(
    bare: Validator, identifier: str, judge_of_it: str, *, ours: bool
) -> None:
    body = {
        **BODIES["DocumentWithSeller"],
        "process_control": {"specification_identifier": identifier},
        "buyer": {},
    }
    judged = judge(json.dumps(body, default=str).encode(), Asked(DAY), bare)
    found = {each.pointer: each for each in judged.report.findings}
    assert found["/process_control/specification_identifier"].rule == "GW-20"
    assert ("/buyer/name" in found) is ours
    assert judged.judged_as == judge_of_it
    assert not judged.complete
    assert identifier.encode() in (judged.xml or b"")


def test_a_body_may_begin_with_a_byte_order_mark(bare: Validator) -> None:
    body = json.dumps({"number": "1", "items": []}).encode()
    with_mark = judge(b"\xef\xbb\xbf" + body, Asked(DAY), bare)
    assert with_mark.source == JSON
    assert with_mark.report == judge(body, Asked(DAY), bare).report
    assert "JSON-malformed" not in {each.rule for each in with_mark.report.findings}
    twice = judge(b"\xef\xbb\xbf" * 2 + body, Asked(DAY), bare)
    assert {each.rule for each in twice.report.findings} == {"JSON-malformed"}


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_a_body_in_another_encoding_is_not_called_xml(bare: Validator, coding: str) -> None:
    judged = judge('{"number": "1"}'.encode(coding), Asked(DAY), bare)
    assert judged.source == JSON
    (finding,) = judged.report.fatal
    assert finding.rule == "JSON-malformed"
    assert coding[:6].upper() in finding.message
    document = judge('<?xml version="1.0"?><a/>'.encode(coding), Asked(DAY), bare)
    assert document.source == XML


def test_of_many_wrong_names_a_thousand_are_listed(bare: Validator) -> None:
    body = json.dumps({f"name_{number}": 1 for number in range(5_000)}).encode()
    found = judge(body, Asked(DAY), bare).report.findings
    assert len(found) == 1_001
    assert (found[-1].rule, found[-1].pointer) == ("RULE-MORE", "")
    with pytest.raises(RequestInvalidProblem) as refused:
        read_body(body, DocumentKind.INVOICE)
    parts = refused.value.errors
    assert (len(parts), parts[-1]["rule"], parts[-1]["pointer"]) == (1_001, "RULE-MORE", "")


def test_patches_fit_a_canonical_invoice_as_it_was_sent(bare: Validator) -> None:
    body = invoice().model_dump(mode="json", exclude_defaults=True)
    body["lines"][0]["vat_rate"] = 1
    body["vat_breakdown"][0]["category_rate"] = 22
    content = json.dumps(body).encode()
    findings = judge(content, Asked(DAY), bare).report.findings
    patches = [each.patch for each in findings if each.patch]
    assert patches
    for patch in patches:
        mended = json_patch.apply(body, patch)
        assert mended["lines"][0]["vat_rate"] == 22
        left = judge(json.dumps(mended).encode(), Asked(DAY), bare).report
        assert not left.fatal


@pytest.mark.official
def test_a_rule_that_two_rule_sets_find_broken_is_said_of_both(official: Path) -> None:
    body = invoice().model_dump(mode="json", exclude_defaults=True)
    body["totals"]["total_with_vat"] = "1.00"
    both = ("eu.peppol.bis3:cen-en16931-ubl:2026.5", "eu.cen.en16931:ubl:1.3.16")
    validator = Validator(Catalog([official]), CompiledRules(store()))
    judged = judge(json.dumps(body).encode(), Asked(DAY, rules=both), validator)
    found = {each.rule_set for each in judged.report.fatal if each.rule == "BR-CO-15"}
    assert found == set(both)


def test_no_warning_stands_for_what_is_fatal(bare: Validator) -> None:
    content = json.dumps(invoice().model_dump(mode="json", exclude_defaults=True)).encode()
    flags = (Flag.WARNING, Flag.FATAL, Flag.FATAL)
    found = tuple(Finding("GW-01", "x", flag, "Wrong.", pointer="/number") for flag in flags)
    body = replace(bodies.read_body(content, DAY), findings=found)
    judged = judge_body(body, Asked(DAY), bare)
    kept = [each.flag for each in judged.report.findings if each.rule_set == "x"]
    assert kept == [Flag.WARNING, Flag.FATAL]
