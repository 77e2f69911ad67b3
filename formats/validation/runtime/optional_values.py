"""Comparisons of two values of one type where there may be none: nothing compares with nothing."""

from typing import Any, TypeAlias

Value: TypeAlias = Any
"""A value that Python compares with the other one, or None."""


def nothing_beside(_: Value) -> None:
    """Return what a value is compared with nothing: nothing; it was computed all the same."""


def same(a: Value, b: Value) -> bool:
    """Return whether both are there and equal."""
    return a is not None and b is not None and bool(a == b)


def differs(a: Value, b: Value) -> bool:
    """Return whether both are there and differ."""
    return a is not None and b is not None and bool(a != b)


def less(a: Value, b: Value) -> bool:
    """Return whether both are there and the first is less."""
    return a is not None and b is not None and bool(a < b)


def not_more(a: Value, b: Value) -> bool:
    """Return whether both are there and the first is not more."""
    return a is not None and b is not None and bool(a <= b)


def more(a: Value, b: Value) -> bool:
    """Return whether both are there and the first is more."""
    return a is not None and b is not None and bool(a > b)


def not_less(a: Value, b: Value) -> bool:
    """Return whether both are there and the first is not less."""
    return a is not None and b is not None and bool(a >= b)
