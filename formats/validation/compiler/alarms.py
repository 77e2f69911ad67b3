"""Checks that forbid paths: asked only when a document has one of them.

EN 16931 forbids some 600 paths of UBL, each with an assert of its own on the root element. A
document is asked by its places instead: a place that is forbidden raises an alarm.
"""

from typing import TypeAlias

from formats.validation.compiler.steps import tag
from formats.validation.schematron.model import Check
from formats.validation.xpath import syntax

Paths: TypeAlias = list[tuple[str, ...]]
"""Names of elements below the root element."""


def forbidden(check: Check) -> Paths | None:
    """Return the paths that a check forbids; None when it does anything else.

    A path that ends with an attribute stands for its element: the check itself is asked then.
    """
    if check.diagnostics or not all(isinstance(part, str) for part in check.message):
        return None
    if check.kind == "report":
        return _plain(check.test)
    tests = (
        check.test.operands
        if isinstance(check.test, syntax.Logical) and check.test.operator == "and"
        else (check.test,)
    )
    found: Paths = []
    for test in tests:
        if not isinstance(test, syntax.Call) or test.name != "not":
            return None
        paths = _plain(test.arguments[0])
        if paths is None:
            return None
        found += paths
    return found


def _plain(expression: "syntax.Step | syntax.Expression") -> Paths | None:
    """Return the paths of an expression that is nothing but paths of names."""
    match expression:
        case syntax.Step("child", syntax.NameTest() as test, ()):
            name = tag(test)
            return None if name is None else [(name,)]
        case syntax.SetOperation("union", left, right):
            first, second = _plain(left), _plain(right)
            return None if first is None or second is None else first + second
        case syntax.Path(False, steps):
            return _joined(steps)
        case _:
            return None


def _joined(steps: tuple["syntax.Step | syntax.Expression", ...]) -> Paths | None:
    found: Paths = [()]
    for number, step in enumerate(steps):
        if number == len(steps) - 1 and number and _is_attribute(step):
            return found
        ends = _plain(step)
        if ends is None:
            return None
        found = [path + end for path in found for end in ends]
    return found


def _is_attribute(step: "syntax.Step | syntax.Expression") -> bool:
    return isinstance(step, syntax.Step) and step.axis == "attribute" and not step.predicates
