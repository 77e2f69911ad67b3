"""Every official CII document is read, and written again: nothing lost, the same verdict."""

from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from formats.cii import read, write
from formats.en16931.comparison import differences
from formats.xml import parse
from schemas import Catalog
from tests.formats.cii.judges import D16B, D22B, RULE_SETS, documents, fatal_rules, violations
from tests.oracle.saxon import SaxonOracle

pytestmark = pytest.mark.official

DOCUMENTS = 271
FACTUR_X_DOCUMENTS = 101

_EMPTY = "empty elements are not written (PEPPOL-EN16931-R008)"
_NO_DATE = "its issue date is none, so the element is empty (R008); EN-CII rejects both"
_DATES = "xrechnung/visualization/test/instances/wrong-date-with"

VERDICTS: dict[str, dict[str, str]] = {
    "EN-CII": {},
    "XR-CII": {
        f"{_DATES}-text-uncefact.xml": _NO_DATE,
        f"{_DATES}-zeros-uncefact.xml": _NO_DATE,
        "zugferd-corpus/other/eicar.cii.xml": _EMPTY,
    },
}
"""Documents whose verdict changes, with the reason."""


def test_documents_are_read_and_written_without_loss(official: Path) -> None:
    paths = documents(official)
    assert len(paths) == DOCUMENTS
    failures = {}
    for path in paths:
        content = (official / path).read_bytes()
        invoice = read(content)
        written = write(invoice)
        again = read(written)
        if wrong := differences(invoice, again):
            failures[path] = wrong
        assert again == invoice, path
        assert write(again) == written, path
        for release in (D16B, D22B):
            if not violations(official, content, release):
                assert violations(official, written, release) == [], path
    assert failures == {}


def test_rewritten_documents_get_the_same_verdict(official: Path, oracle: SaxonOracle) -> None:
    catalog = Catalog((official,))
    changed: dict[str, set[str]] = {rule_set: set() for rule_set in RULE_SETS}
    for path, declared in documents(official).items():
        written = write(read((official / path).read_bytes()))
        for rule_set in RULE_SETS.keys() & declared["rules"].keys():
            before = set(declared["rules"][rule_set].get("fatal", {}))
            after = fatal_rules(catalog, oracle, rule_set, written)
            if bool(before) != bool(after):
                changed[rule_set].add(path)
    assert changed == {rule_set: set(listed) for rule_set, listed in VERDICTS.items()}


_PLAIN = "urn:cen.eu:en16931:2017"
FACTUR_X = {
    "urn:factur-x.eu:1p0:minimum": "MINIMUM",
    "urn:factur-x.eu:1p0:basicwl": "BASIC-WL",
    f"{_PLAIN}#compliant#urn:factur-x.eu:1p0:basic": "BASIC",
    _PLAIN: "EN16931",
    f"{_PLAIN}#conformant#urn:factur-x.eu:1p0:extended": "EXTENDED",
}
"""The levels of Factur-X, each a schema of its own that allows less than CII."""


def test_rewritten_documents_stay_within_their_level_of_factur_x(official: Path) -> None:
    valid = 0
    for path, declared in documents(official).items():
        level = FACTUR_X.get(declared["customization"])
        if level is None:
            continue
        schema = _schema(official / f"facturx/xsd/{level.replace('-', '').lower()}", level)
        content = (official / path).read_bytes()
        if schema.validate(parse(content)):
            assert schema.validate(parse(write(read(content)))), (path, schema.error_log[0])
            valid += 1
    assert valid == FACTUR_X_DOCUMENTS


@cache
def _schema(folder: Path, level: str) -> etree.XMLSchema:
    return etree.XMLSchema(file=folder / f"FACTUR-X_{level}.xsd")
