"""The official judges of CII documents: two schemas, and the rules of EN 16931 and XRechnung."""

import datetime
import json
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from formats.findings import Flag
from formats.xml import parse
from schemas import Catalog
from tests.oracle.saxon import SaxonOracle

DAY = datetime.date(2026, 11, 20)
D16B, D22B = "un.unece.uncefact:cii-d16b", "un.unece.uncefact:cii-d22b"
"""With the code lists uncoupled: the lists of the schemas are older than those of the norm."""

RULE_SETS = {"EN-CII": "eu.cen.en16931:cii", "XR-CII": "de.xrechnung:cii"}
"""Families of rule sets by the names they have in EXPECTED.json."""


def violations(official: Path, content: bytes, release: str = D16B) -> list[str]:
    """Return what a schema finds wrong with a document."""
    schema = _schema(official, release)
    return [] if schema.validate(parse(content)) else [str(entry) for entry in schema.error_log]


def fatal_rules(
    catalog: Catalog, oracle: SaxonOracle, rule_set: str, content: bytes
) -> frozenset[str]:
    """Return the fatal rules of a rule set that a document breaks."""
    artefact = catalog.resolve(RULE_SETS[rule_set], DAY)
    found = oracle.run(artefact, content)
    return frozenset(finding.rule for finding in found if finding.flag is Flag.FATAL)


def documents(official: Path) -> dict[str, dict[str, Any]]:
    """Return what is declared of every CII document that its schema accepts, by path."""
    declared = json.loads((official / "EXPECTED.json").read_bytes())["documents"]
    return {
        path: entry
        for path, entry in declared.items()
        if entry.get("kind") == "CII" and entry["xsd"] == "valid"
    }


@cache
def _schema(official: Path, release: str) -> etree.XMLSchema:
    return etree.XMLSchema(file=Catalog((official,)).resolve(release, DAY).path)
