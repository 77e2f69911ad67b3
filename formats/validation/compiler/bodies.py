"""Sequence constructors of XSLT: the bodies of functions and variables, as statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr  # noqa: TID251 - writes XML, reads none

from formats.validation.compiler.code import (
    ANY,
    MANY,
    NODES,
    ONE,
    OPTIONAL,
    Code,
    many,
    one,
    widened,
)
from formats.validation.compiler.emit import Scope, State, emit
from formats.validation.compiler.paths import in_order
from formats.validation.compiler.types import declared, item_of
from formats.validation.compiler.values import atomized, truth
from formats.validation.schematron.model import (
    Choose,
    Element,
    Emit,
    ForEach,
    Function,
    Instruction,
    Let,
    Text,
    UnsupportedRuleError,
    ValueOf,
)
from formats.validation.xpath import syntax


@dataclass(frozen=True, slots=True)
class OwnFunction:
    """A function of a rule set.

    Attributes:
        python: Its name in Python.
        parameters: Their types.
        result: What it returns.
    """

    python: str
    parameters: tuple[syntax.SequenceType | None, ...]
    result: Code

    def call(self, arguments: list[Code]) -> Code:
        """Return a call."""
        given = []
        for argument, wanted in zip(arguments, self.parameters, strict=True):
            code = declared(in_order(argument), wanted)
            given.append(code.text if wanted is not None else generic(code).text)
        text = f"{self.python}({', '.join(['T', *given])})"
        return Code(
            text, self.result.item, self.result.count, ordered=False, nested=True, loose=True
        )


def generic(code: Code) -> Code:
    """Return a list of items that tell their type at run time."""
    wide = widened(code)
    return many(wide.listed(), wide.item if wide.item in NODES else ANY)


_NODE_TYPES = {"element()": "element", "node()": "node", "attribute()": "attribute",
               "text()": "text", "document-node()": "document"}  # fmt: skip


def parameter(name: str, wanted: syntax.SequenceType | None) -> Code:
    """Return what a function knows of its parameter."""
    if wanted is None:
        return many(name, ANY)
    count = {"": ONE, "?": OPTIONAL}.get(wanted.occurrence, MANY)
    if wanted.item in {"item()", "xs:anyAtomicType"}:
        return Code(name, ANY, count)
    if wanted.item in _NODE_TYPES:
        return Code(name, _NODE_TYPES[wanted.item], count, ordered=False, nested=True, loose=True)
    return Code(name, item_of(wanted.item), count)


def signature(function: Function, state: State) -> OwnFunction:
    """Return how a function is called; made for all before any body is emitted."""
    result = parameter("", function.result)
    return OwnFunction(state.name("f"), tuple(wanted for _, wanted in function.parameters), result)


def define(function: Function, own: OwnFunction, state: State) -> None:
    """Emit a function."""
    scope = Scope(state, None)
    names = []
    for name, wanted in function.parameters:
        python = state.name("a")
        names.append(python)
        scope = scope.having(name, parameter(python, wanted))
    python = own.python
    if state.optimise and any(_is_list_of_nodes(wanted) for _, wanted in function.parameters):
        python = f"{own.python}_"
        state.lines.append(f"def {own.python}(T, *a): return recalled(T, {python}, a)")
    lines = [f"def {python}({', '.join(['T', *names])}):"]
    lines += _returning(function, scope)
    state.lines += lines


def _returning(function: Function, scope: Scope) -> list[str]:
    """Return the statements of a function."""
    lets = [each for each in function.body if isinstance(each, Let)]
    last = [each for each in function.body if isinstance(each, Emit)]
    wanted = function.result
    if scope.state.optimise and wanted and len(last) == 1 and function.body == (*lets, *last):
        # One value after its variables: no list of what may be anything.
        lines: list[str] = []
        for each in lets:
            added, code = let(each, scope, "    ")
            lines += added
            scope = scope.having(each.name, code)
        value = in_order(emit(last[0].value, scope))
        return [*lines, f"    return {declared(value, wanted).text}"]
    result = declared(many("r", ANY), wanted)
    lines = ["    r = []", *statements(function.body, scope, "    ", "r")]
    return [*lines, f"    return {result.text}"]


def _is_list_of_nodes(wanted: syntax.SequenceType | None) -> bool:
    return wanted is not None and wanted.item in _NODE_TYPES and wanted.occurrence in {"*", "+"}


def statements(  # noqa: C901 - one case per instruction
    body: Sequence[Instruction], scope: Scope, indent: str, result: str
) -> list[str]:
    """Return statements that add the items of a body to a list."""
    lines: list[str] = []
    for instruction in body:
        match instruction:
            case Let():
                added, code = let(instruction, scope, indent)
                lines += added
                scope = scope.having(instruction.name, code)
            case Emit(value):
                lines.append(f"{indent}{result} += {generic(in_order(emit(value, scope))).text}")
            case Text(value):
                lines.append(f"{indent}{result}.append(Untyped({value!r}))")
            case ValueOf(value, separator):
                lines.append(
                    f"{indent}{result}.append(Untyped({joined(value, scope, separator)}))"
                )
            case Choose(branches, otherwise):
                word = "if"
                for test, inner in branches:
                    lines.append(f"{indent}{word} {truth(emit(test, scope))}:")
                    lines += statements(inner, scope, f"{indent}    ", result) or [
                        f"{indent}    pass"
                    ]
                    word = "elif"
                if otherwise:
                    lines.append(f"{indent}else:")
                    lines += statements(otherwise, scope, f"{indent}    ", result)
            case ForEach(select, inner):
                each = scope.state.name("e")
                code = in_order(emit(select, scope))
                lines.append(f"{indent}for {each} in {code.listed()}:")
                node = one(each, code.item)
                inside = scope.at(node)
                lines += statements(inner, inside, f"{indent}    ", result) or [
                    f"{indent}    pass"
                ]
            case Element():
                raise UnsupportedRuleError("an element is built outside of a constant table")
    return lines


def joined(value: syntax.Expression, scope: Scope, separator: str = " ") -> str:
    """Return Python for the text that `xsl:value-of` writes."""
    code = in_order(emit(value, scope))
    if code.item == "string" and code.count is ONE:
        return code.text
    if code.item in {"text", "node"}:
        return f"joined_nodes({code.listed()}, {separator!r})"
    return f"joined({widened(atomized(code)).listed()}, {separator!r})"


def let(instruction: Let, scope: Scope, indent: str) -> tuple[list[str], Code]:
    """Return the statements that compute a variable, and how it is read."""
    state = scope.state
    name = state.name("v")
    if not isinstance(instruction.value, tuple):
        code = declared(in_order(emit(instruction.value, scope)), instruction.type)
        lazily = not state.optimise or _is_dear(instruction.value)
        return _assigned(name, code, indent, lazily=lazily)
    table = _table(instruction)
    if table is not None:
        return [], one(state.constant(f"temporary({table!r})", "D"), "document")
    lines = [f"{indent}{name} = []", *statements(instruction.value, scope, indent, name)]
    if instruction.type is None:
        lines.append(f"{indent}{name} = Fragment(joined({name}, ''))")
        return lines, one(name, "node")
    code = declared(many(name, ANY), instruction.type)
    lines.append(f"{indent}{name} = {code.text}")
    return lines, Code(name, code.item, code.count)


def _is_dear(value: syntax.Expression) -> bool:
    """Return whether a variable should be computed only when somebody asks for it.

    The oracle computes all of them so, and their errors appear only then; elsewhere it is a matter
    of speed alone.
    """
    return any(
        isinstance(part, syntax.For | syntax.Quantified | syntax.SetOperation)
        or (isinstance(part, syntax.Call) and part.name == "index-of")
        for part in syntax.walk(value)
    )


def _assigned(name: str, code: Code, indent: str, *, lazily: bool) -> tuple[list[str], Code]:
    kept = Code(
        name, code.item, code.count, ordered=code.ordered, nested=code.nested,
        loose=code.loose, literals=code.literals, constant=code.constant,
    )  # fmt: skip
    if not lazily:
        return [f"{indent}{name} = {code.text}"], kept
    line = f"{indent}{name} = Lazy(lambda: {code.text})"
    return [line], Code(
        f"{name}()", code.item, code.count, ordered=code.ordered, nested=code.nested,
        loose=code.loose, literals=code.literals, constant=code.constant,
    )  # fmt: skip


def _table(instruction: Let) -> str | None:
    """Return a temporary tree of constant elements as XML; None when it is something else."""
    body = instruction.value
    if not isinstance(body, tuple) or not any(isinstance(part, Element) for part in body):
        return None
    return f"<table>{''.join(_xml(part) for part in body)}</table>"


def _xml(part: Instruction) -> str:
    if isinstance(part, Text):
        return escape(part.value)
    if not isinstance(part, Element):
        raise UnsupportedRuleError("a table that is not constant")
    namespace, _, local = part.name.removeprefix("{").rpartition("}")
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in part.attributes)
    declaration = f" xmlns={quoteattr(namespace)}"
    return f"<{local}{declaration}{attributes}>{''.join(map(_xml, part.content))}</{local}>"
