"""The tree rules look at: light nodes, and for every path of names the elements that lie there.

Compiled rules spend their time in here, so an element is a few slots, and what is seldom asked for
(the string value of an element with elements in it, text nodes, prefixes) is looked up in
libxml2's tree when somebody asks.

Names are written as expat writes them, `namespace}local`, or `local` without a namespace.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, ClassVar, Final, TypeAlias

from lxml import etree
from typing_extensions import override

from formats import xml
from formats.validation.runtime.place import Place

Position: TypeAlias = tuple[float, ...]
"""Sorts nodes into document order."""


class Node:
    """What a path may lead to: an element, the document, an attribute, text, a comment ...

    Attributes:
        parent: What it stands in; None for a document.
    """

    __slots__ = ("parent",)

    kind: ClassVar[str] = "node"
    parent: "Element | None"

    def string_value(self) -> str:
        """Return its string value (XPath data model, section 5)."""
        raise TypeError(f"{self.kind} nodes are made as one of the kinds below")

    def position(self) -> Position:
        """Return what document order is sorted by."""
        raise TypeError(f"{self.kind} nodes are made as one of the kinds below")


class Element(Node):
    """An element.

    Attributes:
        tag: `namespace}local`.
        kids: The elements in it, by tag, in document order; one alone is a tuple, which is made
            and forgotten faster than a list.
        text: Its own text, all pieces together; empty when it has elements in it.
        attributes: By name, as written.
        order: How many elements begin before it.
        last: How many elements begin before its end.
    """

    __slots__ = ("attributes", "kids", "last", "order", "tag", "text")

    kind: ClassVar[str] = "element"
    tag: str
    kids: "dict[str, Sequence[Element]]"
    text: str
    attributes: Mapping[str, str]
    order: int
    last: int

    @property
    def children(self) -> "Sequence[Element]":
        """The elements in it, in document order."""
        if len(self.kids) == 1:
            return next(iter(self.kids.values()))
        return sorted(chain.from_iterable(self.kids.values()), key=ORDER)

    @override
    def string_value(self) -> str:
        return tree_of(self).string_value_of(self) if self.kids else self.text

    @override
    def position(self) -> Position:
        return (self.order,)


ORDER: Final[Callable[[Element], int]] = attrgetter("order")
"""Sorts elements into document order."""

NO_CHILDREN: Final[list[Element]] = []
"""The children of what has none; nobody changes it."""

NO_KIDS: Final[dict[str, Sequence[Element]]] = {}
"""The kids of what has none; nobody changes it."""

SPLIT: Final[dict[str, Sequence[Element]]] = {}
"""The kids of what has none but comments or instructions among its text."""

NOW: Final = ("now",)
"""Where the memo of a document has the moment; names of elements are texts."""

_XML: Final = "http://www.w3.org/XML/1998/namespace"

NO_ATTRIBUTES: Final[Mapping[str, str]] = {}


class Attribute(Node):
    """An attribute, made when a path asks for one as a node."""

    __slots__ = ("name", "value")

    kind: ClassVar[str] = "attribute"
    parent: Element

    def __init__(self, parent: Element, name: str, value: str) -> None:
        self.parent = parent
        self.name = name
        self.value = value

    @override
    def string_value(self) -> str:
        return self.value

    @override
    def position(self) -> Position:
        return (self.parent.order, 0, list(self.parent.attributes).index(self.name))

    @override
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Attribute):
            return NotImplemented
        return self.parent is other.parent and self.name == other.name

    @override
    def __hash__(self) -> int:
        return hash((id(self.parent), self.name))


class Leaf(Node):
    """A text node, a comment or a processing instruction, made when a path asks for it.

    Attributes:
        number: Which child of its parent it is, counted over all kinds, the first is 0.
        before: `order` of the element that begins next after it.
    """

    __slots__ = ("before", "depth", "kind", "number", "value")

    parent: Element

    def __init__(self, parent: Element, kind: str, value: str, number: int, before: int) -> None:
        self.parent = parent
        self.kind = kind  # type: ignore[misc]
        self.value = value
        self.number = number
        self.before = before

    @override
    def string_value(self) -> str:
        return self.value

    @override
    def position(self) -> Position:
        # What ends deeper ends earlier.
        depth = sum(1 for _ in ancestors(self))
        return (self.before - 0.5, -depth, self.number)

    @override
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Leaf):
            return NotImplemented
        return self.parent is other.parent and self.number == other.number

    @override
    def __hash__(self) -> int:
        return hash((id(self.parent), self.number))


class Tree(Element):
    """The document node, above its root element.

    Attributes:
        at: The elements by place, in document order.
        holders: The elements that have an attribute, by its name.
        place: The place of documents.
        memo: What compiled rules keep while they run over this document.
        prefixes: The one prefix of each namespace; None when a namespace has several.
        source: Gives libxml2's root element of the same document.
    """

    __slots__ = ("_elements", "at", "holders", "memo", "place", "prefixes", "source")

    kind: ClassVar[str] = "document-node"

    def __init__(self, place: Place, source: Callable[[], etree._Element]) -> None:
        self.parent = None
        self.tag = ""
        self.text = ""
        self.attributes = NO_ATTRIBUTES
        self.kids = NO_KIDS
        self.order = -1
        self.last = 0
        self.place = place
        self.at: dict[Place, list[Element]] = {}
        self.holders: dict[str, list[Element]] = {}
        self.memo: dict[Any, Any] = {}
        self.prefixes: dict[str, str] | None = {_XML: "xml"}  # which nobody needs to declare
        self.source = source
        self._elements: list[etree._Element] = []

    def string_value_of(self, element: Element) -> str:
        """Return all text in an element or in the document, in order."""
        root = self.children[0] if element is self else element
        return xml.string_value(self.original(root))

    def original(self, element: Element) -> etree._Element:
        """Return libxml2's element."""
        if not self._elements:
            self._elements = list(self.source().iter("*"))
        return self._elements[element.order]

    def leaves(self, element: Element) -> Iterator[Leaf]:
        """Yield the text nodes, comments and instructions right in an element."""
        if element.kids is NO_KIDS:
            if element.text:
                yield Leaf(element, "text", element.text, 0, element.last)
            return
        if element is self:
            yield from self._around()
            return
        original = self.original(element)
        children = iter(element.children)
        number = 0
        text: str = original.text or ""
        following = next(children, None)
        for child in [*original, None]:
            before = element.last if following is None else following.order
            if text:
                yield Leaf(element, "text", text, number, before)
                number += 1
            if child is None:
                break
            if isinstance(child.tag, str):
                following = next(children, None)
            else:
                kind = "comment" if child.tag is etree.Comment else "processing-instruction"
                yield Leaf(element, kind, child.text or "", number, before)
            number += 1
            text = child.tail or ""

    def _around(self) -> Iterator[Leaf]:
        """Yield the comments and instructions before and after the root element."""
        root = self.source()
        before = list(root.itersiblings(preceding=True))[::-1]
        after = list(root.itersiblings())
        for number, (place, child) in enumerate(
            [*((0, each) for each in before), *((self.last, each) for each in after)]
        ):
            tag: object = child.tag
            kind = "comment" if tag is etree.Comment else "processing-instruction"
            yield Leaf(self, kind, child.text or "", number, place)

    def attribute_name(self, attribute: Attribute) -> str:
        """Return the name of an attribute as written, with its prefix."""
        namespace, _, local = attribute.name.rpartition("}")
        if not namespace:
            return local
        for prefix, uri in self.original(attribute.parent).nsmap.items():
            if uri == namespace and prefix:
                return f"{prefix}:{local}"
        return f"xml:{local}"

    def prefix(self, tag: str) -> str | None:
        """Return the one prefix a name is written with; None when that differs."""
        return None if self.prefixes is None else self.prefixes.get(tag.rpartition("}")[0], "")

    def name(self, element: Element) -> str:
        """Return the name of an element as written, with its prefix."""
        namespace, _, local = element.tag.rpartition("}")
        if self.prefixes is not None:
            prefix = self.prefixes.get(namespace, "")
        else:
            prefix = self.original(element).prefix or ""
        return f"{prefix}:{local}" if prefix else local

    def release(self) -> None:
        """Cut the ties that make rings, so that everything goes when the document goes."""
        for elements in self.at.values():
            for element in elements:
                element.parent = None
        self.memo.clear()


def tree_of(node: Node) -> Tree:
    """Return the document a node belongs to."""
    while node.parent is not None:
        node = node.parent
    if not isinstance(node, Tree):
        raise TypeError("the document was released")
    return node


def ancestors(node: Node) -> Iterator[Element]:
    """Yield what a node stands in, the nearest first, the document last."""
    while (parent := node.parent) is not None:
        yield parent
        node = parent
