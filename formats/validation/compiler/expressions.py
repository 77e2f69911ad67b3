"""Literals, variables, sequences, conditions, loops and types."""

from decimal import Decimal

from formats.validation.compiler.code import (
    ANY,
    EMPTY,
    EXACT,
    MANY,
    NODES,
    ONE,
    OPTIONAL,
    Code,
    looped,
    many,
    one,
    widened,
)
from formats.validation.compiler.emit import Scope, context, emit, handles
from formats.validation.compiler.free import free
from formats.validation.compiler.paths import in_order
from formats.validation.compiler.values import boolean, optional, truth
from formats.validation.schematron.model import UnsupportedRuleError
from formats.validation.xpath import syntax


@handles(syntax.Literal)
def literal(expression: syntax.Literal, scope: Scope) -> Code:
    """Emit a literal; decimals and long texts are made once."""
    value = expression.value
    if isinstance(value, str):
        return Code(repr(value), "string", ONE, literals=(value,))
    if isinstance(value, int):
        return one(repr(value), "integer")
    if isinstance(value, Decimal):
        return one(scope.state.constant(f"Decimal({str(value)!r})"), "decimal")
    return one(repr(value), "double")


@handles(syntax.Variable)
def variable(expression: syntax.Variable, scope: Scope) -> Code:
    """Emit a variable."""
    found = scope.variables.get(expression.name) or scope.state.globals.get(expression.name)
    if found is None:
        raise UnsupportedRuleError(f"${expression.name} is not known here")
    return found


@handles(syntax.ContextItem)
def context_item(_: syntax.ContextItem, scope: Scope) -> Code:
    """Emit `.`."""
    return context(scope)


@handles(syntax.Sequence)
def sequence(expression: syntax.Sequence, scope: Scope) -> Code:
    """Emit `(a, b)`."""
    if not expression.items:
        return EMPTY
    codes = [emit(item, scope) for item in expression.items]
    if len(codes) == 1:
        return codes[0]
    codes = [in_order(code) for code in codes if code.item != "none"]
    if not codes:
        return EMPTY
    codes = alike(codes)
    literals: tuple[str, ...] | None = ()
    for code in codes:
        literals = None if literals is None or code.literals is None else literals + code.literals
    pieces = [f"{code.text}" if code.count is ONE else f"*{code.listed()}" for code in codes]
    item = codes[0].item
    return Code(
        f"({', '.join(pieces)},)", item, MANY, ordered=item not in NODES, nested=True,
        loose=item in NODES, literals=literals,
    )  # fmt: skip


def alike(codes: list[Code]) -> list[Code]:
    """Return the same pieces with one type of item."""
    items = {code.item for code in codes}
    if len(items) == 1:
        return codes
    if items <= EXACT:
        return [Code(code.text, "decimal", code.count) for code in codes]
    if items <= {"element", "container", "document"}:
        return [Code(code.text, "container", code.count) for code in codes]
    if items <= NODES:
        return [Code(code.text, "node", code.count) for code in codes]
    return [Code(wide.text, ANY, wide.count) for wide in (widened(code) for code in codes)]


@handles(syntax.If)
def condition(expression: syntax.If, scope: Scope) -> Code:
    """Emit `if (a) then b else c`."""
    test = truth(emit(expression.condition, scope))
    then, otherwise = emit(expression.then, scope), emit(expression.otherwise, scope)
    return chosen(test, then, otherwise)


def chosen(test: str, then: Code, otherwise: Code) -> Code:
    """Return one of two pieces, as a test says."""
    if then.item == "none" and otherwise.item == "none":
        return EMPTY
    if then.item == "none":
        then = Code(
            "()" if otherwise.count is MANY else "None",
            otherwise.item,
            MANY if otherwise.count is MANY else OPTIONAL,
        )
    if otherwise.item == "none":
        otherwise = Code(
            "()" if then.count is MANY else "None",
            then.item,
            MANY if then.count is MANY else OPTIONAL,
        )
    then, otherwise = in_order(then), in_order(otherwise)
    ordered = then.ordered and otherwise.ordered
    nested = then.nested or otherwise.nested
    loose = then.loose or otherwise.loose
    then, otherwise = alike([then, otherwise])
    if then.count is otherwise.count:
        return Code(
            f"({then.text} if {test} else {otherwise.text})",
            then.item,
            then.count,
            ordered=ordered,
            nested=nested,
            loose=loose,
        )
    if MANY not in (then.count, otherwise.count):
        return Code(f"({then.text} if {test} else {otherwise.text})", then.item, OPTIONAL)
    return Code(
        f"({then.listed()} if {test} else {otherwise.listed()})",
        then.item,
        MANY,
        ordered=ordered,
        nested=nested,
        loose=loose,
    )


