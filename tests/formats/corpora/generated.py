"""Documents that say everything their schema allows, each value but once."""

import base64
import datetime
import itertools
import string
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import xmlschema
from lxml import etree
from xmlschema.validators import (
    XsdAtomic,
    XsdAtomicRestriction,
    XsdAttribute,
    XsdComplexType,
    XsdElement,
    XsdGroup,
    XsdType,
)

_DAY = datetime.date(2026, 1, 1)
_DATES_OF_CII = {"DateTimeString", "DateString"}
_NOT_FILLED = {"UBLExtensions"}
"""Holds whatever it likes."""


def _day(number: int) -> datetime.date:
    return _DAY + datetime.timedelta(number)


_MAKERS: Mapping[str, Callable[[int], str]] = {
    "decimal": lambda number: str(Decimal(number) / 100),
    "boolean": lambda number: "true" if number % 2 else "false",
    "date": lambda number: _day(number).isoformat(),
    "time": lambda number: f"{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}",
    "dateTime": lambda number: f"{_day(number)}T00:00:00",
    "base64Binary": lambda number: base64.b64encode(f"file {number}".encode()).decode(),
}
"""By primitive type."""

_SET: Mapping[str, Callable[[int], str]] = {
    "currencyID": lambda _: "EUR",  # one document, one currency: others are another matter
    "languageID": lambda _: "en",
    **dict.fromkeys(_DATES_OF_CII, lambda number: f"{_day(number):%Y%m%d}"),
}
"""By name."""


class Generator:
    """Makes documents of one schema.

    Args:
        path: The schema.
        depth: How many levels of elements within elements are filled in beyond what is mandatory.
        repeats: How often what may repeat does.
    """

    def __init__(self, path: Path, *, depth: int, repeats: int) -> None:
        self._schema = xmlschema.XMLSchema10(str(path))
        self._depth = depth
        self._repeats = repeats
        self._numbers = itertools.count(1)
        self._prefixes = {
            f"n{number}": uri
            for number, uri in enumerate(sorted(self._schema.maps.namespaces))
            if uri.startswith("urn:")
        }

    def document(self, name: str) -> bytes:
        """Return a document with this root element."""
        root = self._schema.elements[name]
        assert isinstance(root, XsdElement)
        return etree.tostring(self._element(root, self._depth, frozenset()))

    def _element(
        self, declared: XsdElement, depth: int, within: frozenset[object]
    ) -> etree._Element:
        element = etree.Element(declared.name, nsmap=self._prefixes)
        kind = declared.type
        if isinstance(kind, XsdComplexType):
            for name, attribute in kind.attributes.items():
                if isinstance(name, str) and isinstance(attribute, XsdAttribute):
                    element.set(name, self._attribute(declared, name, attribute))
            if isinstance(kind.content, XsdGroup):
                self._fill(element, kind.content, depth, within | {kind})
                return element
            kind = kind.content
        element.text = self._value(declared.local_name, kind)
        return element

    def _fill(
        self, parent: etree._Element, group: XsdGroup, depth: int, within: frozenset[object]
    ) -> None:
        for particle in group:
            if isinstance(particle, XsdGroup):
                self._fill(parent, particle, depth, within)
            elif isinstance(particle, XsdElement) and particle.local_name not in _NOT_FILLED:
                deep = depth <= 0 and not _is_leaf(particle.type)
                if (deep or particle.type in within) and particle.min_occurs == 0:
                    continue
                for _ in range(1 if particle.is_single() else self._repeats):
                    parent.append(self._element(particle, depth - 1, within))
            if group.model == "choice" and len(parent):
                return

    def _attribute(self, declared: XsdElement, name: str, attribute: XsdAttribute) -> str:
        if attribute.fixed is not None:
            return attribute.fixed
        if declared.local_name in _DATES_OF_CII and name == "format":
            return "102"
        return self._value(name, attribute.type)

    def _value(self, name: str, kind: XsdType) -> str:
        number = next(self._numbers)
        if name.endswith("CurrencyCode"):
            return "EUR"
        if make := _SET.get(name):
            return make(number)
        if isinstance(kind, XsdAtomicRestriction) and kind.enumeration:
            return str(kind.enumeration[number % len(kind.enumeration)])
        assert isinstance(kind, XsdAtomic)
        if make := _MAKERS.get(kind.primitive_type.local_name or ""):
            return make(number)
        limited = isinstance(kind, XsdAtomicRestriction) and kind.max_length
        return _short(number) if limited else f"{name[:3]}{number}"


def _short(number: int) -> str:
    """Return three characters, other ones for every number there is room for (UN/CEFACT units)."""
    digits = string.digits + string.ascii_uppercase
    return digits[number // 1296 % 36] + digits[number // 36 % 36] + digits[number % 36]


def _is_leaf(kind: XsdType) -> bool:
    return kind.is_simple() or kind.has_simple_content()
