"""Patterns, types, and texts that are wrong, hostile or long."""

import inspect
import time
from collections.abc import Callable, Iterator

import pytest

from formats.validation.xpath import cursor
from formats.validation.xpath.lexer import Token, tokens
from formats.validation.xpath.parser import (
    MAX_CHAIN,
    MAX_NESTING,
    XPathSyntaxError,
    parse,
    parse_pattern,
    parse_sequence_type,
)
from formats.validation.xpath.syntax import (
    Comparison,
    Expression,
    Filter,
    KindTest,
    Logical,
    NameTest,
    Path,
    SequenceType,
    SetOperation,
    Step,
)

A, B, C = (Step("child", NameTest("", name)) for name in "abc")
ROOT = Path(absolute=True, steps=())
HOSTILE: dict[str, Callable[[int], str]] = {
    "parentheses": lambda n: "(" * n + "1" + ")" * n,
    "predicates": lambda n: "a[" * n + "1" + "]" * n,
    "filters": lambda n: "(a)[" * n + "1" + "]" * n,
    "calls": lambda n: "f(" * n + "1" + ")" * n,
    "conditions": lambda n: "if (" * n + "1" + ") then 1 else 2" * n,
    "branches": lambda n: "if (1) then " * n + "1" + " else 2" * n,
    "alternatives": lambda n: "if (1) then 2 else " * n + "1",
    "loops": lambda n: "for $x in 1 return " * n + "1",
    "operands": lambda n: "1 or 1 and 1 = 1 to 1 + 1 * a | - /b/c[(f(" * n + "1" + "))]" * n,
    "signs": lambda n: "-" * n + "1",
    "sums": lambda n: "1 + " * n + "1",
    "unions": lambda n: "a | " * n + "a",
}

_NESTED = {"operands": 3}
_CHAINS = {"alternatives", "signs", "sums", "unions"}


@pytest.mark.parametrize(
    ("text", "alternatives"),
    [
        ("/", (ROOT,)),
        ("a", (A,)),
        ("a | b union c", (A, B, C)),
        ("(a | b) | c", (A, B, C)),
        ("a | (b | (c | /))", (A, B, C, ROOT)),
        ("(a | b)[c]", (Filter(SetOperation("union", A, B), (C,)),)),
        ("a | b intersect c", (A, SetOperation("intersect", B, C))),
        ("a | b = c", (Comparison("general", "=", SetOperation("union", A, B), C),)),
        ("a or b", (Logical("or", (A, B)),)),
        ("//a", (Path(absolute=True, steps=(Step("descendant-or-self", KindTest("node")), A)),)),
    ],
)
def test_a_pattern_is_its_alternatives(text: str, alternatives: tuple[Expression, ...]) -> None:
    assert parse_pattern(text, {}) == alternatives


def test_a_pattern_may_have_any_number_of_alternatives() -> None:
    assert parse_pattern(" | ".join(["a"] * 5_000), {}) == (A,) * 5_000


def test_a_pattern_knows_the_default_element_namespace() -> None:
    tests = [NameTest("urn:d", "a"), NameTest("urn:d", "b")]
    found = parse_pattern("a|b", {}, default_element_namespace="urn:d")
    assert found == tuple(Step("child", test) for test in tests)


def test_a_sequence_type_is_read() -> None:
    assert parse_sequence_type(" xs:date ? ", {}) == SequenceType("xs:date", "?")
    assert parse_sequence_type("node()*", {}) == SequenceType("node()", "*")
    assert parse_sequence_type("x:t", {"x": "urn:x"}) == SequenceType("{urn:x}t")
    for text in ("", "xs:date xs:date", "f(1)", "xs:date??", "schema-element(a)"):
        with pytest.raises(XPathSyntaxError):
            parse_sequence_type(text, {})


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("1 +", 3),
        ("a[1", 3),
        ("a = b = c", 6),
        ("  'open", 2),
        ("1 (: a (: b :)", 2),
        ("10div 2", 2),
        ("a + q:b", 4),
        ("if (a) then b", 13),
        ("a ! b", 2),
        ("wrong::a", 0),
        ("schema-element(a)", 0),
    ],
)
def test_an_error_says_where_and_what_was_expected(text: str, position: int) -> None:
    with pytest.raises(XPathSyntaxError) as raised:
        parse(text, {})
    assert raised.value.position == position
    assert raised.value.text == text
    assert raised.value.expected in str(raised.value)


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_nested_too_deeply_is_refused_before_the_rest_is_read(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    read = 0

    def counted(text: str) -> Iterator[Token]:
        nonlocal read
        for token in tokens(text):
            read += 1
            yield token

    monkeypatch.setattr(cursor, "tokens", counted)
    with pytest.raises(XPathSyntaxError, match="at most"):
        parse(HOSTILE[kind](10_000), {})
    assert read < 5 * MAX_CHAIN + 40 * MAX_NESTING


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_limit_itself_is_read_by_callers_that_are_deep_themselves(kind: str) -> None:
    """Three hundred calls of Python are left to whoever asks."""

    def deeper(calls: int) -> None:
        if calls:
            deeper(calls - 1)
        else:
            assert parse(HOSTILE[kind](most), {}) is not None

    most = MAX_CHAIN if kind in _CHAINS else MAX_NESTING // _NESTED.get(kind, 1) - 1
    deeper(300 - len(inspect.stack()))


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "contains(' " + "AB " * n + "', .)",
        lambda n: ". = (" + "'AB', " * n + "'AB')",
        lambda n: ". = 'AB' or " * n + "false()",
        lambda n: "a" + "[b]" * n,
        lambda n: "a/" * n + "b",
        lambda n: "(: x" * n + ":)" * n + "1",
        lambda n: "'" + "''" * n + "'",
        lambda n: " " * n + "1",
    ],
)
def test_time_grows_with_the_length_and_not_faster(make: Callable[[int], str]) -> None:
    def seconds(text: str) -> float:
        started = time.process_time()
        parse(text, {})
        return time.process_time() - started

    short = min(seconds(make(2_500)) for _ in range(3))
    long = min(seconds(make(20_000)) for _ in range(3))
    assert long < 40 * short + 0.05  # eight times as long; quadratic would be sixty-four


def test_an_endless_number_is_refused() -> None:
    with pytest.raises(XPathSyntaxError):
        parse("9" * 5_000, {})
    with pytest.raises(XPathSyntaxError):
        parse("'" + "''" * 50_000, {})
