"""`=`, `eq`, `is` and their like."""

import re
from typing import Final

from formats.validation.compiler.code import (
    ANY,
    EXACT,
    MANY,
    NUMBERS,
    ONE,
    OPTIONAL,
    TEXTS,
    Code,
    one,
    some,
    widened,
)
from formats.validation.compiler.emit import Scope, emit, handles
from formats.validation.compiler.preceding import earlier, preceded
from formats.validation.compiler.values import atomized, nodes_only, optional
from formats.validation.xpath import syntax

_KEPT: Final = re.compile(r"g\d+\(T\)")
"""The value of a variable that has one in a whole document."""

_PYTHON: Final = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_ORDERS: Final = {"!=": "differs", "<": "less", "<=": "not_more", ">": "more", ">=": "not_less"}
_TURNED: Final = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


@handles(syntax.Comparison)
def comparison(expression: syntax.Comparison, scope: Scope) -> Code:
    """Emit a comparison."""
    if expression.kind == "general" and expression.operator == "=":
        found = preceded(expression, scope) or earlier(expression, scope)
        if found is not None:
            return found
    left, right = emit(expression.left, scope), emit(expression.right, scope)
    if expression.kind == "node":
        return _nodes(expression.operator, left, right)
    if not scope.state.optimise and "none" not in {left.item, right.item}:
        return _in_turn(expression, left, right)
    if expression.kind == "value":
        return _value(expression.operator, left, right)
    return general(expression.operator, left, right)


def _in_turn(expression: syntax.Comparison, left: Code, right: Code) -> Code:
    """Return a comparison that asks as the oracle does, which matters where an error waits.

    Of two single values the right is not asked for when the left is nothing. One that is single
    is asked before many, whichever side it is on, and when it is nothing the many are not.
    """
    operator = expression.operator
    if expression.kind == "value":
        a, b = widened(optional(left)), widened(optional(right))
        text = f"value_in_turn({operator!r}, lambda: {a.text}, lambda: {b.text})"
        return Code(text, "boolean", OPTIONAL)
    alone = _alone(expression.left, left), _alone(expression.right, right)
    if all(alone):
        a, b = widened(optional(left)), widened(optional(right))
        text = f"general_in_turn({operator!r}, lambda: {a.text}, lambda: {b.text})"
        return one(text, "boolean")
    if not any(alone):
        if operator in {"=", "!="} or not NUMBERS & {left.item, right.item}:
            return general(operator, left, right)
        a, b = widened(atomized(left)), widened(atomized(right))
        text = f"general_after({operator!r}, {a.listed()}, lambda: {b.listed()})"
        return one(text, "boolean")
    if alone[1]:
        left, right = right, left
    turned = _TURNED[operator] if alone[1] else operator
    a, b = widened(optional(left)), widened(atomized(right))
    text = f"general_after({turned!r}, {a.listed()}, lambda: {b.listed()})"
    return one(text, "boolean")


def _alone(expression: syntax.Expression, code: Code) -> bool:
    """Return whether the oracle knows of at most one item before the rule runs."""
    if code.count is not MANY:
        return True
    match expression:
        case syntax.Path(False, (syntax.Step() as step,)):
            predicates = step.predicates
        case syntax.Step(predicates=predicates) | syntax.Filter(predicates=predicates):
            pass
        case _:
            return False
    return any(isinstance(each, syntax.Literal) for each in predicates)


def general(operator: str, left: Code, right: Code) -> Code:
    """Return a general comparison: true when it holds for some pair (XPath 2.0, 3.5.2)."""
    a, b = atomized(left), atomized(right)
    if "none" in {a.item, b.item}:
        return one("False", "boolean")
    if b.count is MANY and a.count is not MANY:
        a, b, operator = b, a, _TURNED[operator]
    fast = _fast(operator, a, b)
    if fast is not None:
        return one(fast, "boolean")
    kept = [each for each in (left, right) if each.item == ANY and _KEPT.fullmatch(each.text)]
    if operator == "=" and kept and kept[0].count is MANY:
        sides = f"{widened(left).listed()}, {widened(right).listed()}"
        return one(f"general_equal(T, {sides}, {kept[0].text})", "boolean")
    return one(f"general({operator!r}, {widened(a).listed()}, {widened(b).listed()})", "boolean")


