"""Which field of the invoice a place in its XML is, for findings that know only the XML.

Schemas and official rule sets name an element. Which term was read from it, the reader itself
tells (`formats.provenance`), so this needs no second description of a syntax.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from lxml import etree

from formats import xml
from formats.en16931.leaves import Leaf, leaves
from formats.en16931.model import Invoice
from formats.explain.catalogue import term_name
from formats.explain.fields import place_of, places_in
from formats.findings import Finding
from formats.paths import Paths
from formats.profile import Profile
from formats.provenance import locate

_READABLE = {
    "not-a-date": "20000101",
    "not-a-decimal": "0",
    "not-a-boolean": "false",
    "not-base64": "",
    "out-of-range": "0",
}
"""Values of the right form, to see what an element is whose own value is none."""

_ATTEMPTS = 5
"""How many such values are replaced at most."""

_LARGEST = 150_000
"""Bytes of a document whose terms are located: that takes about 3 s for each million."""

_CONTENT = "XSD-SCHEMAV_ELEMENT_CONTENT"
"""An element is missing, or one too many: libxml2 names the one that stands there instead."""

_STEP = re.compile(
    r"/(?:(?P<attribute>@[^/]+)|(?:\*:|Q\{[^}]*\}|[^/\[\]{}:*]+:)?(?P<name>[^/\[\]{}:]+))"
    r"(?:\[namespace-uri\(\)='[^']*'\])?(?:\[(?P<number>[0-9]+)\])?"
)
"""A step as libxml2, the ISO skeleton and SchXslt spell it."""


_Children: TypeAlias = dict[etree._Element | None, dict[str, list[etree._Element]]]  # noqa: SLF001


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the canonical invoice.

    Attributes:
        pointer: Of a term, or of the group that holds what stands there; "" for the invoice.
        leaf: The term that was read from the element, when it is exactly one.
    """

    pointer: str
    leaf: Leaf | None = None


class Places:
    """Where the terms of a document stand.

    Args:
        document: Its root element.
        invoice: What was read from it.
        found: The terms, each with the XPath that it was read from.
    """

    def __init__(
        self, document: etree._Element, invoice: Invoice, found: Iterable[tuple[Leaf, str]]
    ) -> None:
        self.invoice = invoice
        self._document = document
        self._children: _Children = {}
        self._paths = Paths()
        self._at = defaultdict[str, list[Leaf]](list)
        self._below = defaultdict[str, list[str]](list)
        for leaf, path in found:
            element, _, attribute = path.partition("/@")
            if attribute:
                self._below[element].append(leaf.pointer)
            else:
                self._at[element].append(leaf)
            while element:
                element = element.rpartition("/")[0]
                self._below[element].append(leaf.pointer)

    def of(self, location: str | None) -> Place:
        """Return what stands at a place of the document, or around it where nothing does."""
        element = _element(self._document, location or "", self._children)
        while element is not None:
            path = self._paths.path(element)
            leaf = self._at.get(path, [])
            if len(leaf) == 1:
                return Place(leaf[0].pointer, leaf[0])
            if pointers := [*(one.pointer for one in leaf), *self._below.get(path, ())]:
                return Place(_shared(pointers))
            element = element.getparent()
        return Place("")


def places_of(content: bytes, profile: Profile) -> Places | None:
    """Return where the terms of a document stand; None when it cannot be read, or is too large.

    A date that is none, say, does not keep anybody from telling which term it was to be.
    """
    if len(content) > _LARGEST:
        return None
    read = _reader(profile)
    try:
        document = xml.parse(content)
        invoice = _read(document, read)
        terms = {leaf.pointer: leaf for leaf in leaves(invoice)}
        found = locate(document, read, invoice, terms)
    except Exception:  # noqa: BLE001 - whatever is wrong with it, the report says so
        return None
    return Places(
        document, invoice, ((terms[pointer], path) for pointer, (path, _) in found.items())
    )


def _read(document: etree._Element, read: Callable[[etree._Element], Invoice]) -> Invoice:
    """Read a document, and where that fails put values into it that can be read."""
    for _ in range(_ATTEMPTS):
        try:
            return read(document)
        except xml.UnreadableDocumentError as error:
            element = _element(document, error.location or "", {})
            if element is None or error.code not in _READABLE:
                raise
            element.text = _readable(element, error.code)
    return read(document)


def _readable(element: etree._Element, code: str) -> str:
    text = _READABLE[code]
    if code == "not-a-date" and "format" not in element.attrib:  # UBL
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text


def with_places(
    findings: Iterable[Finding], places: Places | None, invoice: Invoice
) -> tuple[Finding, ...]:
    """Give findings without a pointer that of the term they are about; what has none stays.

    Args:
        findings: With canonical pointers, where they have one.
        places: Of the XML that was judged; None when that is not known.
        invoice: What the XML says.
    """
    return tuple(
        finding if finding.pointer is not None else _placed(finding, places, invoice)
        for finding in findings
    )


def _placed(finding: Finding, places: Places | None, invoice: Invoice) -> Finding:
    there = Place("") if places is None else places.of(finding.location)
    if finding.rule == _CONTENT and there.leaf is not None:
        there = Place(there.pointer.rpartition("/")[0])
    term = finding.term
    if term is None and there.leaf is not None and term_name(there.leaf.term or "", "en"):
        term = there.leaf.term
    pattern = place_of(finding.term)
    pointer = there.pointer if pattern is None else _filled(pattern, there.pointer, invoice)
    return replace(finding, pointer=pointer or None, term=term)


def _filled(pattern: str, near: str, invoice: Invoice) -> str:
    """Return the place of a term that is nearest: `/lines/*/net_amount` in `/lines/3/period`."""
    steps, around = pattern.split("/"), near.split("/")
    filled: list[str] = []
    for step, index in zip(steps, around, strict=False):
        if step not in {"*", index}:
            break
        filled.append(index)
    pointer = "/".join([*filled, *steps[len(filled) :]])
    if "*" not in pointer:
        return pointer
    there = places_in(invoice, pattern)
    if len(there) == 1:
        return there[0]
    return pointer.partition("/*")[0]


def _reader(profile: Profile) -> Callable[[etree._Element], Invoice]:
    return lambda document: profile.read(etree.tostring(document, encoding="utf-8"))


def _shared(pointers: Iterable[str]) -> str:
    """Return the innermost group that holds them all."""
    first, *others = (pointer.split("/") for pointer in pointers)
    for other in others:
        common = 0
        while common < min(len(first), len(other)) and first[common] == other[common]:
            common += 1
        first = first[:common]
    return "/".join(first)


def _element(document: etree._Element, location: str, known: _Children) -> etree._Element | None:
    """Return the element at an XPath as reports spell it, or the last on the way to it.

    Args:
        document: The root element.
        location: The path.
        known: The children of elements that were passed, by name; more are added.
    """
    here: etree._Element | None = None
    for name, number in _steps(location):
        if here not in known:
            inner = [document] if here is None else here.iterchildren(etree.Element)
            names = known[here] = defaultdict(list)
            for child in inner:
                names["*"].append(child)
                names[etree.QName(child).localname].append(child)
        alike = known[here].get(name, [])
        if number > len(alike):
            break
        here = alike[number - 1]
    return here


def _steps(location: str) -> Iterator[tuple[str, int]]:
    place = 0
    while (step := _STEP.match(location, place)) is not None and step["attribute"] is None:
        yield step["name"], int(step["number"] or 1)
        place = step.end()
