"""On which lines elements begin."""

from collections.abc import Collection
from xml.parsers import expat  # noqa: TID251 - reads only what formats.xml has found harmless

from formats.validation.runtime.build import readable
from formats.validation.runtime.tree import Tree


def lines(tree: Tree, content: bytes, orders: Collection[int]) -> dict[int, int]:
    """Return the lines, 1-based, of some elements by their `order`.

    One more pass over the document: only what has findings needs it, and libxml2's own lines end
    at 65,535.
    """
    found: dict[int, int] = {}
    wanted = frozenset(orders)
    order = 0
    parser = expat.ParserCreate()

    def start(_: str, __: object) -> None:
        nonlocal order
        if order in wanted:
            found[order] = parser.CurrentLineNumber
        order += 1

    parser.StartElementHandler = start
    parser.Parse(readable(content, tree), True)  # noqa: FBT003 - expat's own signature
    return found
