"""`--rules`: named artefacts judge, whatever the document says it is."""

from pathlib import Path

import pytest
from lxml import etree

from formats.findings import Layer, Outcome
from tests.formats.official_units import Fragment, fragments
from tests.gateway.validations.conftest import Validate

NOT_VALID, NOT_JUDGED = 1, 2
RULES = "eu.cen.en16931:ubl:1.3.16"


@pytest.fixture(scope="module")
def snippets(official: Path) -> list[Fragment]:
    """Fragments of the official unit tests: roots without a document."""
    names = ("BR-01", "BR-02", "BR-30", "BR-04", "BR-21", "BR-25")
    return list(
        fragments(official / f"en16931/test/Invoice-unit-UBL/{name}.xml" for name in names)
    )


@pytest.mark.official
def test_official_unit_snippets_fire_what_they_should(
    validate: Validate, snippets: list[Fragment], tmp_path: Path
) -> None:
    assert len(snippets) > 10
    paths = []
    for number, snippet in enumerate(snippets):
        path = tmp_path / f"{number:03}.xml"
        path.write_bytes(etree.tostring(snippet.document, encoding="utf-8"))
        paths.append(path)
    done = validate(*paths, "--rules", "eu.cen.en16931:ubl", "--output", "jsonl")
    assert done.code in {NOT_VALID, NOT_JUDGED}
    for snippet, said in zip(snippets, done.objects, strict=True):
        assert [layer["id"] for layer in said["layers"]] == ["formats.xml:document", RULES]
        assert {one["layer"] for one in said["findings"]} <= {Layer.SCHEMATRON}
        fired = {one["rule"] for one in said["findings"]}
        for rule, expected in snippet.expected.items():
            assert (rule in fired) is expected, f"{snippet.name}: {rule}"


def test_a_document_that_is_no_ubl_is_judged_by_the_named_schema(
    bare: Validate, tmp_path: Path
) -> None:
    file = tmp_path / "letter.xml"
    file.write_text("<letter/>")
    done = bare(file, "--rules", "org.oasis-open.ubl:invoice:2.1", "--output", "jsonl")
    assert done.code == NOT_VALID
    (said,) = done.objects
    assert said["judged"] is True
    assert {(one["layer"], one["rule"]) for one in said["findings"]} == {
        (Layer.XSD, "XSD-SCHEMAV_CVC_ELT_1")
    }
    assert bare(file).code == NOT_JUDGED


@pytest.mark.official
def test_a_rule_set_that_never_looked_at_the_document_says_so(
    validate: Validate, files: dict[str, Path]
) -> None:
    other, own = "eu.cen.en16931:cii", "eu.cen.en16931:ubl"
    done = validate(files["good"], "--rules", other, "--output", "jsonl")
    assert done.code == NOT_JUDGED, "nothing was found because nothing was looked at"
    (said,) = done.objects
    assert (said["valid"], said["judged"]) == (False, False)
    assert [layer["outcome"] for layer in said["layers"]] == [Outcome.RAN, Outcome.NOT_JUDGED]
    assert [(one["rule"], one["flag"], one["layer"]) for one in said["findings"]] == [
        ("GW-24", "warning", Layer.SCHEMATRON)
    ]
    assert "eu.cen.en16931:cii:1.3.16" in said["findings"][0]["message"]
    assert said["findings"][0]["fix"]
    both = validate(files["good"], "--rules", other, "--rules", own, "--output", "jsonl")
    assert both.code == NOT_JUDGED, "each of them was asked for"
    assert [layer["outcome"] for layer in both.objects[0]["layers"]] == [
        *(Outcome.RAN, Outcome.NOT_JUDGED, Outcome.RAN)
    ]
    refused = validate(files["wrong"], "--rules", other, "--rules", own)
    assert refused.code == NOT_VALID, "what one of them refuses is refused"
    alone = validate(
        files["good"], "--rules", "org.oasis-open.ubl:invoice:2.1", "--output", "jsonl"
    )
    assert alone.objects[0]["findings"] == []


def test_several_artefacts_judge_in_the_order_named(
    bare: Validate, files: dict[str, Path]
) -> None:
    names = ("eu.cen.en16931:ubl", "org.oasis-open.ubl:invoice:2.1")
    options = [part for name in names for part in ("--rules", name)]
    done = bare(files["wrong"], *options, "--output", "jsonl")
    assert done.code == NOT_VALID
    (said,) = done.objects
    layers = [(layer["id"], layer["outcome"]) for layer in said["layers"]]
    assert layers == [
        ("formats.xml:document", Outcome.RAN),
        (RULES, Outcome.RAN),
        ("org.oasis-open.ubl:invoice:2.1", Outcome.RAN),
    ]
    assert {one["rule_set"] for one in said["findings"]} == {RULES}
    assert bare(files["good"], *options).code == 0
    assert bare(files["unknown"], *options).code == 0, "what it claims has no say"


def test_what_is_not_on_this_machine_is_not_judged(bare: Validate, files: dict[str, Path]) -> None:
    done = bare(files["good"], "--rules", "eu.peppol.bis3:invoice", "--output", "jsonl")
    assert done.code == NOT_JUDGED
    (said,) = done.objects
    assert (said["valid"], said["judged"]) == (False, False)


@pytest.mark.official
@pytest.mark.parametrize("rules", ["eu.factur-x:basic", "eu.factur-x:extended"])
def test_a_rule_for_anything_empty_has_not_looked_at_the_document(
    validate: Validate, good: bytes, tmp_path: Path, rules: str
) -> None:
    emptied = etree.fromstring(good)
    (currency,) = emptied.iterfind("{*}DocumentCurrencyCode")
    currency.text = None
    order = "urn:oasis:names:specification:ubl:schema:xsd:Order-2"
    documents = (b"<x/>", f'<Order xmlns="{order}"/>'.encode(), etree.tostring(emptied))
    paths = [tmp_path / f"{number}.xml" for number in range(len(documents))]
    for path, content in zip(paths, documents, strict=True):
        path.write_bytes(content)
    for path in paths:  # each alone: the exit code is the worst of all
        done = validate(path, "--rules", rules, "--output", "jsonl")
        (said,) = done.objects
        assert (done.code, said["valid"], said["judged"]) == (NOT_JUDGED, False, False), path
        assert "GW-24" in {one["rule"] for one in said["findings"]}


def test_an_unknown_artefact_is_a_wrong_call(bare: Validate, files: dict[str, Path]) -> None:
    done = bare(files["good"], "--rules", "eu.cen.en16931:ubx")
    assert (done.code, done.out) == (NOT_JUDGED, "")
    assert "eu.cen.en16931:ubx" in done.err


def test_what_is_no_xml_is_refused_before_any_rule_set(
    bare: Validate, files: dict[str, Path]
) -> None:
    done = bare(files["doctype"], "--rules", "eu.cen.en16931:ubl", "--output", "jsonl")
    assert done.code == NOT_VALID
    (said,) = done.objects
    assert [one["rule"] for one in said["findings"]] == ["XML-doctype"]
    assert said["layers"][1]["outcome"] == Outcome.NOT_JUDGED
    assert said["judged"] is True