def _fast(operator: str, a: Code, b: Code) -> str | None:  # noqa: C901, PLR0911 - one line per case
    """Return the comparison of types that are known; b has at most one item, or a many too."""
    both_texts = a.item in TEXTS and b.item in TEXTS
    if both_texts and operator == "=" and (found := _membership(a, b)):
        return found
    if b.count is MANY:
        if both_texts and operator == "=":
            return f"share({a.text}, {b.text})"
        return None
    if both_texts or (a.item in EXACT and b.item in EXACT) or a.item == b.item == "boolean":
        python = _PYTHON[operator]
        if a.count is ONE and b.count is ONE:
            return _empty(operator, a, b) or f"({a.text} {python} {b.text})"
        if b.count is ONE:
            return _each(a, f"{python} {b.text}", b, python)
        if a.count is ONE and operator == "=":  # b may be None, which equals nothing
            return f"({a.text} == {b.text})"
        if a.count is OPTIONAL and operator == "=":
            return f"same({a.text}, {b.text})"
        if operator == "=":  # nothing equals None
            return _each(a, f"== {b.text}", b, "==")
        if a.count is not MANY:
            return f"{_ORDERS[operator]}({a.text}, {b.text})"
        return None
    if a.item == "untyped" and b.count is ONE and b.item == "boolean" and operator in {"=", "!="}:
        return _converted(a, "boolean_of", f"{_PYTHON[operator]} {b.text}")
    if a.item == "untyped" and b.count is ONE and b.item == "integer" and b.text.isdigit():
        return _ordered(a, operator, b.text)
    return None


def _empty(operator: str, a: Code, b: Code) -> str | None:
    """Return whether a text is, or is not, the empty one, where that is cheaper to know."""
    for text, other in ((a, b), (b, a)):
        if text.held is not None and other.literals == ("",) and operator in {"=", "!="}:
            return f"(not {text.held})" if operator == "=" else f"(True if {text.held} else False)"
    return None


def _membership(a: Code, b: Code) -> str | None:
    """Return whether a text is one of many that are known before the document is."""
    texts = a if a.literals is not None or a.constant else b
    other = b if texts is a else a
    if other.item not in TEXTS or texts.count is not MANY:
        return None
    if texts.constant is not None:
        known = texts.constant
    elif texts.literals is not None:
        known = f"{{{', '.join(map(repr, sorted(set(texts.literals))))}}}"
    else:
        return None
    if other.count is ONE:
        return f"({other.text} in {known})"
    if other.count is OPTIONAL:
        return f"({other.text} in {known})"
    if other.loop is not None:
        return some(f"{other.loop.head.text} in {known}", other.loop.clauses)
    return f"any(x in {known} for x in {other.text})"


def _each(a: Code, test: str, b: Code, python: str) -> str:  # noqa: PLR0911 - one line per case
    if a.count is OPTIONAL:
        if python == "==":
            return f"({a.text} {test})"  # None equals nothing
        if python == "!=":
            return f"differs({a.text}, {b.text})"
        return f"any(x {test} for x in listed({a.text}))"
    if a.loop is not None:
        if "(" in b.text:
            # Asked for once, and also when there is nothing to compare it with: it may stop.
            found = some(f"{a.loop.head.text} {python} b", a.loop.clauses)
            return f"[{found} for b in ({b.text},)][0]"
        return some(f"{a.loop.head.text} {test}", a.loop.clauses)
    if python == "==":
        return f"({b.text} in {a.text})"
    return f"[any(x {python} b for x in {a.text}) for b in ({b.text},)][0]"


def _converted(a: Code, function: str, test: str) -> str:
    if a.count is ONE:
        return f"({function}({a.text}) {test})"
    if a.loop is not None:
        return some(f"{function}({a.loop.head.text}) {test}", a.loop.clauses)
    return f"any({function}(x) {test} for x in {a.listed()})"


def _ordered(a: Code, operator: str, number: str) -> str:
    """Return untyped text against an integer: in the oracle's order, NaN is above all."""
    test = f"{_PYTHON[operator]} 0"
    if a.count is ONE:
        return f"(order({a.text}, {number}) {test})"
    if a.loop is not None:
        return some(f"order({a.loop.head.text}, {number}) {test}", a.loop.clauses)
    return f"any(order(x, {number}) {test} for x in {a.listed()})"


def _value(operator: str, left: Code, right: Code) -> Code:
    """Return a value comparison: of nothing it is nothing (XPath 2.0, 3.5.1)."""
    a, b = optional(left), optional(right)
    if b.item == "none" and a.item != "none":
        return Code(f"nothing_beside({a.text})", "none", OPTIONAL)  # which may stop
    if a.item == "none":
        return Code("None", "none", OPTIONAL)
    known = (a.item in TEXTS and b.item in TEXTS) or (a.item in EXACT and b.item in EXACT)
    if known and a.count is ONE and b.count is ONE:
        return one(f"({a.text} {_PYTHON[operator]} {b.text})", "boolean")
    call = f"value_comparison({operator!r}, {widened(a).text}, {widened(b).text})"
    if a.count is ONE and b.count is ONE and ANY not in {a.item, b.item}:
        return one(call, "boolean")
    return Code(call, "boolean", OPTIONAL)


def _nodes(operator: str, left: Code, right: Code) -> Code:
    for code in (left, right):
        if code.item == "none":
            return Code("None", "none", OPTIONAL)
    a, b = nodes_only(left, operator), nodes_only(right, operator)
    return Code(f"node_comparison({operator!r}, {a.listed()}, {b.listed()})", "boolean", OPTIONAL)
