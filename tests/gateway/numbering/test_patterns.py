import pytest

from gateway.numbering.patterns import DEFAULT_PATTERN, problem_with, write


@pytest.mark.parametrize(
    ("pattern", "sequence", "number"),
    [
        (DEFAULT_PATTERN, 42, "INV-000042"),
        (DEFAULT_PATTERN, 1234567, "INV-1234567"),
        ("{number}", 7, "7"),
        ("2026/{number:03}.{code}", 7, "2026/007.INV"),
    ],
)
def test_a_pattern_writes_the_number(pattern: str, sequence: int, number: str) -> None:
    assert problem_with(pattern) is None
    assert write(pattern, "INV", sequence) == number


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "{code}",
        "{number}{number}",
        "{number:6}",
        "{number:00}",
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
