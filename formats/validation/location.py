"""Where a finding is: from the XPath of an official rule set to the line of the document."""

import re
from collections.abc import Iterable
from dataclasses import replace

from lxml import etree

from formats.findings import Finding

# As the compiled rule sets spell a path: /*:Invoice[namespace-uri()='urn:...'][1]/@currencyID
_STEP = re.compile(r"/\*:([^\[\]/]+)\[namespace-uri\(\)='([^']*)'\]\[([0-9]+)\]")
_ATTRIBUTE = re.compile(r"/@[^/]+")

_LAST_LINE = 65_535
"""libxml2 counts no further in 16 bits; a line from there on would be a guess."""


def with_lines(findings: Iterable[Finding], document: etree._Element) -> tuple[Finding, ...]:
    """Return the findings with the line of the element each is about, where it can be told."""
    places = _Places(document)
    return tuple(
        replace(finding, line=places.line(finding.location))
        if finding.line is None and finding.location is not None
        else finding
        for finding in findings
    )


class _Places:
    """Elements by path. Siblings are listed once: a rule may fail on each of 10,000 lines."""

    def __init__(self, document: etree._Element) -> None:
        self._root = document
        self._children: dict[tuple[etree._Element, str], list[etree._Element]] = {}

    def line(self, location: str) -> int | None:
        element = self._element(location)
        line = element.sourceline if element is not None else None
        return line if line is not None and line < _LAST_LINE else None

    def _element(self, location: str) -> etree._Element | None:
        element: etree._Element | None = None
        position = 0
        while step := _STEP.match(location, position):
            name, uri, number = step.groups()
            siblings = self._named(element, f"{{{uri}}}{name}" if uri else name)
            index = int(number) - 1
            if not 0 <= index < len(siblings):
                return None
            element = siblings[index]
            position = step.end()
        rest = location[position:]
        return element if not rest or _ATTRIBUTE.fullmatch(rest) else None

    def _named(self, parent: etree._Element | None, tag: str) -> list[etree._Element]:
        if parent is None:
            return [self._root] if self._root.tag == tag else []
        key = (parent, tag)
        if key not in self._children:
            self._children[key] = list(parent.iterchildren(tag))
        return self._children[key]
