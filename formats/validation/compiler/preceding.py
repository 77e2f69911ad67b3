"""Comparisons with what came before: `preceding::a = .`, `@id = preceding-sibling::a/@id`.

Asked for every element of a name, both axes would take quadratic time.
"""

from formats.validation.compiler.code import MANY, ONE, TEXTS, Code, one
from formats.validation.compiler.emit import Scope, emit
from formats.validation.compiler.free import free
from formats.validation.compiler.indexes import as_keys
from formats.validation.compiler.steps import tag
from formats.validation.compiler.values import atomized
from formats.validation.xpath import syntax


def preceded(expression: syntax.Comparison, scope: Scope) -> Code | None:
    """Return `preceding::name = .` by way of where each value ends first."""
    if not scope.state.optimise or scope.node is None or scope.node.item != "element":
        return None
    name = _preceding(expression.left)
    if name is None or not scope.node.is_name:
        return None
    right = atomized(emit(expression.right, scope))
    if right.count is not ONE or right.item not in TEXTS:
        return None
    return one(f"preceded(T, {scope.node.text}, {name!r}, {right.text})", "boolean")


def _preceding(expression: syntax.Expression) -> str | None:
    steps = _steps(expression)
    if len(steps) == 2 and steps[1] == syntax.ContextItem():  # noqa: PLR2004 - `a/.`
        steps = steps[:1]
    if len(steps) != 1:
        return None
    step = steps[0]
    if not isinstance(step, syntax.Step) or step.axis != "preceding" or step.predicates:
        return None
    return tag(step.test) if isinstance(step.test, syntax.NameTest) else None


def earlier(expression: syntax.Comparison, scope: Scope) -> Code | None:
    """Return `a = preceding-sibling::name/b` by way of the first sibling that has each value."""
    node = scope.node
    if not scope.state.optimise or node is None or node.item != "element" or not node.is_name:
        return None
    found = _of_siblings(expression.right)
    own = expression.left
    if found is None:
        found, own = _of_siblings(expression.left), expression.right
    if found is None:
        return None
    name, rest = found
    asked = free(rest)
    if asked.variables or asked.current or asked.focus:
        return None
    keys = atomized(emit(rest, Scope(scope.state, one("x", "element"))))
    wanted = atomized(emit(own, scope))
    if keys.item not in TEXTS or wanted.item not in TEXTS:
        return None
    firsts = f"{_first(name, rest, keys, scope)}(T, {node.text}.parent)"
    return one(f"is_before({firsts}, {wanted.listed()}, {node.text}.order)", "boolean")


def _first(name: str, rest: syntax.Expression, keys: Code, scope: Scope) -> str:
    """Return the helper that keeps where each value is first, for the children of an element."""
    state = scope.state
    key = ("first", name, rest)
    known = state.memos.get(key)
    if known is None:
        values = f"(x, {as_keys(keys)}) for x in a.kids.get({name!r}, NO_CHILDREN)"
        helper = state.helper("h", ["a"], f"first_of({values})")
        known = state.memos[key] = Code(helper, "none", MANY)
    return known.text


def _of_siblings(expression: syntax.Expression) -> tuple[str, syntax.Expression] | None:
    """Return the name and the rest of `preceding-sibling::name/rest`."""
    steps = _steps(expression)
    if not steps:
        return None
    first, *rest = steps
    if (
        not isinstance(first, syntax.Step)
        or first.axis != "preceding-sibling"
        or first.predicates
        or not isinstance(first.test, syntax.NameTest)
    ):
        return None
    name = tag(first.test)
    if name is None:
        return None
    return name, syntax.Path(absolute=False, steps=tuple(rest)) if rest else syntax.ContextItem()


def _steps(expression: syntax.Expression) -> "tuple[syntax.Step | syntax.Expression, ...]":
    """Return the steps of a relative path; none for something else."""
    match expression:
        case syntax.Path(False, steps):
            return steps
        case syntax.Step():
            return (expression,)
        case _:
            return ()
