"""CSV: which encoding and which delimiter, decided openly and never guessed from content.

Encoding: UTF-8, or UTF-16 with a byte order mark. Anything else has to be named, because a text in
windows-1250 read as windows-1252 is a text with other letters. Delimiter: the one of comma,
semicolon, tab and vertical bar that makes the first row a row of known columns; `sep=;` in the
first line, as spreadsheet programs write it, is obeyed.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence

from formats.spreadsheet.columns import known_headings
from formats.spreadsheet.problems import SpreadsheetError
from formats.spreadsheet.table import Cell, Row, Table, address, check_size

ENCODINGS = (
    *("utf-8", "utf-16", "windows-1250", "windows-1251", "windows-1252", "windows-1253"),
    *("windows-1254", "windows-1257", "iso-8859-1", "iso-8859-2", "iso-8859-15"),
)
"""Encodings that can be named."""

DELIMITERS = (",", ";", "\t", "|")
MAX_BYTES = 20 * 1024 * 1024
MAX_CELL = 131_072
"""Characters of a cell, as Python's reader has it."""


Known = Callable[[Sequence[str]], int]
"""Tells how many cells of a row are headings."""


def read_delimited(content: bytes, encoding: str | None, known: Known = known_headings) -> Table:
    """Return a CSV file as a table.

    Args:
        content: Of the file.
        encoding: See `ENCODINGS`; None for UTF-8, or UTF-16 with a byte order mark.
        known: What the headings are; those of invoices unless told.

    Raises:
        SpreadsheetError: Not text in the encoding, no row of known columns, too large, or quoting
            that does not close.
    """
    if len(content) > MAX_BYTES:
        raise SpreadsheetError.whole(f"More than {MAX_BYTES} bytes.", "Split the file.")
    text = _decoded(content, encoding)
    if "\0" in text:
        raise SpreadsheetError.whole(
            "The file holds NUL characters; it is no CSV.", "Save it as CSV UTF-8."
        )
    first, _, rest = text.partition("\n")
    named = first.strip().lower()
    skipped = 0
    if named.startswith("sep=") and len(first.strip()) == len("sep=") + 1:
        delimiter, text, skipped = first.strip()[-1], rest, 1
    else:
        delimiter = _delimiter(text, known)
    rows = []
    for number, row in enumerate(_rows(text, delimiter), skipped):
        check_size(number, len(row))
        cells: Row = {
            column: Cell(value, address(column, number))
            for column, value in enumerate(row)
            if value.strip()
        }
        if cells:
            rows.append(cells)
    return Table("", tuple(rows), {",": ".", ";": ","}.get(delimiter))


def _decoded(content: bytes, encoding: str | None) -> str:
    if encoding is not None and encoding.lower() not in ENCODINGS:
        raise SpreadsheetError.whole(
            f"The encoding {encoding!r} is not known.", f"Name one of {', '.join(ENCODINGS)}."
        )
    codec = encoding or "utf-8-sig"
    if encoding is None and content.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec = "utf-16"
    try:
        return content.decode("utf-8-sig" if codec.lower() == "utf-8" else codec)
    except UnicodeDecodeError as error:
        raise SpreadsheetError.whole(
            f"The bytes are not {encoding or 'UTF-8'} (byte {error.start}).",
            "Save the file as CSV UTF-8, or say in which encoding it is.",
        ) from None


def _delimiter(text: str, known: Known) -> str:
    """Return the delimiter under which the first row names the most columns."""
    found = []
    for delimiter in DELIMITERS:
        filled = (row for row in _rows(text, delimiter) if any(map(str.strip, row)))
        found.append((known(next(filled, [])), delimiter))
    most = max(count for count, _ in found)
    best = [delimiter for count, delimiter in found if count == most]
    if most == 0:
        raise SpreadsheetError.whole(
            "The first row names no column that is known here.",
            "Begin with a row of headings; the documentation lists them.",
        )
    return best[0]


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the rows; what Python's reader refuses is a problem of the file."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise SpreadsheetError.whole(
            f"Line {reader.line_num}: {error}.",
            "Quote a cell with a delimiter or line end in it, and double quotes inside.",
        ) from None
