"""What an XML document says, leaf by leaf: a witness that is not our reader."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lxml import etree

_SCHEMA_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
_LINES = {"InvoiceLine", "CreditNoteLine", "IncludedSupplyChainTradeLineItem"}
"""Elements whose order is content: what one line says must stay with that line."""
_ROOTS = {"CreditNote": "Invoice", "CreditNoteLine": "InvoiceLine"}
_SAME = {"CreditedQuantity": "InvoicedQuantity", "CreditNoteTypeCode": "InvoiceTypeCode"}
"""The type code decides the root of a UBL document, and with it what these are called."""

_NUMBER = re.compile(r"(Amount|Quantity|Percent|Rate|Numeric|Measure)$")
_INDICATOR = re.compile(r"Indicator$")
_DATE = re.compile(r"Date$")
_BINARY = re.compile(r"Binary(Object)?$")
_ZONE = re.compile(r"(Z|[+-]\d\d:\d\d)$")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One text or attribute.

    Attributes:
        path: Local names from the root, `Invoice/InvoiceLine[2]/ID/@schemeID`; only lines carry
            their number, because the order of other elements is not content.
        value: The text as it is compared: numbers by value, white space around it cut off.
        place: The same path with the position of every element among its namesakes.
    """

    path: str
    value: str
    place: str


def leaves(root: etree._Element) -> list[Leaf]:
    """Return every leaf that says something, in the order of the document."""
    found: list[Leaf] = []
    _collect(root, "", "", found)
    return found


def places(root: etree._Element, paths: Iterable[str]) -> frozenset[str]:
    """Return the places that XPaths name: each one element, or one of its attributes.

    Raises:
        LookupError: A path does not name exactly one element of the document.
    """
    namespaces = {
        prefix: uri
        for node in root.iter(etree.Element)
        for prefix, uri in node.nsmap.items()
        if prefix is not None
    }
    return frozenset(_place(root.getroottree(), path, namespaces) for path in paths)


def _place(tree: etree._ElementTree, path: str, namespaces: Mapping[str, str]) -> str:
    element_path, _, attribute = path.partition("/@")
    found = tree.xpath(element_path, namespaces=dict(namespaces))
    if not isinstance(found, list) or len(found) != 1:
        raise LookupError(f"{path} names {found}")
    node = found[0]
    place = "".join(f"/{_step(step)}" for step in reversed([node, *node.iterancestors()]))
    return f"{place}/@{etree.QName(attribute).localname}" if attribute else place


def _collect(element: etree._Element, path: str, place: str, found: list[Leaf]) -> None:
    name = etree.QName(element).localname
    number = _number(element)
    same = _ROOTS.get(name) or _SAME.get(name, name)
    path = f"{path}/{same}[{number}]" if name in _LINES else f"{path}/{same}"
    place = f"{place}/{name}[{number}]"
    children = [child for child in element if isinstance(child.tag, str)]
    text = "" if children else "".join(element.itertext()).strip()
    if text:
        found.append(Leaf(path, _compared(name, text), place))
    if text or children:
        for key, value in element.attrib.items():
            if value.strip() and not str(key).startswith(_SCHEMA_INSTANCE):
                attribute = f"/@{etree.QName(key).localname}"
                found.append(Leaf(path + attribute, value.strip(), place + attribute))
    for child in children:
        _collect(child, path, place, found)


def _step(element: etree._Element) -> str:
    return f"{etree.QName(element).localname}[{_number(element)}]"


def _number(element: etree._Element) -> int:
    return 1 + len(list(element.itersiblings(str(element.tag), preceding=True)))


def _compared(name: str, text: str) -> str:
    if _NUMBER.search(name):
        return _plain(text)
    if _INDICATOR.search(name):
        return {"1": "true", "0": "false"}.get(text, text)
    if _DATE.search(name):
        return _ZONE.sub("", text)
    return "".join(text.split()) if _BINARY.search(name) else text


def _plain(text: str) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return format(value.normalize() + 0, "f") if value.is_finite() else text
