"""fn:sum, avg, min, max and what cuts sequences (XPath Functions, section 15)."""

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, TypeVar

from formats.validation.runtime.arithmetic import EXACT, add, divide
from formats.validation.runtime.casts import type_name
from formats.validation.runtime.compare import FAMILIES
from formats.validation.runtime.dates import DayTimeDuration
from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.numbers import Number, double, double_of
from formats.validation.runtime.rounding import round_number
from formats.validation.runtime.untyped import Untyped, atomized

Item = TypeVar("Item")

_ADDED: Final = frozenset(("number", "duration"))
_add = EXACT.add


def total(items: Sequence[object], zero: object = 0) -> Any:  # noqa: ANN401 - number or duration
    """Return fn:sum: untyped text counts as double; `zero` of an empty sequence.

    Raises:
        DynamicError: FORG0006, an item is no number (durations may be summed among themselves);
            FORG0001, untyped text is no number.
    """
    if not items:
        return zero
    result = _summand(items[0])
    family = FAMILIES[type(result)]
    for item in items[1:]:
        if family == "duration" and type(atomized(item)) is Untyped:
            raise _mixed(result, Untyped())
        other = _summand(item)
        if type(result) is Decimal and type(other) is Decimal:
            result = _add(result, other)
            continue
        if FAMILIES[type(other)] != family:
            raise _mixed(result, other)
        result = _sum(result, other)
    return result


def average(items: Sequence[object]) -> Any:  # noqa: ANN401 - number, duration or None
    """Return fn:avg; None of no items, NaN when one comes before what cannot be summed."""
    if not items:
        return None
    for place, item in enumerate(items):
        value = _summand(item)
        if type(value) is float and math.isnan(value):
            total(items[: place + 1])
            return value
    result = total(items)
    if isinstance(result, DayTimeDuration):
        return DayTimeDuration(Decimal(divide(result.seconds, len(items))))
    return divide(result, len(items))


def maximum(items: Sequence[object]) -> Any:  # noqa: ANN401 - any atomic value or None
    """Return fn:max; None of an empty sequence, NaN when there is one."""
    return _extreme(items, largest=True)


def minimum(items: Sequence[object]) -> Any:  # noqa: ANN401 - any atomic value or None
    """Return fn:min; None of an empty sequence, NaN when there is one."""
    return _extreme(items, largest=False)


def _extreme(items: Sequence[object], *, largest: bool) -> Any:  # noqa: ANN401
    best: Any = None
    doubles = False
    for item in items:
        value: Any = _typed(item)
        if type(value) is float:
            if math.isnan(value):
                return value
            doubles = True
        if best is None:
            best = value
            continue
        family = FAMILIES[type(best)]
        if FAMILIES[type(value)] != family:
            raise _mixed(best, value)
        if doubles and family == "number":
            best, value = double(best), double(value)
        if value > best if largest else value < best:
            best = value
    return best


def subsequence(
    items: Sequence[Item], start: Number, length: Number | None = None
) -> Sequence[Item]:
    """Return the items from a position, counted from 1, as many as `length`.

    Both numbers are rounded as doubles; NaN selects nothing.
    """
    first = double(round_number(double(start)))
    end = math.inf if length is None else first + double(round_number(double(length)))
    if math.isnan(first) or math.isnan(end):
        return []
    most = len(items)
    return items[int(min(max(first - 1, 0), most)) : int(min(max(end - 1, 0), most))]


def insert_before(items: Sequence[Item], place: int, others: Sequence[Item]) -> list[Item]:
    """Return the items with others put in before a position."""
    index = min(max(place - 1, 0), len(items))
    return [*items[:index], *others, *items[index:]]


def remove(items: Sequence[Item], place: int) -> list[Item]:
    """Return the items but the one at a position."""
    return [item for index, item in enumerate(items, 1) if index != place]


def zero_or_one(items: Sequence[Item]) -> Sequence[Item]:
    """Return the sequence.

    Raises:
        DynamicError: FORG0003, it has several items.
    """
    if len(items) > 1:
        raise DynamicError("FORG0003", "more than one item")
    return items


def one_or_more(items: Sequence[Item]) -> Sequence[Item]:
    """Return the sequence.

    Raises:
        DynamicError: FORG0004, it is empty.
    """
    if not items:
        raise DynamicError("FORG0004", "no item")
    return items


def exactly_one(items: Sequence[Item]) -> Item:
    """Return the one item.

    Raises:
        DynamicError: FORG0005, there is none or there are several.
    """
    if len(items) != 1:
        raise DynamicError("FORG0005", f"{len(items)} items where one is due")
    return items[0]


def _typed(item: object) -> object:
    value = atomized(item)
    return double_of(value) if type(value) is Untyped else value


def _summand(item: object) -> Any:  # noqa: ANN401 - number or duration
    value = item if type(item) is Decimal else _typed(item)
    if FAMILIES[type(value)] not in _ADDED:
        raise DynamicError("FORG0006", f"{type_name(value)} cannot be summed")
    return value


def _sum(a: Any, b: Any) -> Any:  # noqa: ANN401 - both numbers, or both durations
    if isinstance(a, DayTimeDuration):
        return DayTimeDuration(_add(a.seconds, b.seconds))
    return add(a, b)


def _mixed(a: object, b: object) -> DynamicError:
    return DynamicError("FORG0006", f"{type_name(a)} and {type_name(b)} in one sequence")
