"""A traffic light, and what it stands for. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Light(StrEnum):
    """What to expect when the document is issued now."""

    GREEN = "green"
    """It would go through."""
    AMBER = "amber"
    """It can be issued, but somebody should look first; or it cannot be known now."""
    RED = "red"
    """It would be refused, here or by the other side."""


_ORDER = (Light.GREEN, Light.AMBER, Light.RED)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        id: A stable name: `rules`, `recipient` ...
        light: What came of it.
        reason: Why, and what to do where something is to be done.
        data: What programs may want to know: findings, a number, a day.
    """

    id: str
    light: Light
    reason: str
    data: Mapping[str, Any] = field(default_factory=dict)


def worst(checks: Iterable[Check]) -> Light:
    """Return the light of all together; green for nothing."""
    return max((one.light for one in checks), key=_ORDER.index, default=Light.GREEN)
