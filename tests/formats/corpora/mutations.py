"""Official documents with something changed that their schema still accepts."""

import copy
from collections.abc import Iterator
from random import Random

from lxml import etree

from formats.xml import parse

_NUMBERS = ("0", "-0", "+1.50", "-3", ".5", "7.", "000012.500", "1234567890123456789.123456789")
_DATES = ("2024-02-29", "2024-02-29Z", "2024-02-29+14:00", "0001-01-01", "9999-12-31")
_DATES_OF_CII = ("20240229", "00010101", "99991231")
_BOOLEANS = ("1", "0", " true ", "false")
_TEXTS = ("", " ", "  a  b ", "#AAI#x", "NA", "é\u00a0ß", "VAT", "S", "EUR", "130", "SEPA", "380")
_BINARIES = ("", "QQ==", " Q Q = = ")


def mutations(content: bytes, random: Random, count: int) -> Iterator[bytes]:
    """Yield documents in each of which one or two things are other than in the original."""
    root = parse(content)
    for _ in range(count):
        changed = copy.deepcopy(root)
        for _ in range(random.choice((1, 1, 2))):
            elements = [node for node in changed.iter(etree.Element) if node is not changed]
            _mutate(random.choice(elements), random)
        yield etree.tostring(changed)


def _mutate(element: etree._Element, random: Random) -> None:
    parent = element.getparent()
    assert parent is not None
    action = random.choice(("drop", "repeat", "say", "say", "say", "attribute", "comment"))
    match action:
        case "drop":
            parent.remove(element)
        case "repeat":
            element.addnext(copy.deepcopy(element))
        case "comment":
            element.insert(0, etree.Comment("in between"))
        case "attribute" if element.attrib:
            key = random.choice(sorted(map(str, element.attrib)))
            if random.random() < 0.5:
                del element.attrib[key]
            else:
                element.set(key, random.choice(("", " ", "x", "EUR", "SEPA", "102", "VA")))
        case _ if len(element) == 0:
            element.text = random.choice(_variants(element))


def _variants(element: etree._Element) -> tuple[str, ...]:
    name = etree.QName(element).localname
    if name in {"DateTimeString", "DateString"}:
        return _DATES_OF_CII
    if name.endswith("Date"):
        return _DATES
    if name.endswith("Indicator"):
        return _BOOLEANS
    if name.endswith(("BinaryObject",)):
        return _BINARIES
    if name.endswith(("Amount", "Quantity", "Percent", "Rate", "Numeric")):
        return _NUMBERS
    return _TEXTS
