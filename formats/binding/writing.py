"""Writing by a binding: every shape becomes a Python function, made when first needed.

The function holds one `if` for each term, with tags, indentation and constants already in its
strings; that is five times quicker than walking the declaration for every document. `source`
shows it.
"""

import base64 as _base64
from collections.abc import Callable
from typing import Any, TypeAlias

from formats.binding.context import WriteContext
from formats.binding.markup import attribute, escape, escape_attribute, indented
from formats.binding.nodes import (
    Branch,
    Constant,
    Each,
    Nested,
    Node,
    Odd,
    Shape,
    Value,
)
from formats.xml import WHITESPACE

Write: TypeAlias = Callable[[Any, WriteContext, list[str]], None]
"""Appends the elements of a group to the lines of a document."""

EXTENSIONS = "extensions"
"""The field whose terms are skipped all together where a group has none."""


class _Nothing(dict[str, None]):
    """The fields of a group that is absent."""

    def __missing__(self, key: str) -> None:
        return None


_NOTHING = _Nothing()


class Writers:
    """The writers of a syntax: one for each shape and depth, made when first needed."""

    def __init__(self) -> None:
        self._writers: dict[tuple[Shape, int], Write] = {}

    def writer(self, shape: Shape, depth: int) -> Write:
        """Return the writer of a shape whose elements are so many levels deep."""
        writer = self._writers.get((shape, depth))
        if writer is None:
            code = _Code(self, depth)
            text = code.function(shape)
            names = code.names
            exec(compile(text, f"<{shape.model.__name__}>", "exec"), names)  # noqa: S102 - our own
            writer = self._writers[shape, depth] = names["write"]
        return writer

    def source(self, shape: Shape, depth: int = 0) -> str:
        """Return the code of a writer, for people."""
        return _Code(self, depth).function(shape)


