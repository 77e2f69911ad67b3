"""Each production of appendix A, with the tree it must give."""

from decimal import Decimal
from typing import Literal as OneOf
from typing import cast, get_args

import pytest

from formats.validation.xpath.parser import parse
from formats.validation.xpath.syntax import (
    Arithmetic,
    Axis,
    Call,
    Comparison,
    ContextItem,
    Expression,
    Filter,
    For,
    If,
    KindTest,
    Literal,
    Logical,
    NameTest,
    Path,
    Quantified,
    Range,
    Sequence,
    SequenceType,
    SetOperation,
    Step,
    TypeOperation,
    Unary,
    Variable,
)

NAMESPACES = {"p": "urn:p", "cbc": "urn:cbc"}


def child(local: str | None, namespace: str | None = "", *predicates: Expression) -> Step:
    return Step("child", NameTest(namespace, local), predicates)


def number(value: int) -> Literal:
    return Literal(value)


A, B, C, D = (child(name) for name in "abcd")
DESCENDANTS = Step("descendant-or-self", KindTest("node"))
PARENT = Step("parent", KindTest("node"))
ANY = child(None, None)

CASES: dict[str, Expression] = {
    # Literals and the words around them
    "1": Literal(1),
    "'it''s'": Literal("it's"),
    '"a ""b"" \'c\'"': Literal("a \"b\" 'c'"),
    "''": Literal(""),
    "' (: no comment :) '": Literal(" (: no comment :) "),
    " (: a (: b :) 'c :) 1(::)": Literal(1),
    "$a": Variable("a"),
    "$ p:a": Variable("{urn:p}a"),
    ".": ContextItem(),
    "()": Sequence(()),
    "(1)": Literal(1),
    "(1, (2, 3))": Sequence((number(1), Sequence((number(2), number(3))))),
    "1, 2": Sequence((number(1), number(2))),
    # Names that are also words of the grammar
    "div": child("div"),
    "cbc:div": child("div", "urn:cbc"),
    "div div div": Arithmetic("div", child("div"), child("div")),
    "or or or": Logical("or", (child("or"), child("or"))),
    "* * *": Arithmetic("*", ANY, ANY),
    "for": child("for"),
    "for/if[else]": Path(absolute=False, steps=(child("for"), child("if", "", child("else")))),
    "if": child("if"),
    "some = every": Comparison("general", "=", child("some"), child("every")),
    "self": child("self"),
    "element/text": Path(absolute=False, steps=(child("element"), child("text"))),
    "a-b": child("a-b"),
    "a - b": Arithmetic("-", A, B),
    "a -b": Arithmetic("-", A, B),
    "$a-1": Variable("a-1"),
    "a.b": child("a.b"),
    "été": child("été"),
    # What binds how tightly
    "a or b or c and d": Logical("or", (A, B, Logical("and", (C, D)))),
    "a and b or c and d": Logical("or", (Logical("and", (A, B)), Logical("and", (C, D)))),
    "(a or b) or c": Logical("or", (Logical("or", (A, B)), C)),
    "a = b and c != d": Logical(
        "and", (Comparison("general", "=", A, B), Comparison("general", "!=", C, D))
    ),
    "a = b to c": Comparison("general", "=", A, Range(B, C)),
    "1 to 2 + 3": Range(number(1), Arithmetic("+", number(2), number(3))),
    "1 - 2 - 3": Arithmetic("-", Arithmetic("-", number(1), number(2)), number(3)),
    "1 + 2 * 3": Arithmetic("+", number(1), Arithmetic("*", number(2), number(3))),
    "1 * 2 + 3": Arithmetic("+", Arithmetic("*", number(1), number(2)), number(3)),
    "a mod b idiv c": Arithmetic("idiv", Arithmetic("mod", A, B), C),
    "a * b | c": Arithmetic("*", A, SetOperation("union", B, C)),
    "a | b intersect c": SetOperation("union", A, SetOperation("intersect", B, C)),
    "a except b intersect c": SetOperation("intersect", SetOperation("except", A, B), C),
    "a union b": SetOperation("union", A, B),
    "-a": Unary("-", A),
    "- + -1": Unary("-", Unary("+", Unary("-", number(1)))),
    "1 - -1": Arithmetic("-", number(1), Unary("-", number(1))),
    "-a * b": Arithmetic("*", Unary("-", A), B),
    "-a/b": Unary("-", Path(absolute=False, steps=(A, B))),
    "a is b": Comparison("node", "is", A, B),
    "a << b": Comparison("node", "<<", A, B),
    "a >> b": Comparison("node", ">>", A, B),
    # Types
    "a cast as xs:date?": TypeOperation("cast", A, SequenceType("xs:date", "?")),
    "-a cast as xs:date": TypeOperation("cast", Unary("-", A), SequenceType("xs:date")),
    "a cast as p:t": TypeOperation("cast", A, SequenceType("{urn:p}t")),
    "a castable as xs:int * b": Arithmetic(
        "*", TypeOperation("castable", A, SequenceType("xs:int")), B
    ),
    "a instance of xs:int * ": TypeOperation("instance", A, SequenceType("xs:int", "*")),
    "a treat as item() + - b": Arithmetic(
        "-", TypeOperation("treat", A, SequenceType("item()", "+")), B
    ),
    "a instance of empty-sequence()": TypeOperation(
        "instance", A, SequenceType("empty-sequence()")
    ),
    "a instance of element()": TypeOperation("instance", A, SequenceType("element()")),
    "a instance of element(p:a, xs:date?)*": TypeOperation(
        "instance",
        A,
        SequenceType("element()", "*", KindTest("element", NameTest("urn:p", "a"), "xs:date")),
    ),
    "a instance of document-node(element(a))": TypeOperation(
        "instance",
        A,
        SequenceType("document-node()", "", KindTest("document-node", NameTest("", "a"))),
    ),
    "a cast as xs:int castable as xs:date treat as item() instance of node()": TypeOperation(
        "instance",
        TypeOperation(
            "treat",
            TypeOperation(
                "castable",
                TypeOperation("cast", A, SequenceType("xs:int")),
                SequenceType("xs:date"),
            ),
            SequenceType("item()"),
        ),
        SequenceType("node()"),
    ),
    # What begins with a keyword
    "for $a in b, $p:c in d return $a": For((("a", B), ("{urn:p}c", D)), Variable("a")),
    "for $a in b return for $c in d return 1, 2": Sequence(
        (For((("a", B),), For((("c", D),), number(1))), number(2))
    ),
    "some $a in b, $c in d satisfies $a or c": Quantified(
        "some", (("a", B), ("c", D)), Logical("or", (Variable("a"), C))
    ),
    "every $a in b satisfies c": Quantified("every", (("a", B),), C),
    "if (a) then b else c or d": If(A, B, Logical("or", (C, D))),
    "if (a, b) then c else if (d) then 1 else 2": If(
        Sequence((A, B)), C, If(D, number(1), number(2))
    ),
    # Paths
    "/": Path(absolute=True, steps=()),
    "/ = a": Comparison("general", "=", Path(absolute=True, steps=()), A),
    "/a": Path(absolute=True, steps=(A,)),
    "/*": Path(absolute=True, steps=(ANY,)),
    "//a": Path(absolute=True, steps=(DESCENDANTS, A)),
    "a//b": Path(absolute=False, steps=(A, DESCENDANTS, B)),
    "a/b/c": Path(absolute=False, steps=(A, B, C)),
    "a/*": Path(absolute=False, steps=(A, ANY)),
    "..": PARENT,
    "../..": Path(absolute=False, steps=(PARENT, PARENT)),
    "..[a]": Step("parent", KindTest("node"), (A,)),
    "./a": Path(absolute=False, steps=(ContextItem(), A)),
    ".[a]": Filter(ContextItem(), (A,)),
    "@a": Step("attribute", NameTest("", "a")),
    "@p:*": Step("attribute", NameTest("urn:p", None)),
    "p:a": child("a", "urn:p"),
    "p:*": child(None, "urn:p"),
    "*:a": child("a", None),
    "a[1][b]": child("a", "", number(1), B),
    "(a)[1]": Filter(A, (number(1),)),
    "(a | b)/c": Path(absolute=False, steps=(SetOperation("union", A, B), C)),
    "$a/b[1]": Path(absolute=False, steps=(Variable("a"), child("b", "", number(1)))),
    "a/string(.)": Path(absolute=False, steps=(A, Call("string", (ContextItem(),)))),
    "a/(b, c)[1]": Path(absolute=False, steps=(A, Filter(Sequence((B, C)), (number(1),)))),
    "a[b = 1, 2]": child("a", "", Sequence((Comparison("general", "=", B, number(1)), number(2)))),
    "text()": Step("child", KindTest("text")),
    "attribute(a)": Step("attribute", KindTest("attribute", NameTest("", "a"))),
    "element(*)": Step("child", KindTest("element", NameTest(None, None))),
    "processing-instruction('a')": Step(
        "child", KindTest("processing-instruction", NameTest("", "a"))
    ),
    "self::comment()": Step("self", KindTest("comment")),
    "@node()": Step("attribute", KindTest("node")),
    # Calls
    "true()": Call("true", ()),
    "fn:not(a)": Call("not", (A,)),
    "xs:decimal(a)": Call("xs:decimal", (A,)),
    "xsd:date(a)": Call("xs:date", (A,)),
    "p:f(a, (b, c))[1]": Filter(Call("{urn:p}f", (A, Sequence((B, C)))), (number(1),)),
    "contains (a, 'b')": Call("contains", (A, Literal("b"))),
}


