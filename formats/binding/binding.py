"""A syntax as a whole: namespaces, and documents read and written by their shapes."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from formats.binding.context import ReadContext, WriteContext
from formats.binding.kinds import attribute_of, code_of
from formats.binding.nodes import Predicate, Shape, Values
from formats.binding.reading import Readers
from formats.binding.writing import Writers
from formats.en16931.group import Group


class Binding:
    """The namespaces of a syntax, and its shapes ready to be used."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self.namespaces = namespaces
        self._readers = Readers(namespaces)
        self._writers = Writers()
        self._paths: dict[str, list[str]] = {}

    def values(self, shape: Shape, element: etree._Element, context: ReadContext) -> Values:
        """Return the fields of a shape's group that an element holds."""
        return self._readers.reader(shape).values(element, context)

    def group(self, shape: Shape, element: etree._Element, context: ReadContext) -> Any:  # noqa: ANN401
        """Return the shape's group that an element holds, None when it holds none of it."""
        return self._readers.reader(shape).group(element, context)

    def lines(self, shape: Shape, group: Group, context: WriteContext, depth: int) -> list[str]:
        """Return the elements of a group, indented by a depth."""
        out: list[str] = []
        self._writers.writer(shape, depth)(group, context, out)
        return out

    def inner(self, shape: Shape, group: Group | None, context: WriteContext) -> str:
        """Return the elements of a group as text, for `Odd` nodes."""
        return "" if group is None else "\n".join(self.lines(shape, group, context, 0))

    def source(self, shape: Shape) -> str:
        """Return the code that writes a shape, for people."""
        return self._writers.source(shape)

    def holds(self, path: str, *texts: str) -> Predicate:
        """Return a predicate: the element at a path of prefixed names says one of these texts.

        The last step may be an attribute. Case does not matter, as in the official rules.
        """
        elements, _, attribute = path.partition("/@")
        steps = [self.clark(step) for step in elements.split("/")]
        wanted = frozenset(text.upper() for text in texts)

        def predicate(element: etree._Element, _context: ReadContext) -> bool:
            return (first_code(element, steps, attribute) or "").upper() in wanted

        return predicate

    def clark(self, name: str) -> str:
        """Return a prefixed name in James Clark's notation."""
        prefix, _, local = name.partition(":")
        return f"{{{self.namespaces[prefix]}}}{local}"

    def first(self, element: etree._Element, path: str) -> str | None:
        """Return the code at a path of prefixed names, first elements all the way."""
        steps = self._paths.get(path)
        if steps is None:
            steps = self._paths[path] = [self.clark(step) for step in path.split("/")]
        return first_code(element, steps)


def first_code(element: etree._Element, steps: list[str], attribute: str = "") -> str | None:
    """Return the code at a path of names, first elements all the way, or in an attribute there."""
    node = element
    for step in steps:
        inner = next(node.iterchildren(step), None)
        if inner is None:
            return None
        node = inner
    return attribute_of(node, attribute) if attribute else code_of(node)
