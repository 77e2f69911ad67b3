"""Whatever the manifest declares can be used: schemas load, rule sets are read into the model."""

from datetime import date
from pathlib import Path

import pytest

from formats.validation import xsd
from formats.validation.schematron import source
from formats.validation.xslt import stylesheet
from schemas import Catalog, Declaration, Kind, Manifest

DAY = date(2026, 11, 21)
DECLARED = Manifest.load().declarations

pytestmark = pytest.mark.official


@pytest.fixture(scope="module")
def catalog(official: Path) -> Catalog:
    return Catalog([official])


def _of(*kinds: Kind) -> list[Declaration]:
    return [declaration for declaration in DECLARED if declaration.kind in kinds]


@pytest.mark.parametrize("declared", _of(Kind.XSD), ids=lambda each: each.id)
def test_a_schema_loads(declared: Declaration, catalog: Catalog) -> None:
    xsd.load(catalog.artefact(declared.id, DAY))


@pytest.mark.parametrize("declared", _of(Kind.XSLT, Kind.SCHEMATRON), ids=lambda each: each.id)
def test_a_rule_set_is_read_with_its_rules(declared: Declaration, catalog: Catalog) -> None:
    artefact = catalog.artefact(declared.id, DAY)
    reader = source.read if declared.kind is Kind.SCHEMATRON else stylesheet.read
    rules = reader(artefact.files, artefact.entry)
    assert any(rule.body for pattern in rules.patterns for rule in pattern.rules)
