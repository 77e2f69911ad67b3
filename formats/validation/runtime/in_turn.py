"""Comparisons that ask for their operands as the oracle does: an error in the rest is not met."""

from collections.abc import Callable
from typing import Any

from formats.validation.runtime import compare
from formats.validation.runtime.glue import Items, value_comparison


def general_in_turn(operator: str, left: Callable[[], Any], right: Callable[[], Any]) -> bool:
    """Return a general comparison of one with one, left before right."""
    a = left()
    b = None if a is None else right()
    return b is not None and compare.general(operator, (a,), (b,))


def general_after(operator: str, left: Items, right: Callable[[], Items]) -> bool:
    """Return a general comparison that asks for the right side when there is a left one."""
    return bool(left) and compare.general(operator, left, right())


def value_in_turn(operator: str, left: Callable[[], Any], right: Callable[[], Any]) -> bool | None:
    """Return a value comparison of one with one, left before right."""
    a = left()
    return None if a is None else value_comparison(operator, a, right())
