"""Workbooks for tests, made by openpyxl as users' programs make them, or by hand to be hostile."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from formats.json.document import Surroundings
from formats.reading import Reading, read
from formats.spreadsheet import SheetOptions, SheetProblem, SpreadsheetError

HEADINGS = (
    *("Invoice number", "Invoice date", "Currency", "Seller name", "Seller country"),
    *("Buyer name", "Buyer country", "Buyer post code"),
    *("Item name", "Quantity", "Unit", "Net price", "VAT category", "VAT rate"),
)
ROW = (
    *("R-1", "2026-11-30", "EUR", "S d.o.o.", "SI", "B GmbH", "DE", "01067"),
    *("Consulting", "3", "HUR", "33.35", "S", "22"),
)


def csv(*rows: Sequence[str], delimiter: str = ",") -> bytes:
    """Return a CSV file with the headings above."""
    return "".join(delimiter.join(row) + "\r\n" for row in (HEADINGS, *rows)).encode()


def changed(**cells: str) -> tuple[str, ...]:
    """Return the row above with some cells changed; spaces are underscores in their names."""
    row = dict(zip(HEADINGS, ROW, strict=True))
    row |= {name.replace("_", " "): value for name, value in cells.items()}
    return tuple(row.values())


def workbook(fill: Callable[[Worksheet], None], **sheets: Sequence[Sequence[Any]]) -> bytes:
    """Return a workbook whose first sheet `fill` writes into; more sheets by name."""
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    fill(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_parts(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return a workbook with parts replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, parts.get(name, source.read(name)))
        for name in parts.keys() - set(source.namelist()):
            target.writestr(name, parts[name])
    return out.getvalue()


def reading(content: bytes, **options: Any) -> Reading:  # noqa: ANN401 - of two kinds
    """Return the one invoice of a spreadsheet."""
    return read(content, Surroundings(), SheetOptions(**options))


def problems(content: bytes, **options: Any) -> tuple[SheetProblem, ...]:  # noqa: ANN401
    """Return what is wrong with a spreadsheet."""
    with pytest.raises(SpreadsheetError) as raised:
        reading(content, **options)
    return raised.value.problems
