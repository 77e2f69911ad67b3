"""A sheet as rows of cells, whatever file it comes from."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from formats.spreadsheet.problems import SpreadsheetError

MAX_ROWS = 100_000
MAX_COLUMNS = 1_000

CellValue: TypeAlias = str | Decimal | datetime.date | bool
"""What a cell holds. A CSV file holds texts only."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not empty.

    Attributes:
        value: What it holds.
        place: Its address, `C7` or `Lines!C7`.
        problem: Why the value cannot be used, if so: an error value, a formula without result.
    """

    value: CellValue
    place: str
    problem: str | None = None


Row: TypeAlias = dict[int, Cell]
"""Cells by column, from 0; empty cells are not there."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet.

    Attributes:
        name: Of the sheet; "" for a CSV file.
        rows: Those that hold something, in their order.
        decimal_hint: The decimal sign that the file's delimiter speaks for, if any.
    """

    name: str
    rows: tuple[Row, ...]
    decimal_hint: str | None = None


def address(column: int, row: int, sheet: str = "") -> str:
    """Return the address of a cell, both from 0: `address(2, 6)` is `C7`."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{sheet}!{letters}{row + 1}" if sheet else f"{letters}{row + 1}"


def check_size(rows: int, columns: int) -> None:
    """Refuse what no invoice needs.

    Raises:
        SpreadsheetError: Too many rows or columns.
    """
    if rows > MAX_ROWS:
        raise SpreadsheetError.whole(f"More than {MAX_ROWS} rows.", "Split the file.")
    if columns > MAX_COLUMNS:
        raise SpreadsheetError.whole(f"More than {MAX_COLUMNS} columns.")
