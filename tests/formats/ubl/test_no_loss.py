"""No business term is lost, by a witness that is not our reader: OpenPeppol's syntax binding."""

from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
from lxml import etree

from formats.ubl import read, write
from formats.xml import parse
from tests.official_documents import billing_documents

pytestmark = pytest.mark.official

STRUCTURE = "{urn:fdc:difi.no:2017:vefa:structure-1}"
SYNTAX = "peppol-bis3/structure/syntax"

ADDED = {
    # Two line references without type, which are read as BT-128 and then say so
    "en16931/ubl/examples/ubl-tc434-example5.xml": Counter(
        {("/ubl:Invoice/cac:InvoiceLine/cac:DocumentReference/cbc:DocumentTypeCode", "130"): 2}
    )
}


def bound_paths(folder: Path, name: str) -> set[str]:
    """Return the paths of all elements and attributes that carry a business term."""
    paths: set[str] = set()

    def walk(node: etree._Element, path: str) -> None:
        for child in node:
            if child.tag == f"{STRUCTURE}Include":
                walk_entry(etree.parse(folder / (child.text or "")).getroot(), path)
            elif child.tag in {f"{STRUCTURE}Element", f"{STRUCTURE}Document"}:
                walk_entry(child, path)
            elif child.tag == f"{STRUCTURE}Attribute":
                paths.add(f"{path}/@{child.findtext(f'{STRUCTURE}Term')}")

    def walk_entry(node: etree._Element, path: str) -> None:
        path = f"{path}/{node.findtext(f'{STRUCTURE}Term')}"
        references = node.findall(f"{STRUCTURE}Reference")
        if any((entry.text or "").startswith("BT-") for entry in references):
            paths.add(path)
        walk(node, path)

    walk(etree.parse(folder / name).getroot(), "")
    return paths


def contents(document: etree._Element, paths: set[str]) -> Counter[tuple[str, str]]:
    """Count what a document says at these paths; numbers by their value."""
    found: Counter[tuple[str, str]] = Counter()

    def walk(node: etree._Element, parent: str) -> None:
        name = etree.QName(node)
        prefix = "cac" if str(name.namespace).endswith("AggregateComponents-2") else "cbc"
        path = f"{parent}/{prefix}:{name.localname}" if parent else f"/ubl:{name.localname}"
        text = "" if len(node) else " ".join((node.text or "").split())
        if text and path in paths:
            found[path, number(text)] += 1
        for key, value in node.attrib.items():
            if text and f"{path}/@{key}" in paths:
                found[f"{path}/@{key}", value.strip()] += 1
        for child in node.iterchildren("*"):
            walk(child, path)

    walk(document, "")
    return found


def number(text: str) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return format(value.normalize(), "f") if value.is_finite() else text


@pytest.mark.parametrize("root", ["Invoice", "CreditNote"])
def test_the_binding_names_the_terms(official: Path, root: str) -> None:
    paths = bound_paths(official / SYNTAX, f"ubl-{root.lower()}.xml")
    assert f"/ubl:{root}/cac:{root}Line/cac:Price/cbc:PriceAmount" in paths
    assert len(paths) > 150


def test_no_bound_content_of_official_documents_is_lost_or_invented(official: Path) -> None:
    bound = {
        root: bound_paths(official / SYNTAX, f"ubl-{root.lower()}.xml")
        for root in ("Invoice", "CreditNote")
    }
    failures = {}
    terms = 0
    for path in billing_documents(official):
        content = (official / path).read_bytes()
        original = parse(content)
        paths = bound[etree.QName(original).localname]
        before = contents(original, paths)
        after = contents(parse(write(read(content))), paths)
        terms += before.total()
        lost, added = before - after, after - before
        if lost or added != ADDED.get(path, Counter()):
            failures[path] = (dict(lost), dict(added))
    assert failures == {}
    assert terms > 5_000
