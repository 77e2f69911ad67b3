"""Numbers: read from text, and made doubles (XQuery 1.0 and XPath 2.0 Functions, section 17.1).

xs:integer is `int`, xs:decimal `Decimal`, xs:double `float`.
"""

import math
import re
from decimal import Decimal
from typing import Final

from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.untyped import atomized

Number = int | Decimal | float

SPACE: Final = " \t\r\n"
"""The white space of XML; Python's own `strip()` takes more."""

_MOST_KNOWN = 1 << 15
_LONGEST_KNOWN = 40

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DOUBLE = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_NOT_FINITE: Final = {"INF": math.inf, "+INF": math.inf, "-INF": -math.inf, "NaN": math.nan}

_decimals: dict[str, Decimal] = {}
_doubles: dict[str, float] = {}


def decimal_of(text: str) -> Decimal:
    """Return the xs:decimal a text says, exactly.

    Raises:
        DynamicError: FORG0001, it is no decimal.
    """
    value = _decimals.get(text)
    if value is not None:
        return value
    stripped = text.strip(SPACE)
    if _DECIMAL.fullmatch(stripped) is None:
        raise DynamicError("FORG0001", f'"{text[:40]}" is not an xs:decimal')
    value = Decimal(stripped)
    if not value:
        value = value.copy_abs()  # xs:decimal has one zero
    if len(text) <= _LONGEST_KNOWN:
        if len(_decimals) >= _MOST_KNOWN:
            _decimals.clear()
        _decimals[str(text)] = value
    return value


def double_of(text: str) -> float:
    """Return the xs:double nearest to what a text says.

    Raises:
        DynamicError: FORG0001, it is no double.
    """
    value = _doubles.get(text)
    if value is not None:
        return value
    value = _double(text)
    if value is None:
        raise DynamicError("FORG0001", f'"{text[:40]}" is not an xs:double')
    return value


def _double(text: str) -> float | None:
    stripped = text.strip(SPACE)
    if _DOUBLE.fullmatch(stripped) is not None:
        value = float(stripped)
    elif stripped in _NOT_FINITE and (text == stripped or text[0] in SPACE):
        # As Saxon: "INF " is no double, though "1 " and " INF " are.
        value = _NOT_FINITE[stripped]
    else:
        return None
    if len(text) <= _LONGEST_KNOWN:
        if len(_doubles) >= _MOST_KNOWN:
            _doubles.clear()
        _doubles[str(text)] = value
    return value


def integer_of(text: str) -> int:
    """Return the xs:integer a text says.

    Raises:
        DynamicError: FORG0001, it is no integer.
    """
    stripped = text.strip(SPACE)
    if _INTEGER.fullmatch(stripped) is None:
        raise DynamicError("FORG0001", f'"{text[:40]}" is not an xs:integer')
    # By way of Decimal: Python reads no more than 4300 digits into an int at once.
    return int(stripped) if len(stripped) <= _LONGEST_KNOWN else int(Decimal(stripped))


def double(value: Number) -> float:
    """Return a number as the nearest xs:double; what is too large is infinite."""
    if type(value) is float:
        return value
    try:
        return float(value) + 0.0  # a Decimal may be a negative zero, xs:decimal knows none
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def number(item: object) -> float:
    """Return fn:number of one item: NaN for what is no number."""
    kind = type(item)
    if kind is float:
        return item  # type: ignore[return-value]
    value = atomized(item)
    if isinstance(value, str):
        found = _doubles.get(value)
        if found is None:
            found = _double(value)
        return math.nan if found is None else found
    if isinstance(value, int | Decimal | float):
        return double(value)
    return math.nan
