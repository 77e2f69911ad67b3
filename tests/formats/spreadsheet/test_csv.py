"""CSV as people send it: what is read, and what is said of what is not."""

import datetime
from decimal import Decimal

import pytest

from formats.conversion import convert_reading, readings
from formats.json.document import Surroundings
from formats.reading import Source
from formats.registry import PROFILES
from formats.spreadsheet import SheetOptions, SpreadsheetError, template_csv
from tests.formats.spreadsheet.workbooks import ROW, changed, csv
from tests.formats.spreadsheet.workbooks import problems as _problems
from tests.formats.spreadsheet.workbooks import reading as _read

OPTIONS = SheetOptions()


def test_the_template_converts_as_it_is() -> None:
    reading = _read(template_csv())
    assert (reading.source, reading.findings, reading.losses) == (Source.CSV, (), ())
    invoice = reading.invoice
    assert invoice.number == "2026-001"
    assert [line.item_name for line in invoice.lines] == ["Consulting", "Travel"]
    assert invoice.totals.amount_due == Decimal("268.46")
    assert invoice.seller.electronic_address is not None
    assert invoice.seller.electronic_address.scheme_identifier == "9949"
    assert convert_reading(reading, PROFILES["peppol-bis-3"], strict=True).report.lossless


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_columns(delimiter: str) -> None:
    assert _read(csv(ROW, delimiter=delimiter)).invoice.lines[0].item_net_price == Decimal("33.35")


def test_a_delimiter_that_is_said_is_obeyed() -> None:
    assert _read(b"sep=;\r\n" + csv(ROW, delimiter=";")).invoice.number == "R-1"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1250", "iso-8859-2"])
def test_encodings(encoding: str) -> None:
    content = csv(changed(Buyer_name="Čebelica")).decode().encode(encoding)
    named = None if encoding.startswith("utf") else encoding
    assert _read(content, encoding=named).invoice.buyer.name == "Čebelica"
    if named is not None:
        (problem,) = _problems(content)
        assert "not UTF-8" in problem.message


def test_rows_of_one_number_are_one_invoice() -> None:
    second = changed(Item_name="Travel", Buyer_name="", Invoice_date="")
    third = changed(Invoice_number="", Item_name="Food")
    other = changed(Invoice_number="R-2")
    found = readings(csv(ROW, second, third, other), Surroundings(), OPTIONS)
    assert [one.invoice.number for one in found] == ["R-1", "R-2"]
    assert [line.item_name for line in found[0].invoice.lines] == ["Consulting", "Travel", "Food"]
    assert all(one.several for one in found)
    with pytest.raises(SpreadsheetError, match="holds 2 invoices"):
        _read(csv(ROW, other))


def test_rows_of_one_invoice_must_agree() -> None:
    (problem,) = _problems(csv(ROW, changed(Buyer_name="Another")))
    assert (problem.cell, problem.column) == ("F3", "Buyer name")
    assert "F2" in problem.message
    assert problem.fix


@pytest.mark.parametrize(
    ("price", "value"),
    [("33.35", "33.35"), ("33,35", "33.35"), (".5", "0.5"), ("-1", "-1"), ("1234.5", "1234.5")],
)
def test_numbers_have_the_decimal_sign_of_the_file(price: str, value: str) -> None:
    line = _read(csv(changed(Net_price=price), delimiter=";")).invoice.lines[0]
    assert line.item_net_price == Decimal(value)


@pytest.mark.parametrize(
    ("price", "quantity", "delimiter", "cell"),
    [
        ("1.234,56", "3", ";", "L2"),
        ("1 234", "3", ";", "L2"),
        ("EUR 5", "3", ";", "L2"),
        ("1,5", "2.5", ";", "J2"),
        ("1.234", "1,5", ";", "L2"),
        ("1.234", "3", ";", "L2"),
        ("1,234", "3", "\t", "L2"),
        ("1e5", "3", ";", "L2"),
        ("NaN", "3", ";", "L2"),
        ("１２", "3", ";", "L2"),
    ],
)
def test_numbers_that_leave_a_doubt_are_refused(
    price: str, quantity: str, delimiter: str, cell: str
) -> None:
    row = changed(Net_price=price, Quantity=quantity)
    found = _problems(csv(row, delimiter=delimiter))
    assert cell in {problem.cell for problem in found}
    assert all(problem.fix for problem in found)


def test_a_doubt_ends_where_the_sign_is_named_or_another_number_tells() -> None:
    row = changed(Net_price="1,234")
    assert _read(csv(row, delimiter="\t"), decimal=",").invoice.lines[0].item_net_price == Decimal(
        "1.234"
    )
    told = changed(Net_price="1,234", Quantity="1,5")
    assert _read(csv(told, delimiter="\t")).invoice.lines[0].item_net_price == Decimal("1.234")


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-11-30", (2026, 11, 30)), ("30.11.2026", (2026, 11, 30)), ("1. 2. 2026", (2026, 2, 1))],
)
def test_dates(text: str, day: tuple[int, int, int]) -> None:
    found = _read(csv(changed(Invoice_date=text))).invoice.issue_date
    assert found == datetime.date(*day)


@pytest.mark.parametrize("text", ["11/12/2026", "2026-02-30", "31.2.2026", "yesterday", "45000"])
def test_other_dates_are_refused(text: str) -> None:
    (problem,) = _problems(csv(changed(Invoice_date=text)))
    assert (problem.cell, problem.column) == ("B2", "Invoice date")


def test_a_percentage_may_have_its_sign() -> None:
    assert _read(csv(changed(VAT_rate="22%"))).invoice.lines[0].vat_rate == 22


def test_columns_that_are_not_known_are_told() -> None:
    content = (
        csv(ROW)
        .replace(b"VAT rate", b"VAT rate,Qauntity,Colour")
        .replace(b",S,22", b",S,22,5,red")
    )
    reading = _read(content)
    assert [(loss.source, loss.value) for loss in reading.losses] == [
        ('O2 ("Qauntity", perhaps quantity)', "5"),
        ('P2 ("Colour")', "red"),
    ]


def test_what_is_lost_later_is_told_with_its_cell() -> None:
    made = convert_reading(_read(csv(ROW)), PROFILES["facturx-minimum"])
    places = {loss.term: loss.source for loss in made.report.losses}
    assert places["BT-153"] == "I2"
    assert places["BT-53"] == "H2"


def test_a_column_twice_is_a_problem() -> None:
    (problem,) = _problems(csv(ROW).replace(b"Buyer country", b"Customer name"))[:1]
    assert problem.cell == "G1"
    assert "F1" in problem.message


def test_what_the_invoice_needs_and_no_column_gives_is_said() -> None:
    (problem,) = _problems(b"Invoice number,Item name\r\n1,A\r\n")[:1]
    assert problem.cell is None
    assert problem.column in {"seller", "buyer"}


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"\r\n\r\n", "no column"),
        (b"a,b,c\r\n1,2,3\r\n", "no column"),
        (csv(), "no row"),
        (b'Invoice number,Buyer name\r\n"1,2\r\n', "Line"),
        (b"Invoice number\r\n1\0\r\n", "NUL"),
        (b"\xff\xfeI", "not UTF-8"),
        (b"Invoice number\r\n" + b"x" * 200_000, "Line"),
    ],
)
def test_files_that_are_no_invoices(content: bytes, word: str) -> None:
    if not content:
        with pytest.raises(ValueError, match=word):
            _read(content)
        return
    (problem,) = _problems(content)
    assert word in problem.message
