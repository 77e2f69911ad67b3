"""Functions on numbers and on sequences of values."""

from formats.validation.compiler.calls import (
    FUNCTIONS,
    Emitter,
    function,
    number_argument,
    or_context,
)
from formats.validation.compiler.code import (
    ANY,
    EXACT,
    MANY,
    NUMBERS,
    ONE,
    OPTIONAL,
    TEXTS,
    Code,
    many,
    one,
    widened,
)
from formats.validation.compiler.emit import Scope
from formats.validation.compiler.paths import in_order
from formats.validation.compiler.sums import kept_sum
from formats.validation.compiler.values import (
    as_number,
    atomized,
    optional,
)


@function("number")
def _number(arguments: list[Code], scope: Scope) -> Code:
    code = optional(or_context(arguments, scope))
    if code.item == "none":
        return one("NAN", "double")
    if code.count is ONE:
        return one(f"number({code.text})", "double")
    return one(f"number_or_nan({code.text})", "double")


@function("sum")
def _sum(arguments: list[Code], scope: Scope) -> Code:
    values = atomized(arguments[0])
    if len(arguments) > 1:
        return Code(
            f"total({widened(values).listed()}, {widened(optional(arguments[1])).text})",
            ANY,
            OPTIONAL,
        )
    if values.item in EXACT:
        return kept_sum(one(f"sum({values.listed()})", values.item), scope)
    if values.item == "untyped" and values.loop is not None:
        return one(f"sum_doubles(double_of({values.loop.head.text}) {values.loop.clauses})", "any")
    return one(f"total({widened(values).listed()})", ANY)


def _extreme(name: str) -> Emitter:
    def emitter(arguments: list[Code], _: Scope) -> Code:
        values = atomized(arguments[0])
        item = {"untyped": "double"}.get(values.item, ANY)
        if values.item in {"double", "integer"} and name != "average":
            item = values.item
        return Code(f"{name}({widened(values).listed()})", item, OPTIONAL)

    return emitter


FUNCTIONS["max"] = _extreme("maximum")
FUNCTIONS["min"] = _extreme("minimum")
FUNCTIONS["avg"] = _extreme("average")


def _rounding(function: str) -> Emitter:
    def emitter(arguments: list[Code], _: Scope) -> Code:
        value = as_number(arguments[0])
        called = "round_to" if function == "round_number" and len(arguments) > 1 else function
        more = "".join(f", {number_argument(argument)}" for argument in arguments[1:])
        if value.item == "none":
            return value
        if value.item in NUMBERS and value.count is ONE:
            return one(f"{called}({value.text}{more})", value.item)
        if value.item in NUMBERS:
            return Code(f"maybe({called}, {value.text}{more})", value.item, OPTIONAL)
        return Code(f"maybe_any({called}, {widened(value).text}{more})", ANY, OPTIONAL)

    return emitter


FUNCTIONS["round"] = _rounding("round_number")
FUNCTIONS["floor"] = _rounding("floor")
FUNCTIONS["ceiling"] = _rounding("ceiling")
FUNCTIONS["abs"] = _rounding("absolute")
FUNCTIONS["round-half-to-even"] = _rounding("round_half_to_even")


@function("distinct-values")
def _distinct_values(arguments: list[Code], _: Scope) -> Code:
    values = atomized(in_order(arguments[0]))
    if values.item in TEXTS:
        return Code(f"list(dict.fromkeys({values.listed()}))", values.item, MANY)
    return many(f"distinct_values({widened(values).listed()})", ANY)


@function("index-of")
def _index_of(arguments: list[Code], _: Scope) -> Code:
    values, wanted = atomized(in_order(arguments[0])), widened(optional(arguments[1]))
    if wanted.count is not ONE:
        wanted = one(f"required({wanted.text})", wanted.item)
    return many(f"index_of({widened(values).listed()}, {wanted.text})", "integer")


@function("count")
def _count(arguments: list[Code], _: Scope) -> Code:
    code = arguments[0]
    if code.item == "none":
        return one("0", "integer")
    return one(f"len({code.listed()})", "integer")
