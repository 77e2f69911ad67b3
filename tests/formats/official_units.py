"""The official unit tests: fragments of UBL that break one rule or do not.

Where a fragment leaves out what tells allowances from charges, they are made allowances.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from formats.xml import parse

_TEST = "{http://difi.no/xsd/vefa/validator/1.0}"
_CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
_CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"


@dataclass(frozen=True, slots=True)
class Fragment:
    """A fragment, with the rules it is about: True for those it breaks."""

    name: str
    document: etree._Element
    expected: dict[str, bool]


def fragments(paths: Iterable[Path]) -> Iterator[Fragment]:
    """Yield the fragments of unit test files."""
    for path in sorted(paths):
        for number, test in enumerate(parse(path.read_bytes()).findall(f"{_TEST}test")):
            expected = {
                (entry.text or "").strip(): entry.tag != f"{_TEST}success"
                for entry in test.iterfind(f"{_TEST}assert/*")
                if entry.tag != f"{_TEST}description"
            }
            document = next(child for child in test if child.tag != f"{_TEST}assert")
            name = f"{path.parent.name}/{path.name}#{number}"
            yield Fragment(name, _readable(document), expected)


def _readable(fragment: etree._Element) -> etree._Element:
    document = deepcopy(fragment)
    for reduction in document.iter(f"{_CAC}AllowanceCharge"):
        if reduction.find(f"{_CBC}ChargeIndicator") is None:
            etree.SubElement(reduction, f"{_CBC}ChargeIndicator").text = "false"
    return document
