"""What a template may cost: rounds, output, data, time."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from typing_extensions import override

MAX_OUTPUT = 500_000
"""Characters that come out of one."""
MAX_STEPS = 20_000
"""Rounds of all loops together."""
MAX_SECONDS = 5.0
"""That a template may take, whatever it does."""
MAX_DATA = 2_000_000
"""Characters of all values together."""


class TemplateRefusedError(ValueError):
    """A template that cannot be used.

    Attributes:
        line: Where, from 1; None when it is known only while it runs.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message if line is None else f"line {line}: {message}")
        self.line = line


@dataclass(slots=True)
class Budget:
    """What is left to a template. Whoever goes beyond is refused: `TemplateRefusedError`."""

    steps: int = MAX_STEPS
    output: int = MAX_OUTPUT
    data: int = MAX_DATA
    until: float = field(default_factory=lambda: time.monotonic() + MAX_SECONDS)

    def step(self) -> None:
        """Count a round of a loop."""
        self.steps -= 1
        if self.steps < 0:
            raise TemplateRefusedError(f"loops more than {MAX_STEPS} times")
        if time.monotonic() > self.until:
            raise TemplateRefusedError(f"takes more than {MAX_SECONDS:.0f} seconds")

    def say(self, part: str) -> None:
        """Count what comes out."""
        self.output -= len(part)
        if self.output < 0:
            raise TemplateRefusedError(f"gives more than {MAX_OUTPUT} characters")
        if time.monotonic() > self.until:
            raise TemplateRefusedError(f"takes more than {MAX_SECONDS:.0f} seconds")

    def take(self, value: str) -> str:
        """Count what goes in."""
        self.data -= len(value)
        if self.data < 0:
            raise TemplateRefusedError(f"is given more than {MAX_DATA} characters")
        return value

    def each(self, value: object) -> object:
        """Return what a loop may go through: lists, whose rounds are counted."""
        return value if isinstance(value, Counted) else ()


class Counted(list[Any]):
    """A list whose rounds are counted, whoever goes through it."""

    def __init__(self, values: list[Any], budget: Budget) -> None:
        super().__init__(values)
        self._budget = budget

    @override
    def __iter__(self) -> Iterator[Any]:
        for value in super().__iter__():
            self._budget.step()
            yield value


def counted(value: Any, budget: Budget) -> Any:  # noqa: ANN401 - JSON
    """Return JSON whose texts are counted now, and whose lists whenever they are gone through."""
    if isinstance(value, Mapping):
        return {budget.take(str(name)): counted(inner, budget) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return Counted([counted(inner, budget) for inner in value], budget)
    return budget.take(value) if isinstance(value, str) else value