@pytest.mark.parametrize("text", CASES)
def test_a_production_gives_its_tree(text: str) -> None:
    assert parse(text, NAMESPACES) == CASES[text]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("1.50", Decimal("1.50")),
        (".5", Decimal("0.5")),
        ("5.", Decimal(5)),
        ("1e3", 1000.0),
        (".5E-1", 0.05),
        ("1.5e+2", 150.0),
    ],
)
def test_a_number_has_the_type_of_its_spelling(text: str, value: float | Decimal) -> None:
    tree = parse(text, {})
    assert isinstance(tree, Literal)
    assert (type(tree.value), tree.value) == (type(value), value)


@pytest.mark.parametrize(
    "axis",
    get_args(Axis),
)
def test_an_axis_is_read_and_only_elements_have_the_default_namespace(axis: str) -> None:
    step = parse(f"{axis} :: a", {}, default_element_namespace="urn:d")
    namespace = "" if axis in {"attribute", "namespace"} else "urn:d"
    assert step == Step(cast(Axis, axis), NameTest(namespace, "a"))


def test_there_are_thirteen_axes() -> None:
    assert len(get_args(Axis)) == 13


@pytest.mark.parametrize(
    ("word", "sign"),
    [("eq", "="), ("ne", "!="), ("lt", "<"), ("le", "<="), ("gt", ">"), ("ge", ">=")],
)
def test_value_and_general_comparisons_differ_in_kind_only(
    word: str, sign: OneOf["=", "!=", "<", "<=", ">", ">="]
) -> None:
    assert parse(f"a {word} b", {}) == Comparison("value", sign, A, B)
    assert parse(f"a{sign}b", {}) == Comparison("general", sign, A, B)


def test_the_default_element_namespace_is_of_elements_and_types_only() -> None:
    tree = parse("a/@b[f($c) instance of t]", {}, default_element_namespace="urn:d")
    condition = TypeOperation("instance", Call("f", (Variable("c"),)), SequenceType("{urn:d}t"))
    attribute = Step("attribute", NameTest("", "b"), (condition,))
    assert tree == Path(absolute=False, steps=(child("a", "urn:d"), attribute))