@handles(syntax.Logical)
def logical(expression: syntax.Logical, scope: Scope) -> Code:
    """Emit `and` and `or`: from left to right, as far as needed.

    Where the oracle's errors are wanted, an operand that stops is forgiven when a
    later one decides.
    """
    operands = [boolean(emit(operand, scope)) for operand in expression.operands]
    if not scope.state.optimise:
        later = ", ".join(f"lambda: {operand}" for operand in operands)
        return one(f"forgiving_{expression.operator}({later})", "boolean")
    return one(f"({f' {expression.operator} '.join(operands)})", "boolean")


def bound(bindings: tuple[tuple[str, syntax.Expression], ...], scope: Scope) -> tuple[str, Scope]:
    """Return the clauses of a loop over variables, and the scope inside of it."""
    clauses: list[str] = []
    earlier: set[str] = set()
    for name, expression in bindings:
        code = in_order(emit(expression, scope))
        name_here = scope.state.name("v")
        if scope.state.optimise and earlier and not earlier & free(expression).variables:
            # The same in every turn of the loops around it, so computed before the first.
            all_ = scope.state.name("l")
            clauses.insert(0, f"for {all_} in ({code.listed()},)")
            clauses.append(f"for {name_here} in {all_}")
        elif code.loop is not None and code.loop.head.attribute is None:
            clauses.append(code.loop.clauses)
            clauses.append(f"for {name_here} in ({code.loop.head.text},)")
        else:
            clauses.append(f"for {name_here} in {code.listed()}")
        earlier.add(name)
        item = "untyped" if code.item == "none" else code.item
        scope = scope.having(name, one(name_here, item), turns=True)
    return " ".join(clauses), scope


@handles(syntax.For)
def loop(expression: syntax.For, scope: Scope) -> Code:
    """Emit `for $a in x return y`."""
    clauses, inside = bound(expression.bindings, scope)
    result = in_order(emit(expression.result, inside))
    if result.item == "none":
        return EMPTY
    if result.count is ONE:
        head = one(result.text, result.item)
    elif result.loop is not None:
        head, clauses = result.loop.head, f"{clauses} {result.loop.clauses}"
    else:
        each = scope.state.name("v")
        head, clauses = one(each, result.item), f"{clauses} for {each} in {result.listed()}"
    loose = result.item in NODES
    return looped(head, clauses, ordered=not loose, nested=True, loose=loose)


@handles(syntax.Quantified)
def quantified(expression: syntax.Quantified, scope: Scope) -> Code:
    """Emit `some` and `every`: they stop at the first that decides."""
    same = _some_equal(expression) if scope.state.optimise else None
    if same is not None:
        return emit(same, scope)
    clauses, inside = bound(expression.bindings, scope)
    test = truth(emit(expression.condition, inside))
    function = "any" if expression.kind == "some" else "all"
    return one(f"{function}({test} {clauses})", "boolean")


def _some_equal(expression: syntax.Quantified) -> syntax.Comparison | None:
    """Return `x = (a, b)` for `some $v in (a, b) satisfies x = $v`, which says the same."""
    match expression:
        case syntax.Quantified("some", ((name, values),), syntax.Comparison("general", "=", a, b)):
            for this, other in ((a, b), (b, a)):
                if this == syntax.Variable(name) and name not in free(other).variables:
                    return syntax.Comparison("general", "=", other, values)
    return None


@handles(syntax.Range)
def span(expression: syntax.Range, scope: Scope) -> Code:
    """Emit `a to b`."""
    start, end = optional(emit(expression.start, scope)), optional(emit(expression.end, scope))
    return many(f"span({start.text}, {end.text})", "integer")
