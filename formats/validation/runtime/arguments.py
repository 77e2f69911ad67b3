"""What a function or an operator is given, made what it expects (XPath 2.0, section 3.1.5).

Here a sequence of unknown length becomes one value, or None; wrong lengths and types are
XPTY0004 as everywhere.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from formats.validation.runtime.casts import type_name
from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.numbers import Number, double_of, integer_of
from formats.validation.runtime.texts import string_of
from formats.validation.runtime.untyped import Untyped, atomized


def optional(items: Sequence[object]) -> Any:  # noqa: ANN401 - any item
    """Return the one item, None when there is none; several are XPTY0004."""
    if len(items) == 1:
        return items[0]
    if not items:
        return None
    raise DynamicError("XPTY0004", "more than one item where one is expected")


def one(items: Sequence[object]) -> Any:  # noqa: ANN401 - any item
    """Return the one item; none and several are XPTY0004."""
    if len(items) == 1:
        return items[0]
    raise DynamicError("XPTY0004", f"{len(items)} items where one is expected")


def string_argument(items: Sequence[object]) -> str:
    """Return the text where `xs:string?` is expected, empty when there is no item."""
    return string_parameter(items[0]) if len(items) == 1 else _empty(items)


def string_parameter(item: object) -> str:
    """Return the text of one item where `xs:string` is expected; numbers are XPTY0004."""
    value = atomized(item)
    if isinstance(value, str):
        return str(value)
    raise DynamicError("XPTY0004", f"{type_name(value)} where xs:string is expected")


def string(items: Sequence[object]) -> str:
    """Return fn:string of an optional item: of any type, empty when there is none."""
    return string_of(items[0]) if len(items) == 1 else _empty(items)


def number_argument(items: Sequence[object]) -> Number | None:
    """Return the number where `numeric?` is expected; untyped text is a double."""
    item = optional(items)
    return None if item is None else number_parameter(item)


def number_parameter(item: object) -> Number:
    """Return one item where a number is expected; untyped text is a double."""
    value = atomized(item)
    if type(value) is Untyped:
        return double_of(value)
    if type(value) in (int, Decimal, float):
        return value  # type: ignore[return-value]
    raise DynamicError("XPTY0004", f"{type_name(value)} where a number is expected")


def integer_argument(items: Sequence[object]) -> int | None:
    """Return the integer where `xs:integer?` is expected; untyped text is read."""
    item = optional(items)
    return None if item is None else integer_parameter(item)


def integer_parameter(item: object) -> int:
    """Return one item where `xs:integer` is expected; untyped text is read."""
    value = atomized(item)
    if type(value) is Untyped:
        return integer_of(value)
    if type(value) is int:
        return value
    raise DynamicError("XPTY0004", f"{type_name(value)} where xs:integer is expected")


def integers(start: Sequence[object], end: Sequence[object]) -> range:
    """Return `start to end`; nothing when an operand is empty or they run backwards."""
    first, last = integer_argument(start), integer_argument(end)
    return range(0) if first is None or last is None else range(first, last + 1)


def _empty(items: Sequence[object]) -> str:
    if items:
        raise DynamicError("XPTY0004", "more than one item where a string is expected")
    return ""
