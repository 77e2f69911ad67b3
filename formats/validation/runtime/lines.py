"""On which lines elements begin."""

from collections.abc import Collection
from xml.parsers import expat  # noqa: TID251 - reads only what formats.xml has found harmless

from formats.validation.runtime.tree import Tree


def lines(tree: Tree, content: bytes, orders: Collection[int]) -> dict[int, int]:
    """Return the lines, 1-based, of some elements by their `order`.

    One more pass over the document: only what has findings needs it, and libxml2's own lines end
    at 65,535. They are good enough for what expat does not read (XML 1.1, names of today).

    Args:
        tree: Of the document.
        content: The document in UTF-8.
        orders: Which elements.
    """
    try:
        return _counted(content, frozenset(orders))
    except expat.ExpatError:
        elements = list(tree.source().iter("*"))
        return {order: elements[order].sourceline or 1 for order in orders}


def _counted(content: bytes, wanted: frozenset[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    order = 0
    parser = expat.ParserCreate("utf-8")

    def start(_: str, __: object) -> None:
        nonlocal order
        if order in wanted:
            found[order] = parser.CurrentLineNumber
        order += 1

    parser.StartElementHandler = start
    parser.Parse(content, True)  # noqa: FBT003 - expat's own signature
    return found
