"""How deep lines may stand in lines (BG-DEX-01): no rule says it, but recursion must end."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from formats.en16931.line import Line

MAX_LEVELS = 10
"""Below the lines of the document. JSON bodies of 40 levels and stacks of any caller bear it."""


def few_levels(lines: tuple["Line", ...]) -> tuple["Line", ...]:
    """Return sub lines.

    Raises:
        ValueError: They stand in each other on more levels than we take.
    """
    level: Iterable[Line] = lines
    for _ in range(MAX_LEVELS):
        level = [inner for line in level if line.extensions for inner in line.extensions.sub_lines]
        if not level:
            return lines
    raise ValueError(f"sub lines stand in each other on more than {MAX_LEVELS} levels")
