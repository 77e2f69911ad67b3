"""Numbers are read, computed and rounded as Saxon does it, to the last digit."""

from collections.abc import Callable
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from formats.validation.runtime import operators, rounding
from formats.validation.runtime.arguments import number_parameter
from formats.validation.runtime.arithmetic import divide
from formats.validation.runtime.casts import cast
from formats.validation.runtime.numbers import number
from formats.validation.runtime.texts import string_of
from tests.formats.validation.runtime.saxon_values import Case, agree

OPERATORS = ("+", "-", "*", "div", "idiv", "mod")
EDGES = (
    *(
        "integer:0",
        "integer:1",
        "integer:-7",
        "integer:3000000000",
        "integer:2147483647",
        "integer:2147483648",
        "integer:9007199254740993",
    ),
    *("integer:100000000000000000000", "decimal:0.0", "decimal:1.50", "decimal:-0.7"),
    *("decimal:100.0", "decimal:0.10000000000000000000001", "decimal:70", "decimal:30.0"),
    *("double:0", "double:-0", "double:1.5", "double:-1e-300", "double:1e300", "double:INF"),
    *("double:-INF", "double:NaN", "double:0.1", "untyped:7", "untyped:0.1", "untyped:abc"),
    *("string:1", "boolean:true", "node:4", "node:", "date:2024-02-29", "dayTimeDuration:PT1H"),
)
TEXTS = (
    *("", " ", "1", " 12\n", "\t+5", "-0", "-0.0", "1 2", ".", "5.", ".5", "-.5", "+.5e3", "1e"),
    *("1E400", "-1e400", "1e-400", "INF", "+INF", "-INF", " INF", "INF ", " INF ", "NaN", "NaN "),
    *(
        " NaN",
        "inf",
        "nan",
        "+NaN",
        "0x10",
        "1_000",
        "１２",
        "٣",
        "\u00a01",
        "1\u2003",
        "1d",
        "--1",
    ),
    *("00012.3400", "1,5", "1.2.3", "true", "12345678901234567890.12345678901234567890"),
    *("0.1e1", "1e+5", "1E-5", "4.9e-324", "2.4e-324", "1.7976931348623158e308", "9" * 400),
)

digits = st.text("0123456789", min_size=1, max_size=25)
integers = st.builds(
    lambda sign, text: f"integer:{sign}{text}", st.sampled_from(["", "-"]), digits
)
decimals = st.builds(
    lambda sign, whole, part: f"decimal:{sign}{whole}.{part}",
    st.sampled_from(["", "-", "+"]),
    digits,
    digits,
)
doubles = st.floats(width=64).map(lambda x: f"double:{repr(x).upper()}".replace("NAN", "NaN"))
numbers = st.one_of(integers, decimals, doubles)
exact = st.one_of(integers, decimals)

many = settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)


def lists(*arguments: st.SearchStrategy[str]) -> st.SearchStrategy[list[Case]]:
    return st.lists(st.tuples(*arguments), min_size=40, max_size=60)


@pytest.mark.parametrize("name", OPERATORS)
def test_an_operator_gives_what_saxon_gives_for_all_pairs_of_edge_cases(name: str) -> None:
    agree(
        f"$a {name} $b",
        lambda a, b: operators.arithmetic(name, a, b),
        [pair for pair in product(EDGES, EDGES) if not _scales_duration(name, pair)],
    )


def _scales_duration(name: str, pair: tuple[str, str]) -> bool:
    """Saxon rounds durations that are multiplied or divided; no rule set does that."""
    durations = sum(edge.startswith("dayTime") for edge in pair)
    return name in ("*", "div") and durations == 1


@pytest.mark.parametrize("name", OPERATORS)
@many
@given(cases=lists(numbers, numbers))
def test_an_operator_gives_what_saxon_gives_for_any_numbers(name: str, cases: list[Case]) -> None:
    agree(f"$a {name} $b", lambda a, b: operators.arithmetic(name, a, b), cases)


@many
@given(cases=lists(exact, exact))
def test_division_has_the_digits_of_saxon(cases: list[Case]) -> None:
    agree("$a div $b", lambda a, b: operators.arithmetic("div", a, b), cases)


def test_division_by_powers_of_two_rounds_half_down() -> None:
    cases: list[Case] = [
        (f"{kind}:{sign}{n}", f"integer:{2**k}")
        for kind in ("integer", "decimal")
        for sign in ("", "-")
        for n in (1, 3, 5, 7, 11)
        for k in (18, 19, 20, 31, 32, 40)
    ]
    agree("$a div $b", divide, cases)


