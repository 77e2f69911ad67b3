"""`+`, `-`, `*`, `div`, `idiv`, `mod` and signs."""

from formats.validation.compiler.code import (
    ANY,
    EXACT,
    NUMBERS,
    ONE,
    OPTIONAL,
    Code,
    one,
    widened,
)
from formats.validation.compiler.emit import Scope, emit, handles
from formats.validation.compiler.values import as_number, optional
from formats.validation.schematron.model import UnsupportedRuleError
from formats.validation.xpath import syntax

_FUNCTIONS = {
    "+": "add",
    "-": "subtract",
    "*": "multiply",
    "div": "divide",
    "idiv": "integer_divide",
    "mod": "modulo",
}


@handles(syntax.Arithmetic)
def arithmetic(expression: syntax.Arithmetic, scope: Scope) -> Code:
    """Emit arithmetic; of nothing it is nothing."""
    left, right = emit(expression.left, scope), emit(expression.right, scope)
    found = computed(expression.operator, left, right)
    if scope.state.optimise or found.item == "none" or found.count is ONE:
        return found
    # Where errors matter: the right is not asked for when the left is nothing.
    # What is untyped is made a number at once.
    a, b = widened(as_number(left)), widened(as_number(right))
    text = f"computed_in_turn({expression.operator!r}, {a.text}, lambda: {b.text})"
    return Code(text, found.item, OPTIONAL)


def computed(operator: str, left: Code, right: Code) -> Code:
    """Return one operation."""
    a, b = as_number(left), as_number(right)
    if "none" in {a.item, b.item}:
        return Code("None", "none", OPTIONAL)
    if a.item not in NUMBERS or b.item not in NUMBERS:
        wide_a, wide_b = widened(optional(left)), widened(optional(right))
        return Code(f"computed({operator!r}, {wide_a.text}, {wide_b.text})", ANY, OPTIONAL)
    item = _result(operator, a.item, b.item)
    if a.count is ONE and b.count is ONE:
        if operator in {"+", "-", "*"} and a.item in EXACT and b.item in EXACT:
            return one(f"({a.text} {operator} {b.text})", item)
        return one(f"{_FUNCTIONS[operator]}({a.text}, {b.text})", item)
    return Code(f"maybe_{_FUNCTIONS[operator]}({a.text}, {b.text})", item, OPTIONAL)


def _result(operator: str, a: str, b: str) -> str:
    if "float" in {a, b} and "double" not in {a, b}:
        raise UnsupportedRuleError("arithmetic of xs:float is not supported")
    if operator == "idiv":
        return "integer"
    if "double" in {a, b}:
        return "double"
    if operator == "div" or "decimal" in {a, b}:
        return "decimal"
    return "integer"


@handles(syntax.Unary)
def unary(expression: syntax.Unary, scope: Scope) -> Code:
    """Emit a sign."""
    operand = as_number(emit(expression.operand, scope))
    if expression.operator == "+":
        return operand
    if operand.item in EXACT and operand.count is ONE:
        return one(f"(-{operand.text})", operand.item)
    if operand.item in NUMBERS and operand.count is ONE:
        return one(f"negate({operand.text})", operand.item)
    if operand.item in NUMBERS:
        return Code(f"maybe_negate({operand.text})", operand.item, OPTIONAL)
    return Code(f"computed_negative({widened(operand).text})", ANY, OPTIONAL)
