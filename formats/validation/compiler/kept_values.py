"""Sums, counts and their like that many nodes ask for: computed once and kept.

`sum(../../cac:InvoiceLine/cbc:Amount)` says the same for every VAT breakdown of a document. Where
such a value depends on a context node only by what that node stands in, it is a function of those
ancestors, and is kept for them.
"""

from dataclasses import dataclass, field, replace
from typing import Final

from formats.validation.compiler.code import ELEMENTS, MANY, NODES, Code
from formats.validation.compiler.emit import Scope, emit
from formats.validation.compiler.free import free
from formats.validation.compiler.memo import is_same
from formats.validation.xpath import syntax

_OF_MANY: Final = {"sum", "max", "min", "avg", "distinct-values"}
_UP: Final = syntax.Step("parent", syntax.KindTest("node"))
_NAMES: Final = 3
"""Steps of a path that may be counted where it stands."""


@dataclass(slots=True)
class Ancestors:
    """The ancestors that an expression starts at.

    Attributes:
        scope: Where it is evaluated.
        arguments: Python for them, by the variable that stands for them.
    """

    scope: Scope
    arguments: dict[str, str] = field(default_factory=dict)

    def variable(self, argument: str) -> syntax.Variable:
        """Return the variable for some ancestors."""
        for name, known in self.arguments.items():
            if known == argument:
                return syntax.Variable(name)
        # No variable of a rule begins so.
        name = f"#{len(self.arguments)}"
        self.arguments[name] = argument
        return syntax.Variable(name)


def kept_value(call: syntax.Call, scope: Scope) -> Code | None:
    """Return a call whose value is kept; None when it is not such a call, or cheap."""
    once = scope.fixed and not scope.turns
    if not scope.state.optimise or once or len(call.arguments) != 1:
        return None
    argument = call.arguments[0]
    if isinstance(argument, syntax.Variable) or not (
        call.name in _OF_MANY or (call.name == "count" and _is_dear(argument))
    ):
        return None
    ancestors = Ancestors(scope)
    plain = _without_context(argument, ancestors)
    if plain is None:
        return None
    known = {name: scope.variables[name] for name in scope.same}
    inner = Scope(scope.state, None, fixed=True, variables=known, same=scope.same)
    if not is_same(free(plain).without(frozenset(ancestors.arguments)), scope):
        return None
    return _helper(replace(call, arguments=(plain,)), ancestors, inner)


def _is_dear(argument: syntax.Expression) -> bool:
    """Return whether counting takes more than a look at a list that is at hand."""
    match argument:
        case syntax.SetOperation():
            return True
        case syntax.Call("distinct-values", _):
            return True
        case syntax.Path(_, steps) if free(argument).context:
            return len(steps) > _NAMES or any(
                not isinstance(step, syntax.Step) or step.predicates for step in steps
            )
        case _:
            return False


def _without_context(
    expression: syntax.Expression, ancestors: Ancestors
) -> syntax.Expression | None:
    """Return an expression with variables for the ancestors it starts at.

    None when it depends on the context node by something else.
    """
    found = free(expression)
    if not found.context:
        return None if found.focus or found.current else expression
    match expression:
        case syntax.Path(False, steps):
            return _path(steps, ancestors)
        case syntax.SetOperation(operator, left, right):
            one, other = _without_context(left, ancestors), _without_context(right, ancestors)
            if one is None or other is None:
                return None
            return syntax.SetOperation(operator, one, other)
        case syntax.Call(name, arguments) if arguments:
            plain = [_without_context(each, ancestors) for each in arguments]
            given = tuple(each for each in plain if each is not None)
            return syntax.Call(name, given) if len(given) == len(plain) else None
        case _:
            return None


def _path(
    steps: tuple["syntax.Step | syntax.Expression", ...], ancestors: Ancestors
) -> syntax.Expression | None:
    node = ancestors.scope.node
    first = steps[0]
    if node is None or node.item not in ELEMENTS | {"attribute"} or not node.is_name:
        return None
    if not isinstance(first, syntax.Step):
        start = _without_context(first, ancestors)
        return None if start is None else syntax.Path(absolute=False, steps=(start, *steps[1:]))
    count = 0
    while count < len(steps) and steps[count] == _UP:
        count += 1
    if count and count < len(steps):
        start = ancestors.variable(f"tops(up({node.text}, {count}))")
    elif first.axis == "ancestor" and isinstance(first.test, syntax.NameTest):
        if first.predicates:
            return None
        test = ("name", first.test.namespace, first.test.local)
        start = ancestors.variable(f"tuple(ancestors_of({node.text}, {test!r}))")
        count = 1
    else:
        return None
    return syntax.Path(absolute=False, steps=(start, *steps[count:]))


def _helper(call: syntax.Call, ancestors: Ancestors, scope: Scope) -> Code:
    """Return a call of the helper that keeps the value."""
    state = scope.state
    names = {name: f"b{number}" for number, name in enumerate(ancestors.arguments)}
    meaning = tuple(
        scope.variables[name].text for name in sorted(free(call).variables & scope.same)
    )
    key = ("value", call, meaning)
    known = state.memos.get(key)
    if known is None:
        for name, python in names.items():
            nodes = Code(python, "container", MANY, nested=True)
            scope = scope.having(name, nodes)
        body = emit(call, scope)
        name = state.helper("q", list(names.values()), body.text)
        known = state.memos[key] = body.saying(name)
    asked = ", ".join(["T", *ancestors.arguments.values()])
    assert known.item not in NODES  # noqa: S101 - none of these functions returns nodes
    return known.saying(f"{known.text}({asked})")
