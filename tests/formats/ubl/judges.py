"""The official judges of UBL documents: schemas and rule sets from the catalogue."""

import datetime
from functools import cache
from pathlib import Path

from lxml import etree

from formats.findings import Flag
from formats.profile import Profile
from formats.ubl.profile import SCHEMAS
from formats.xml import parse
from schemas import Catalog
from tests.oracle.saxon import SaxonOracle

DAY = datetime.date(2026, 11, 20)


def violations(official: Path, content: bytes) -> list[str]:
    """Return what the XSD of its root finds wrong with a document."""
    root = parse(content)
    schema = _schema(official, etree.QName(root).localname)
    return [] if schema.validate(root) else [str(entry) for entry in schema.error_log]


def fatal_rules(
    catalog: Catalog, oracle: SaxonOracle, profile: Profile, content: bytes
) -> list[str]:
    """Return the fatal rules of a profile's official rule sets that a document breaks."""
    return [
        finding.rule
        for family in profile.rule_sets
        for finding in oracle.run(catalog.resolve(family, DAY), content)
        if finding.flag is Flag.FATAL
    ]


@cache
def _schema(official: Path, root: str) -> etree.XMLSchema:
    return etree.XMLSchema(file=Catalog((official,)).resolve(SCHEMAS[root], DAY).path)
