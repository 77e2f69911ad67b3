from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from formats.en16931.currency import amount_decimals, minor_units
from formats.en16931.money import EXACT, Amount, add, round_amount, round_quotient

_AMOUNT = TypeAdapter(Amount)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        ("1.005", "1.01"),
        ("-1.005", "-1.01"),
        ("2.675", "2.68"),
        ("0.004999999999999999999999999999999", "0.00"),
        ("0.005", "0.01"),
        (
            "123456789012345678901234567890123456789.125",
            "123456789012345678901234567890123456789.13",
        ),
    ],
)
def test_halves_are_rounded_away_from_zero_and_no_digit_is_lost(value: str, rounded: str) -> None:
    assert str(round_amount(Decimal(value))) == rounded


@pytest.mark.parametrize(
    ("numerator", "denominator", "minor_units", "quotient"),
    [
        ("1", "3", 2, "0.33"),
        ("2", "3", 2, "0.67"),
        ("-1", "8", 2, "-0.13"),
        ("1", "-8", 2, "-0.13"),
        ("5", "10", 0, "1"),
        ("-5", "10", 0, "-1"),
        ("0.0149999999999999999999999999999999", "1", 2, "0.01"),
    ],
)
def test_a_quotient_is_rounded_once(
    numerator: str, denominator: str, minor_units: int, quotient: str
) -> None:
    result = round_quotient(Decimal(numerator), Decimal(denominator), minor_units)
    assert str(result) == quotient


@given(st.lists(st.integers(-(10**59), 10**59).map(lambda n: Decimal(n).scaleb(-30, EXACT))))
def test_sums_do_not_depend_on_the_order(values: list[Decimal]) -> None:
    assert add(values) == add(reversed(values))
    assert add([*values, *(value.copy_negate() for value in values)]) == 0


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        True,
        "1e5",
        "1_0",
        "NaN",
        "Infinity",
        "",
        "1,5",
        "٣",
        None,
        ["1"],
        b"1",
        Decimal("NaN"),
        Decimal("-Infinity"),
    ],
)
def test_only_decimal_numbers_are_amounts(value: object) -> None:
    with pytest.raises(ValidationError):
        _AMOUNT.validate_python(value)


@pytest.mark.parametrize(
    ("value", "amount"), [("12.50", "12.50"), (" 1. ", "1"), (3, "3"), (Decimal("1E+2"), "100")]
)
def test_amounts_are_kept_as_written(value: object, amount: str) -> None:
    assert str(_AMOUNT.validate_python(value)) == amount


@pytest.mark.parametrize("value", [10**60, "0." + "1" * 61, Decimal("1E+900000000")])
def test_amounts_have_sixty_digits_at_most(value: object) -> None:
    with pytest.raises(ValidationError):
        _AMOUNT.validate_python(value)


def test_currencies_have_the_decimals_of_iso_4217() -> None:
    assert [minor_units(code) for code in ("JPY", "EUR", "BHD", "CLF")] == [0, 2, 3, 4]
    assert [minor_units(code) for code in ("RSD", "ALL", "???", None)] == [2, 2, 2, 2]


def test_amounts_of_an_invoice_have_two_decimals_at_most() -> None:
    assert [amount_decimals(code) for code in ("JPY", "EUR", "BHD")] == [0, 2, 2]
