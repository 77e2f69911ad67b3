"""A file as rows of named texts: CSV or XLSX, headings in several languages. Pure.

Cells are data: what looks like a formula in a CSV file is a text, and a formula of a workbook is
what it gave when the file was saved.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from formats.spreadsheet.columns import Form
from formats.spreadsheet.delimited import read_delimited
from formats.spreadsheet.problems import SpreadsheetError
from formats.spreadsheet.reading import looks_like_workbook
from formats.spreadsheet.table import Row, Table
from formats.spreadsheet.values import CellError, DecimalSign, cell_text
from formats.spreadsheet.workbook import read_first_sheet
from gateway.kit.folding import folded
from gateway.problems import InvalidPart, RequestInvalidProblem

MAX_ROWS = 2_000
MAX_BYTES = 5 * 1024 * 1024
METADATA = "metadata."
_MAX_HEADING = 100


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a file can be.

    Attributes:
        names: Field by every heading that means it; see `key`.
        numbers: Fields that hold decimal numbers.
    """

    names: Mapping[str, str]
    numbers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, words: Mapping[str, str], numbers: frozenset[str] = frozenset()) -> "Columns":
        """Return columns from headings by field, parted by commas; a field means itself."""
        names: dict[str, str] = {}
        for field, written in words.items():
            for heading in (field, *written.split(",")):
                names.setdefault(key(heading), field)
        return cls(names, numbers)

    def field(self, heading: str) -> str | None:
        """Return the field that a heading means, None for one that is not known."""
        bare = heading.strip()
        if bare.lower().startswith(METADATA) and len(bare) > len(METADATA):
            return METADATA + bare[len(METADATA) :]
        return self.names.get(key(heading[:_MAX_HEADING]))


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a file.

    Attributes:
        number: From 1, as spreadsheet programs count.
        members: Texts by field; empty cells are not there.
        cells: By field, the address of the cell and its heading.
        problems: Cells that say nothing that their column can hold.
    """

    number: int
    members: Mapping[str, str]
    cells: Mapping[str, tuple[str, str]]
    problems: Sequence[tuple[str, InvalidPart]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file.

    Attributes:
        rows: Those below the headings.
        ignored: Headings that are not known, each perhaps with one that is like it.
    """

    rows: Sequence[SheetRow]
    ignored: Sequence[str]


def key(heading: str) -> str:
    """Return a heading without case, accents and punctuation."""
    return " ".join(re.sub(r"[\W_]+", " ", folded(heading)).split())


def read(content: bytes, columns: Columns, encoding: str | None = None) -> Sheet:
    """Return the rows of a CSV file or a workbook.

    Raises:
        RequestInvalidProblem: The file cannot be read, or is too large.
    """
    if len(content) > MAX_BYTES:
        raise _refused(f"The file has more than {MAX_BYTES} bytes.", "Split it.")
    try:
        if looks_like_workbook(content):
            table = read_first_sheet(content)
        else:
            table = read_delimited(
                content, encoding, lambda row: sum(1 for one in row if columns.field(one))
            )
    except SpreadsheetError as error:
        first = error.problems[0]
        raise _refused(first.message, first.fix) from None
    if len(table.rows) <= 1:
        raise _refused("There is no row below the headings.", None)
    if len(table.rows) - 1 > MAX_ROWS:
        raise _refused(f"The file has more than {MAX_ROWS} rows.", "Split it.")
    return _sheet(table, columns)


def _sheet(table: Table, columns: Columns) -> Sheet:
    headings, *rows = table.rows
    fields: dict[int, tuple[str, str]] = {}
    ignored = []
    for index, cell in headings.items():
        heading = str(cell.value).strip()
        field = columns.field(heading)
        if field is None:
            close = get_close_matches(key(heading[:_MAX_HEADING]), columns.names, 1, 0.8)
            ignored.append(f"{heading} (perhaps {close[0]}?)" if close else heading)
        elif field in {known for known, _ in fields.values()}:
            message = f"Two columns are {field}; the second is {cell.place} ({heading})."
            raise _refused(message, "Keep one of them.")
        else:
            fields[index] = (field, heading)
    if not fields:
        raise _refused("The first row names no column that is known here.", None)
    numbers = (
        str(cell.value).removesuffix("%")
        for row in rows
        for index, cell in row.items()
        if index in fields and fields[index][0] in columns.numbers and isinstance(cell.value, str)
    )
    sign = DecimalSign(numbers, None, table.decimal_hint)
    return Sheet([_row(row, fields, columns, sign) for row in rows], ignored)


def _row(
    row: Row, fields: Mapping[int, tuple[str, str]], columns: Columns, sign: DecimalSign
) -> SheetRow:
    members: dict[str, str] = {}
    cells: dict[str, tuple[str, str]] = {}
    problems: list[tuple[str, InvalidPart]] = []
    for index, cell in row.items():
        if index not in fields:
            continue
        field, heading = fields[index]
        cells[field] = (cell.place, heading)
        form = Form.PERCENTAGE if field in columns.numbers else Form.TEXT
        try:
            members[field] = cell_text(cell, form, sign)
        except CellError as error:
            problems.append((field, {"message": str(error), "fix": error.fix}))
    place = next(iter(row.values())).place
    return SheetRow(int(re.sub(r"\D", "", place)), members, cells, problems)


def _refused(message: str, fix: str | None) -> RequestInvalidProblem:
    part: InvalidPart = {"pointer": "", "message": message}
    if fix is not None:
        part["fix"] = fix
    return RequestInvalidProblem([part])
