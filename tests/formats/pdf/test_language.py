"""Words and number formats."""

import datetime
import tomllib
from decimal import Decimal
from importlib import resources

import pytest

from formats.pdf.language import LOCALES, language

LABELS = resources.files("formats.pdf") / "labels"


def labels(code: str) -> dict[str, str]:
    return tomllib.loads((LABELS / f"{code}.toml").read_text(encoding="utf-8"))


def test_every_language_has_a_file_and_no_file_is_left_over() -> None:
    files = {path.name.removesuffix(".toml") for path in LABELS.iterdir()}
    assert files == set(LOCALES)


@pytest.mark.parametrize("code", sorted(LOCALES))
def test_every_language_has_every_word(code: str) -> None:
    words = labels(code)
    assert words.keys() == labels("en").keys()
    assert all(word.strip() for word in words.values())
    assert {"{page}", "{pages}"} <= set(words["page"].split())


@pytest.mark.parametrize(
    ("code", "number", "money", "date"),
    [
        ("de", "1.234.567,50", "1.234.567,50\u00a0EUR", "05.03.2026"),
        ("en", "1,234,567.50", "EUR\u00a01,234,567.50", "5\xa0Mar\xa02026"),
        ("es", "1.234.567,50", "1.234.567,50\u00a0EUR", "5\xa0mar\xa02026"),
        ("fr", "1\u202f234\u202f567,50", "1\u202f234\u202f567,50\u00a0EUR", "5\xa0mars\xa02026"),
        ("hr", "1.234.567,50", "1.234.567,50\u00a0EUR", "5.\xa0ožu\xa02026."),
        ("it", "1.234.567,50", "1.234.567,50\u00a0EUR", "5\xa0mar\xa02026"),
        ("nl", "1.234.567,50", "EUR\u00a01.234.567,50", "5\xa0mrt\xa02026"),
        ("pl", "1\u00a0234\u00a0567,50", "1\u00a0234\u00a0567,50\u00a0EUR", "5\xa0mar\xa02026"),
        ("pt", "1\u00a0234\u00a0567,50", "1\u00a0234\u00a0567,50\u00a0EUR", "05/03/2026"),
        ("ro", "1.234.567,50", "1.234.567,50\u00a0EUR", "5\xa0mar.\xa02026"),
        ("sl", "1.234.567,50", "1.234.567,50\u00a0EUR", "5.\xa0mar.\xa02026"),
    ],
)
def test_numbers_and_dates_follow_the_language(
    code: str, number: str, money: str, date: str
) -> None:
    words = language(code)
    assert words.number(Decimal("1234567.50")) == number
    assert words.money(Decimal("1234567.50"), "EUR") == money
    assert words.date(datetime.date(2026, 3, 5)) == date


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("0", "0"),
        ("1000", "1,000"),
        ("12.3450", "12.3450"),  # as the invoice has it, never a currency's two
        ("-0.10", "\u22120.10"),
        ("1" * 60, ",".join(["111"] * 20)),
        ("0." + "1" * 60, "0." + "1" * 60),
    ],
)
def test_a_number_keeps_its_digits(value: str, printed: str) -> None:
    assert language("en").number(Decimal(value)) == printed


def test_countries_and_units_have_names_and_strange_codes_stay() -> None:
    words = language("de")
    assert (words.country("SI"), words.country("1A")) == ("Slowenien", "1A")
    assert (words.unit("HUR"), words.unit("KGM"), words.unit("X4H")) == ("Std.", "kg", "X4H")


def test_a_language_goes_by_its_first_part() -> None:
    assert language("de-AT") is not None
    assert language("pt_BR").code == "pt"
    with pytest.raises(KeyError):
        language("xx")
