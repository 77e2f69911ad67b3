"""XPath 1.0 compatibility mode (XPath 2.0, sections 3.1.5 and 3.5.2), written out.

A schema without `queryBinding` is compiled to a stylesheet of version 1.0, which a processor of
XSLT 2.0 runs in this mode: a function that expects one item takes the first of several, what it
expects as string or number is converted, and a comparison with a number, or of order, compares
numbers. Here all of that becomes calls in the expression itself, which then means the same
everywhere. What the mode changes and is not known here is refused.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Literal, TypeVar, cast

from formats.validation.schematron.model import UnsupportedRuleError
from formats.validation.xpath.syntax import (
    Arithmetic,
    Call,
    Comparison,
    ContextItem,
    Expression,
    Filter,
    For,
    Logical,
    Path,
    Quantified,
    Range,
    SetOperation,
    Step,
    TypeOperation,
    Unary,
    Variable,
)
from formats.validation.xpath.syntax import Literal as Constant

_Kind = Literal["boolean", "number", "string", "nodes", "other"]
_Tree = TypeVar("_Tree")

_FUNCTIONS: Mapping[str, tuple[str, _Kind]] = {
    "boolean": ("*", "boolean"),
    "concat": ("1", "string"),
    "contains": ("s", "boolean"),
    "count": ("*", "number"),
    "current-date": ("", "other"),
    "exists": ("*", "boolean"),
    "false": ("", "boolean"),
    "last": ("", "number"),
    "local-name": ("1", "string"),
    "matches": ("s", "boolean"),
    "name": ("1", "string"),
    "normalize-space": ("s", "string"),
    "not": ("*", "boolean"),
    "number": ("1", "number"),
    "position": ("", "number"),
    "starts-with": ("s", "boolean"),
    "string": ("1", "string"),
    "string-length": ("s", "number"),
    "substring": ("sn", "string"),
    "translate": ("s", "string"),
    "true": ("", "boolean"),
    "xs:date": ("1", "other"),
}
"""What a function expects: a string, a number, one item, or anything; and what it returns. The
last letter holds for all arguments that follow."""
_ITEM = "item"


class Backwards:
    """Rewrites the expressions of one schema; knows what kinds of values its variables have."""

    def __init__(self) -> None:
        self._variables: dict[str, _Kind | None] = {}

    def declare(self, name: str, value: Expression) -> None:
        """Note a variable; two of one name and different kinds are not told apart."""
        kind = self._kind(value)
        self._variables[name] = kind if self._variables.get(name, kind) == kind else None

    def explicit(self, expression: _Tree) -> _Tree:
        """Return an expression, or several, with all conversions in it.

        Raises:
            UnsupportedRuleError: Compatibility mode may change what it means, and it is not known
                how.
        """
        return cast("_Tree", self._rewritten(expression))

    def _rewritten(self, tree: Any) -> object:  # noqa: ANN401 - any part of an expression
        if isinstance(tree, tuple):
            return tuple(self._rewritten(each) for each in tree)
        if not is_dataclass(tree):
            return tree
        parts = {field.name: self._rewritten(getattr(tree, field.name)) for field in fields(tree)}
        match replace(cast("Any", tree), **parts):
            case Call() as call:
                return self._called(call)
            case Comparison() as comparison:
                return self._compared(comparison)
            case Arithmetic() | Range():
                raise UnsupportedRuleError("arithmetic in XPath 1.0 compatibility mode")
            case other:
                return other

    def first(self, expression: Expression) -> Expression:
        """Return the first item of what an expression returns."""
        match expression:
            case Constant() | ContextItem() | Call() | Comparison() | Logical():
                return expression  # Every function that is known here returns one item.
        return Filter(expression, (Constant(1),))

    def _called(self, call: Call) -> Call:
        if call.name not in _FUNCTIONS:
            raise UnsupportedRuleError(f"{call.name}() in XPath 1.0 compatibility mode")
        expected = _FUNCTIONS[call.name][0]
        arguments = []
        for position, argument in enumerate(call.arguments):
            how = expected[min(position, len(expected) - 1)]
            arguments.append(self._converted(argument, how))
        return replace(call, arguments=tuple(arguments))

    def _converted(self, argument: Expression, how: str) -> Expression:
        if how == "*":
            return argument
        first = self.first(argument)
        kind = self._kind(argument)
        if how == "s" and kind != "string":
            return Call("string", (first,))
        if how == "n" and kind != "number":
            return Call("number", (first,))
        return first

    def _compared(self, comparison: Comparison) -> Comparison:
        if comparison.kind != "general":
            raise UnsupportedRuleError(f"{comparison.operator} in XPath 1.0 compatibility mode")
        left, right = comparison.left, comparison.right
        kinds = {self._kind(left), self._kind(right)}
        if "boolean" in kinds:
            return replace(comparison, left=self._boolean(left), right=self._boolean(right))
        if comparison.operator not in {"=", "!="} or "number" in kinds:
            return replace(comparison, left=self._numbers(left), right=self._numbers(right))
        if not kinds <= {"string", "nodes"}:
            raise UnsupportedRuleError(
                "a comparison of values of an unknown kind, as in XPath 1.0"
            )
        return comparison

    def _boolean(self, expression: Expression) -> Expression:
        known = self._kind(expression) == "boolean"
        return expression if known else Call("boolean", (expression,))

    def _numbers(self, expression: Expression) -> Expression:
        match self._kind(expression):
            case "number":
                return expression
            case None:
                raise UnsupportedRuleError("a comparison with a variable of an unknown kind")
        return For(((_ITEM, expression),), Call("number", (Variable(_ITEM),)))

    def _kind(self, expression: Expression) -> _Kind | None:  # noqa: PLR0911 - one for each form
        match expression:
            case Constant(value=value):
                return "string" if isinstance(value, str) else "number"
            case Variable(name=name):
                return self._variables.get(name)
            case Call(name=name):
                return _FUNCTIONS[name][1] if name in _FUNCTIONS else None
            case Comparison() | Logical() | Quantified() | TypeOperation(operator="castable"):
                return "boolean"
            case Unary():
                return "number"
            case Step() | ContextItem() | SetOperation() | Path(steps=()):
                return "nodes"
            case Path(steps=(*_, last)):
                return self._kind(last)
            case Filter(primary=primary):
                return self._kind(primary)
        return None
