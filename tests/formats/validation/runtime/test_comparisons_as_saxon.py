"""Casts, comparisons, conditions and sums: every pair of types, as Saxon does it."""

from itertools import product

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from formats.validation.runtime import arguments, casts, compare, sequences
from tests.formats.validation.runtime.saxon_values import Case, agree

VALUES = (
    *("string:1", "string:abc", "string:true", "string: true ", "string:2024-02-29", "string:P1D"),
    *(
        "untyped:1",
        "untyped:abc",
        "untyped:",
        "untyped: 1.0 ",
        "untyped:2024-02-29",
        "untyped:NaN",
    ),
    *("untyped:-0", "untyped:-0.0", "untyped:0", "untyped:+0", "decimal:0", "untyped:-00 "),
    *("node:1", "node:true", "anyURI:1", "integer:1", "integer:0", "integer:9007199254740993"),
    *("decimal:1.0", "decimal:0.1", "decimal:0.10000000000000000000001", "decimal:-0.0"),
    *("double:1", "double:0.1", "double:NaN", "double:INF", "double:-0", "double:1e30"),
    *("double:9007199254740992", "boolean:true", "boolean:false", "date:2024-02-29"),
    *("date:2024-02-29Z", "date:2024-02-29+01:00", "dateTime:2024-02-29T12:30:00.50Z"),
    *("dateTime:2024-02-29T00:00:00", "time:10:00:00", "time:10:00:00Z", "dayTimeDuration:PT1H"),
    *("dayTimeDuration:P1D", "string:INF", "string:1e3", "string:.5", "string:10:00:00"),
)
NO_URIS = tuple(value for value in VALUES if not value.startswith("anyURI"))
GENERAL = ("=", "!=", "<", "<=", ">", ">=")
VALUE = {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}

many = settings(
    max_examples=20,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)
items = st.sampled_from(VALUES)
several = st.lists(items, max_size=4)


@pytest.mark.parametrize("kind", sorted(casts.CASTS))
def test_a_cast_is_saxons(kind: str) -> None:
    agree(f"$a cast as {kind}", lambda a: casts.cast(a, kind), [(value,) for value in NO_URIS])
    agree(
        f"$a castable as {kind}",
        lambda a: casts.castable(a, kind),
        [([value],) for value in NO_URIS] + [([],), (["integer:1", "integer:2"],)],
    )
    agree(
        f"$a castable as {kind}?",
        lambda a: casts.castable(a, kind, optional=True),
        [([],), (["integer:1", "integer:2"],), (["string:x"],)],
    )


@pytest.mark.parametrize("name", GENERAL)
def test_a_general_comparison_is_saxons_for_every_pair(name: str) -> None:
    agree(
        f"$a {name} $b",
        lambda a, b: compare.general_pair(name, a, b),
        list(product(VALUES, VALUES)),
    )


@pytest.mark.parametrize("name", VALUE)
def test_a_value_comparison_is_saxons_for_every_pair(name: str) -> None:
    agree(
        f"$a {name} $b",
        lambda a, b: compare.value(VALUE[name], a, b),
        list(product(VALUES, VALUES)),
    )


@pytest.mark.parametrize("name", GENERAL)
@many
@given(cases=st.lists(st.tuples(several, several), min_size=60, max_size=80))
def test_sequences_compare_in_saxons_order(name: str, cases: list[Case]) -> None:
    agree(f"$a {name} $b", lambda a, b: compare.general(name, a, b), cases)


def test_a_range_is_compared_item_by_item() -> None:
    lists: list[list[str]] = [["untyped:2", "untyped:abc"], ["untyped:abc", "untyped:2"], []]
    lists += [["integer:2", "string:a"], ["double:1.5"], ["decimal:2.0"], ["untyped:3"]]
    cases: list[Case] = [(each,) for each in lists]
    agree("$a = (1 to 2)", lambda a: compare.general("=", a, range(1, 3)), cases)
    agree("(1 to 2) = $a", lambda a: compare.general("=", range(1, 3), a), cases)


def test_a_condition_is_what_saxon_takes_it_for() -> None:
    cases: list[Case] = [([value],) for value in VALUES]
    cases += [([],), (["node:", "string:"],), (["string:a", "node:"],), (["integer:1"] * 2,)]
    cases += [(["string:"],), (["untyped:"],), (["node:"],)]
    agree("boolean($a)", compare.effective_boolean_value, cases)


