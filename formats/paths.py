"""XPaths of elements, spelled as libxml2 does, in linear time.

libxml2's own `getpath` counts the siblings anew for every element: a document with half a million
elements nobody reads would keep it busy for minutes.
"""

from collections import Counter
from collections.abc import Iterator

from lxml import etree


class Paths:
    """The paths of elements of one document; the children of a parent are counted once."""

    def __init__(self) -> None:
        self._known: dict[etree._Element, str] = {}

    def path(self, node: etree._Element) -> str:
        """Return the path of an element, with positions."""
        known = self._known.get(node)
        if known is not None:
            return known
        parent = node.getparent()
        if parent is None:
            return f"/{step(node)}"
        above = self.path(parent)
        for child, name, position in numbered(parent):
            self._known[child] = f"{above}/{name}{position}"
        return self._known[node]


def walked(root: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """Yield every element with its path, with positions and without."""
    name = step(root)
    ahead = [(root, f"/{name}", f"/{name}")]
    while ahead:
        node, path, element = ahead.pop()
        yield node, path, element
        found = [
            (child, f"{path}/{name}{position}", f"{element}/{name}")
            for child, name, position in numbered(node)
        ]
        ahead += reversed(found)


def numbered(parent: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """Yield the children of an element with their steps and positions, "" where there is one."""
    children = [(child, step(child)) for child in parent.iterchildren(etree.Element)]
    totals = Counter(name for _, name in children)
    seen = Counter[str]()
    for place, (child, name) in enumerate(children, 1):
        seen[name] += 1
        number, total = seen[name], totals[name]
        if name == "*":  # counts every element
            number, total = place, len(children)
        yield child, name, f"[{number}]" if total > 1 else ""


def step(node: etree._Element) -> str:
    """Return the step of an element: its prefixed name, `*` in a default namespace."""
    name = etree.QName(node)
    if node.prefix:
        return f"{node.prefix}:{name.localname}"
    return "*" if name.namespace else name.localname
