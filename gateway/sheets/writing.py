"""CSV (RFC 4180) and XLSX: rows in, bytes out, in constant memory."""

import csv
import datetime
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import IO, Protocol

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from gateway.kit.clock import written
from gateway.sheets.cells import Value, as_text, defused
from gateway.sheets.problems import ExportTooLargeProblem

_MOST_ROWS = 1_048_576  # of a worksheet
_MOST_CHARACTERS = 32_767  # of a cell
_EXACT_DIGITS = 15  # what a double holds of any decimal
_CREATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)


class Sheet(Protocol):
    """Takes rows, and ends up as a file."""

    def add(self, row: Sequence[Value]) -> None:
        """Add a row."""

    def close(self) -> None:
        """Write what is left to write."""


class DelimitedSheet:
    """CSV: UTF-8 without mark, commas, CRLF, quotes where needed; the first row has the names."""

    def __init__(self, sink: IO[bytes], names: Sequence[str]) -> None:
        self._text = io.TextIOWrapper(sink, "utf-8", newline="", write_through=True)
        self._writer = csv.writer(self._text, lineterminator="\r\n")
        self._writer.writerow(map(defused, names))

    def add(self, row: Sequence[Value]) -> None:
        """Add a row."""
        self._writer.writerow(map(as_text, row))

    def close(self) -> None:
        """Let go of the file, which stays open."""
        self._text.detach()


class WorkbookSheet:
    """XLSX: one worksheet, amounts and dates as such, its date of creation always the same."""

    def __init__(self, sink: IO[bytes], names: Sequence[str]) -> None:
        self._book = xlsxwriter.Workbook(
            sink,
            {
                "constant_memory": True,
                "tmpdir": str(Path(sink.name).parent),
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        self._book.set_properties({"created": _CREATED})
        self._amount = self._book.add_format({"num_format": "0.00######"})
        self._date = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._sheet: Worksheet = self._book.add_worksheet("Export")
        self._row = 0
        self.add(list(names))
        self._sheet.freeze_panes(1, 0)

    def add(self, row: Sequence[Value]) -> None:
        """Add a row.

        Raises:
            ExportTooLargeProblem: The worksheet is full.
        """
        if self._row == _MOST_ROWS:
            raise ExportTooLargeProblem(
                f"A worksheet has room for {_MOST_ROWS} rows: export as CSV, or fewer documents."
            )
        for column, value in enumerate(row):
            self._write(column, value)
        self._row += 1

    def close(self) -> None:
        """Write the workbook."""
        self._book.close()

    def _write(self, column: int, value: Value) -> None:
        sheet, row = self._sheet, self._row
        match value:
            case None:
                return
            case str():
                text = defused(value)
                if len(text) > _MOST_CHARACTERS:
                    raise ExportTooLargeProblem(
                        f"A cell has room for {_MOST_CHARACTERS} characters, and a text is "
                        "longer: export as CSV."
                    )
                sheet.write_string(row, column, text)
            case Decimal():
                if len(value.as_tuple().digits) <= _EXACT_DIGITS:
                    sheet.write_number(row, column, float(value), self._amount)
                else:
                    sheet.write_string(row, column, f"{value:f}")
            case datetime.datetime():
                sheet.write_string(row, column, written(value))
            case _:
                sheet.write_datetime(row, column, value, self._date)
