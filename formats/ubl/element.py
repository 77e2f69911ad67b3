"""Reading elements: one small view on the tree, in which what is absent reads as nothing.

Codes and identifiers lose white space around them, which is the sender's layout; free text is
kept as written. An element without any text is no business term: it reads as absent.
"""

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeVar

from lxml import etree

from formats.en16931.group import Group, SchemedIdentifier
from formats.en16931.money import MAX_DIGITS
from formats.ubl.names import CAC, CBC
from formats.xml import (
    WHITESPACE,
    UnreadableDocumentError,
    string_value,
    xs_base64,
    xs_boolean,
    xs_date,
    xs_decimal,
)

MAX_TEXT = 100_000
"""Characters a `Text` of the model holds."""

_Value = TypeVar("_Value")
_Group = TypeVar("_Group", bound=Group)


class Element:
    """An element of a UBL document, or the absence of one.

    Names are local names: groups live in `cac`, everything else in `cbc`.
    """

    __slots__ = ("node",)

    def __init__(self, node: etree._Element | None) -> None:
        self.node = node

    def __bool__(self) -> bool:
        return self.node is not None

    def groups(self, name: str) -> Iterator["Element"]:
        """Return the aggregates of a name, in their order."""
        if self.node is None:
            return iter(())
        return map(Element, self.node.iterchildren(f"{{{CAC}}}{name}"))

    def group(self, *path: str) -> "Element":
        """Return the first aggregate at the end of a path of names, or an absent one."""
        node = self.node
        for name in path:
            if node is None:
                break
            node = next(node.iterchildren(f"{{{CAC}}}{name}"), None)
        return Element(node)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return every text of a name that is not blank, as written."""
        return tuple(self._checked(node, text) for node, text in self._values(name))

    def text(self, name: str) -> str | None:
        """Return a free text; what UBL repeats and EN 16931 has once is joined, a line each."""
        values = tuple(self._values(name))
        if not values:
            return None
        return self._checked(values[0][0], "\n".join(text for _, text in values))

    def code(self, name: str) -> str | None:
        """Return the first code or identifier of a name, without white space around it."""
        for node, text in self._values(name):
            return self._checked(node, text.strip(WHITESPACE))
        return None

    def identifier(self, name: str) -> SchemedIdentifier | None:
        """Return the first identifier of a name with its scheme."""
        for node, text in self._values(name):
            return SchemedIdentifier(
                value=self._checked(node, text.strip(WHITESPACE)),
                scheme_identifier=_attribute(node, "schemeID"),
            )
        return None

    def attribute(self, name: str, attribute: str) -> str | None:
        """Return a code in an attribute of the first element of a name."""
        node = self._first(name)
        return None if node is None else _attribute(node, attribute)

    def attribute_text(self, name: str, attribute: str) -> str | None:
        """Return a free text in an attribute of the first element of a name."""
        node = self._first(name)
        text = None if node is None else node.get(attribute)
        return text if text and text.strip(WHITESPACE) else None

    def decimal(self, name: str) -> Decimal | None:
        """Return an amount, quantity, price or percentage."""
        return self._typed(name, _decimal)

    def date(self, name: str) -> datetime.date | None:
        """Return a date."""
        return self._typed(name, xs_date)

    def boolean(self, name: str) -> bool | None:
        """Return an indicator."""
        return self._typed(name, xs_boolean)

    def binary(self, name: str) -> bytes | None:
        """Return an embedded file."""
        return self._typed(name, xs_base64)

    def _first(self, name: str) -> etree._Element | None:
        if self.node is None:
            return None
        return next(self.node.iterchildren(f"{{{CBC}}}{name}"), None)

    def _values(self, name: str) -> Iterator[tuple[etree._Element, str]]:
        if self.node is None:
            return
        for node in self.node.iterchildren(f"{{{CBC}}}{name}"):
            text = string_value(node)
            if text.strip(WHITESPACE):
                yield node, text

    def _typed(self, name: str, read: Callable[[str], _Value]) -> _Value | None:
        node = self._first(name)
        if node is None:
            return None
        try:
            return read(string_value(node))
        except UnreadableDocumentError as error:
            raise _error(node, error.code, error.message) from None

    @staticmethod
    def _checked(node: etree._Element, text: str) -> str:
        if len(text) > MAX_TEXT:
            raise _error(node, "out-of-range", f"It has more than {MAX_TEXT} characters.")
        return text


def _decimal(text: str) -> Decimal:
    value = xs_decimal(text)
    if len(value.as_tuple().digits) > MAX_DIGITS:
        raise UnreadableDocumentError("out-of-range", f"It has more than {MAX_DIGITS} digits.")
    return value


def _attribute(node: etree._Element, name: str) -> str | None:
    value = node.get(name)
    return (value.strip(WHITESPACE) or None) if value is not None else None


def _error(node: etree._Element, code: str, message: str) -> UnreadableDocumentError:
    name = etree.QName(node).localname
    location = node.getroottree().getpath(node)
    return UnreadableDocumentError(code, f"{name}: {message}", node.sourceline, location)


def present(group: _Group) -> _Group | None:
    """Return a group, or nothing when all its terms are absent."""
    return group if any(value not in (None, ()) for value in group.__dict__.values()) else None
