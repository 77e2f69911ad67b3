"""Functions on strings give what Saxon gives."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from formats.validation.runtime import arguments, pictures, texts
from formats.validation.runtime.numbers import Number
from tests.formats.validation.runtime.saxon_values import Case, agree

STRINGS = (
    *("", " ", "a", " a\t b\r\n  c ", "\u00a0a \u2003b\u3000", "abcabc", "straße", "ŉ", "ﬁ", "İ"),
    *(
        "ı",
        "ς",
        "ΑΣ",
        "ΟΔΟΣ ΟΔΟΣ",
        "ῼ",
        "ΐ",
        "և",
        "ǅ",
        "ẞ",
        "😀a😀",
        "e\u0301",
        "\x85x\u2028",
        "ǆ",
    ),
    *("\n\n", "x\ry", "A  B"),
)
ITEMS = (
    *("string:a ", "untyped: 1 ", "node: x ", "integer:-0", "integer:12", "decimal:-0.0"),
    *("decimal:10.500", "decimal:0.000001", "decimal:.5", "decimal:100", "double:1e6", "double:0"),
    *("double:999999", "double:1e-6", "double:1e-7", "double:-0", "double:INF", "double:NaN"),
    *("double:0.1", "double:100", "boolean:1", "boolean:false", "date:2024-02-29+00:00"),
    *("dateTime:2024-02-29T24:00:00", "time:10:00:00.500", "dayTimeDuration:PT36H"),
    *("anyURI:x", f"integer:{'9' * 50}", f"decimal:{'1' * 40}.{'1' * 40}"),
)
POSITIONS = (
    *("integer:2", "integer:0", "integer:-1", "integer:99", "double:1.5", "double:2.5"),
    *("double:NaN", "double:INF", "double:-INF", "double:-42", "decimal:1.5", "decimal:2.5"),
    *("double:0.49999999999999994", "double:0.5", "untyped:2", "integer:3"),
)

many = settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)
characters = st.characters(
    exclude_categories=["Cs", "Cn"],
    exclude_characters="".join(map(chr, (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))),
)
any_text = st.one_of(
    st.text(characters, max_size=12), st.text(" \t\r\nab", max_size=12), st.text("ab", max_size=5)
).map("string:".__add__)


def lists(*arguments_: st.SearchStrategy[str]) -> st.SearchStrategy[list[Case]]:
    return st.lists(st.tuples(*arguments_), min_size=30, max_size=50)


def test_the_string_of_any_item_is_saxons() -> None:
    agree("string($a)", texts.string_of, [(item,) for item in ITEMS])


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("normalize-space", texts.normalize_space),
        ("upper-case", str.upper),
        ("lower-case", texts.lower_case),
        ("string-length", len),
        ("string-to-codepoints", texts.string_to_codepoints),
    ],
)
class TestOfOneText:
    def test_edge_cases(self, name: str, function: Callable[[str], object]) -> None:
        agree(f"{name}($a)", function, [(f"string:{text}",) for text in STRINGS])

    @many
    @given(data=st.data())
    def test_any_text(
        self, name: str, function: Callable[[str], object], data: st.DataObject
    ) -> None:
        agree(f"{name}($a)", function, data.draw(lists(any_text)))


TWO = {
    "contains": lambda a, b: b in a,
    "starts-with": lambda a, b: a.startswith(b),
    "ends-with": lambda a, b: a.endswith(b),
    "substring-before": texts.substring_before,
    "substring-after": texts.substring_after,
    "compare": texts.compare,
}


@pytest.mark.parametrize("name", TWO)
def test_two_texts_edge_cases(name: str) -> None:
    small = ("", "a", "ab", "b", "bc", "abc", "😀", "\ufffd", "\U00010000", "B", "ä", "a\u0308")
    agree(
        f"{name}($a, $b)",
        TWO[name],
        [(f"string:{a}", f"string:{b}") for a in small for b in small],
    )


@pytest.mark.parametrize("name", TWO)
@many
@given(cases=lists(any_text, any_text))
def test_any_two_texts(name: str, cases: list[Case]) -> None:
    agree(f"{name}($a, $b)", TWO[name], cases)


def test_substring_is_saxons_for_edge_cases() -> None:
    agree(
        "substring($a, $b, $c)",
        lambda a, b, c: texts.substring(a, _number(b), _number(c)),
        [
            ("string:12😀45", start, length)
            for start in POSITIONS
            for length in POSITIONS
            if length != "double:INF" or start in ("double:-42", "double:NaN", "double:-INF")
        ],  # Saxon breaks when the length is infinite and the start inside the text
    )
    agree(
        "substring($a, $b)",
        lambda a, b: texts.substring(a, _number(b)),
        [
            ("string:12😀45", start)
            for start in POSITIONS
            if "0.499" not in start  # Saxon breaks
        ],
    )


def _number(item: object) -> Number:
    return arguments.number_parameter(item)


@many
@given(
    cases=lists(
        any_text,
        st.floats(-5, 15).map(lambda x: f"double:{x}"),
        st.floats(-5, 15).map(lambda x: f"double:{x}"),
    )
)
def test_substring_is_saxons(cases: list[Case]) -> None:
    agree("substring($a, $b, $c)", texts.substring, cases)


@many
@given(cases=lists(any_text, any_text, any_text))
def test_translate_is_saxons(cases: list[Case]) -> None:
    agree("translate($a, $b, $c)", texts.translate, cases)


def test_codepoints_must_be_characters_of_xml() -> None:
    numbers = (
        *(-1, 0, 1, 8, 9, 10, 11, 13, 14, 31, 32, 65, 0xD7FF, 0xD800, 0xDFFF, 0xE000, 0xFFFD),
        *(0xFFFE, 0xFFFF, 0x10000, 0x10FFFF, 0x110000, 10**12),
    )
    agree(
        "codepoints-to-string($a)",
        texts.codepoints_to_string,
        [([f"integer:{number}", "integer:66"],) for number in numbers],
    )


NUMBERS = (
    *("decimal:1234567.895", "integer:0", "decimal:-0.5", "double:1e10", "double:NaN"),
    *("decimal:0.005", "double:0.015", "double:-INF", "double:1.005", "double:-0", "integer:-12"),
    *("decimal:-0.001", "integer:123456789012345678901234567890", "double:1e-10", "double:0.045"),
    *("double:123456789.125", "decimal:0.045", "decimal:999.995", "decimal:0.5", "decimal:1.5"),
)
PICTURES = (
    *("#.00", "0.00", "00", "#0.00", "#,##0.00", "#,##0.##", "0.0#", "#", "0", "##0.0#%", "0000"),
    *("0.00;(0.00)", "0.00;-0.00", "-0.00", "€0.00", "0.00 EUR", "#,##0", "0,0.0", "#.#", "0."),
    *(
        "‰0",
        "",
        "#0#",
        "abc",
        "0.0.0",
        "0;0;0",
        "##,##,##0",
        "0.00‰",
        "#,#",
        "#0.000000",
        ".",
        ",",
    ),
    *("0,", "0,,0", "0.#0", "a0b0", "%0%", ".0", "#,##,##0.0", "0,000,00"),
)


@pytest.mark.parametrize("picture", PICTURES)
def test_numbers_are_written_by_pictures_as_saxon_writes_them(picture: str) -> None:
    agree(
        "format-number($a, $b)",
        pictures.format_number,
        [(number, f"string:{picture}") for number in NUMBERS],
    )


def test_a_decimal_format_changes_the_signs() -> None:
    comma = pictures.DecimalFormat(decimal=",", grouping=".")
    assert pictures.format_number(1234567.891, "###.###.##0,00", comma) == "1.234.567,89"
    assert pictures.format_number(None, "0,00", comma) == "NaN"