class _Code:
    """The code of one writer, while it grows."""

    def __init__(self, writers: Writers, depth: int) -> None:
        self._writers = writers
        self._depth = depth
        self._lines: list[str] = []
        self._groups: dict[str, str] = {}
        self._count = 0
        self.names: dict[str, Any] = {
            "WHITESPACE": WHITESPACE,
            "NOTHING": _NOTHING,
            "attribute": attribute,
            "base64": lambda content: _base64.b64encode(content).decode(),
            "escape": escape,
            "indented": indented,
        }

    def function(self, shape: Shape) -> str:
        """Return a function `write(o, c, out)`."""
        self._lines = ["def write(o, c, out):", " a = out.append", " d = o.__dict__"]
        if EXTENSIONS in shape.model.model_fields and _uses_extensions(shape.nodes):
            self._lines.append(f" if d[{EXTENSIONS!r}] is None:")
            self._body(tuple(_without_extensions(shape.nodes)), "  ")
            self._lines.append("  return")
        self._body(shape.nodes, " ")
        return "\n".join(self._lines) + "\n"

    def _body(self, nodes: tuple[Node, ...], pad: str) -> None:
        self._groups = {"": "d"}
        prefixes = sorted({prefix for node in nodes for prefix in _prefixes(node)})
        for prefix in prefixes:
            parent, _, name = prefix.rpartition(".")
            variable = self._groups[prefix] = f"g{len(self._groups)}"
            holder = self._groups[parent]
            self._lines.append(f"{pad}{variable} = {holder}[{name!r}]")
            self._lines.append(
                f"{pad}{variable} = NOTHING if {variable} is None else {variable}.__dict__"
            )
        self._nodes(nodes, pad, self._depth, item=None)
        if self._lines[-1].endswith(":"):
            self._lines.append(f"{pad}pass")

    def _nodes(self, nodes: tuple[Node, ...], pad: str, depth: int, item: str | None) -> int:
        """Add code for nodes; return how many lines they write whatever the group holds."""
        return sum(self._node(node, pad, depth, item) for node in nodes)

    def _node(self, node: Node, pad: str, depth: int, item: str | None) -> int:
        match node:
            case Value():
                self._value(node, pad, depth, item)
            case Constant():
                self._lines.append(f"{pad}a({_constant(node, depth)})")
                return 1
            case Branch():
                return self._branch(node, pad, depth, item)
            case Nested():
                self._nested(node, pad, depth)
                return int(node.always)
            case Each():
                self._each(node, pad, depth)
            case Odd():
                self._odd(node, pad, depth)
        return 0

    def _variable(self, field: str, pad: str, item: str | None) -> str:
        """Add code that puts a field into a new variable; return its name."""
        if not field and item:
            return item
        prefix, _, name = field.rpartition(".")
        variable = self._new("v")
        self._lines.append(f"{pad}{variable} = {self._groups[prefix]}[{name!r}]")
        return variable

    def _value(self, node: Value, pad: str, depth: int, item: str | None) -> None:
        variable = self._variable(node.field, pad, item)
        self._lines.append(f"{pad}if {node.kind.condition.format(v=variable)}:")
        self._lines.append(f"{pad} a({self._leaf(node, variable, depth)})")

    def _leaf(self, node: Value, variable: str, depth: int) -> str:
        """Return the expression for one element with its value."""
        constants = "".join(
            f' {name}="{escape_attribute(text)}"' for name, text in node.constants.items()
        )
        parts = [repr(f"{_blanks(depth)}<{node.tag}{constants}")]
        if node.kind.start:
            parts.append(node.kind.start.format(v=variable))
        for name, field in node.attributes.items():
            prefix, _, last = field.rpartition(".")
            parts.append(f"attribute({name!r}, {self._groups[prefix]}[{last!r}])")
        parts += ["'>'", f"({node.kind.expression.format(v=variable)})", repr(f"</{node.tag}>")]
        return " + ".join(parts).replace("' + '", "")

    def _branch(self, node: Branch, pad: str, depth: int, item: str | None) -> int:
        opening, closing = f"{_blanks(depth)}<{node.tag}>", f"{_blanks(depth)}</{node.tag}>"
        if not any(_says_something(inner) for inner in node.nodes):
            self._lines.append(f"{pad}a({opening!r})")
            inside = self._nodes(node.nodes, pad, depth + 1, item)
            self._lines.append(f"{pad}a({closing!r})")
            return inside + 2
        start = self._new("n")
        self._lines += [f"{pad}{start} = len(out)", f"{pad}a({opening!r})"]
        fixed = self._nodes(node.nodes, pad, depth + 1, item) + 1
        self._lines.append(f"{pad}if len(out) == {start} + {fixed}:")
        if node.always:
            self._lines.append(f"{pad} out[{start}:] = [{_blanks(depth) + f'<{node.tag}/>'!r}]")
        else:
            self._lines.append(f"{pad} del out[{start}:]")
        self._lines += [f"{pad}else:", f"{pad} a({closing!r})"]
        return int(node.always)

    def _nested(self, node: Nested, pad: str, depth: int) -> None:
        variable = self._variable(node.field, pad, None)
        write, start, each = self._new("w"), self._new("n"), self._new("i")
        instead = [f"{_blanks(depth)}<{node.tag}/>"] if node.always else []
        fixed = 1
        if isinstance(node.shape, Shape):
            self.names[write] = _later(self._writers, node.shape, depth + 1)
            fixed += sum(_fixed_lines(inner) for inner in node.shape.nodes)
        else:
            self.names[write] = _later(self._writers, node.shape, depth + 1)
        self._lines += [
            f"{pad}if {variable}:",
            f"{pad} for {each} in ({variable} if type({variable}) is tuple else ({variable},)):",
            f"{pad}  {start} = len(out)",
            f"{pad}  a({_blanks(depth) + f'<{node.tag}>'!r})",
            f"{pad}  {write}({each}, c, out)",
            f"{pad}  if len(out) == {start} + {fixed}:",
            f"{pad}   out[{start}:] = {instead!r}",
            f"{pad}  else:",
            f"{pad}   a({_blanks(depth) + f'</{node.tag}>'!r})",
        ]

    def _each(self, node: Each, pad: str, depth: int) -> None:
        variable = self._variable(node.field, pad, None)
        item = self._new("i")
        self._lines.append(f"{pad}for {item} in {variable} or ():")
        self._branch(Branch(node.tag, *node.nodes), pad + " ", depth, item)

    def _odd(self, node: Odd, pad: str, depth: int) -> None:
        write, text = self._new("w"), self._new("t")
        self.names[write] = node.write
        self._lines += [
            f"{pad}for {text} in {write}(o, c):",
            f"{pad} if {text}:",
            f"{pad}  a(indented({text}, {depth}))",
        ]

    def _new(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self._count}"


