"""Workbooks as people send them: typed cells, formulas, several sheets."""

import datetime

from openpyxl.worksheet.worksheet import Worksheet

from formats.conversion import convert_reading, readings
from formats.json.document import Surroundings
from formats.reading import Source
from formats.registry import PROFILES
from formats.spreadsheet import SheetOptions
from tests.formats.spreadsheet.workbooks import HEADINGS, ROW, csv, workbook
from tests.formats.spreadsheet.workbooks import problems as _problems
from tests.formats.spreadsheet.workbooks import reading as _read

OPTIONS = SheetOptions()


def _plain(sheet: Worksheet) -> None:
    sheet.append(list(HEADINGS))
    sheet.append(list(ROW))


def test_a_workbook_says_the_same_as_the_csv() -> None:
    assert _read(workbook(_plain)).invoice == _read(csv(ROW)).invoice
    assert _read(workbook(_plain)).source is Source.XLSX


def test_typed_cells() -> None:
    def fill(sheet: Worksheet) -> None:
        _plain(sheet)
        sheet["B2"] = datetime.date(2026, 11, 30)
        sheet["H2"] = 1067
        sheet["H2"].number_format = "00000"
        sheet["J2"] = 0.1 + 0.2
        sheet["L2"] = 1234.56
        sheet["N2"] = 0.22
        sheet["N2"].number_format = "0%"
        sheet["A2"] = 2026001

    invoice = _read(workbook(fill)).invoice
    line = invoice.lines[0]
    assert invoice.number == "2026001"
    assert invoice.issue_date == datetime.date(2026, 11, 30)
    assert invoice.buyer.postal_address is not None
    assert invoice.buyer.postal_address.post_code == "01067"
    assert str(line.invoiced_quantity) == "0.3"
    assert str(line.item_net_price) == "1234.56"
    assert line.vat_rate == 22


def test_dates_of_the_other_epoch() -> None:
    def fill(sheet: Worksheet) -> None:
        _plain(sheet)
        sheet.parent.epoch = datetime.datetime(1904, 1, 1)  # noqa: DTZ001 - openpyxl's own
        sheet["B2"] = datetime.date(2026, 11, 30)

    assert _read(workbook(fill)).invoice.issue_date == datetime.date(2026, 11, 30)


def test_a_formula_counts_with_what_it_gave() -> None:
    def fill(sheet: Worksheet) -> None:
        _plain(sheet)
        sheet["L2"] = "=1+1"

    (problem,) = _problems(workbook(fill))
    assert (problem.cell, problem.column) == ("L2", "Net price")
    assert "never calculated" in problem.message


def test_an_error_value_is_a_problem() -> None:
    def fill(sheet: Worksheet) -> None:
        _plain(sheet)
        sheet["L2"] = "#DIV/0!"

    (problem,) = _problems(workbook(fill))
    assert "#DIV/0!" in problem.message


def test_digits_that_a_workbook_has_lost_are_not_taken_for_an_identifier() -> None:
    def fill(sheet: Worksheet) -> None:
        _plain(sheet)
        sheet["A2"] = 12345678901234567890

    (problem,) = _problems(workbook(fill))
    assert problem.cell == "A2"


def test_documents_and_lines_on_two_sheets() -> None:
    heads = ["Invoice number", *HEADINGS[1:8]]
    rows = [["R-1", *ROW[1:8]], ["R-2", *ROW[1:8]]]

    def fill(sheet: Worksheet) -> None:
        sheet.title = "Invoices"
        sheet.append(heads)
        for row in rows:
            sheet.append(row)

    lines = [
        ["Invoice number", *HEADINGS[8:]],
        ["R-1", *ROW[8:]],
        ["R-2", *ROW[8:]],
        ["R-1", *ROW[8:]],
    ]
    content = workbook(fill, Lines=lines, Remarks=[["hello"]])
    found = readings(content, Surroundings(), OPTIONS)
    assert [(one.invoice.number, len(one.invoice.lines)) for one in found] == [
        ("R-1", 2),
        ("R-2", 1),
    ]
    assert [loss.source for loss in found[0].losses] == ['sheet "Remarks"']
    made = convert_reading(found[0], PROFILES["facturx-minimum"])
    places = {loss.term: loss.source for loss in made.report.losses}
    assert (places["BT-53"], places["BT-153"]) == ("Invoices!H2", "Lines!B4")


def test_hidden_sheets_are_not_the_first() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["nothing"])
        sheet.sheet_state = "hidden"

    content = workbook(fill, Bills=[HEADINGS, ROW])
    assert _read(content).invoice.number == "R-1"
