import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from formats import xml
from formats.findings import Flag
from formats.validation import xsd
from schemas import Artefact, Catalog, Manifest
from schemas.declaration import SourceType

DAY = date(2026, 11, 20)
FAMILIES = {
    "Invoice": "org.oasis-open.ubl:invoice",
    "CreditNote": "org.oasis-open.ubl:credit-note",
}


@pytest.fixture
def invoice_schema() -> Artefact:
    return Catalog().resolve(FAMILIES["Invoice"], DAY)


def changed(artefact: Artefact, **files: bytes) -> Artefact:
    """The artefact with files replaced; the name makes sure that nothing compiled is reused."""
    named = {
        name: files.get(Path(name).stem.replace("-", "_"), content)
        for name, content in artefact.files.items()
    }
    return replace(artefact, files=named, sha256=f"{hash(tuple(named.values())):x}")


def test_a_valid_document_has_no_findings(invoice_schema: Artefact, example: bytes) -> None:
    assert xsd.check(invoice_schema, example) == ()


def test_a_finding_says_what_where_and_on_which_line(
    invoice_schema: Artefact, example: bytes
) -> None:
    wrong = example.replace(b"<cbc:IssueDate>", b"<cbc:IssueDate>x")
    found = xsd.check(invoice_schema, wrong)
    assert {finding.flag for finding in found} == {Flag.FATAL}
    assert {finding.rule for finding in found} == {"XSD-SCHEMAV_CVC_DATATYPE_VALID_1_2_1"}
    assert {finding.rule_set for finding in found} == {"org.oasis-open.ubl:invoice:2.1"}
    assert found[0].location is not None
    assert found[0].location.endswith("cbc:IssueDate")
    line = wrong.splitlines()[(found[0].line or 0) - 1]
    assert b"<cbc:IssueDate>x" in line
    assert found[0].message.startswith("Element 'cbc:IssueDate'")


def test_every_fault_is_reported(invoice_schema: Artefact, example: bytes) -> None:
    wrong = example.replace(b"<cbc:IssueDate>", b"<cbc:IssueDate>x").replace(
        b"</cbc:LineExtensionAmount>", b"y</cbc:LineExtensionAmount>"
    )
    amounts = example.count(b"</cbc:LineExtensionAmount>")
    assert amounts > 2
    assert len(xsd.check(invoice_schema, wrong)) == amounts + 1


def test_a_document_with_endless_faults_has_a_bounded_report(
    invoice_schema: Artefact, example: bytes
) -> None:
    start, end = example.index(b"<cac:InvoiceLine>"), example.index(b"</Invoice>")
    line = example[start : example.index(b"</cac:InvoiceLine>") + len("</cac:InvoiceLine>")]
    wrong = line.replace(b"</cbc:LineExtensionAmount>", b"y</cbc:LineExtensionAmount>")
    found = xsd.check(invoice_schema, example[:start] + wrong * 1200 + example[end:])
    assert len(found) == 1001
    assert found[-1].rule == "XSD-MORE"
    assert "200 more" in found[-1].message


def test_a_document_with_a_doctype_is_refused(invoice_schema: Artefact) -> None:
    with pytest.raises(xml.UnreadableDocumentError) as caught:
        xsd.check(invoice_schema, b"<!DOCTYPE Invoice><Invoice/>")
    assert caught.value.code == "doctype"


@pytest.mark.parametrize(
    "replacement",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<xsd:schema", id="truncated"),
        pytest.param(b"<html/>", id="not a schema"),
    ],
)
@pytest.mark.parametrize("file", ["UBL_Invoice_2.1", "UBL_CommonBasicComponents_2.1"])
def test_a_schema_that_does_not_load_judges_nothing(
    invoice_schema: Artefact, example: bytes, file: str, replacement: bytes
) -> None:
    broken = changed(invoice_schema, **{file: replacement})
    with pytest.raises(xsd.SchemaError):
        xsd.check(broken, example)


def test_a_schema_reads_its_own_files_only(
    invoice_schema: Artefact, example: bytes, tmp_path: Path
) -> None:
    foreign = tmp_path / "foreign.xsd"
    foreign.write_bytes(invoice_schema.files["common/UBL-CommonAggregateComponents-2.1.xsd"])
    for location in (str(foreign), foreign.as_uri(), "http://127.0.0.1:9/x.xsd", "no.xsd"):
        entry = invoice_schema.content.replace(
            b"../common/UBL-CommonAggregateComponents-2.1.xsd", location.encode()
        )
        assert entry != invoice_schema.content
        with pytest.raises(xsd.SchemaError):
            xsd.check(changed(invoice_schema, **{"UBL_Invoice_2.1": entry}), example)


def test_threads_share_a_schema_and_not_their_findings(
    invoice_schema: Artefact, example: bytes
) -> None:
    marks = [f"mark{number}" for number in range(64)]
    start = threading.Barrier(8)

    def check(mark: str) -> bool:
        if int(mark[4:]) < 8:
            start.wait()
        wrong = example.replace(b"<cbc:IssueDate>", f"<cbc:IssueDate>{mark} ".encode())
        found = xsd.check(invoice_schema, wrong)
        return len(found) == 1 and mark in found[0].message

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(check, marks))


def test_verdicts_over_the_corpus_are_the_declared_ones(official: Path) -> None:
    """Of every source of the schemas: this is the proof for the relation `equivalent`."""
    documents = json.loads((official / "EXPECTED.json").read_text())["documents"]
    packaged = Catalog([official])
    directory_only = Catalog([official], manifest=_only(SourceType.DIRECTORY))
    judged = invalid = 0
    for name, expected in documents.items():
        family = FAMILIES.get(expected.get("kind", ""))
        if family is None or "EN-UBL" not in expected["rules"]:
            continue
        content = (official / name).read_bytes()
        for catalog in (packaged, directory_only):
            found = xsd.check(catalog.resolve(family, DAY), content)
            if expected["xsd"] == "valid":
                assert found == (), name
            else:
                assert found[0].message.startswith(_declared(expected["xsd"], content)), name
        judged += 1
        invalid += expected["xsd"] != "valid"
    assert (judged, invalid) == (635, 17)


def _only(kind: SourceType) -> Manifest:
    return Manifest(
        tuple(
            replace(each, sources=tuple(s for s in each.sources if s.type is kind))
            for each in Manifest.load().declarations
        )
    )


def _declared(verdict: str, content: bytes) -> str:
    """The declared message with the document's own prefixes, as ours has them.

    Long ones are cut in EXPECTED.json, so the last word is left out.
    """
    message = verdict.removeprefix("invalid: ").rpartition(" ")[0]
    for prefix, uri in xml.parse(content).nsmap.items():
        message = message.replace(f"{{{uri}}}", f"{prefix}:" if prefix else "")
    return message


def test_only_annotations_are_left_out_of_a_schema() -> None:
    schema = (
        b"<xs:schema><!-- <xs:annotation> --><xs:annotation><xs:documentation/></xs:annotation>"
        b"<xs:element/><![CDATA[<xs:annotation>]]><xs:annotation><a/></xs:annotation><!--x-->"
        b"<b/></xs:schema>"
    )
    assert xsd._bare(schema) == (
        b"<xs:schema><!-- <xs:annotation> --><xs:element/><![CDATA[<xs:annotation>]]><!--x-->"
        b"<b/></xs:schema>"
    )
    assert xsd._bare(b"<xs:schema><xs:annotation></xs:schema>") == (
        b"<xs:schema><xs:annotation></xs:schema>"
    )
