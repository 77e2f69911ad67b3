"""What a cell says, in the form JSON would have it: numbers exact, dates ISO 8601, texts as are.

Numbers: no thousands separators. The decimal sign is one for the whole file: the one that is
named, else the one that some number leaves no doubt about ("12,5", "0.75"), else the one that the
delimiter speaks for. A number that could be read both ways ("1,234") and nothing else to go by is
refused. A number that a workbook holds as a number is an IEEE double; it is taken at the 15
significant digits that spreadsheet programs keep and show, so that 0.1 + 0.2 is 0.3.
"""

import contextlib
import datetime
import re
from collections.abc import Iterable
from decimal import Decimal

from formats.spreadsheet.columns import Form
from formats.spreadsheet.table import Cell

_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?|[+-]?[.,][0-9]+")
_EITHER_WAY = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
"""1,234: a thousand and more, or one and a bit."""
_ISO_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DOTTED_DATE = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})\.?")
_DOUBLE_DIGITS = 15


class CellError(ValueError):
    """A cell does not say what its column needs.

    Attributes:
        fix: What to write.
    """

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix


class DecimalSign:
    """The decimal sign of a file, found from all its numbers.

    Attributes:
        sign: `.` or `,`; None when the numbers contradict each other or leave it open.
    """

    def __init__(self, texts: Iterable[str], named: str | None, hint: str | None) -> None:
        numbers = [text.strip() for text in texts]
        certain = {
            sign
            for text in numbers
            if _NUMBER.fullmatch(text) and not _EITHER_WAY.fullmatch(text)
            for sign in ".,"
            if sign in text
        }
        self.contradictory = named is None and len(certain) > 1
        if named is not None:
            self.sign: str | None = named
        elif certain:
            self.sign = None if len(certain) > 1 else certain.pop()
        else:
            self.sign = hint

    def number(self, text: str) -> str:
        """Return a number with a decimal point.

        Raises:
            CellError: It is none, or could be read in two ways.
        """
        stripped = text.strip()
        if not _NUMBER.fullmatch(stripped):
            raise CellError(
                f'"{stripped[:40]}" is not a number.',
                "Write digits and one decimal sign, without thousands separators or currency.",
            )
        used = next((sign for sign in ".," if sign in stripped), None)
        if used is None:
            return stripped
        if self.contradictory:
            raise CellError(
                f'"{stripped[:40]}": the file has numbers with decimal point and with comma.',
                "Use one decimal sign in the whole file, and no thousands separators.",
            )
        if self.sign is None:
            raise CellError(
                f'"{stripped[:40]}" can be read in two ways.',
                "Write it with two decimals, or say which decimal sign the file uses.",
            )
        if used != self.sign:
            raise CellError(
                f'"{stripped[:40]}": the decimal sign of this file is "{self.sign}".',
                "Leave thousands separators out.",
            )
        return stripped.replace(",", ".")


def cell_text(cell: Cell, form: Form, sign: DecimalSign) -> str:
    """Return what a cell says to a column.

    Raises:
        CellError: It says nothing that the column can hold.
    """
    if cell.problem is not None:
        raise CellError(cell.problem, "Write the value itself into the cell.")
    value = cell.value
    match form:
        case Form.TEXT:
            return _text(value)
        case Form.DATE:
            return _date(value)
        case Form.NUMBER | Form.PERCENTAGE:
            return _number(value, sign, percentage=form is Form.PERCENTAGE)


def double_digits(text: str) -> Decimal:
    """Return a number of a workbook at the digits that a double holds for certain."""
    value = Decimal(text)
    digits = len(value.as_tuple().digits)
    if digits <= _DOUBLE_DIGITS:
        return value
    return Decimal(f"{value:.{_DOUBLE_DIGITS}g}")


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        if value.adjusted() >= _DOUBLE_DIGITS:
            raise CellError(
                f"The cell holds the number {value:f}, whose last digits a workbook loses.",
                "Format the cell as text and type the digits again.",
            )
        return f"{value.normalize():f}"
    raise CellError(
        f"The cell holds a date ({value}), the column takes text.", "Format the cell as text."
    )


def _date(value: object) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = value.strip() if isinstance(value, str) else str(value)
    dotted = _DOTTED_DATE.fullmatch(text)
    with contextlib.suppress(ValueError):  # 31 February
        if _ISO_DATE.fullmatch(text):
            return datetime.date.fromisoformat(text).isoformat()
        if dotted is not None:
            day, month, year = map(int, dotted.groups())
            return datetime.date(year, month, day).isoformat()
    raise CellError(
        f'"{text[:40]}" is not a date.',
        "Write it as 2026-11-30 or 30.11.2026; day and month around a slash could be either.",
    )


def _number(value: object, sign: DecimalSign, *, percentage: bool) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bool) or not isinstance(value, str):
        raise CellError(f"{value} is not a number.", "Format the cell as a number.")
    text = value.strip()
    if percentage and text.endswith("%"):
        text = text.removesuffix("%")
    return sign.number(text)
