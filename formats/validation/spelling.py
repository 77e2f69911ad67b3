"""Where a finding is, spelled as the published rule sets spell it in SVRL."""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Final, TypeAlias

from formats.validation.runtime.tree import Attribute, Element, Leaf, Node

_ORDER: Final = attrgetter("order")


Known: TypeAlias = dict[Element, str]
"""The paths of elements that were spelled before: places have their beginnings in common."""


def skeleton(node: Node, known: Known) -> str:
    """Return a place as the ISO skeleton writes it.

    It knows paths of elements only: of an attribute it writes the value, of the document the path
    of its root element, of anything else nothing. `Finding.line` tells where that is.
    """
    if isinstance(node, Attribute):
        return node.value
    if not isinstance(node, Element):
        return ""
    if node.parent is None:
        return "".join(_path(child, known) for child in node.children)
    return _path(node, known)


def _path(element: Element, known: Known) -> str:
    path = known.get(element)
    if path is None:
        namespace, _, local = element.tag.rpartition("}")
        name = f"*:{local}[namespace-uri()='{namespace}']" if namespace else local
        parent = element.parent
        above = "" if parent is None or parent.parent is None else _path(parent, known)
        path = known[element] = f"{above}/{name}[{_number(element)}]"
    return path


def schxslt(node: Node, known: Known) -> str:
    """Return a place as SchXslt has it."""
    return _qualified(node, known) or "/"


def _qualified(node: Node, known: Known) -> str:
    if isinstance(node, Attribute):
        namespace, _, local = node.name.rpartition("}")
        return f"{_qualified(node.parent, known)}/@Q{{{namespace}}}{local}"
    parent = node.parent
    if parent is None:
        return ""
    if not isinstance(node, Element):
        return _qualified(parent, known)
    path = known.get(node)
    if path is None:
        namespace, _, local = node.tag.rpartition("}")
        above = _qualified(parent, known)
        path = known[node] = f"{above}/Q{{{namespace}}}{local}[{_number(node)}]"
    return path


SPELLINGS: Final[Mapping[str, Callable[[Node, Known], str]]] = {
    "skeleton": skeleton,
    "schxslt": schxslt,
}
"""By the name that `RuleSet.locations` gives."""


def _number(element: Element) -> int:
    """Return its number among the siblings of its name."""
    assert element.parent is not None  # noqa: S101 - documents are not asked
    return bisect_left(element.parent.kids[element.tag], element.order, key=_ORDER) + 1


def element_of(node: Node) -> Element | None:
    """Return the element whose line a finding is on."""
    if isinstance(node, Attribute | Leaf):
        return node.parent
    return node if isinstance(node, Element) and node.parent is not None else None
