"""Our tree, written with all parentheses, has in Saxon the value of the text it was read from."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formats.validation.xpath.parser import XPathSyntaxError, parse
from tests.formats.validation.xpath.conftest import Evaluate
from tests.formats.validation.xpath.malformed import MALFORMED
from tests.formats.validation.xpath.unparse import Unparser

NAMESPACES = {"p": "urn:p"}

_SETTINGS = settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
_SPACE = st.sampled_from([" ", "\n\t", " (: x (: - :) :) "])


def _joined(operands: st.SearchStrategy[str], *operators: str) -> st.SearchStrategy[str]:
    """Operands with operators between, and no parentheses to say which comes first."""
    tail = st.lists(st.tuples(_SPACE, st.sampled_from(operators), _SPACE, operands), max_size=4)
    return st.builds(lambda first, rest: first + "".join(map("".join, rest)), operands, tail)


_PATHS = re.split(
    r"\s\s+",
    """
    r/a  //a  //b  /r/*  *  //*[b]
    .  (/)  //@k  r//b[1]  (//b)[1]  //b/..
    r/a/following-sibling::*  //b[../@k = 2]  /r/child::if  p:*  *:r  /r/*:a[last()]
    //node()  //text()  r/element()  r/a/attribute(k)  r/div  r/a[@k][2]
    r/a[2][@k]  r/(a|b)  (r/(a, b))[2]  //b/ancestor::*[1]  (//b/ancestor::*)[1]  self::node()/r
    descendant::b  r/a/b/preceding::a
    """.strip(),
)
_NUMBER = st.one_of(
    st.integers(0, 9).map(str),
    st.sampled_from(["0.5", "2.25", ".5", "3.", "1e0", "25e-1", "count(*)", "number(/r/@k)"]),
    st.sampled_from(["/r/div", "/r/if", "r/a-b", "/*/p:a", "(//b)[1]", "/r/a[1]", "*/@k"]),
)
_SIGNED = st.tuples(st.sampled_from(["", "", "", "-", "+", "- -", "-+-"]), _NUMBER).map("".join)
_NUMERIC = _joined(_SIGNED, "+", "-", "*", "div", "idiv", "mod")
_NODES = _joined(st.sampled_from(_PATHS), "|", "union", "intersect", "except")
_TYPES = (
    "instance of xs:integer",
    "instance of item()+",
    "castable as xs:date?",
    "castable as xs:date treat as item()",
    "cast as xs:integer castable as xs:double",
    "treat as item() instance of xs:decimal",
    "cast as xs:double treat as item() instance of xs:double*",
)
_TYPED = st.tuples(_SIGNED, st.sampled_from(_TYPES)).map(" ".join)
_COMPARED = st.one_of(
    _TYPED,
    st.builds(
        lambda left, sign, right: f"{left} {sign} {right}",
        _NUMERIC,
        st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "eq", "ne", "lt", "le", "gt", "ge"]),
        _NUMERIC,
    ),
    st.tuples(_NUMERIC, _NUMERIC, _NUMERIC).map(lambda n: f"{n[0]} = {n[1]} to {n[2]}"),
    _NODES.map(lambda nodes: f"exists({nodes})"),
    st.sampled_from(["'a' lt 'b'", "'it''s' = \"it's\"", "true()", "/r is //a/..", "//a << //b"]),
)
_BOOLEAN = _joined(_COMPARED, "and", "or")


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds(lambda c, a, b: f"if ({c}) then {a} else {b}", _BOOLEAN, inner, inner),
        st.builds(lambda a, b: f"for $x in ({a}), $y in {b} return $x", inner, inner),
        st.builds(lambda a, b: f"some $x in ({a}), $y in ($x, 1) satisfies {b}", inner, _BOOLEAN),
        st.builds(lambda a, b: f"every $x in ({a}) satisfies $x = {b}", inner, _NUMERIC),
        st.builds(lambda a, b: f"(({a}, {b})[1], 2)", inner, inner),
    )


_EXPRESSION = st.recursive(st.one_of(_NUMERIC, _NODES, _BOOLEAN), _wrapped, max_leaves=4)

# Most of what is made of all operators in any order is no expression, or has no value.
_WILD = st.lists(
    st.one_of(
        _SIGNED,
        st.sampled_from(["r/a", "'x'", "()", "true()", "//b", "div", "if", "*", "/", "mod"]),
        st.sampled_from(["+", "-", "*", "div", "idiv", "mod", "=", "lt", "to", "and", "or", "|"]),
        st.sampled_from(["is", "<<", "intersect", "castable as xs:integer", "cast as xs:string"]),
        st.sampled_from(["instance of item()*", "(", ")", "[1]", "/", "//", ",", "return", "-"]),
    ),
    min_size=1,
    max_size=7,
).map(" ".join)
# Saxon reads `a instance of T instance of U`, and `a instance of T cast as U`, from the left; the
# grammar has no such expression.
_WILD = _WILD.filter(lambda text: not re.search("instance of item\\(\\)\\* (instance|cast)", text))


@given(text=_EXPRESSION)
@_SETTINGS
def test_an_expression_has_the_value_of_its_tree(saxon: Evaluate, text: str) -> None:
    written = Unparser(NAMESPACES)(parse(text, NAMESPACES))
    meant, read = saxon(text), saxon(written)
    assert meant[0] == read[0], (text, written)
    if meant[0] == "value":
        assert meant[1] == read[1], (text, written)


@given(text=_WILD)
@_SETTINGS
def test_any_words_are_read_as_saxon_reads_them_or_refused_by_both(
    saxon: Evaluate, text: str
) -> None:
    meant = saxon(text)
    try:
        tree = parse(text, NAMESPACES)
    except XPathSyntaxError:
        tree = None
    if tree is None:
        assert meant[0] == "error", text
        return
    read = saxon(Unparser(NAMESPACES)(tree))
    assert meant[0] == read[0], (text, tree)
    if meant[0] == "value":
        assert meant[1] == read[1], (text, tree)


@pytest.mark.parametrize("text", MALFORMED)
def test_what_saxon_refuses_as_no_expression_is_refused(saxon: Evaluate, text: str) -> None:
    outcome, message = saxon(text)
    assert outcome == "error", "the text is an expression after all"
    assert "context item" not in str(message)
    with pytest.raises(XPathSyntaxError) as raised:
        parse(text, NAMESPACES)
    assert 0 <= raised.value.position <= len(text)
