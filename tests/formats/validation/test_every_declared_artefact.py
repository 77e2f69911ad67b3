"""Whatever the manifest declares can be used: schemas load, rule sets are read into the model."""

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from formats.validation import xsd
from formats.validation.schematron import source
from formats.validation.xslt import stylesheet
from schemas import Catalog, Declaration, Kind, Manifest

DAY = date(2026, 11, 21)
DECLARED = Manifest.load().declarations

_ANNOTATION = "{http://www.w3.org/2001/XMLSchema}annotation"

pytestmark = pytest.mark.official


@pytest.fixture(scope="module")
def catalog(official: Path) -> Catalog:
    return Catalog([official])


def _of(*kinds: Kind) -> list[Declaration]:
    return [declaration for declaration in DECLARED if declaration.kind in kinds]


@pytest.mark.parametrize("declared", _of(Kind.XSD), ids=lambda each: each.id)
def test_a_schema_loads(declared: Declaration, catalog: Catalog) -> None:
    xsd.load(catalog.artefact(declared.id, DAY))


@pytest.mark.parametrize("declared", _of(Kind.XSD), ids=lambda each: each.id)
def test_a_schema_loses_its_annotations_and_nothing_else(
    declared: Declaration, catalog: Catalog
) -> None:
    for content in catalog.artefact(declared.id, DAY).files.values():
        bare = xsd._bare(content)
        assert bare.count(b"</xs:annotation>") == bare.count(b"</xsd:annotation>") == 0 or (
            b"<!--" in bare  # one that is a comment
        )
        assert _words(_parsed(bare)) == _words(_parsed(content))


def _parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities="internal"))


def _words(root: etree._Element) -> list[tuple[object, object, str, int]]:
    """Return a schema element by element, without annotations and white space between them."""
    for annotation in [*root.iter(_ANNOTATION)]:
        parent = annotation.getparent()
        assert parent is not None
        parent.remove(annotation)
    return [
        (each.tag, dict(each.attrib), (each.text or "").strip(), len(each)) for each in root.iter()
    ]


@pytest.mark.parametrize("declared", _of(Kind.XSLT, Kind.SCHEMATRON), ids=lambda each: each.id)
def test_a_rule_set_is_read_with_its_rules(declared: Declaration, catalog: Catalog) -> None:
    artefact = catalog.artefact(declared.id, DAY)
    reader = source.read if declared.kind is Kind.SCHEMATRON else stylesheet.read
    rules = reader(artefact.files, artefact.entry)
    assert any(rule.body for pattern in rules.patterns for rule in pattern.rules)