def test_signs_are_as_in_saxon() -> None:
    cases: list[Case] = [(edge,) for edge in EDGES]
    agree("-$a", lambda a: operators.unary("-", a), cases)
    agree("+$a", lambda a: operators.unary("+", a), cases)


@pytest.mark.parametrize("kind", ["decimal", "double", "integer"])
def test_a_text_is_cast_as_saxon_casts_it(kind: str) -> None:
    cases: list[Case] = [(f"{source}:{text}",) for text in TEXTS for source in ("string", "node")]
    agree(f"$a cast as xs:{kind}", lambda a: cast(a, f"xs:{kind}"), cases)
    agree(f"xs:{kind}($a)", lambda a: cast(a, f"xs:{kind}"), cases)


def test_number_is_what_saxon_finds() -> None:
    agree("number($a)", number, [(f"string:{text}",) for text in TEXTS])
    agree("number($a)", number, [(edge,) for edge in EDGES])


@many
@given(cases=lists(st.text("0123456789.+-eEINF \t\n", max_size=12).map("string:".__add__)))
def test_number_is_what_saxon_finds_in_any_text(cases: list[Case]) -> None:
    agree("number($a)", number, cases)


ROUNDED: dict[str, Callable[[Any], object]] = {
    "round": rounding.round_number,
    "floor": rounding.floor,
    "ceiling": rounding.ceiling,
    "abs": rounding.absolute,
    "round-half-to-even": rounding.round_half_to_even,
}
HALVES = (
    *("decimal:2.5", "decimal:-2.5", "decimal:0.5", "decimal:-0.5", "decimal:-0.4", "double:2.5"),
    *("double:-2.5", "double:-0.4", "double:-0.5", "double:-0.51", "double:0.49999999999999994"),
    *("double:4503599627370497.5", "double:4503599627370495.5", "decimal:1.0"),
)


@pytest.mark.parametrize("name", ROUNDED)
def test_rounding_is_saxons_for_edge_cases(name: str) -> None:
    agree(
        f"{name}($a)",
        lambda a: ROUNDED[name](number_parameter(a)),
        [(edge,) for edge in (*EDGES, *HALVES)],
    )


@pytest.mark.parametrize("name", ROUNDED)
@many
@given(cases=lists(numbers))
def test_rounding_is_saxons_for_any_number(name: str, cases: list[Case]) -> None:
    agree(f"{name}($a)", ROUNDED[name], cases)


@many
@given(
    cases=lists(
        st.one_of(
            exact, st.decimals(-(10**6), 10**6, places=3).map(lambda d: f"double:{d}"), doubles
        ),
        st.integers(-3, 5).map(lambda n: f"integer:{n}"),
    )
)
def test_rounding_to_decimals_is_saxons(cases: list[Case]) -> None:
    agree("round-half-to-even($a, $b)", rounding.round_half_to_even, cases)
    agree("round($a, $b)", rounding.round_to, cases)


def test_doubles_are_written_as_saxon_writes_them() -> None:
    values = [
        *(2.0**power for power in range(-1074, 1024, 7)),
        *(2.0**power for power in range(-70, 70)),
        *(float(f"1e{power}") for power in range(-323, 309, 5)),
        *(float(f"1e{power}") for power in range(-25, 25)),
        *(number * 5e-324 for number in range(1, 120)),
        *(1e23, 9e22, 5e-324, 1e-323, 4.35, 0.000001, 0.00000099, 999999.9, 1e6, 123456.0),
    ]
    agree("string($a)", string_of, [(f"double:{value!r}",) for value in values])


@many
@given(cases=lists(doubles))
def test_any_double_is_written_as_saxon_writes_it(cases: list[Case]) -> None:
    agree("string($a)", string_of, cases)


def test_nothing_is_lost_beyond_28_digits() -> None:
    long = Decimal("1" * 60 + "." + "1" * 60)
    assert operators.arithmetic("-", operators.arithmetic("+", long, 1), long) == 1
    product_ = operators.arithmetic("*", long, long)
    assert divide(product_, long) == long


def test_a_number_of_a_million_digits_is_read_and_summed() -> None:
    text = "9" * 1_000_000
    value = operators.arithmetic("+", cast(text, "xs:decimal"), Decimal(1))
    assert value == Decimal("1" + "0" * 1_000_000)
