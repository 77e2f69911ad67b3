"""XLSX: the sheets of a workbook as tables (ECMA-376 part 1, chapter 18: SpreadsheetML).

Read from the XML itself, because a number must come out with the digits that stand there and a
formula must not pass for a value: what a formula gave when the file was saved is taken, one that
was never calculated is a problem.
"""

import datetime
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from formats.spreadsheet.container import Container
from formats.spreadsheet.problems import SpreadsheetError
from formats.spreadsheet.table import Cell, CellValue, Row, Table, address, check_size
from formats.spreadsheet.values import double_digits
from formats.xml import string_value

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_ZIP, _OLE2 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,3})?")
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')

_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Number formats that are dates or times (18.8.30)."""
_PERCENT = frozenset((9, 10))
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How a character that XML cannot carry is written (22.9.2.19)."""

DOCUMENTS, LINES = frozenset({"invoices", "documents"}), frozenset({"lines", "items"})
"""Names of the two sheets of a workbook that keeps documents and lines apart."""


def looks_like_workbook(content: bytes) -> bool:
    """Tell whether bytes are a workbook, also an old one, which is refused in words."""
    return content.startswith((_ZIP, _OLE2))


def read_workbook(content: bytes) -> tuple[tuple[Table, ...], tuple[tuple[str, object], ...]]:
    """Return the sheets that hold invoices, and the names of sheets that are left aside.

    A sheet called Invoices (or Documents) and one called Lines (or Items) belong together;
    otherwise the first visible sheet is it.

    Raises:
        SpreadsheetError: No workbook that can be read.
    """
    book = _Book(Container.opened(content))
    sheets = book.sheets()
    named = {sheet.name.strip().casefold(): sheet for sheet in reversed(sheets)}
    documents = next((named[name] for name in DOCUMENTS if name in named), None)
    lines = next((named[name] for name in LINES if name in named), None)
    if documents is not None and lines is not None:
        chosen = [documents, lines]
    else:
        chosen = [sheet for sheet in sheets if not sheet.hidden][:1]
    if not chosen:
        raise SpreadsheetError.whole("The workbook has no visible sheet.")
    several = len(chosen) > 1
    tables = tuple(book.table(sheet, prefixed=several) for sheet in chosen)
    others = tuple(
        (f'sheet "{sheet.name}"', "The sheet as a whole")
        for sheet in sheets
        if sheet not in chosen
    )
    return tables, others


def read_first_sheet(content: bytes) -> Table:
    """Return the first sheet that can be seen, whatever it is called.

    Raises:
        SpreadsheetError: No workbook that can be read.
    """
    book = _Book(Container.opened(content))
    for sheet in book.sheets():
        if not sheet.hidden:
            return book.table(sheet, prefixed=False)
    raise SpreadsheetError.whole("The workbook has no visible sheet.")


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    part: str
    hidden: bool


