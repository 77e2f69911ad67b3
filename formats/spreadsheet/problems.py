"""What is wrong with a spreadsheet: where, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

MOST = 100
"""Problems that are listed; a sheet of 10,000 lines with one wrong column has 10,000."""


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """One thing that is wrong.

    Attributes:
        cell: Where: `C7`, or `Lines!C7` in a workbook; None for the file as a whole.
        column: The heading of the column, as written.
        message: What is wrong.
        fix: What to do.
    """

    cell: str | None
    column: str | None
    message: str
    fix: str | None = None


class SpreadsheetError(ValueError):
    """A spreadsheet that cannot be read as invoices.

    Attributes:
        problems: What is wrong, at most `MOST` of them.
        count: How many there are.
    """

    def __init__(self, problems: Sequence[SheetProblem]) -> None:
        first = problems[0]
        where = f"{first.cell}: " if first.cell else ""
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{where}{first.message}{more}")
        self.problems = tuple(problems[:MOST])
        self.count = len(problems)

    @classmethod
    def whole(cls, message: str, fix: str | None = None) -> Self:
        """Return the error of a file as a whole."""
        return cls([SheetProblem(None, None, message, fix)])
