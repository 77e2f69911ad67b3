"""What an XML document says, leaf by leaf: a witness that is not our reader."""

import re
from collections.abc import Iterator
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


def leaves(root: etree._Element) -> Iterator[Leaf]:
    """Yield every leaf that says something, in the order of the document."""
    yield from _leaves(root, "", "")


def place_of(root: etree._Element, path: str) -> str:
    """Return the place an XPath names: one element, or one of its attributes.

    Raises:
        LookupError: It does not name exactly one element of the document.
    """
    element_path, _, attribute = path.partition("/@")
    namespaces = {
        prefix: uri
        for node in root.iter(etree.Element)
        for prefix, uri in node.nsmap.items()
        if prefix is not None
    }
    found = root.getroottree().xpath(element_path, namespaces=namespaces)
    if not isinstance(found, list) or len(found) != 1:
        raise LookupError(f"{path} names {found}")
    place = "".join(f"/{_step(node)}" for node in reversed([found[0], *found[0].iterancestors()]))
    return f"{place}/@{etree.QName(attribute).localname}" if attribute else place


def _leaves(element: etree._Element, path: str, place: str) -> Iterator[Leaf]:
    name = etree.QName(element).localname
    same = _ROOTS.get(name) or _SAME.get(name, name)
    path = f"{path}/{same}[{_number(element)}]" if name in _LINES else f"{path}/{same}"
    place = f"{place}/{_step(element)}"
    children = [child for child in element if isinstance(child.tag, str)]
    text = "" if children else "".join(element.itertext()).strip()
    if text:
        yield Leaf(path, _compared(name, text), place)
    if text or children:
        for key, value in element.attrib.items():
            if value.strip() and not str(key).startswith(_SCHEMA_INSTANCE):
                attribute = f"/@{etree.QName(key).localname}"
                yield Leaf(path + attribute, value.strip(), place + attribute)
    for child in children:
        yield from _leaves(child, path, place)


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