def _later(writers: Writers, shape: Shape | Callable[[], Shape], depth: int) -> Write:
    """Return a writer that is made when it is first called: groups may hold themselves."""
    made: Write | None = None

    def write(group: Any, context: WriteContext, out: list[str]) -> None:  # noqa: ANN401
        nonlocal made
        if made is None:
            made = writers.writer(shape if isinstance(shape, Shape) else shape(), depth)
        made(group, context, out)

    return write


def _blanks(depth: int) -> str:
    return "  " * depth


def _constant(node: Constant, depth: int) -> str:
    """Return the expression for an element that says the same in every document."""
    start = "".join(f' {name}="{escape_attribute(text)}"' for name, text in node.constants.items())
    opening, closing = f"{_blanks(depth)}<{node.tag}{start}>", f"</{node.tag}>"
    if node.scheme:
        return f"{opening!r} + escape(c.tax_scheme) + {closing!r}"
    return repr(opening + escape(node.text) + closing)


def _says_something(node: Node) -> bool:
    """Tell whether a node can write more than constants."""
    if isinstance(node, Branch):
        return any(_says_something(inner) for inner in node.nodes)
    return not isinstance(node, Constant)


def _fixed_lines(node: Node) -> int:
    """Return how many lines a node writes whatever its group holds."""
    if isinstance(node, Constant):
        return 1
    if isinstance(node, Branch) and not _says_something(node):
        return 2 + sum(_fixed_lines(inner) for inner in node.nodes)
    return int(isinstance(node, Branch | Nested) and node.always)


def _fields(node: Node) -> tuple[str, ...]:
    match node:
        case Value():
            return (node.field, *node.attributes.values())
        case Nested() | Each():
            return (node.field,)
        case Branch():
            return tuple(field for inner in node.nodes for field in _fields(inner))
    return ()


def _prefixes(node: Node) -> set[str]:
    """Return the dotted paths of all groups that a node reaches into."""
    found = set()
    for field in _fields(node):
        steps = field.split(".")[:-1]
        found |= {".".join(steps[: depth + 1]) for depth in range(len(steps))}
    return found


def _is_extension(field: str) -> bool:
    return field == EXTENSIONS or field.startswith(f"{EXTENSIONS}.")


def _uses_extensions(nodes: tuple[Node, ...]) -> bool:
    return any(_is_extension(field) for node in nodes for field in _fields(node))


def _without_extensions(nodes: tuple[Node, ...]) -> list[Node]:
    """Return the nodes of a group that has no extension terms."""
    kept: list[Node] = []
    for node in nodes:
        match node:
            case Branch():
                inner = _without_extensions(node.nodes)
                if node.always or any(map(_says_something, inner)) or inner == [*node.nodes]:
                    kept.append(Branch(node.tag, *inner, always=node.always))
            case Value() | Nested() | Each() if _is_extension(node.field):
                pass
            case Odd(plain=tuple(plain)):
                kept += plain
            case _:
                kept.append(node)
    return kept
