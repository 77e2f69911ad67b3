"""fn:round, round-half-to-even, floor, ceiling and abs (XPath Functions, section 6.4)."""

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Final

from formats.validation.runtime.arithmetic import EXACT, ROUNDING
from formats.validation.runtime.numbers import Number, double

_HALF: Final = Decimal("0.5")
_EXACT_FROM: Final = float(1 << 52)
"""Doubles from here on are whole."""


def round_number(value: Number) -> Number:
    """Return fn:round: the nearest whole number, of two the one towards positive infinity."""
    if type(value) is Decimal:
        return EXACT.add(value, _HALF).to_integral_value(ROUND_FLOOR, ROUNDING)
    if type(value) is float:
        if not math.isfinite(value) or abs(value) >= _EXACT_FROM:
            return value
        whole = math.floor(value)
        rounded = float(whole + 1 if value - whole >= 0.5 else whole)  # noqa: PLR2004 - a half
        return rounded or math.copysign(rounded, value)
    return value


def round_to(value: Number, precision: int) -> Number:
    """Return fn:round of two arguments (XPath 3.0): so many decimals, of two the larger number."""
    if type(value) is float:
        if not math.isfinite(value) or not value:
            return value
        rounded = double(round_to(Decimal(value), precision))
        return math.copysign(rounded, value)
    if type(value) is int:
        return value if precision >= 0 else int(round_to(Decimal(value), precision))
    shifted = EXACT.add(EXACT.scaleb(value, precision), _HALF)  # type: ignore[arg-type]
    return EXACT.scaleb(shifted.to_integral_value(ROUND_FLOOR, ROUNDING), -precision)


def floor(value: Number) -> Number:
    """Return the largest whole number that is not greater."""
    if type(value) is Decimal:
        return value.to_integral_value(ROUND_FLOOR, ROUNDING)
    if type(value) is float:
        if not math.isfinite(value) or not value:
            return value
        return float(math.floor(value))
    return value


def ceiling(value: Number) -> Number:
    """Return the least whole number that is not smaller; of -0.5 negative zero."""
    if type(value) is Decimal:
        return value.to_integral_value(ROUND_CEILING, ROUNDING)
    if type(value) is float:
        if not math.isfinite(value):
            return value
        return math.copysign(float(math.ceil(value)), value)
    return value


def absolute(value: Number) -> Number:
    """Return fn:abs."""
    if type(value) is Decimal:
        return value.copy_abs()
    return -value if value < 0 else value + 0  # -0.0 + 0 is 0.0


def round_half_to_even(value: Number, precision: int = 0) -> Number:
    """Return the value with `precision` decimals; of two the one whose last digit is even."""
    if type(value) is float:
        if not math.isfinite(value) or not value:
            return value
        rounded = float(_half_to_even(Decimal(value), precision))
        return math.copysign(rounded, value)
    if type(value) is int:
        return value if precision >= 0 else int(_half_to_even(Decimal(value), precision))
    return _half_to_even(value, precision)  # type: ignore[arg-type]


def _half_to_even(value: Decimal, precision: int) -> Decimal:
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= precision:
        return value
    return value.quantize(Decimal(1).scaleb(-precision), ROUND_HALF_EVEN, ROUNDING)
