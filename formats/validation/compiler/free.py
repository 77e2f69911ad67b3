"""What an expression depends on: decides what can be computed once for a whole document."""

from dataclasses import dataclass

from formats.validation.xpath import syntax
from formats.validation.xpath.syntax import Expression

_OF_CONTEXT = frozenset(
    {"string", "normalize-space", "string-length", "number", "name", "local-name",
     "namespace-uri", "base-uri", "root", "data", "node-name"}
)  # fmt: skip
"""Functions that take the context item when they get no argument."""


@dataclass(frozen=True, slots=True)
class Free:
    """What stands outside of an expression and matters to it.

    Attributes:
        context: The context item.
        focus: Its position, or how many there are.
        current: The node that `current()` returns.
        variables: Names.
    """

    context: bool = False
    focus: bool = False
    current: bool = False
    variables: frozenset[str] = frozenset()

    def __or__(self, other: "Free") -> "Free":
        return Free(
            self.context or other.context,
            self.focus or other.focus,
            self.current or other.current,
            self.variables | other.variables,
        )

    def inside(self) -> "Free":
        """Return what remains when there is a new context item."""
        return Free(current=self.current, variables=self.variables)

    def without(self, names: frozenset[str]) -> "Free":
        """Return what remains when some variables are bound."""
        return Free(self.context, self.focus, self.current, self.variables - names)


_NOTHING = Free()


def free(expression: Expression) -> Free:  # noqa: C901, PLR0911 - one line per kind
    """Return what an expression depends on."""
    match expression:
        case syntax.Variable(name):
            return Free(variables=frozenset({name}))
        case syntax.ContextItem():
            return Free(context=True)
        case syntax.Step():
            return Free(context=True) | _predicates(expression.predicates)
        case syntax.Filter(primary, predicates):
            return free(primary) | _predicates(predicates)
        case syntax.Path(absolute, steps):
            found = _NOTHING
            for number, step in enumerate(steps):
                first = number == 0 and not absolute
                found |= free(step) if first else free(step).inside()
            return found
        case syntax.For(bindings, result) | syntax.Quantified(_, bindings, result):
            return _bound(bindings, result)
        case syntax.Call("current", ()):
            return Free(current=True)
        case syntax.Call("position" | "last", ()):
            return Free(focus=True)
        case syntax.Call(name, ()) if name in _OF_CONTEXT:
            return Free(context=True)
        case _:
            found = _NOTHING
            for part in parts(expression):
                found |= free(part)
            return found


def parts(expression: Expression) -> tuple[Expression, ...]:
    """Return the operands of an expression that has nothing but operands."""
    found: list[Expression] = []
    for name in expression.__dataclass_fields__:
        value = getattr(expression, name)
        if isinstance(value, tuple):
            found.extend(each for each in value if isinstance(each, Expression))
        elif isinstance(value, Expression):
            found.append(value)
    return tuple(found)


def _predicates(predicates: tuple[Expression, ...]) -> Free:
    found = _NOTHING
    for predicate in predicates:
        found |= free(predicate).inside()
    return found


def _bound(bindings: tuple[tuple[str, Expression], ...], result: Expression) -> Free:
    found = _NOTHING
    names: frozenset[str] = frozenset()
    for name, sequence in bindings:
        found |= free(sequence).without(names)
        names |= {name}
    return found | free(result).without(names)


def may_count(predicate: Expression) -> bool:
    """Return whether a predicate may depend on how many siblings there are: by a number."""
    match predicate:
        case syntax.Logical() | syntax.Comparison() | syntax.Quantified() | syntax.Step():
            return free(predicate).focus
        case syntax.TypeOperation("castable" | "instance"):
            return free(predicate).focus
        case syntax.Path(_, steps) if steps and isinstance(steps[-1], syntax.Step):
            return free(predicate).focus
        case syntax.Call(
            "not" | "exists" | "empty" | "contains" | "starts-with" | "ends-with" | "boolean"
            | "matches" | "normalize-space" | "true" | "false",
            _,
        ):  # fmt: skip
            return free(predicate).focus
        case _:
            return True