@many
@given(cases=st.lists(st.tuples(several), min_size=60, max_size=80))
def test_distinct_values_are_saxons(cases: list[Case]) -> None:
    agree("distinct-values($a)", compare.distinct_values, cases)


@many
@given(cases=st.lists(st.tuples(several, items), min_size=60, max_size=80))
def test_positions_of_a_value_are_saxons(cases: list[Case]) -> None:
    agree("index-of($a, $b)", compare.index_of, cases)


def _alike(family: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(family), max_size=5)


ALIKE = st.one_of(
    _alike(
        tuple(v for v in VALUES if v.startswith(("integer", "decimal", "double", "untyped:1")))
    ),
    _alike(tuple(v for v in VALUES if v.startswith("string"))),
    _alike(tuple(v for v in VALUES if v.startswith("date:"))),
    _alike(tuple(v for v in VALUES if v.startswith("dayTime"))),
    _alike(tuple(v for v in VALUES if v.startswith("untyped"))),
    several,
)
FOLDS = {
    "sum": sequences.total,
    "max": sequences.maximum,
    "min": sequences.minimum,
    "avg": sequences.average,
}


@pytest.mark.parametrize("name", FOLDS)
@many
@given(cases=st.lists(st.tuples(ALIKE), min_size=60, max_size=80))
def test_what_folds_a_sequence_is_saxons(name: str, cases: list[Case]) -> None:
    agree(f"{name}($a)", FOLDS[name], cases)


@pytest.mark.parametrize("name", FOLDS)
def test_what_folds_a_sequence_is_saxons_for_every_pair(name: str) -> None:
    cases: list[Case] = [(list(pair),) for pair in product(VALUES, VALUES)]
    cases += [([value],) for value in VALUES]
    agree(f"{name}($a)", FOLDS[name], cases)


def test_the_sum_of_nothing_is_what_is_said() -> None:
    agree("sum($a, $b)", sequences.total, [([], "integer:7"), ([], "string:x")])


POSITIONS = (
    *("integer:2", "integer:0", "integer:-1", "integer:9", "double:1.5", "double:2.5"),
    *("double:NaN", "double:INF", "double:-INF", "untyped:2", "decimal:2.5"),
)
FIVE = [f"integer:{number}" for number in range(1, 6)]


def test_cutting_sequences_is_saxons() -> None:
    agree(
        "subsequence($a, $b, $c)",
        lambda a, b, c: sequences.subsequence(
            a, arguments.number_parameter(b), arguments.number_parameter(c)
        ),
        [(FIVE, start, length) for start in POSITIONS for length in POSITIONS],
    )
    agree(
        "subsequence($a, $b)",
        lambda a, b: sequences.subsequence(a, arguments.number_parameter(b)),
        [(FIVE, start) for start in POSITIONS],
    )
    whole = [position for position in POSITIONS if position.startswith("integer")]
    agree("insert-before($a, $b, $c)", sequences.insert_before, [(FIVE, p, FIVE) for p in whole])
    agree("remove($a, $b)", sequences.remove, [(FIVE, p) for p in whole])


@pytest.mark.parametrize("name", ["exactly-one", "zero-or-one", "one-or-more"])
def test_cardinality_is_saxons(name: str) -> None:
    function = {
        "exactly-one": sequences.exactly_one,
        "zero-or-one": sequences.zero_or_one,
        "one-or-more": sequences.one_or_more,
    }[name]
    agree(f"{name}($a)", function, [([],), (["integer:1"],), (["integer:1", "string:a"],)])


def test_arguments_are_converted_as_saxon_converts_them() -> None:
    cases: list[Case] = [([value],) for value in VALUES]
    cases += [([],), (["string:a", "string:b"],), (["integer:1"] * 2,)]
    agree("upper-case($a)", lambda a: arguments.string_argument(a).upper(), cases)
    agree("string($a)", arguments.string, cases)
    agree("abs($a)", lambda a: _absolute(arguments.number_argument(a)), cases)
    # Saxon takes xs:decimal("0") for an integer.
    ends: list[Case] = [(*case, ["integer:3"]) for case in cases if case != (["decimal:0"],)]
    agree("$a to $b", arguments.integers, ends)


def _absolute(number: object) -> object:
    return None if number is None else abs(number)  # type: ignore[arg-type]
