"""`+`, `-`, `*`, `div`, `idiv` and `mod` of numbers, digit for digit as Saxon 13 computes them.

Sums, differences and products of xs:decimal are exact at any length: Python's usual context of 28
digits is never used. Code that is known to compute with `int` and `Decimal` only may call
`EXACT.add` and its like directly, or run with `EXACT` as its context and use Python's operators.
"""

import math
from collections.abc import Callable, Mapping
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact, InvalidOperation
from typing import Final

from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.numbers import Number, double

EXACT: Final = Context(
    prec=MAX_PREC, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[Inexact, InvalidOperation]
)
"""The context in which nothing is rounded: an operation takes the digits that it needs."""

ROUNDING: Final = Context(prec=MAX_PREC, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[InvalidOperation])
"""The same for operations that are asked to round, to whole numbers or to decimals."""

_SCALE = 18
_POWERS: Final = {10: 1, 100: 2, 1000: 3}
_INT32 = 1 << 31
_INT64 = 1 << 63

_add = EXACT.add
_subtract = EXACT.subtract
_multiply = EXACT.multiply


def add(a: Number, b: Number) -> Number:
    """Return a + b."""
    if type(a) is float or type(b) is float:
        return double(a) + double(b)
    if type(a) is int and type(b) is int:
        return a + b
    return _add(a, b)  # type: ignore[arg-type]


def subtract(a: Number, b: Number) -> Number:
    """Return a - b."""
    if type(a) is float or type(b) is float:
        return double(a) - double(b)
    if type(a) is int and type(b) is int:
        return a - b
    return _subtract(a, b)  # type: ignore[arg-type]


def multiply(a: Number, b: Number) -> Number:
    """Return a * b."""
    if type(a) is float or type(b) is float:
        return double(a) * double(b)
    if type(a) is int and type(b) is int:
        return a * b
    return _multiply(a, b)  # type: ignore[arg-type]


def negate(a: Number) -> Number:
    """Return -a; of the numbers only a double has a negative zero."""
    if type(a) is Decimal:
        return a.copy_negate() if a else a
    return -a


def divide(a: Number, b: Number) -> Number:
    """Return a div b: of integers and decimals a decimal of 18 places or more.

    Raises:
        DynamicError: FOAR0001, a decimal or integer is divided by zero.
    """
    if type(a) is float or type(b) is float:
        return _divide_doubles(double(a), double(b))
    if not b:
        raise DynamicError("FOAR0001", "division by zero")
    if type(a) is int and type(b) is int:
        whole, rest = divmod(a, b)
        if not rest:
            return whole
    if type(a) is Decimal and type(b) is int and (power := _POWERS.get(b)):
        quotient = EXACT.scaleb(a, -power)
        if quotient.as_tuple().exponent < 0:  # type: ignore[operator]  # it is a number
            return quotient
    places = _places(a, b)
    quotient, rest_of = EXACT.divmod(EXACT.scaleb(_decimal(a), places), _decimal(b))
    # Half of the last place goes towards zero (java.math.RoundingMode.HALF_DOWN).
    if EXACT.compare(EXACT.multiply(rest_of, 2).copy_abs(), _decimal(b).copy_abs()) > 0:
        one = 1 if (a > 0) == (b > 0) else -1
        quotient = EXACT.add(quotient, one)
    return EXACT.scaleb(quotient, -places)


def integer_divide(a: Number, b: Number) -> int:
    """Return a idiv b, truncated towards zero.

    Raises:
        DynamicError: FOAR0001, division by zero; FOAR0002, NaN or an infinite dividend;
            FOCA0002, the quotient is too large for a double.
    """
    if type(a) is float or type(b) is float:
        return _integer_divide_doubles(double(a), double(b))
    if not b:
        raise DynamicError("FOAR0001", "division by zero")
    if type(a) is int and type(b) is int:
        quotient = abs(a) // abs(b)
        return quotient if (a < 0) == (b < 0) else -quotient
    return int(EXACT.divide_int(a, b))  # type: ignore[arg-type]


def modulo(a: Number, b: Number) -> Number:
    """Return a mod b, which has the sign of a.

    Raises:
        DynamicError: FOAR0001, a decimal or integer is divided by zero.
    """
    if type(a) is float or type(b) is float:
        left, right = double(a), double(b)
        if math.isinf(left) or not right:
            return math.nan
        return math.fmod(left, right)
    if not b:
        raise DynamicError("FOAR0001", "modulo zero")
    if type(a) is int and type(b) is int:
        rest = abs(a) % abs(b)
        return -rest if a < 0 else rest
    return EXACT.remainder(a, b)  # type: ignore[arg-type]


OPERATORS: Final[Mapping[str, Callable[[Number, Number], Number]]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "div": divide,
    "idiv": integer_divide,
    "mod": modulo,
}
"""The operators of XPath by their names."""


def _divide_doubles(a: float, b: float) -> float:
    if b:
        return a / b
    if not a or math.isnan(a):
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1.0, b)


def _integer_divide_doubles(a: float, b: float) -> int:
    if not b:
        raise DynamicError("FOAR0001", "division by zero")
    if math.isnan(a) or math.isnan(b) or math.isinf(a):
        raise DynamicError("FOAR0002", "the quotient is no integer")
    quotient = a / b
    if math.isinf(quotient):
        raise DynamicError("FOCA0002", "the quotient is too large")
    return int(quotient)


def _decimal(value: Number) -> Decimal:
    return value if type(value) is Decimal else Decimal(value)


def _places(a: Number, b: Number) -> int:
    """Return how many decimals Saxon computes: 18, more when `a` has more than `b`.

    Zeros at the end count as it holds a number: it takes them from decimals, and when both are
    whole and one is negative or large; from 64-bit integers beside a decimal it takes none.
    """
    whole_a, whole_b = _is_whole(a), _is_whole(b)
    if whole_a and whole_b:
        if 0 <= a < _INT32 and 0 <= b < _INT32:
            return _SCALE
        whole_a = whole_b = False
    return max(_SCALE, _SCALE + _scale(a, kept=whole_a) - _scale(b, kept=whole_b))


def _is_whole(value: Number) -> bool:
    if type(value) is int:
        return True
    exponent = _decimal(value).as_tuple().exponent
    return exponent == 0 and -_INT64 <= value < _INT64


def _scale(value: Number, *, kept: bool) -> int:
    if kept:
        return 0
    exponent = EXACT.normalize(_decimal(value)).as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
