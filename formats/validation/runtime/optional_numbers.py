"""Numbers where there may be none: arithmetic and functions of an optional value."""

from collections.abc import Callable, Iterable
from typing import Any

from formats.validation.runtime import arguments, operators
from formats.validation.runtime.arithmetic import (
    add,
    divide,
    integer_divide,
    modulo,
    multiply,
    negate,
    subtract,
)
from formats.validation.runtime.glue import Items
from formats.validation.runtime.numbers import Number, double_of, number
from formats.validation.runtime.pictures import format_number


def cast_text(read: Callable[[str], Any], text: str | None) -> Any:  # noqa: ANN401 - as read
    """Return an optional text read as a type."""
    return None if text is None else read(text)


def double_or_none(text: str | None) -> float | None:
    """Return an optional text as a double."""
    return None if text is None else double_of(text)


def number_or_nan(item: object) -> float:
    """Return fn:number of an optional item."""
    return number(item) if item is not None else float("nan")


def _maybe(function: Callable[[Number, Number], Number]) -> Callable[[Any, Any], Any]:
    def applied(a: Number | None, b: Number | None) -> Number | None:
        return None if a is None or b is None else function(a, b)

    return applied


maybe_add = _maybe(add)
maybe_subtract = _maybe(subtract)
maybe_multiply = _maybe(multiply)
maybe_divide = _maybe(divide)
maybe_integer_divide = _maybe(integer_divide)
maybe_modulo = _maybe(modulo)


def maybe_negate(a: Number | None) -> Number | None:
    """Return -a of an optional number."""
    return None if a is None else negate(a)


def maybe(function: Callable[..., Any], value: Any, *more: Any) -> Any:  # noqa: ANN401 - a number
    """Return a function of an optional number."""
    return None if value is None else function(value, *more)


def maybe_any(function: Callable[..., Any], value: Any, *more: Any) -> Any:  # noqa: ANN401
    """Return a function of an optional item that must be a number."""
    return None if value is None else function(arguments.number_parameter(value), *more)


def computed(operator: str, a: Any, b: Any) -> Any:  # noqa: ANN401 - any values
    """Return arithmetic on optional items of any type."""
    return None if a is None or b is None else operators.arithmetic(operator, a, b)


def computed_in_turn(operator: str, a: Any, right: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Return arithmetic on optional items; the right one is asked for when there is a left one."""
    return None if a is None else computed(operator, a, right())


def computed_negative(a: Any) -> Any:  # noqa: ANN401 - any value
    """Return -a of an optional item of any type."""
    return None if a is None else operators.unary("-", a)


def needed_number(items: Items) -> Number:
    """Return the number an argument must be."""
    return arguments.number_parameter(arguments.one(items))


def integers_of(items: Items) -> list[int]:
    """Return the integers an argument must be."""
    return [arguments.integer_parameter(item) for item in items]


def sum_doubles(values: Iterable[float]) -> Number:
    """Return fn:sum of doubles: the integer 0 when there is none."""
    every = iter(values)
    first = next(every, None)
    if first is None:
        return 0
    for value in every:
        first += value
    return first


def formatted(items: Items, picture: str) -> str:
    """Return fn:format-number."""
    value = arguments.number_argument(items)
    return format_number(float("nan") if value is None else value, picture)
