"""Reading by a binding: every element is looked at once and finds its row by its name."""

from collections.abc import Callable, Mapping

from lxml import etree

from formats.binding.construction import group_of, make, several_of
from formats.binding.context import ReadContext
from formats.binding.kinds import AMOUNT, attribute_of, joined
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
from formats.binding.rows import (
    Leaf,
    Row,
    Rows,
    choice,
    closed,
    constant,
    fixed,
    known_attributes,
    peek,
    scan,
)
from formats.en16931.group import Group

_TAKEN = "\0taken"
"""Under this, while a group is read, the branches that were there already."""

_ODD = "\0odd"
"""Under this, while a group is read, the elements that odd nodes are for."""


class Reader:
    """Reads the elements of one shape into its group."""

    def __init__(self, shape: Shape, namespaces: Mapping[str, str], readers: "Readers") -> None:
        self._model = shape.model
        self._namespaces = namespaces
        self._readers = readers
        self._odd: list[Odd] = []
        self._inner: dict[str, list[tuple[tuple[str, ...], type[Group]]]] = {}
        self._several = several_of(shape.model)
        self._rows = self._compile(shape.nodes)
        if "extensions" in shape.model.model_fields:
            self._holder("extensions.")  # for `Odd` nodes
        for groups in self._inner.values():
            groups.sort(key=lambda entry: -len(entry[0]))  # groups in groups first

    def values(self, element: etree._Element, context: ReadContext) -> Values:
        """Return what an element says, by field; groups inside are made."""
        values: Values = {}
        scan(element, self._rows, values, context)
        if self._odd and (collected := values.pop(_ODD, None)) is not None:
            for place, odd in enumerate(self._odd):
                if place in collected:
                    odd.read(collected[place], values, context)
        values.pop(_TAKEN, None)
        for top, groups in self._inner.items():
            if top in values:
                for path, model in groups:
                    holder = peek(values, path[:-1])
                    if holder and isinstance(inner := holder.get(path[-1]), dict):
                        holder[path[-1]] = make(model, closed(inner))
        for name in self._several:
            if name in values:
                values[name] = tuple(values[name])
        return values

    def group(
        self, element: etree._Element, context: ReadContext, *, empty: bool = False
    ) -> Group | None:
        """Return the group an element holds, None when it holds none of its terms."""
        values = self.values(element, context)
        return make(self._model, values) if values or empty else None

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
            tag: rows[0][1] if len(rows) == 1 and rows[0][0] is None else choice(rows)
            for tag, rows in found.items()
        }

    def _row(self, node: Node) -> Row:
        match node:
            case Value():
                return self._value(node)
            case Constant():
                return constant(node)
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
            if entry not in (groups := self._inner.setdefault(path[0], [])):
                groups.append(entry)
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
        if node.field:
            self._holder(node.field)  # refuses a field that there is not
        several = bool(node.field) and self._repeats(node.field)
        if "." in node.field or node.attributes or several:
            return self._any_value(node, several=several)
        name, read, joins = node.field, node.kind.read, node.kind.joins
        known = known_attributes(node)

        def row(element: etree._Element, values: Values, context: ReadContext) -> bool:
            taken = name in values
            if taken and not joins:
                return False
            value = read(element, context)
            if context.trace is not None:
                context.attributes(element, *known)
                if node.kind is AMOUNT:
                    context.currency_of(element)
            if value is not None:
                values[name] = joined(element, values[name], value) if taken else value
            return True

        return Leaf(name, read, row)

    def _any_value(self, node: Value, *, several: bool) -> Row:
        """Return the row of a value with attributes, in another group, or that repeats."""
        hold, name = self._holder(node.field)
        path = tuple(node.field.split(".")[:-1])
        read, joins = node.kind.read, node.kind.joins
        attributes = tuple((key, *self._holder(field)) for key, field in node.attributes.items())
        known = known_attributes(node)

        def row(element: etree._Element, values: Values, context: ReadContext) -> bool:
            holder = peek(values, path) if path else values
            taken = holder is not None and name in holder
            if taken and not joins and not several:
                return False
            value = read(element, context)
            if context.trace is not None:
                context.attributes(element, *(node.kind.attributes if taken else known))
                if node.kind is AMOUNT:
                    context.currency_of(element)
            if value is None:
                return True
            holder = hold(values)
            if several:
                holder.setdefault(name, []).append(value)
            else:
                holder[name] = joined(element, holder[name], value) if taken else value
            for key, hold_attribute, attribute_name in () if taken else attributes:
                if (text := attribute_of(element, key)) is not None:
                    hold_attribute(values)[attribute_name] = text
            return True

        return row

    def _repeats(self, field: str) -> bool:
        *path, name = field.split(".")
        model: type[Group] = self._model
        for step in path:
            model = group_of(model.model_fields[step].annotation) or model
        return name in several_of(model)

    def _branch(self, node: Branch) -> Row:
        rows = self._compile(node.nodes)
        if all(isinstance(inner, Constant) for inner in node.nodes):
            return fixed(rows)
        if node.merges:

            def merged(element: etree._Element, values: Values, context: ReadContext) -> bool:
                scan(element, rows, values, context)
                return True

            return merged

        def row(element: etree._Element, values: Values, context: ReadContext) -> bool:
            taken = values.get(_TAKEN)
            if taken is None:
                values[_TAKEN] = {row}
            elif row in taken:
                return False
            else:
                taken.add(row)
            scan(element, rows, values, context)
            return True

        return row

    def _nested(self, node: Nested) -> Row:
        hold, name = self._holder(node.field)
        path = tuple(node.field.split(".")[:-1])
        several = self._repeats(node.field)
        readers, shape = self._readers, node.shape
        reader = readers.reader(shape) if isinstance(shape, Shape) else None

        def row(element: etree._Element, values: Values, context: ReadContext) -> bool:
            nonlocal reader
            if reader is None:
                reader = readers.reader(shape if isinstance(shape, Shape) else shape())
            if not several and name in ((peek(values, path) if path else values) or ()):
                return False
            group = reader.group(element, context, empty=node.counted)
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
        place = len(self._odd)
        self._odd.append(node)

        def row(element: etree._Element, values: Values, _context: ReadContext) -> bool:
            values.setdefault(_ODD, {}).setdefault(place, []).append(element)
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
