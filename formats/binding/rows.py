"""Rows: what is done with one element of a document, found by its name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml import etree

from formats.binding.context import ReadContext
from formats.binding.nodes import Constant, Predicate, Value, Values
from formats.xml import WHITESPACE

Row: TypeAlias = Callable[[etree._Element, Values, ReadContext], bool]  # noqa: SLF001
"""Reads one element into the values of its group; False when the row has all it can hold."""

Rows: TypeAlias = dict[object, Any]
"""Rows by the name of the element."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """The row of a value that stands alone: most elements are one, so `scan` reads it itself.

    Attributes:
        name: The field.
        read: As of its kind.
        row: What to do when the field is taken already, or somebody traces.
    """

    name: str
    read: Callable[[etree._Element, ReadContext], Any]
    row: Row

    def __call__(self, element: etree._Element, values: Values, context: ReadContext) -> bool:
        """Read it as any row does."""
        return self.row(element, values, context)


def scan(element: etree._Element, rows: Rows, values: Values, context: ReadContext) -> None:
    """Read the children of an element; note those that no row is for, and its attributes."""
    traced = context.trace is not None
    if traced:
        context.attributes(element)
    find = rows.get
    for node in element[:]:  # a list is made quicker than an iterator is stepped
        row = find(node.tag)
        if row is None:
            if traced and isinstance(node.tag, str):
                context.unread(node)
        elif row.__class__ is Leaf and not traced and row.name not in values:
            if (value := row.read(node, context)) is not None:
                values[row.name] = value
        elif not row(node, values, context) and traced:
            context.unread(node)


def choice(rows: list[tuple[Predicate | None, Row]]) -> Row:
    """Return the row of a name that several nodes share: the first that takes the element."""

    def chosen(element: etree._Element, values: Values, context: ReadContext) -> bool:
        for when, row in rows:  # not any(): this is where readers spend their time
            if (when is None or when(element, context)) and row(element, values, context):
                return True
        return False

    return chosen


def fixed(rows: Rows) -> Row:
    """Return the row of a branch in which everything is constant: there is nothing to read."""

    def known(element: etree._Element, values: Values, context: ReadContext) -> bool:
        if context.trace is not None:
            scan(element, rows, values, context)
        return True

    return known


def constant(node: Constant) -> Row:
    """Return the row of an element that says the same in every document: other texts are noted."""

    def known(element: etree._Element, _values: Values, context: ReadContext) -> bool:
        if context.trace is not None:
            context.attributes(element, *node.constants)
            text = (element.text or "").strip(WHITESPACE)
            if (
                text != (context.tax_scheme if node.scheme else node.text)
                and text not in node.same
            ):
                context.trace.value(element)
        return True

    return known


def known_attributes(node: Value) -> frozenset[str]:
    """Return the attributes that the declaration of a value speaks of."""
    return frozenset((*node.kind.attributes, *node.attributes, *node.constants))


def peek(values: Values, path: tuple[str, ...]) -> Values | None:
    """Return the dictionary at a path of groups, if it is there yet."""
    if len(path) == 1:
        return values.get(path[0])
    holder: Any = values
    for step in path:
        holder = holder.get(step)
        if holder is None:
            return None
    return holder  # type: ignore[no-any-return]  # dictionaries all the way, see Reader._holder


def closed(values: Values) -> Values:
    """Make what was collected unchangeable."""
    for name, value in values.items():
        if type(value) is list:
            values[name] = tuple(value)
    return values
