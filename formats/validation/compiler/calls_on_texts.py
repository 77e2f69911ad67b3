"""Functions on texts."""

from formats.validation.compiler.calls import function, number_argument, or_context
from formats.validation.compiler.code import (
    MANY,
    ONE,
    TEXTS,
    Code,
    many,
    one,
    widened,
)
from formats.validation.compiler.emit import Scope
from formats.validation.compiler.paths import in_order
from formats.validation.compiler.values import (
    as_number,
    atomized,
    string,
)
from formats.validation.schematron.model import UnsupportedRuleError


@function("normalize-space")
def _normalize_space(arguments: list[Code], scope: Scope) -> Code:
    text = string(or_context(arguments, scope))
    return Code(f"normalize_space({text})", "string", ONE, held=f"{text}.strip(' \\t\\r\\n')")


@function("string-length")
def _string_length(arguments: list[Code], scope: Scope) -> Code:
    return one(f"len({string(or_context(arguments, scope))})", "integer")


@function("string")
def _string(arguments: list[Code], scope: Scope) -> Code:
    return one(string(or_context(arguments, scope), any_type=True), "string")


@function("upper-case")
def _upper_case(arguments: list[Code], _: Scope) -> Code:
    return one(f"{string(arguments[0])}.upper()", "string")


@function("lower-case")
def _lower_case(arguments: list[Code], _: Scope) -> Code:
    return one(f"lower_case({string(arguments[0])})", "string")


@function("concat")
def _concat(arguments: list[Code], _: Scope) -> Code:
    return one(
        f"({' + '.join(string(argument, any_type=True) for argument in arguments)})", "string"
    )


@function("contains")
def _contains(arguments: list[Code], _: Scope) -> Code:
    codepoint_collation(arguments, 2)
    return one(f"({string(arguments[1])} in {string(arguments[0])})", "boolean")


@function("starts-with")
def _starts_with(arguments: list[Code], _: Scope) -> Code:
    codepoint_collation(arguments, 2)
    return one(f"{string(arguments[0])}.startswith({string(arguments[1])})", "boolean")


@function("ends-with")
def _ends_with(arguments: list[Code], _: Scope) -> Code:
    codepoint_collation(arguments, 2)
    return one(f"{string(arguments[0])}.endswith({string(arguments[1])})", "boolean")


def codepoint_collation(arguments: list[Code], number: int) -> None:
    """Raise UnsupportedRuleError when a collation is asked for: texts compare by code points."""
    if len(arguments) > number:
        raise UnsupportedRuleError("a collation is not supported")


@function("substring-before")
def _substring_before(arguments: list[Code], _: Scope) -> Code:
    return one(f"substring_before({string(arguments[0])}, {string(arguments[1])})", "string")


@function("substring-after")
def _substring_after(arguments: list[Code], _: Scope) -> Code:
    return one(f"substring_after({string(arguments[0])}, {string(arguments[1])})", "string")


@function("translate")
def _translate(arguments: list[Code], _: Scope) -> Code:
    return one(f"translate({', '.join(string(argument) for argument in arguments)})", "string")


@function("substring")
def _substring(arguments: list[Code], _: Scope) -> Code:
    text, *numbers = arguments
    positions = [number_argument(number) for number in numbers]
    return one(f"substring({string(text)}, {', '.join(positions)})", "string")


@function("matches")
def _matches(arguments: list[Code], scope: Scope) -> Code:
    return one(f"matches({_regex(arguments, scope)})", "boolean")


@function("replace")
def _replace(arguments: list[Code], scope: Scope) -> Code:
    return one(f"replace({_regex(arguments, scope)})", "string")


@function("tokenize")
def _tokenize(arguments: list[Code], scope: Scope) -> Code:
    if len(arguments) == 1:
        raise UnsupportedRuleError("tokenize with one argument is XPath 3.1")
    return many(f"tokenize({_regex(arguments, scope)})", "string")


def _regex(arguments: list[Code], scope: Scope) -> str:
    del scope
    return ", ".join(string(argument) for argument in arguments)


@function("string-join")
def _string_join(arguments: list[Code], _: Scope) -> Code:
    values = atomized(in_order(arguments[0]))
    if len(arguments) == 1:
        raise UnsupportedRuleError("string-join with one argument is XPath 3.0")
    separator = string(arguments[1])
    if values.item in TEXTS and values.count is MANY:
        return one(f"{separator}.join({values.text})", "string")
    return one(f"string_join({widened(values).listed()}, {separator})", "string")


@function("string-to-codepoints")
def _string_to_codepoints(arguments: list[Code], _: Scope) -> Code:
    return many(f"string_to_codepoints({string(arguments[0])})", "integer")


@function("codepoints-to-string")
def _codepoints_to_string(arguments: list[Code], _: Scope) -> Code:
    values = atomized(arguments[0])
    return one(f"codepoints_to_string(integers_of({widened(values).listed()}))", "string")


@function("format-number")
def _format_number(arguments: list[Code], _: Scope) -> Code:
    if len(arguments) > 2:  # noqa: PLR2004 - a decimal format would be the third
        raise UnsupportedRuleError("decimal formats are not supported")
    value = as_number(arguments[0])
    return one(f"formatted({widened(value).listed()}, {string(arguments[1])})", "string")
