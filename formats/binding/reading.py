"""Reading by a binding: every element is looked at once and finds its row by its name."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from lxml import etree

from formats.binding.construction import group_of, make
from formats.binding.context import ReadContext
from formats.binding.kinds import Kind, attribute_of
from formats.binding.nodes import (
    Branch,
    Constant,
    Each,
    Nested,
    Node,
    Odd,
    Predicate,
    Shape,
    Value,
    Values,
)
from formats.en16931.group import Group

Row: TypeAlias = Callable[[etree._Element, Values, ReadContext], bool]  # noqa: SLF001
"""Reads one element into the values of its group; False when the row has all it can hold."""

Rows: TypeAlias = dict[object, Row]
"""Rows by the name of the element."""


class Reader:
    """Reads the elements of one shape into its group."""

    def __init__(self, shape: Shape, namespaces: Mapping[str, str], readers: "Readers") -> None:
        self._model = shape.model
        self._namespaces = namespaces
        self._readers = readers
        self._once: list[str] = []
        self._odd: list[tuple[str, Odd]] = []
        self._inner: list[tuple[tuple[str, ...], type[Group]]] = []
        self._rows = self._compile(shape.nodes)
        self._inner.sort(key=lambda entry: -len(entry[0]))  # groups in groups first

    def values(self, element: etree._Element, context: ReadContext) -> Values:
        """Return what an element says, by field; groups inside are made."""
        values: Values = {}
        scan(element, self._rows, values, context)
        for key, odd in self._odd:
            if (nodes := values.pop(key, None)) is not None:
                odd.read(nodes, values, context)
        for key in self._once:
            values.pop(key, None)
        for path, model in self._inner:
            holder: Any = values
            for name in path[:-1]:
                holder = holder.get(name) if holder is not None else None
            if holder and isinstance(inner := holder.get(path[-1]), dict):
                holder[path[-1]] = make(model, _closed(inner))
        return _closed(values)

    def group(self, element: etree._Element, context: ReadContext) -> Group | None:
        """Return the group an element holds, None when it holds none of its terms."""
        values = self.values(element, context)
        return make(self._model, values) if values else None

    # --- compiling -----------------------------------------------------------------------------

    def _compile(self, nodes: tuple[Node, ...]) -> Rows:
        found: dict[object, list[tuple[Predicate | None, Row]]] = {}
        for node in nodes:
            tags = node.tags if isinstance(node, Odd) else (node.tag,)
            when = None if isinstance(node, Odd | Constant) else node.when
            row = self._row(node)
            for tag in tags:
                found.setdefault(self._clark(tag), []).append((when, row))
        return {
            tag: _single(rows[0][1]) if len(rows) == 1 and rows[0][0] is None else _choice(rows)
            for tag, rows in found.items()
        }

    def _row(self, node: Node) -> Row:
        match node:
            case Value():
                return self._value(node)
            case Constant():
                return _constant(node)
            case Branch():
                return self._branch(node)
            case Nested():
                return self._nested(node)
            case Each():
                return self._each(node)
            case Odd():
                return self._collect(node)

    def _clark(self, tag: str) -> str:
        prefix, _, name = tag.partition(":")
        return f"{{{self._namespaces[prefix]}}}{name}"

    def _holder(self, field: str) -> tuple[Callable[[Values], Values], str]:
        """Return how to get at the dictionary of a dotted field, and its last name."""
        *path, name = field.split(".")
        model: type[Group] = self._model
        for depth, step in enumerate(path):
            inner = group_of(model.model_fields[step].annotation)
            if inner is None:
                raise TypeError(f"{model.__name__}.{step} is no group")
            model = inner
            entry = (tuple(path[: depth + 1]), inner)
            if entry not in self._inner:
                self._inner.append(entry)
        if name and name not in model.model_fields:
            raise TypeError(f"{model.__name__} has no field {name}")
        if not path:
            return (lambda values: values), name
        if len(path) == 1:
            first = path[0]
            return (lambda values: values.setdefault(first, {})), name

        def holder(values: Values) -> Values:
            for step in path:
                values = values.setdefault(step, {})
            return values

        return holder, name

    def _value(self, node: Value) -> Row:
        hold, name = self._holder(node.field) if node.field else ((lambda values: values), "")
        plain = "." not in node.field
        read, joins = node.kind.read, node.kind.joins
        several = bool(name) and self._repeats(node.field)
        attributes = tuple((key, *self._holder(field)) for key, field in node.attributes.items())
        known = _known_attributes(node.kind, node)

        def row(element: etree._Element, values: Values, context: ReadContext) -> bool:
            holder: Any = values if plain else _peek(values, node.field)
            taken = holder is not None and name in holder
            if taken and not joins and not several:
                return False
            value = read(element, context)
            if context.trace is not None:
                _trace_attributes(element, known, context)
            if value is None:
                return True
            holder = hold(values)
            if several:
                holder.setdefault(name, []).append(value)
            elif taken:
                holder[name] = f"{holder[name]}\n{value}"
            else:
                holder[name] = value
            for key, hold_attribute, attribute_name in attributes:
                if (text := attribute_of(element, key)) is not None:
                    hold_attribute(values)[attribute_name] = text
            return True

        return row

    def _repeats(self, field: str) -> bool:
        *path, name = field.split(".")
        model: type[Group] = self._model
        for step in path:
            model = group_of(model.model_fields[step].annotation) or model
        return "tuple[" in str(model.model_fields[name].annotation).lower()

    def _branch(self, node: Branch) -> Row:
        rows = self._compile(node.nodes)
        key = f"\0{len(self._once)}"
        if not node.merges:
            self._once.append(key)

        def row(element: etree._Element, values: Values, context: ReadContext) -> bool:
            if not node.merges:
                if key in values:
                    return False
                values[key] = True
            scan(element, rows, values, context)
            return True

        return row

    def _nested(self, node: Nested) -> Row:
        hold, name = self._holder(node.field)
        several = self._repeats(node.field)
        readers, shape = self._readers, node.shape
        reader = readers.reader(shape) if isinstance(shape, Shape) else None

        def row(element: etree._Element, values: Values, context: ReadContext) -> bool:
            nonlocal reader
            if reader is None:
                reader = readers.reader(shape if isinstance(shape, Shape) else shape())
            if not several and name in (_peek(values, node.field) or ()):
                return False
            group = reader.group(element, context)
            if group is None:
                return True
            if several:
                hold(values).setdefault(name, []).append(group)
            else:
                hold(values)[name] = group
            return True

        return row

    def _each(self, node: Each) -> Row:
        hold, name = self._holder(node.field)
        rows = self._compile(node.nodes)

        def row(element: etree._Element, values: Values, context: ReadContext) -> bool:
            item: Values = {}
            scan(element, rows, item, context)
            if "" in item:
                hold(values).setdefault(name, []).append(item[""])
            return True

        return row

    def _collect(self, node: Odd) -> Row:
        key = f"\0odd{len(self._odd)}"
        self._odd.append((key, node))

        def row(element: etree._Element, values: Values, _context: ReadContext) -> bool:
            values.setdefault(key, []).append(element)
            return True

        return row


class Readers:
    """The readers of a syntax: one for each shape, made when first needed."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self._namespaces = namespaces
        self._readers: dict[Shape, Reader] = {}

    def reader(self, shape: Shape) -> Reader:
        """Return the reader of a shape."""
        reader = self._readers.get(shape)
        if reader is None:
            reader = self._readers[shape] = Reader(shape, self._namespaces, self)
        return reader


