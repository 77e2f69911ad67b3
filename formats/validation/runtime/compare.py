"""General and value comparison, the effective boolean value, equality of values.

XPath 2.0, sections 2.4.3 and 3.5, on documents without a schema.
"""

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from formats.validation.runtime import dates
from formats.validation.runtime.casts import (
    boolean_of,
    to_date,
    to_date_time,
    to_duration,
    to_time,
    type_name,
)
from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.numbers import SPACE, Number, double, double_of
from formats.validation.runtime.tree import Node, Tree
from formats.validation.runtime.untyped import Untyped, atomized

OPERATORS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
"""Python's operators by their names in general comparisons; value comparisons use the same."""

_STRING, _NUMBER = "string", "number"
FAMILIES: Final[Mapping[type, str]] = {
    str: _STRING,
    Untyped: _STRING,
    int: _NUMBER,
    Decimal: _NUMBER,
    float: _NUMBER,
    bool: "boolean",
    dates.Date: "date",
    dates.DateTime: "dateTime",
    dates.Time: "time",
    dates.DayTimeDuration: "duration",
}
"""The types that can be compared with each other have the same family."""

_NUMBERS: Final = frozenset((int, Decimal, float))
_READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    _STRING: str,
    "boolean": boolean_of,
    "date": to_date,
    "dateTime": to_date_time,
    "time": to_time,
    "duration": to_duration,
}


def general(name: str, left: Sequence[object], right: Sequence[object]) -> bool:
    """Return whether any item on the left and any on the right compare true.

    Untyped text becomes what it is compared with: a number with numbers (`order`), a string with
    strings and with untyped text.

    Raises:
        DynamicError: XPTY0004, a pair cannot be compared; FORG0001, untyped text is not what it
            is compared with. As in Saxon the items are read in turn, one on the left, one on the
            right (with `a to b` all on the right for each), and each is compared with those read
            before on the other side; what comes after a true pair is not looked at.
    """
    compares = OPERATORS[name]
    if type(right) is range:
        return any(_pair(compares, atomized(one), each) for one in left for each in right)
    ones, others = [atomized(item) for item in left], [atomized(item) for item in right]
    for place in range(max(len(ones), len(others))):
        for other in others[:place] if place < len(ones) else ():
            if _pair(compares, ones[place], other):
                return True
        for one in ones[: place + 1] if place < len(others) else ():
            if _pair(compares, one, others[place]):
                return True
    return False


def general_equal(
    tree: Tree, left: Sequence[object], right: Sequence[object], kept: Sequence[object]
) -> bool:
    """Return `left = right`; one of them is `kept`, a list that the document's memo holds."""
    key = ("texts", id(kept))
    known = tree.memo.get(key)
    if known is None:
        values = [atomized(item) for item in kept]
        known = frozenset(values) if all(isinstance(each, str) for each in values) else ()
        tree.memo[key] = known
    asked = [atomized(item) for item in (right if kept is left else left)]
    if known and all(isinstance(each, str) for each in asked):
        return not known.isdisjoint(asked)
    return general("=", left, right)


def general_pair(name: str, left: object, right: object) -> bool:
    """Return `general` of two single items."""
    return _pair(OPERATORS[name], atomized(left), atomized(right))


def _pair(compares: Callable[[Any, Any], Any], a: Any, b: Any) -> bool:  # noqa: ANN401 - values
    kind, other = type(a), type(b)
    if kind is Untyped:
        if other in _NUMBERS:
            return compares is operator.ne if _is_nan(b) else bool(compares(order(a, b), 0))
        if other is not Untyped and other is not str:
            a = _READERS[FAMILIES[other]](a)
    elif other is Untyped and kind is not str:
        if kind in _NUMBERS:
            return compares is operator.ne if _is_nan(a) else bool(compares(0, order(b, a)))
        b = _READERS[FAMILIES[kind]](b)
    return _compare(compares, a, b)


_EXACT: Final = 1 << 53
"""Whole numbers below this one are doubles."""


def order(text: str, number: Number) -> int:
    """Return -1, 0 or 1: how untyped text lies to a number that is not NaN.

    In a general comparison Saxon does not make the text a double to compare two doubles, but puts
    both in the order of Java's `Double.compare`: NaN is above all, so that `NaN > 0` is true, and
    -0 below 0 (except that `-0` is the integer 0).

    Raises:
        DynamicError: FORG0001, the text is no number.
    """
    one = double_of(text)
    other = number if number.__class__ is int and -_EXACT < number < _EXACT else double(number)
    if one < other:
        return -1
    if one > other or math.isnan(one):
        return 1
    if one or (type(number) is not float and _is_whole_zero(text, number)):
        return 0
    below, other_below = math.copysign(1.0, one), math.copysign(1.0, other)
    return (below > other_below) - (below < other_below)


def _is_whole_zero(text: str, number: Number) -> bool:
    whole = type(number) is int or Decimal(number).as_tuple().exponent == 0
    return whole and not text.strip(SPACE).lstrip("-").strip("0")


def value(name: str, left: object, right: object) -> bool:
    """Return the value comparison of two items; untyped text is a string.

    Raises:
        DynamicError: XPTY0004, they cannot be compared.
    """
    return _compare(OPERATORS[name], atomized(left), atomized(right))


def _compare(compares: Callable[[Any, Any], Any], a: Any, b: Any) -> bool:  # noqa: ANN401
    family = FAMILIES[type(a)]
    if family != FAMILIES[type(b)]:
        raise DynamicError("XPTY0004", f"{type_name(a)} cannot be compared with {type_name(b)}")
    if family == _NUMBER and (type(a) is float or type(b) is float):
        return bool(compares(double(a), double(b)))
    return bool(compares(a, b))


def effective_boolean_value(items: Sequence[object]) -> bool:
    """Return what a sequence is as a condition.

    Raises:
        DynamicError: FORG0006, it has none.
    """
    if not items:
        return False
    first = items[0]
    if isinstance(first, Node):
        return True
    if len(items) > 1:
        raise DynamicError("FORG0006", "a sequence of several values is no condition")
    if isinstance(first, str | int | Decimal | float):
        return bool(first) and first == first  # noqa: PLR0124 - NaN is false
    raise DynamicError("FORG0006", f"{type_name(first)} is no condition")


def distinct_values(items: Sequence[object]) -> list[Any]:
    """Return the values of a sequence, the first of each that are equal; NaN equals NaN."""
    found: dict[tuple[str, object], list[Any]] = {}
    result: list[Any] = []
    for item in items:
        atomic: Any = atomized(item)
        alike = found.setdefault(_bucket(atomic), [])
        for other in alike:
            # Numbers that are the same double may differ as decimals.
            if _compare(operator.eq, atomic, other) or _is_nan(atomic):
                break
        else:
            alike.append(atomic)
            result.append(atomic)
    return result


def _bucket(atomic: Any) -> tuple[str, object]:  # noqa: ANN401 - any atomic value
    family = FAMILIES[type(atomic)]
    if family != _NUMBER:
        return family, atomic
    return family, "NaN" if _is_nan(atomic) else double(atomic)


def _is_nan(atomic: object) -> bool:
    return type(atomic) is float and math.isnan(atomic)


def index_of(items: Sequence[object], search: object) -> list[int]:
    """Return the positions, counted from 1, of the items that `eq` finds equal."""
    wanted: Any = atomized(search)
    family = FAMILIES[type(wanted)]
    return [
        place
        for place, item in enumerate(items, 1)
        if FAMILIES[type(found := atomized(item))] == family
        and _compare(operator.eq, found, wanted)
    ]
