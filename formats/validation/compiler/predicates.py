"""Predicates said in a way that lets more of a path be kept, and more be found by an index.

The values are the same; only errors may be met that the oracle does not meet, and for those there
is the exact twin of every rule.
"""

from dataclasses import replace

from formats.validation.compiler.free import free, may_count
from formats.validation.xpath import syntax


def flattened(step: "syntax.Step | syntax.Expression") -> "syntax.Step | syntax.Expression":
    """Return `a[b][c]` for `a[b and c]`."""
    if not isinstance(step, syntax.Step) or any(may_count(each) for each in step.predicates):
        return step
    parts = tuple(part for predicate in step.predicates for part in _parts(predicate))
    return replace(step, predicates=parts)


def _parts(predicate: syntax.Expression) -> list[syntax.Expression]:
    if isinstance(predicate, syntax.Logical) and predicate.operator == "and":
        return [part for operand in predicate.operands for part in _parts(operand)]
    return [predicate]


def joining(predicate: syntax.Expression) -> tuple[syntax.Expression, bool]:
    """Return `a[b]/c = $d` for `a[b][c = $d]`, where a predicate asks whether there is any.

    The second is False when more is asked (`a[b][c = $d][e = $f]`): then the first is necessary,
    and what it lets through has still to be asked.
    """
    steps: tuple[syntax.Step | syntax.Expression, ...]
    match predicate:
        case syntax.Call("exists" | "boolean", (inner,)):
            return joining(inner)
        case syntax.Step():
            steps = (predicate,)
        case syntax.Path(False, steps):
            pass
        case _:
            return predicate, True
    *before, last = (flattened(step) for step in steps)
    if (
        not isinstance(last, syntax.Step)
        or any(may_count(each) for each in last.predicates)
        or any(free(step).variables for step in before)
    ):
        return predicate, True
    for number, asked in enumerate(last.predicates):
        sides = _sides(asked)
        if sides is None:
            continue
        inner, outer = sides
        others = (*last.predicates[:number], *last.predicates[number + 1 :])
        same = tuple(each for each in others if not _of_rule(each))
        path = (*before, replace(last, predicates=same), *_steps(inner))
        found = syntax.Comparison("general", "=", syntax.Path(absolute=False, steps=path), outer)
        return found, same == others
    return predicate, True


def _of_rule(predicate: syntax.Expression) -> bool:
    found = free(predicate)
    return bool(found.variables or found.current)


def _steps(
    expression: syntax.Expression,
) -> "tuple[syntax.Step | syntax.Expression, ...]":
    if isinstance(expression, syntax.Path) and not expression.absolute:
        return expression.steps
    return (expression,)


def _sides(asked: syntax.Expression) -> tuple[syntax.Expression, syntax.Expression] | None:
    """Return what depends on the node and what does not, of an equality with a variable."""
    if not isinstance(asked, syntax.Comparison):
        return None
    if asked.kind != "general" or asked.operator != "=":
        return None
    for inner, outer in ((asked.left, asked.right), (asked.right, asked.left)):
        within, without = free(inner), free(outer)
        of_node = within.context and not (within.focus or within.current or within.variables)
        of_rule = bool(without.variables or without.current)
        if of_node and of_rule and not (without.context or without.focus):
            return inner, outer
    return None
