"""The syntax tree of XPath 2.0 (W3C Recommendation 14 December 2010), as far as rules use it.

Names are resolved when they are read: an element or attribute name is a namespace and a local
name; a function of the XPath namespace is its local name (`contains`), a constructor of XML Schema
is `xs:` and its local name whatever the prefix was, any other function or variable is a Clark name
(`{utils}gln`) or a bare name when it has no prefix.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Literal as OneOf


@dataclass(frozen=True, slots=True)
class SequenceType:
    """A type of sequences (section 2.5.3).

    Attributes:
        item: `xs:decimal`, `item()`, `node()`, `element()`, `text()`, `document-node()` ...;
            `empty-sequence()`.
        occurrence: Exactly one (empty), `?`, `*` or `+`.
        test: The node test when it has arguments, `element(a)`; else None.
    """

    item: str
    occurrence: OneOf["", "?", "*", "+"] = ""
    test: "KindTest | None" = None


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal: str, int (xs:integer), Decimal (xs:decimal) or float (xs:double)."""

    value: str | int | Decimal | float


@dataclass(frozen=True, slots=True)
class Variable:
    """`$name`."""

    name: str


@dataclass(frozen=True, slots=True)
class ContextItem:
    """`.`."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """`(a, b)`; `()` has no items."""

    items: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class For:
    """`for $a in x, $b in y return z`."""

    bindings: tuple[tuple[str, "Expression"], ...]
    result: "Expression"


@dataclass(frozen=True, slots=True)
class Quantified:
    """`some` or `every $a in x, $b in y satisfies z`."""

    kind: OneOf["some", "every"]
    bindings: tuple[tuple[str, "Expression"], ...]
    condition: "Expression"


@dataclass(frozen=True, slots=True)
class If:
    """`if (a) then b else c`."""

    condition: "Expression"
    then: "Expression"
    otherwise: "Expression"


@dataclass(frozen=True, slots=True)
class Logical:
    """`a or b or c`, `a and b and c`: two operands or more, in the order written."""

    operator: OneOf["or", "and"]
    operands: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A general (`=`), value (`eq`) or node (`is`, `<<`, `>>`) comparison.

    Attributes:
        kind: Which of the three.
        operator: `=`, `!=`, `<`, `<=`, `>`, `>=` for the first two; `is`, `<<`, `>>` for nodes.
    """

    kind: OneOf["general", "value", "node"]
    operator: OneOf["=", "!=", "<", "<=", ">", ">=", "is", "<<", ">>"]
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`+`, `-`, `*`, `div`, `idiv`, `mod`."""

    operator: OneOf["+", "-", "*", "div", "idiv", "mod"]
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Unary:
    """`-a` or `+a`."""

    operator: OneOf["-", "+"]
    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Range:
    """`a to b`."""

    start: "Expression"
    end: "Expression"


@dataclass(frozen=True, slots=True)
class SetOperation:
    """`a union b` (also `a | b`), `a intersect b`, `a except b`; nodes in document order."""

    operator: OneOf["union", "intersect", "except"]
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class TypeOperation:
    """`castable as`, `cast as`, `instance of`, `treat as`."""

    operator: OneOf["castable", "cast", "instance", "treat"]
    operand: "Expression"
    type: SequenceType


@dataclass(frozen=True, slots=True)
class Call:
    """A function call; also of constructors such as `xs:decimal`."""

    name: str
    arguments: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class NameTest:
    """A name, `*`, `p:*` or `*:name`; None stands for any."""

    namespace: str | None
    local: str | None


@dataclass(frozen=True, slots=True)
class KindTest:
    """`node()`, `text()`, `element()`, `attribute()`, `comment()` ....

    Attributes:
        kind: What nodes it takes.
        name: The argument of `element(a)` and `attribute(a)`; the local name is the target of
            `processing-instruction(a)`; for `document-node(element(a))` the name of its only
            element. None when there is no argument.
        type: The second argument of `element(a, xs:date)`; None when there is none.
    """

    kind: OneOf[
        "node",
        "text",
        "comment",
        "processing-instruction",
        "element",
        "attribute",
        "document-node",
    ]
    name: NameTest | None = None
    type: str | None = None


Axis = OneOf[
    "child",
    "descendant",
    "attribute",
    "self",
    "descendant-or-self",
    "following-sibling",
    "following",
    "parent",
    "ancestor",
    "preceding-sibling",
    "preceding",
    "ancestor-or-self",
    "namespace",
]


@dataclass(frozen=True, slots=True)
class Step:
    """One step along an axis; `..` is `parent::node()`, `@a` is `attribute::a`.

    `a//b` is read as the steps it abbreviates, `descendant-or-self::node()/child::b`.
    """

    axis: Axis
    test: NameTest | KindTest
    predicates: tuple["Expression", ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A primary expression with predicates, `$lines[1]`; also as a step of a path."""

    primary: "Expression"
    predicates: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Path:
    """Steps one after the other.

    Attributes:
        absolute: It starts at the root of the tree of the context node.
        steps: Empty only for `/`. A step that is not on an axis is any expression (`a/string(.)`,
            `$x/b`); as the first one of a path that is not absolute it is what the path starts at.
    """

    absolute: bool
    steps: tuple["Step | Expression", ...]


Expression = (
    Literal
    | Variable
    | ContextItem
    | Sequence
    | For
    | Quantified
    | If
    | Logical
    | Comparison
    | Arithmetic
    | Unary
    | Range
    | SetOperation
    | TypeOperation
    | Call
    | Filter
    | Path
    | Step
)
"""Any expression. A lone step (`cbc:ID`) is a `Step`, not a `Path` of one."""


def walk(node: object) -> Iterator[object]:
    """Yield an expression and everything in it, the outer before the inner."""
    if isinstance(node, tuple):
        for each in node:
            yield from walk(each)
        return
    if hasattr(node, "__dataclass_fields__"):
        yield node
        for field in fields(node):  # type: ignore[arg-type]
            yield from walk(getattr(node, field.name))
