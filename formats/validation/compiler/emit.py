"""Where every expression is handed to the function that knows its kind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Final, TypeAlias, TypeVar

from formats.validation.compiler.code import Code
from formats.validation.schematron.model import UnsupportedRuleError
from formats.validation.xpath.syntax import Expression


@dataclass(slots=True)
class State:
    """What one compilation collects.

    Attributes:
        optimise: Compute what a document has once for all rules. Without it everything is
            computed at its place and in the oracle's order, so that an error is met exactly when
            the oracle meets it.
        globals: Variables of the rule set: a piece that reads each.
        functions: Functions of the rule set: Python's name, types of parameters, type of result.
        keys: Python's names of the keys.
        documents: Python's names of other documents, by the name the rules call them.
        lines: Helper functions, as source.
        constants: Names of values that are made when the program is loaded, as expressions.
        memos: What is kept with a document, by what it is.
        counter: Numbers names; shared by what is compiled in another way beside it.
    """

    optimise: bool
    globals: dict[str, Code] = field(default_factory=dict)
    functions: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    constants: dict[str, str] = field(default_factory=dict)
    memos: dict[object, Code] = field(default_factory=dict)
    counter: "count[int]" = field(default_factory=count)

    def name(self, prefix: str) -> str:
        """Return a name nobody has."""
        return f"{prefix}{next(self.counter)}"

    def helper(
        self,
        prefix: str,
        parameters: Sequence[str],
        value: str,
        *,
        before: Sequence[str] = (),
        home: str = "T",
    ) -> str:
        """Emit a function that keeps what it computes with a document; return its name.

        Args:
            prefix: How its name begins.
            parameters: What the value depends on beside the document.
            value: Python for what it returns, computed once for each of its arguments.
            before: Statements that come first.
            home: Python for the document that keeps it.
        """
        name = self.name(prefix)
        slot = self.constant(f"object()  # {name}")
        given = ", ".join(parameters)
        self.lines += [
            f"def {name}({', '.join(['T', *parameters])}):",
            *(f"    {line}" for line in before),
            f"    m = {home}.memo",
            f"    k = {f'({slot}, {given})' if given else slot}",
            "    if k in m: return m[k]",
            f"    r = m[k] = {value}",
            "    return r",
        ]
        return name

    def constant(self, expression: str, prefix: str = "K") -> str:
        """Return the name of a value that is made once, when the program is loaded."""
        known = self.constants.get(expression)
        if known is None:
            known = self.constants[expression] = self.name(prefix)
        return known


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression can see.

    Attributes:
        state: The compilation.
        node: The context item; None where there is none.
        fixed: There is only one such context item in a document (the root element).
        current: What `current()` returns.
        variables: Local variables.
        position, size: Names of `position()` and `last()`.
        same: Local variables that have one value in a whole document.
        turns: Local variables that take several values while the context item stays the same.
    """

    state: State
    node: Code | None
    fixed: bool = False
    current: Code | None = None
    variables: dict[str, Code] = field(default_factory=dict)
    position: str | None = None
    size: str | None = None
    same: frozenset[str] = frozenset()
    turns: frozenset[str] = frozenset()

    def at(self, node: Code, position: str | None = None, size: str | None = None) -> "Scope":
        """Return the scope of a predicate or a later step."""
        return replace(
            self, node=node, fixed=False, position=position, size=size, turns=frozenset()
        )

    def having(self, name: str, value: Code, *, turns: bool = False) -> "Scope":
        """Return the scope with one more variable; of a loop when it `turns`."""
        return replace(
            self,
            variables={**self.variables, name: value},
            same=self.same - {name},
            turns=self.turns | {name} if turns else self.turns - {name},
        )


Kind = TypeVar("Kind", bound=Expression)
Handler: TypeAlias = Callable[[Any, Scope], Code]

_HANDLERS: Final[dict[type, Handler]] = {}


def handles(*kinds: type) -> Callable[[Handler], Handler]:
    """Make a function the one that knows a kind of expression."""

    def register(handler: Handler) -> Handler:
        for kind in kinds:
            _HANDLERS[kind] = handler
        return handler

    return register


def emit(expression: Expression, scope: Scope) -> Code:
    """Return Python for an expression.

    Raises:
        UnsupportedRuleError: It uses what this compiler does not know.
    """
    handler = _HANDLERS.get(type(expression))
    if handler is None:
        raise UnsupportedRuleError(f"{type(expression).__name__} is not supported")
    return handler(expression, scope)


def context(scope: Scope) -> Code:
    """Return the context item.

    Raises:
        UnsupportedRuleError: There is none; the oracle would stop with XPDY0002.
    """
    if scope.node is None:
        raise UnsupportedRuleError("there is no context item here")
    return scope.node
