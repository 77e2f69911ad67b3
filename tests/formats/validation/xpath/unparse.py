"""Writes a syntax tree as XPath with every operand in parentheses.

What a text means may then no longer depend on which operator binds more tightly: when both texts
have the same value, the tree has the precedence of the original.
"""

from collections.abc import Mapping
from decimal import Decimal

from formats.validation.xpath.syntax import (
    Arithmetic,
    Call,
    Comparison,
    ContextItem,
    Expression,
    Filter,
    For,
    If,
    KindTest,
    Literal,
    Logical,
    NameTest,
    Path,
    Quantified,
    Range,
    Sequence,
    SequenceType,
    SetOperation,
    Step,
    TypeOperation,
    Unary,
    Variable,
)

_VALUE = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_TYPE = {
    "castable": "castable as",
    "cast": "cast as",
    "instance": "instance of",
    "treat": "treat as",
}


class Unparser:
    """Knows the prefix of every namespace in the tree."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self._prefixes = {namespace: prefix for prefix, namespace in namespaces.items()}

    def __call__(self, tree: Expression) -> str:  # noqa: C901, PLR0911, PLR0912 - one case each
        """Return the text of any expression; what could stand beside an operator is enclosed."""
        match tree:
            case Literal():
                return _literal(tree.value)
            case Variable(name):
                return "$" + self._clark(name)
            case ContextItem():
                return "."
            case Sequence(items):
                # The comma is written outside of parentheses only in a text, never in a tree.
                inner = ", ".join(map(self, items))
                return f"({inner})"
            case For(bindings, result):
                return f"(for {self._bindings(bindings)} return {self(result)})"
            case Quantified(kind, bindings, condition):
                return f"({kind} {self._bindings(bindings)} satisfies {self(condition)})"
            case If(condition, then, otherwise):
                return f"(if ({self(condition)}) then {self(then)} else {self(otherwise)})"
            case Logical(operator, operands):
                return "(" + f" {operator} ".join(map(self, operands)) + ")"
            case Comparison(kind, operator, left, right):
                sign = _VALUE[operator] if kind == "value" else operator
                return f"({self(left)} {sign} {self(right)})"
            case Arithmetic() | SetOperation():
                return f"({self(tree.left)} {tree.operator} {self(tree.right)})"
            case Range(start, end):
                return f"({self(start)} to {self(end)})"
            case Unary(sign, operand):
                return f"({sign}{self(operand)})"
            case TypeOperation(operator, operand, kind_of):
                return f"({self(operand)} {_TYPE[operator]} {self._type(kind_of)})"
            case Call(name, arguments):
                return f"{self._clark(name)}({', '.join(map(self, arguments))})"
            case Filter(primary, predicates):
                return f"({self(primary)}){self._predicates(predicates)}"
            case Step():
                return self._step(tree)
            case Path(absolute, steps):
                root = "/" if absolute else ""
                return f"({root}{'/'.join(map(self._part, steps))})"

    def _part(self, step: Expression) -> str:
        return self._step(step) if isinstance(step, Step) else f"({self(step)})"

    def _step(self, step: Step) -> str:
        return f"{step.axis}::{self._test(step.test)}{self._predicates(step.predicates)}"

    def _predicates(self, predicates: tuple[Expression, ...]) -> str:
        return "".join(f"[{self(predicate)}]" for predicate in predicates)

    def _bindings(self, bindings: tuple[tuple[str, Expression], ...]) -> str:
        return ", ".join(f"${self._clark(name)} in {self(value)}" for name, value in bindings)

    def _test(self, test: NameTest | KindTest) -> str:
        if isinstance(test, NameTest):
            if test.namespace is None:
                return "*" if test.local is None else f"*:{test.local}"
            prefix = self._prefixes[test.namespace] + ":" if test.namespace else ""
            return prefix + (test.local or "*")
        inner = self._test(test.name) if test.name else ""
        if test.kind == "document-node" and inner:
            inner = f"element({inner})"
        if test.type:
            inner += f", {self._clark(test.type)}"
        return f"{test.kind}({inner})"

    def _type(self, kind_of: SequenceType) -> str:
        item = self._test(kind_of.test) if kind_of.test else self._clark(kind_of.item)
        return item + kind_of.occurrence

    def _clark(self, name: str) -> str:
        if not name.startswith("{"):
            return name
        namespace, _, local = name[1:].partition("}")
        return f"{self._prefixes[namespace]}:{local}"


def _literal(value: object) -> str:
    match value:
        case str():
            return "'" + value.replace("'", "''") + "'"
        case Decimal():
            plain = f"{value:f}"
            return plain if "." in plain else plain + "."
        case float():
            return f"{value!r}e0" if "e" not in repr(value) else repr(value)
    return str(value)
