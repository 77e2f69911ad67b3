"""Regular expressions of XPath match, replace and split as in Saxon."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from formats.validation.runtime import regex
from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.patterns.automaton import Automaton, TooLargeError
from formats.validation.runtime.patterns.syntax import Reader
from tests.formats.validation.runtime.saxon_values import Case, agree

PATTERNS = (
    *(r"\d+", r"^a$", r"a.c", r"\w+", r"\i\c*", r"[a-z-[aeiou]]+", r"\p{Lu}", r"\P{L}", r"[^a]"),
    *(r"\p{IsBasicLatin}+", r"a{2,3}?", r"a*?", r"(a)\1", r"\s", r"[\s\d]", r"a|b", r"()", r"^"),
    *(r"$", r"\.", r"[.]", r"[-a]", r"[a-]", r"[\-a]", r"\-", r"\/", r"\@", r"[a-z&&[b]]"),
    *(r"(?:a)", r"(?=a)", r"\bfoo", r"\n", r"\u0041", r"\x41", r"{a}", r"a{,3}", r"a{3,2}", r"[a"),
    *(r"a)", r"*", r"a**", r"a+?", r"a++", r"[]", r"[^]", r"[]a]", r"[[]", r"\p{Foo}", r"\p{L"),
    *(r"\p{IsFoo}", r"[z-a]", r"\^", r"\$", r"^^a", r"a$$", r"a^b", r"a$b", r"(^a)", r"\Z", r"\A"),
    *(r"(a", r"a{1", r"a{1}", r"a{100000}", r".", r"[^\n]", r"\r\n", r"\I", r"\C", r"\D", r"\W"),
    *(r"\S", r"[\w-[\d]]", r"\#", r"\ ", r"(?i)a", r"\p{Sc}", r"\p{IsGreek}", r"[\p{L}-[a]]"),
    *(r"[a-\d]", r"[\d-a]", r"[a-c-[b]-[c]]", r"\0", r"(a)(b)\2\1", r"\1(a)", r"(\1a)", r"\2(a)"),
    *(
        r"[\1]",
        r"a{0}",
        r"a{0,0}",
        r"a{02}",
        r"x{2}{3}",
        r"[^\s\S]",
        r"[\S]",
        r"[^\D]",
        r"(a|b)*c",
    ),
    *(
        r"(a*)*b",
        r"(a+)+$",
        r"a|",
        r"|a",
        r"(|a)+b",
        r"[a^]",
        r"[\^a]",
        r"(a)|b\1",
        r"\p{N}\p{Nd}",
    ),
    *(r"[a-a]", r"[\n-\r]", r".*(\d)\1{2,}.*", r"(x)(y)?\2z", r"é", r"[é-ü]", r"ß"),
)
SUBJECTS = (
    *("", "a", "b", "aa", "abc", "foo", "123", "A", "\u0661", "é", "€", "a\nc", "a\rc", "α", "-"),
    *("_:x", "\n", "a\n", "\u2028", "z-a", "{a}", "😀", "·", "ˆ", "\u00a0", " ", "abba", "aba"),
    *("\u200d", "aab", "aac", "bb\n\nb", "\na", "x1112", "xz", "abab", "É", "SS", "^", "\r", "Ω"),
)
FLAGS = ("", "i", "s", "m", "x", "sm", "q", "z")

many = settings(
    max_examples=4,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)
atoms = st.sampled_from(
    [*"ab", ".", r"\d", r"\s", r"\w", "[ab]", "[^a]", "[a-c-[b]]", "(a)", "(a|b)"]
)
# Saxon goes other ways than Perl through what may be empty, and repeated, and captured.
quantifiers = st.sampled_from(["", "", "", "*", "+", "?", "{2}", "{1,2}", "*?", "+?"])
quantified = st.builds("{}{}".format, atoms, quantifiers)
branches = st.lists(quantified, min_size=1, max_size=5).map("".join)
# Anchors where they are used: inside, Saxon refuses some and overlooks others.
anchored = st.builds(
    "{}{}{}".format, st.sampled_from(["", "", "^"]), branches, st.sampled_from(["", "", "$"])
)
expressions = st.lists(anchored, min_size=1, max_size=2).map("|".join)
repeated = st.builds("(a{}|1{})*{}".format, branches, branches, branches)
grouped = st.one_of(expressions, st.builds("(b{})+{}".format, branches, branches), repeated)
subjects = st.text("ab1 \n", max_size=8)


@pytest.mark.parametrize("flags", FLAGS)
def test_expressions_match_what_they_match_in_saxon(flags: str) -> None:
    cases: list[Case] = [
        (f"string:{subject}", f"string:{pattern}", f"string:{flags}")
        for pattern in PATTERNS
        for subject in SUBJECTS
        # Saxon takes `(^` for the start of the text only, and no `A` for `[a-]`.
        if (pattern, flags[-1:]) not in {("(^a)", "m"), ("[a-]", "i")}
    ]
    agree("matches($a, $b, $c)", regex.matches, cases)


@many
@given(
    cases=st.lists(
        st.tuples(
            subjects.map("string:".__add__),
            grouped.map("string:".__add__),
            st.sampled_from(["string:", "string:m", "string:s"]),
        ),
        min_size=100,
    )
)
def test_any_expression_matches_what_it_matches_in_saxon(cases: list[Case]) -> None:
    agree("matches($a, $b, $c)", regex.matches, cases)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(pattern=grouped, subject=subjects, lines=st.booleans())
def test_the_automaton_finds_what_python_finds(*, pattern: str, subject: str, lines: bool) -> None:
    expression = regex.expression(pattern, "m" if lines else "")
    automaton = Automaton(Reader(pattern).read(), 0, lines=lines)
    assert automaton.search(subject) == (expression.python.search(subject) is not None)


def test_the_automaton_refuses_what_it_cannot_follow() -> None:
    for pattern in (r"(a)\1", r"(a{1000}){1000}"):
        with pytest.raises(TooLargeError):
            Automaton(Reader(pattern).read(), 0, lines=False)


REPLACED = (
    *((r"a", "b"), (r"(a)(b)?", "[$1$2]"), (r"(a)", "$2"), (r"(a)", "$0$0"), (r"(a)", "$11")),
    *((r"a", r"\$"), (r"a", r"\\"), (r"a", r"\n"), (r"a", "$"), (r"a", "$x"), (r"a", "\\")),
    *((r"a*", "x"), (r"\s+", ""), (r"(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)", "$10$1"), (r"a|b", "")),
    *(
        (r"^", "x"),
        (r"b?$", "x"),
        (r"[ \n\r\t\s]", ""),
        (r"(^|b)a", "<$1>"),
        (r"a", ""),
        (r"[", ""),
    ),
)
REPLACED_IN = ("", "a", "ab", "abab", "abcdefghij", "a b\n a", "ba", "\r\n", "xay")


def test_replacing_is_saxons() -> None:
    cases: list[Case] = [
        (f"string:{subject}", f"string:{pattern}", f"string:{replacement}")
        for pattern, replacement in REPLACED
        for subject in REPLACED_IN
    ]
    agree("replace($a, $b, $c)", regex.replace, cases)


@many
@given(
    cases=st.lists(
        st.tuples(
            subjects.map("string:".__add__),
            expressions.map("string:".__add__),
            st.sampled_from(["string:", "string:-", "string:[$0]"]),
        ),
        min_size=100,
    )
)
def test_any_replacement_is_saxons(cases: list[Case]) -> None:
    agree("replace($a, $b, $c)", regex.replace, cases)


@many
@given(
    cases=st.lists(
        st.tuples(subjects.map("string:".__add__), expressions.map("string:".__add__)),
        min_size=100,
    )
)
def test_any_tokens_are_saxons(cases: list[Case]) -> None:
    agree("tokenize($a, $b)", regex.tokenize, cases)


def test_tokens_of_edge_cases_are_saxons() -> None:
    cases: list[Case] = [
        (f"string:{subject}", f"string:{pattern}")
        for subject in ("", " ", "a", "a b", " a  b ", "a,b,,c,", "abc", "\n", "a\r\nb", "#a#b#")
        for pattern in (r"\s", r"\s+", ",", "#.+#", r"\r?\n", "x*", "b", "(a|b)", "", "[")
    ]
    agree("tokenize($a, $b)", regex.tokenize, cases)
    agree("tokenize($a)", regex.words, [case[:1] for case in cases])


def test_expressions_of_strangers_are_bounded() -> None:
    for pattern in ("(" * 200 + ")" * 200, "a{5000000000}", "((((a{99}){99}){99}){99}){99}"):
        try:
            regex.matches("a" * 1000, pattern)
        except DynamicError as error:
            assert error.code == "FORX0002"  # noqa: PT017 - matching is as good