class _Book:
    """A workbook: what its cells refer to."""

    def __init__(self, container: Container) -> None:
        self._container = container
        workbook = container.xml("xl/workbook.xml")
        if workbook is None or workbook.tag not in {f"{_MAIN}workbook", f"{_STRICT}workbook"}:
            raise SpreadsheetError.whole("The zip file is no .xlsx workbook.")
        self._workbook = workbook
        properties = workbook.find("{*}workbookPr")
        flag = None if properties is None else properties.get("date1904")
        # Day 1 is 1 January 1900, and 29 February 1900 counts although there was none (18.17.4.1).
        self._epoch = (
            datetime.date(1904, 1, 1) if flag in {"1", "true"} else datetime.date(1899, 12, 30)
        )
        self._texts = self._shared_texts()
        self._formats = self._number_formats()

    def sheets(self) -> list[_Sheet]:
        """Return the worksheets, in the order of the workbook."""
        relations = self._container.xml("xl/_rels/workbook.xml.rels")
        targets = {
            relation.get("Id"): relation.get("Target", "")
            for relation in (() if relations is None else relations)
            if (relation.get("Type") or "").endswith("/worksheet")
        }
        found = []
        for sheet in self._workbook.iterfind("{*}sheets/{*}sheet"):
            key = next((v for k, v in sheet.attrib.items() if str(k).endswith("}id")), None)
            if key in targets:
                target = targets[key]
                part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
                hidden = sheet.get("state", "visible") != "visible"
                found.append(_Sheet(sheet.get("name", ""), part, hidden))
        return found

    def table(self, sheet: _Sheet, *, prefixed: bool) -> Table:
        """Return a sheet's cells."""
        root = self._container.xml(sheet.part)
        if root is None:
            raise SpreadsheetError.whole(f'The sheet "{sheet.name}" is missing in the file.')
        rows: list[Row] = []
        following = 0
        for row in root.iterfind("{*}sheetData/{*}row"):
            number = _whole(row.get("r"), following + 1) - 1
            check_size(len(rows), 0)
            following = number + 1
            cells = dict(self._cells(row, number, sheet.name if prefixed else ""))
            if cells:
                rows.append(cells)
        return Table(sheet.name, tuple(rows))

    def _cells(self, row: etree._Element, number: int, sheet: str) -> Iterator[tuple[int, Cell]]:
        following = 0
        for node in row.iterfind("{*}c"):
            column = _column(node.get("r"), following)
            following = column + 1
            check_size(0, column)
            value, problem = self._value(node)
            if problem is not None or (value is not None and value != ""):
                place = address(column, number, sheet)
                yield column, Cell("" if value is None else value, place, problem)

    def _value(self, node: etree._Element) -> tuple[CellValue | None, str | None]:
        """Return what a cell holds, or why that cannot be told."""
        kind = node.get("t", "n")
        if kind == "inlineStr":
            inline = node.find("{*}is")
            return (_text(inline).strip() if inline is not None else None), None
        element = node.find("{*}v")
        raw = None if element is None else string_value(element).strip()
        if raw:
            return self._typed(raw, kind, node.get("s"))
        if node.find("{*}f") is not None and kind != "str":
            return None, "The cell holds a formula that was never calculated."
        return None, None

    def _typed(
        self, raw: str, kind: str, style: str | None
    ) -> tuple[CellValue | None, str | None]:
        """Read `v` as the type of the cell says (18.18.11)."""
        value: CellValue | None = None
        problem = None
        match kind:
            case "s":
                index = _whole(raw, -1)
                if 0 <= index < len(self._texts):
                    value = self._texts[index].strip()
                else:
                    problem = "The cell refers to a text that the workbook does not hold."
            case "str":
                value = _unescaped(raw)
            case "b":
                value = raw in {"1", "true"}
            case "e":
                problem = f"The cell holds the error {raw}."
            case "d":
                value = raw[:10]
            case _:
                return self._number(raw, style)
        return value, problem

    def _number(self, raw: str, style: str | None) -> tuple[CellValue | None, str | None]:
        if not _NUMBER.fullmatch(raw):
            return None, f'The cell holds "{raw[:40]}" as a number, which is none.'
        value = double_digits(raw)
        index = _whole(style, 0)
        number_format = self._formats[index] if 0 <= index < len(self._formats) else (0, "")
        kind, code = number_format
        if kind in _DATES or _is_date(code):
            try:
                return self._epoch + datetime.timedelta(days=int(value)), None
            except OverflowError:
                return None, f"The cell holds {raw} as a date, which is none."
        if kind in _PERCENT or "%" in _QUOTED.sub("", code):
            return (value * 100).normalize() + 0, None
        if code and set(code) == {"0"} and value == int(value):  # 00000: a post code
            return f"{int(value):0{len(code)}d}", None
        return value, None

    def _shared_texts(self) -> list[str]:
        root = self._container.xml("xl/sharedStrings.xml")
        return [] if root is None else [_text(entry) for entry in root.iterfind("{*}si")]

    def _number_formats(self) -> list[tuple[int, str]]:
        """Return number format and its code for every style of a cell."""
        root = self._container.xml("xl/styles.xml")
        if root is None:
            return []
        codes = {
            _whole(entry.get("numFmtId"), 0): entry.get("formatCode", "")
            for entry in root.iterfind("{*}numFmts/{*}numFmt")
        }
        found = []
        for style in root.iterfind("{*}cellXfs/{*}xf"):
            kind = _whole(style.get("numFmtId"), 0)
            found.append((kind, codes.get(kind, "")))
        return found


def _is_date(code: str) -> bool:
    """Tell whether a format of one's own shows a day: it has d, m or y outside quotes."""
    bare = _QUOTED.sub("", code).split(";")[0].lower()
    return any(letter in bare for letter in "dy") or ("m" in bare and "0" not in bare)


def _text(entry: etree._Element) -> str:
    """Return a text with its runs, without the phonetic reading beside it."""
    runs = [*entry.iterfind("{*}t"), *entry.iterfind("{*}r/{*}t")]
    return _unescaped("".join(string_value(run) for run in runs))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default  # noqa: PLR2004


def _column(reference: str | None, default: int) -> int:
    found = _REFERENCE.fullmatch(reference or "")
    if found is None:
        return default
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
