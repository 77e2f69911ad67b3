"""Function calls."""

from collections.abc import Callable
from typing import Final, TypeAlias

from formats.validation.compiler.code import (
    MANY,
    NUMBERS,
    ONE,
    OPTIONAL,
    TEXTS,
    Code,
    one,
    widened,
)
from formats.validation.compiler.emit import Scope, context, emit, handles
from formats.validation.compiler.kept_values import kept_value
from formats.validation.compiler.types import castable_item
from formats.validation.compiler.values import (
    as_number,
    atomized,
    optional,
    string,
)
from formats.validation.schematron.model import UnsupportedRuleError
from formats.validation.xpath import syntax

Emitter: TypeAlias = Callable[[list[Code], Scope], Code]
FUNCTIONS: Final[dict[str, Emitter]] = {}


def function(*names: str) -> Callable[[Emitter], Emitter]:
    """Make an emitter the one for some functions."""

    def register(emitter: Emitter) -> Emitter:
        for name in names:
            FUNCTIONS[name] = emitter
        return emitter

    return register


@handles(syntax.Call)
def call(expression: syntax.Call, scope: Scope) -> Code:
    """Emit a call.

    Raises:
        UnsupportedRuleError: Nobody knows the function.
    """
    if (token := _token(expression, scope)) is not None:
        return token
    if (kept := kept_value(expression, scope)) is not None:
        return kept
    arguments = [emit(argument, scope) for argument in expression.arguments]
    own = scope.state.functions.get(expression.name)
    if own is not None:
        if len(arguments) != len(own.parameters):
            raise UnsupportedRuleError(f"{expression.name} has {len(own.parameters)} parameters")
        found: Code = own.call(arguments)
        return found
    if expression.name.startswith("xs:"):
        return _constructor(expression.name, arguments)
    emitter = FUNCTIONS.get(expression.name)
    if emitter is None:
        raise UnsupportedRuleError(f"the function {expression.name} is not supported")
    return emitter(arguments, scope)


def _token(expression: syntax.Call, scope: Scope) -> Code | None:
    """Return `contains(' A B C ', concat(' ', $x, ' '))` as what it asks: is it one of these?"""
    match expression:
        case syntax.Call(
            "contains",
            (
                syntax.Literal(str() as codes),
                syntax.Call("concat", (syntax.Literal(" "), inner, syntax.Literal(" "))),
            ),
        ) if codes.startswith(" ") and codes.endswith(" "):
            text = scope.state.constant(repr(codes), "S")
            tokens = scope.state.constant(f"frozenset({codes!r}.split(' '))", "S")
            return one(
                f"is_token({string(emit(inner, scope), any_type=True)}, {tokens}, {text})",
                "boolean",
            )
        case _:
            return None


def _constructor(  # noqa: PLR0911 - one line per kind
    name: str, arguments: list[Code]
) -> Code:
    item = castable_item(name)
    if len(arguments) != 1:
        raise UnsupportedRuleError(f"{name} takes one argument")
    values = atomized(arguments[0])
    if values.item == "none":
        return Code("None", "none", OPTIONAL)
    if values.item == item and values.count is not MANY:
        return values
    if name == "xs:decimal" and values.item == "integer" and values.count is not MANY:
        return values
    text_functions = {
        "xs:decimal": "decimal_of",
        "xs:integer": "integer_of",
        "xs:double": "double_of",
    }
    function = text_functions.get(name)
    if function and values.item in TEXTS:
        if values.count is ONE:
            return one(f"{function}({values.text})", item)
        source = arguments[0]
        if (
            name == "xs:decimal"
            and source.item == "element"
            and source.count is MANY
            and source.loop is None
        ):
            return Code(f"one_decimal({source.text})", item, OPTIONAL)
        return Code(f"cast_text({function}, {optional(values).text})", item, OPTIONAL)
    single = optional(values)
    if single.count is ONE:
        return one(f"cast({widened(single).text}, {name!r})", item)
    return Code(f"cast_optional({widened(single).text}, {name!r})", item, OPTIONAL)


def or_context(arguments: list[Code], scope: Scope) -> Code:
    """Return the argument, or the context item."""
    return arguments[0] if arguments else context(scope)


def number_argument(code: Code) -> str:
    """Return Python for a number that must be there."""
    value = as_number(code)
    if value.item in NUMBERS and value.count is ONE:
        return value.text
    return f"needed_number({widened(value).listed()})"
