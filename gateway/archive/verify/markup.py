"""XML as a small tree: document types are refused, and what nobody asks for is left out.

Expat reads it, which fetches nothing. A tree has an end: a document that would make a larger one
is not read, whatever it says.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat  # noqa: TID251 - nothing else is there; `read_markup` expands none

_DEEPEST, _MOST_ELEMENTS, _MOST_TEXT = 64, 50_000, 4_000_000
"""Levels, elements and characters of a tree."""
_NAMESPACES: Mapping[str, str] = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "ext": "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "slog": "urn:eslog:2.00",
    "fa": "http://crd.gov.pl/wzor/2025/06/25/13775/",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
}
_BLANKS = " \t\r\n"
_BETWEEN = "}"


class UnreadContentError(ValueError):
    """A document cannot be read, or is refused; the message says why."""


@dataclass(slots=True)
class Element:
    """An element with its own text, and the elements in it.

    Attributes:
        name: `namespace}name`; `name` alone without a namespace.
    """

    name: str
    attributes: Mapping[str, str]
    text: str = ""
    inner: list["Element"] = field(default_factory=list)

    def every(self, path: str) -> list["Element"]:
        """Return the elements at a path of names, `cac:Party/cbc:Name`."""
        found = [self]
        for step in map(qualified, path.split("/")):
            found = [one for each in found for one in each.inner if one.name == step]
        return found

    def texts(self, path: str) -> tuple[str, ...]:
        """Return the texts at a path that are not blank."""
        stripped = (one.text.strip(_BLANKS) for one in self.every(path))
        return tuple(text for text in stripped if text)

    def having(self, path: str, inside: str, code: str) -> Iterator["Element"]:
        """Yield the elements at a path with a code at a path inside them."""
        return (one for one in self.every(path) if one.texts(inside) == (code,))


def qualified(name: str) -> str:
    """Return a name with its namespace in the place of the prefix."""
    prefix, colon, local = name.rpartition(":")
    return f"{_NAMESPACES[prefix]}{_BETWEEN}{local}" if colon else local


class _Tree:
    """A tree that grows as expat reads."""

    def __init__(self, left_out: Collection[str]) -> None:
        self._left_out = left_out
        self._open = list[tuple[Element, list[str]]]()
        self._beyond = self._elements = self._length = 0
        self.root: Element | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._beyond or name in self._left_out:
            self._beyond += 1
            return
        self._elements += 1
        if self._elements > _MOST_ELEMENTS or len(self._open) >= _DEEPEST:
            raise UnreadContentError("it has more elements than a document needs")
        element = Element(name, attributes)
        if self._open:
            self._open[-1][0].inner.append(element)
        else:
            self.root = element
        self._open.append((element, []))

    def end(self, _name: str) -> None:
        if self._beyond:
            self._beyond -= 1
        else:
            element, pieces = self._open.pop()
            # Of an element with others in it they are the blanks between these.
            element.text = "" if element.inner else "".join(pieces)

    def data(self, text: str) -> None:
        if self._beyond or not self._open:
            return
        self._length += len(text)
        if self._length > _MOST_TEXT:
            raise UnreadContentError("it has more text than a document needs")
        self._open[-1][1].append(text)

    @staticmethod
    def refuse(*_: object) -> NoReturn:
        raise UnreadContentError("it has a document type, or entities")


def read_markup(content: bytes, left_out: Collection[str]) -> Element:
    """Read XML.

    Args:
        content: The document.
        left_out: Full names of elements that are passed over with all that is in them.

    Raises:
        UnreadContentError: It is not XML, or refused.
    """
    tree = _Tree(left_out)
    parser = expat.ParserCreate(namespace_separator=_BETWEEN)
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler, parser.EndElementHandler = tree.start, tree.end
    parser.CharacterDataHandler = tree.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = tree.refuse
    parser.ExternalEntityRefHandler = parser.SkippedEntityHandler = tree.refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat takes no names
    except UnreadContentError:
        raise
    except (expat.ExpatError, LookupError, ValueError) as error:  # also unknown encodings
        raise UnreadContentError(f"it is not XML: {error}") from error
    if tree.root is None:
        raise UnreadContentError("it is not XML, or nothing of it is read")
    return tree.root
