"""SVRL and HTML: well-formed whatever a document or its name holds, and complete."""

import re
from pathlib import Path

import pytest
from lxml import etree, html

from formats.findings import Finding, Flag, Layer
from formats.validation import svrl as reading
from formats.xml import parse
from tests.gateway.validations.conftest import Validate

SVRL = "{http://purl.oclc.org/dsdl/svrl}"
NASTY = "a <b> & \"c' --.xml"


def test_svrl_says_what_jsonl_says(bare: Validate, files: dict[str, Path]) -> None:
    done = bare(files["wrong"], "--output", "svrl")
    assert done.code == 1
    root = parse(done.out.encode())
    assert root.tag == f"{SVRL}schematron-output"
    (said,) = bare(files["wrong"], "--output", "jsonl").objects
    patterns = [each.get("name") for each in root.iterchildren(f"{SVRL}active-pattern")]
    assert set(patterns) >= {layer["id"] for layer in said["layers"]}
    found = reading.findings(done.out.encode(), "any")
    assert sorted((each.rule, each.flag, each.message) for each in found) == sorted(
        (each["rule"], each["flag"], each["message"]) for each in said["findings"]
    )


def test_svrl_of_several_files_is_one_document(bare: Validate, files: dict[str, Path]) -> None:
    done = bare(files["good"], files["wrong"], "--output", "svrl")
    root = parse(done.out.encode())
    assert [child.tag for child in root] == [f"{SVRL}schematron-output"] * 2


def test_the_page_shows_every_finding_with_its_line_and_loads_nothing(
    bare: Validate, files: dict[str, Path]
) -> None:
    done = bare(files["good"], files["wrong"], "--output", "html")
    assert done.code == 1
    page = html.fromstring(done.out)
    assert [heading.text for heading in page.iter("h2")] == [
        str(files["good"]),
        str(files["wrong"]),
    ]
    assert "BR-CO-15" in done.out
    quoted = [each.text for each in page.iter("pre")]
    assert any("<Invoice" in (each or "") for each in quoted)
    tags = {element.tag for element in page.iter(etree.Element)}
    assert tags.isdisjoint({"script", "img", "link", "iframe", "object"})
    assert not re.search(r"""(src|href)=|url\(|@import""", done.out)


@pytest.mark.parametrize("output", ["html", "svrl"])
def test_names_and_messages_are_escaped(bare: Validate, tmp_path: Path, output: str) -> None:
    file = tmp_path / NASTY
    file.write_text("<x:script xmlns:x='<'/>")
    done = bare(file, "--output", output)
    assert "Traceback" not in done.err
    if output == "svrl":
        parse(done.out.encode())
        return
    page = html.fromstring(done.out)
    assert [heading.text for heading in page.iter("h2")] == [str(file)]
    assert not list(page.iter("script"))


def test_the_table_names_layer_rule_line_and_fix(bare: Validate, files: dict[str, Path]) -> None:
    done = bare(files["wrong"])
    assert done.code == 1
    first, *rest = done.out.splitlines()
    assert first.startswith(f"{files['wrong']}: not valid as en16931-ubl")
    assert any(line.startswith("  eu.cen.en16931:ubl:1.3.16") for line in rest)
    assert any(line.startswith("  fatal BR-CO-15 /totals/total_with_vat") for line in rest)
    assert any(line.startswith("      fix: ") for line in rest)


def test_a_finding_has_every_member_of_the_contract() -> None:
    from gateway.validations.views import finding_json  # noqa: PLC0415 - only here

    operation = {"op": "remove", "path": "/x"}
    finding = Finding("R", "set", Flag.FATAL, "m", patch=(operation,), layer=Layer.XSD)
    said = finding_json(finding)
    assert said["patch"] == [operation]
    assert (said["layer"], said["flag"], said["line"], said["term"]) == (
        "xsd",
        "fatal",
        None,
        None,
    )
