"""Arithmetic on items whose types show only at run time (XPath 2.0, section 3.4).

Numbers, and of the dates what rule sets compute: differences, and dates moved by a duration.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from formats.validation.runtime import arithmetic as numeric
from formats.validation.runtime.arithmetic import EXACT
from formats.validation.runtime.casts import type_name
from formats.validation.runtime.dates import (
    UTC,
    Date,
    DateTime,
    DayTimeDuration,
    Moment,
    Time,
)
from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.numbers import Number, double_of
from formats.validation.runtime.untyped import Untyped, atomized

_NUMBERS: Final = frozenset((int, Decimal, float))
_NANOS: Final = 1_000_000_000
_DAY_NANOS: Final = 86_400 * _NANOS


def arithmetic(operator: str, left: object, right: object) -> Any:  # noqa: ANN401 - as the operands
    """Return two single items put together; untyped text counts as double.

    Raises:
        DynamicError: XPTY0004, they cannot be; FORG0001, untyped text is no number; what the
            operator raises.
    """
    a, b = _operand(left), _operand(right)
    if type(a) in _NUMBERS and type(b) in _NUMBERS:
        return numeric.OPERATORS[operator](a, b)
    compute = _MIXED.get((operator, _kind(a), _kind(b)))
    if compute is None:
        raise DynamicError("XPTY0004", f"{type_name(a)} {operator} {type_name(b)}")
    return compute(a, b)


def unary(operator: str, operand: object) -> Number:
    """Return `+a` or `-a`.

    Raises:
        DynamicError: XPTY0004, it is no number; FORG0001, untyped text is none.
    """
    a = _operand(operand)
    if type(a) not in _NUMBERS:
        raise DynamicError("XPTY0004", f"{operator} of {type_name(a)}")
    return numeric.negate(a) if operator == "-" else a + 0  # -0.0 + 0 is 0.0


def _operand(item: object) -> Any:  # noqa: ANN401 - any atomic value
    if type(item) in _NUMBERS:
        return item
    value = atomized(item)
    return double_of(value) if type(value) is Untyped else value


def _kind(value: object) -> str:
    if type(value) in _NUMBERS:
        return "number"
    return getattr(value, "name", "") if isinstance(value, Moment | DayTimeDuration) else ""


def _difference(a: Moment, b: Moment) -> DayTimeDuration:
    return DayTimeDuration(EXACT.scaleb(Decimal(a.instant - b.instant), -9))


def _later(moment: Date | DateTime | Time, duration: DayTimeDuration) -> Date | DateTime | Time:
    nanos = int(EXACT.scaleb(duration.seconds, 9))
    day, rest = divmod(moment.day * _DAY_NANOS + moment.nanos + nanos, _DAY_NANOS)
    if isinstance(moment, Time):
        return Time(0, rest, moment.offset)
    return type(moment)(day, 0 if isinstance(moment, Date) else rest, moment.offset)


def _negative(duration: DayTimeDuration) -> DayTimeDuration:
    return DayTimeDuration(EXACT.subtract(UTC.seconds, duration.seconds))


def _times(duration: DayTimeDuration, factor: Number) -> DayTimeDuration:
    if isinstance(factor, float):
        if factor != factor:  # noqa: PLR0124 - NaN
            raise DynamicError("FOCA0005", "a duration times NaN")
        if factor in (float("inf"), float("-inf")):
            raise DynamicError("FODT0002", "a duration times infinity")
    return DayTimeDuration(EXACT.multiply(duration.seconds, Decimal(factor)))


_DURATION = DayTimeDuration.name
_MIXED: Final[Mapping[tuple[str, str, str], Callable[[Any, Any], Any]]] = {
    ("+", _DURATION, _DURATION): lambda a, b: DayTimeDuration(EXACT.add(a.seconds, b.seconds)),
    ("-", _DURATION, _DURATION): lambda a, b: DayTimeDuration(
        EXACT.subtract(a.seconds, b.seconds)
    ),
    ("div", _DURATION, _DURATION): lambda a, b: numeric.divide(a.seconds, b.seconds),
    ("*", _DURATION, "number"): _times,
    ("*", "number", _DURATION): lambda a, b: _times(b, a),
    **{("-", kind.name, kind.name): _difference for kind in (Date, DateTime, Time)},
    **{("+", kind.name, _DURATION): _later for kind in (Date, DateTime, Time)},
    **{("+", _DURATION, kind.name): lambda a, b: _later(b, a) for kind in (Date, DateTime, Time)},
    **{
        ("-", kind.name, _DURATION): lambda a, b: _later(a, _negative(b))
        for kind in (Date, DateTime, Time)
    },
}
