import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.number_patterns import (
    DEFAULT_PATTERN,
    Names,
    Reset,
    could_meet,
    could_write,
    period_of,
    problem_with,
    problem_with_reset,
    unnamed_period,
    usual_reset,
    write,
)

DAY = datetime.date(2026, 3, 9)
INV = Names("INV")


@pytest.mark.parametrize(
    ("pattern", "sequence", "number"),
    [
        (DEFAULT_PATTERN, 42, "INV-000042"),
        (DEFAULT_PATTERN, 1234567, "INV-1234567"),
        ("{number}", 7, "7"),
        ("2026/{number:03}.{code}", 7, "2026/007.INV"),
        ("INV-{seq:3}", 1, "INV-001"),
        ("{yyyy}/{seq:3}", 1, "2026/001"),
        ("{yy}{mm}-{seq:04}", 12, "2603-0012"),
        ("{seq}", 1000, "1000"),
    ],
)
def test_a_pattern_writes_the_number(pattern: str, sequence: int, number: str) -> None:
    assert problem_with(pattern) is None
    assert write(pattern, INV, sequence, DAY) == number
    assert could_write(pattern, INV, number)


def test_premise_and_device_are_parts_of_the_number() -> None:
    names = Names("POS", "TRG1", "B2")
    assert write("{premise}-{device}-{seq}", names, 5, DAY) == "TRG1-B2-5"
    assert could_write("{premise}-{device}-{seq}", names, "TRG1-B2-77")
    assert not could_write("{premise}-{device}-{seq}", names, "TRG2-B2-77")


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("INV-{seq:3}", "INV-{seq:6}", True),  # from a million on
        ("{seq}", "1{seq}", True),
        ("1{seq}", "{seq}", True),
        ("{yyyy}/{seq:3}", "{yyyy}/{seq}", True),
        ("{yyyy}/{seq:3}", "{yyyy}-{seq:3}", False),
        ("{yyyy}/{seq}", "20{yy}/{seq}", True),
        ("A{seq}", "B{seq}", False),
        ("{seq}A", "{seq}B", False),
        ("{seq}/{yyyy}", "{yyyy}/{seq}", True),
        ("{code}-{seq}", "X{code}-{seq}", False),
    ],
)
def test_whether_two_series_could_meet(one: str, other: str, meet: bool) -> None:  # noqa: FBT001
    assert could_meet((one, INV), (other, INV)) is meet
    assert could_meet((other, INV), (one, INV)) is meet


_PATTERNS = st.lists(
    st.sampled_from(["1", "A", "-", "{yyyy}", "{yy}", "{mm}", "{code}"]), max_size=3
).flatmap(lambda parts: st.permutations([*parts, "{seq}"]).map("".join))


@given(_PATTERNS, _PATTERNS, st.integers(1, 12_345), st.dates())
def test_what_both_could_write_is_where_they_meet(
    one: str, other: str, sequence: int, day: datetime.date
) -> None:
    number = write(one, INV, sequence, day)
    if could_write(other, INV, number):
        assert could_meet((one, INV), (other, INV))


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "{code}",
        "{number}{number}",
        "{seq}{number}",
        "{number:6}",
        "{number:00}",
        "{seq:0}",
        "{seq:19}",
        "{number!r}",
        "{number.real}",
        "{number} {year}",
        "ä{number}",
        " {number}",
        "{number}\n",
        "{number}" + "x" * 60,
    ],
)
def test_other_patterns_are_refused(pattern: str) -> None:
    assert problem_with(pattern) is not None


@pytest.mark.parametrize(
    ("pattern", "usual", "refused"),
    [
        ("INV-{seq}", Reset.NEVER, {Reset.YEARLY, Reset.MONTHLY}),
        ("{yyyy}/{seq}", Reset.YEARLY, {Reset.MONTHLY}),
        ("{yy}-{seq}", Reset.YEARLY, {Reset.MONTHLY}),
        ("{mm}/{seq}", Reset.NEVER, {Reset.YEARLY, Reset.MONTHLY}),
        ("{yyyy}{mm}/{seq}", Reset.MONTHLY, set()),
    ],
)
def test_a_count_begins_again_only_where_the_number_says_when(
    pattern: str, usual: Reset, refused: set[Reset]
) -> None:
    assert usual_reset(pattern) is usual
    assert {reset for reset in Reset if problem_with_reset(pattern, reset)} == refused


@pytest.mark.parametrize(
    ("pattern", "usual", "period"),
    [
        ("{seq}/{premise}/{device}", Reset.YEARLY, "2026"),
        ("{seq}/{premise}/{device}/{yy}", Reset.YEARLY, ""),
        ("INV-{seq}", Reset.NEVER, ""),
    ],
)
def test_where_the_law_counts_by_year_a_number_need_not_name_it(
    pattern: str, usual: Reset, period: str
) -> None:
    assert usual_reset(pattern, yearly=True) is usual
    assert problem_with_reset(pattern, Reset.YEARLY, yearly=True) is None
    assert problem_with_reset(pattern, Reset.MONTHLY, yearly=True) is not None
    assert unnamed_period(pattern, usual, datetime.date(2026, 12, 31)) == period


@given(
    st.lists(
        st.tuples(st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)), st.just(1)),
        min_size=2,
        max_size=30,
    ),
    st.sampled_from(["{yyyy}{seq:2}", "{seq:2}{yyyy}", "{yyyy}{mm}{seq}", "{yy}.{seq}", "{seq}"]),
)
def test_no_order_of_dates_makes_a_number_twice(
    drawn: list[tuple[datetime.date, int]], pattern: str
) -> None:
    reset, period, following, seen = usual_reset(pattern), None, 1, set()
    for day, _ in sorted(drawn):
        following = following + 1 if period == period_of(reset, day) else 1
        period = period_of(reset, day)
        number = write(pattern, INV, following, day)
        assert number not in seen
        seen.add(number)
