import pytest

from formats.en16931.codes.units import UNITS
from formats.json.units import _WORDS, unit_code


@pytest.mark.parametrize(
    ("written", "code"),
    [("hours", "HUR"), (" Hour ", "HUR"), ("pcs", "H87"), ("m²", "MTK"), ("each", "EA")],
)
def test_words_become_codes(written: str, code: str) -> None:
    assert unit_code(written) == code


@pytest.mark.parametrize("written", ["HUR", "MON", "4G", "bottle of wine", "", "NAR"])
def test_codes_and_what_has_no_one_meaning_stay(written: str) -> None:
    assert unit_code(written) == written


def test_every_word_means_one_code_of_the_list() -> None:
    words = [word for words in _WORDS.values() for word in words]
    assert len(words) == len(set(words))
    assert set(_WORDS) <= UNITS
    assert not set(words) & UNITS


@pytest.mark.parametrize(
    ("written", "code"), [("c62", "C62"), ("Hur", "HUR"), ("kgm", "KGM"), ("e49", "E49")]
)
def test_codes_in_small_letters_are_codes(written: str, code: str) -> None:
    assert unit_code(written) == code


def test_a_word_that_is_a_code_by_chance_stays() -> None:
    assert "STK" in UNITS
    assert unit_code("stk") == "stk"