def scan(element: etree._Element, rows: Rows, values: Values, context: ReadContext) -> None:
    """Read the children of an element; note those that no row is for."""
    for node in element:
        row = rows.get(node.tag)
        if row is not None:
            row(node, values, context)
        elif context.trace is not None and isinstance(node.tag, str):
            context.trace.element(node)


def _single(row: Row) -> Row:
    def single(element: etree._Element, values: Values, context: ReadContext) -> bool:
        if not row(element, values, context):
            context.unread(element)
        return True

    return single


def _choice(rows: list[tuple[Predicate | None, Row]]) -> Row:
    def choice(element: etree._Element, values: Values, context: ReadContext) -> bool:
        for when, row in rows:
            if (when is None or when(element, context)) and row(element, values, context):
                return True
        context.unread(element)
        return True

    return choice


def _constant(node: Constant) -> Row:
    def constant(element: etree._Element, _values: Values, context: ReadContext) -> bool:
        if context.trace is not None:
            text = (element.text or "").strip()
            if (
                text != (context.tax_scheme if node.scheme else node.text)
                and text not in node.same
            ):
                context.trace.value(element)
        return True

    return constant


def _known_attributes(kind: Kind, node: Value) -> frozenset[str]:
    return frozenset((*kind.attributes, *node.attributes, *node.constants))


def _trace_attributes(
    element: etree._Element, known: frozenset[str], context: ReadContext
) -> None:
    for name, value in element.attrib.items():
        if name not in known and context.trace is not None:
            context.trace.attribute(element, str(name), str(value))


def _peek(values: Values, field: str) -> Values | None:
    holder: Any = values
    for step in field.split(".")[:-1]:
        holder = holder.get(step)
        if holder is None:
            return None
    return holder  # type: ignore[no-any-return]  # dictionaries all the way, see Reader._holder


def _closed(values: Values) -> Values:
    """Make what was collected unchangeable."""
    for name, value in values.items():
        if type(value) is list:
            values[name] = tuple(value)
    return values
