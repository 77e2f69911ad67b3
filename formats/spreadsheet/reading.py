"""Invoices out of the rows of a spreadsheet.

Rows with the same number are one invoice; a row without a number goes on with the invoice above
it. A cell of a document's column may be left empty in all rows but one; two rows of one invoice
that say different things are a problem. A row that fills a column of lines is a line.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from formats.en16931.model import Invoice
from formats.findings import Finding
from formats.json.body import BodyRefusedError
from formats.json.document import Surroundings, read_json
from formats.spreadsheet.columns import LINES, NUMBER, Column, Form, column_of, similar
from formats.spreadsheet.delimited import read_delimited
from formats.spreadsheet.problems import SheetProblem, SpreadsheetError
from formats.spreadsheet.table import Cell, Row, Table
from formats.spreadsheet.values import CellError, DecimalSign, cell_text
from formats.spreadsheet.workbook import looks_like_workbook, read_workbook

__all__ = ["SheetInvoice", "SheetOptions", "looks_like_workbook", "read"]


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """What a file does not say of itself.

    Attributes:
        encoding: Of a CSV file that is neither UTF-8 nor UTF-16; see `delimited.ENCODINGS`.
        decimal: The decimal sign, `.` or `,`; None finds it.
    """

    encoding: str | None = None
    decimal: str | None = None


@dataclass(frozen=True, slots=True)
class SheetInvoice:
    """One invoice of a spreadsheet.

    Attributes:
        invoice: Complete.
        findings: What is wrong with its amounts and VAT so far; canonical pointers.
        cells: From JSON pointers into the invoice to the cells they come from.
        unread: Cells of columns that are not known, and what they hold.
    """

    invoice: Invoice
    findings: tuple[Finding, ...]
    cells: Mapping[str, str]
    unread: tuple[tuple[str, object], ...]


@dataclass(slots=True)
class _Draft:
    """The body of one invoice while its rows are read."""

    body: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    unread: list[tuple[str, object]] = field(default_factory=list)


def read(content: bytes, around: Surroundings, options: SheetOptions) -> tuple[SheetInvoice, ...]:
    """Return the invoices of a CSV file or a workbook, in the order of their first rows.

    Raises:
        SpreadsheetError: What is wrong, each with its cell.
    """
    if options.decimal not in {None, ".", ","}:
        raise SpreadsheetError.whole(f"{options.decimal!r} is no decimal sign; it is . or ,")
    if looks_like_workbook(content):
        tables, ignored = read_workbook(content)
    else:
        tables, ignored = (read_delimited(content, options.encoding),), ()
    work = _Work()
    for table in tables:
        work.table(table, options.decimal)
    if work.problems:
        raise SpreadsheetError(work.problems)
    if not work.drafts:
        raise SpreadsheetError.whole("There is no row below the headings.")
    made = []
    for draft in work.drafts.values():
        draft.unread.extend(ignored)
        made.append(_completed(draft, around, work.problems))
    if work.problems:
        raise SpreadsheetError(work.problems)
    return tuple(filter(None, made))


class _Work:
    """Drafts by number, while tables are read."""

    def __init__(self) -> None:
        self.drafts: dict[str, _Draft] = {}
        self.problems: list[SheetProblem] = []

    def table(self, table: Table, decimal: str | None) -> None:
        if not table.rows:
            return
        headings, *rows = table.rows
        known = self._known(headings)
        numbers = (
            cell.value
            for row in rows
            for column, cell in row.items()
            if column in known and known[column].form in {Form.NUMBER, Form.PERCENTAGE}
        )
        texts = (value.removesuffix("%") for value in numbers if isinstance(value, str))
        sign = DecimalSign(texts, decimal, table.decimal_hint)
        numbered = any(column.path == (NUMBER,) for column in known.values())
        current = next(iter(self.drafts), "")
        for row in rows:
            if numbered:
                current = self._number(row, known) or current
            draft = self.drafts.setdefault(current, _Draft())
            self._row(row, known, headings, sign, draft)

    def _known(self, headings: Row) -> dict[int, Column]:
        known: dict[int, Column] = {}
        taken: dict[tuple[bool, tuple[str | int, ...]], Cell] = {}
        for index, cell in headings.items():
            heading = str(cell.value).strip()
            if (column := column_of(heading)) is None:
                continue
            first = taken.setdefault((column.of_line, column.path), cell)
            if first is not cell:
                self.problems.append(
                    SheetProblem(
                        cell.place,
                        heading,
                        f"{first.place} ({first.value}) is the same column ({column.name}).",
                        "Keep one of them.",
                    )
                )
            known[index] = column
        return known

    @staticmethod
    def _number(row: Row, known: Mapping[int, Column]) -> str | None:
        for index, cell in row.items():
            if index in known and known[index].path == (NUMBER,):
                try:
                    return cell_text(cell, Form.TEXT, DecimalSign((), None, None))
                except CellError:
                    return None  # said when the row is read
        return None

    def _row(
        self,
        row: Row,
        known: Mapping[int, Column],
        headings: Row,
        sign: DecimalSign,
        draft: _Draft,
    ) -> None:
        line: int | None = None
        for index, cell in row.items():
            column = known.get(index)
            if column is None:
                heading = str(headings[index].value) if index in headings else ""
                draft.unread.append((_unknown(cell, heading), cell.value))
                continue
            heading = str(headings[index].value).strip()
            try:
                text = cell_text(cell, column.form, sign)
            except CellError as error:
                problem = SheetProblem(cell.place, heading, str(error), error.fix)
                self.problems.append(problem)
                continue
            path = column.path
            if column.of_line:
                if line is None:
                    line = len(draft.body.setdefault(LINES, []))
                    draft.body[LINES].append({})
                path = (LINES, line, *path)
            self._put(draft, path, text, cell, heading)

    def _put(
        self, draft: _Draft, path: tuple[str | int, ...], text: str, cell: Cell, heading: str
    ) -> None:
        pointer = "".join(f"/{step}" for step in path)
        said = draft.cells.get(pointer)
        if said is None:
            _set(draft.body, path, text)
            draft.cells[pointer] = cell.place
        elif _get(draft.body, path) != text:
            self.problems.append(
                SheetProblem(
                    cell.place,
                    heading,
                    f'"{text[:40]}" is not what {said} says of the same invoice.',
                    "Give the same value in all its rows, or leave all but one empty.",
                )
            )


def _unknown(cell: Cell, heading: str) -> str:
    close = similar(heading) if heading else None
    return f'{cell.place} ("{heading}"{f", perhaps {close}" if close else ""})'


def _set(body: Any, path: tuple[str | int, ...], text: str) -> None:  # noqa: ANN401 - JSON
    place = body
    for step, following in pairwise(path):
        inner: Any = [] if isinstance(following, int) else {}
        if isinstance(step, int):
            place.extend({} for _ in range(step + 1 - len(place)))
            place = place[step]
        else:
            place = place.setdefault(step, inner)
    last = path[-1]
    if isinstance(last, int):
        place.extend("" for _ in range(last + 1 - len(place)))
    place[last] = text


def _get(body: Any, path: tuple[str | int, ...]) -> object:  # noqa: ANN401 - JSON
    for step in path:
        body = body[step]
    return body


def _completed(
    draft: _Draft, around: Surroundings, problems: list[SheetProblem]
) -> SheetInvoice | None:
    """Complete a body as the API would; what it refuses is said of the cells it comes from."""
    try:
        found = read_json(json.dumps(_dense(draft.body)).encode(), around)
    except BodyRefusedError as error:
        problems += (_refused(draft, pointer, message) for pointer, message in error.parts)
        return None
    return SheetInvoice(found.invoice, found.findings, draft.cells, tuple(draft.unread))


def _dense(value: object) -> object:
    """Leave out the places that a heading with a higher number left empty."""
    if isinstance(value, dict):
        return {name: _dense(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_dense(inner) for inner in value if inner not in ({}, "")]
    return value


def _refused(draft: _Draft, pointer: str, message: str) -> SheetProblem:
    for place in _ancestors(pointer):
        if place in draft.cells:
            return SheetProblem(draft.cells[place], None, message)
    name = pointer.strip("/").replace("/", ".")
    number = draft.body.get(NUMBER)
    return SheetProblem(
        None,
        name or None,
        f"{name or 'The invoice'} {message}" + (f" (invoice {number})." if number else "."),
        f"Add a column for it; {name}.name is one." if name in {"seller", "buyer"} else None,
    )


def _ancestors(pointer: str) -> Iterator[str]:
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]
