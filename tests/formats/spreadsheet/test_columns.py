"""Headings: what columns there are, and under what names."""

import pytest

from formats.spreadsheet.columns import Column, column_of, columns
from formats.spreadsheet.words import WORDS


def test_every_column_is_found_by_its_name_and_by_its_term() -> None:
    for column in columns():
        assert column_of(column.name) == column
    terms = [column for column in columns() if column.term == "BT-44"]
    assert [column_of("BT-44")] == terms
    assert len(columns()) > 150


def test_names_in_words_mean_columns_that_exist() -> None:
    names = {column.name for column in columns()}
    assert set(WORDS.values()) <= names
    for words, name in WORDS.items():
        column = column_of(words)
        assert column is not None
        assert column.name == name, words


@pytest.mark.parametrize(
    ("heading", "path", "of_line"),
    [
        ("buyer.postal_address.city", ("buyer", "postal_address", "city"), False),
        ("BUYER CITY", ("buyer", "postal_address", "city"), False),
        ("bt-52", ("buyer", "postal_address", "city"), False),
        ("seller.electronic_address", ("seller", "electronic_address", "value"), False),
        (
            "seller.electronic_address.scheme",
            ("seller", "electronic_address", "scheme_identifier"),
            False,
        ),
        ("notes.2.note", ("notes", 1, "note"), False),
        ("Note 2", ("notes", 1, "note"), False),
        ("lines.allowances.2.amount", ("allowances", 1, "amount"), True),
        ("Quantity", ("invoiced_quantity",), True),
        ("Line discount %", ("allowances", 0, "percentage"), True),
        ("Line discount", ("allowances", 0, "amount"), True),
        ("lines.item_attributes.3.name", ("item_attributes", 2, "name"), True),
    ],
)
def test_headings(heading: str, path: tuple[object, ...], *, of_line: bool) -> None:
    column = column_of(heading)
    assert isinstance(column, Column)
    assert (column.path, column.of_line) == (path, of_line)


@pytest.mark.parametrize("heading", ["", "colour", "notes.0.note", "notes.999.note", "Quantity 2"])
def test_other_headings_are_not_known(heading: str) -> None:
    assert column_of(heading) is None
