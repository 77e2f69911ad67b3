import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.pl import nip

from countries.pl.ksef_number import KsefNumberError, compact, crc8, is_valid, validate

NUMBER = "5265877635-20250826-0100001AF629-AF"


@pytest.mark.official
def test_the_published_numbers_are_told_apart(official: Path) -> None:
    vectors = json.loads((official / "vectors" / "pl-ksef.json").read_text())["ksef_number"]
    assert {one["number"]: is_valid(one["number"]) for one in vectors} == {
        one["number"]: one["valid"] for one in vectors
    }
    assert {one["valid"] for one in vectors} == {True, False}


def test_the_parts_of_a_number() -> None:
    number = validate(NUMBER)
    assert number.seller == "5265877635"
    assert nip.is_valid(number.seller)
    assert number.taken_on == datetime.date(2025, 8, 26)
    assert (number.own, number.check) == ("0100001AF629", "AF")
    assert str(number) == NUMBER


def test_a_reference_may_have_one_hyphen_more() -> None:
    longer = "5265877635-20250826-010000-1AF629-AF"
    assert compact(longer) == NUMBER
    assert str(validate(f" {longer}\n")) == NUMBER


def test_the_crc_is_the_published_one() -> None:
    # CRC-8/SMBUS: the check value that every catalogue of CRCs gives for "123456789".
    assert crc8("123456789") == 0xF4
    assert crc8("") == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        NUMBER.lower(),
        NUMBER[:-1],
        f"{NUMBER}0",
        NUMBER.replace("-", ""),
        "0265877635-20250826-0100001AF629-AF",
        "5005877635-20250826-0100001AF629-AF",  # NIPs have no two zeros there
        "٥265877635-20250826-0100001AF629-AF",
    ],
)
def test_other_forms_are_no_numbers(text: str) -> None:
    with pytest.raises(KsefNumberError, match="looks like"):
        validate(text)


@pytest.mark.parametrize("day", ["20250230", "20251301", "00000000", "20191231"])
def test_the_day_is_one_of_the_calendar_since_there_is_a_ksef(day: str) -> None:
    body = f"5265877635-{day}-0100001AF629"
    with pytest.raises(KsefNumberError, match=day):
        validate(f"{body}-{crc8(body):02X}")


@given(st.integers(0, 31), st.integers(1, 9))
def test_no_single_digit_can_change_unseen(place: int, by: int) -> None:
    digit = NUMBER[place]
    if not digit.isdigit():
        return
    other = str((int(digit) + by) % 10)
    assert not is_valid(NUMBER[:place] + other + NUMBER[place + 1 :])
