"""Pieces of Python that compute a sequence of XPath, and what is known about them.

Of every piece two things are known before it runs: what its items are and how many there may be.
The second decides how the value looks in Python:

- `ONE`: the item itself,
- `OPTIONAL`: the item or None,
- `MANY`: a list or tuple of items.
"""

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final


class Count(Enum):
    """How many items."""

    ONE = "1"
    OPTIONAL = "?"
    MANY = "*"


ONE, OPTIONAL, MANY = Count.ONE, Count.OPTIONAL, Count.MANY

ELEMENTS: Final = frozenset({"element", "document", "container"})
"""Nodes that have children; a container is either of the other two."""

NODES: Final = ELEMENTS | {"attribute", "text", "node"}
TEXTS: Final = frozenset({"untyped", "string"})
EXACT: Final = frozenset({"integer", "decimal"})
NUMBERS: Final = EXACT | {"double", "float"}
ANY: Final = "any"
"""Items whose type is known only when the rule runs; untyped values are then `Untyped`."""


@dataclass(frozen=True, slots=True)
class Loop:
    """`[head clauses]`, kept open so that more can be said inside."""

    head: "Code"
    clauses: str


@dataclass(frozen=True, slots=True)
class Code:
    """An expression of Python.

    Attributes:
        text: The expression; for a loop its list.
        item: What its items are: a member of `NODES`, `TEXTS` or `NUMBERS`, `boolean`, `date`,
            `datetime`, `time`, `duration`, `any` or `none` (there is no item).
        count: How many.
        loop: The loop it is, if it is one.
        attribute: For one attribute: the variable of its element, and its name.
        ordered: Its nodes are in document order, each once.
        nested: One of its nodes may stand in another.
        loose: It is a sequence in an order of its own, a node may be in it twice: `(b, a, b)`.
        literals: The values, when all of them are literal strings.
        constant: A name that holds the same strings as a set.
        trail: For the elements at a path of names below one element: the element, the names.
        held: Python that is true when there is an item, or when the one text is not empty, where
            that is cheaper than what it is asked about.
    """

    text: str
    item: str
    count: Count
    loop: Loop | None = None
    attribute: tuple[str, str] | None = None
    ordered: bool = True
    nested: bool = False
    loose: bool = False
    literals: tuple[str, ...] | None = None
    constant: str | None = None
    trail: tuple[str, tuple[str, ...]] | None = None
    held: str | None = None

    @property
    def is_name(self) -> bool:
        """True when it can be said twice without being computed twice."""
        return self.text.isidentifier()

    def saying(self, text: str, count: Count | None = None) -> "Code":
        """Return what computes such items in other words: of how it was put nothing remains."""
        return Code(
            text,
            self.item,
            count or self.count,
            ordered=self.ordered,
            nested=self.nested,
            loose=self.loose,
        )

    def listed(self) -> str:
        """Return Python for its items as a list or tuple."""
        if self.count is MANY:
            return self.text
        if self.count is ONE:
            return f"({self.text},)"
        return f"listed({self.text})"


LITERAL: Final = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
"""A text in generated Python, as a regular expression: what looks like a name in it is none."""

_ONE_STEP: Final = re.compile(r"for \w+ in (\w+)\.kids\.get\(('[^']+'|\"[^\"]+\"), NO_CHILDREN\)")

_HELD: Final = re.compile(r"for (\w+) in holding\(T, ('[^']+')\) if \2 in \1\.attributes")


def some(test: str, clauses: str) -> str:
    """Return Python for whether a test holds somewhere in a loop.

    Where the loop begins with the children of a name, of which there often are none, Python is
    kept from making a generator for nothing.
    """
    held = _HELD.fullmatch(clauses) if test == "True" else None
    if held:
        return f"({held[2]} in T.holders)"
    loop = f"any({test} {clauses})"
    first = _ONE_STEP.match(clauses)
    return f"({first[2]} in {first[1]}.kids and {loop})" if first else loop


def looped(
    head: Code, clauses: str, *, ordered: bool = True, nested: bool = False, loose: bool = False
) -> Code:
    """Return the sequence of what is computed in a loop; the head is one item."""
    return Code(
        text=f"[{head.text} {clauses}]",
        item=head.item,
        count=MANY,
        loop=Loop(head, clauses),
        ordered=ordered,
        nested=nested,
        loose=loose,
    )


def one(text: str, item: str) -> Code:
    """Return a piece that computes exactly one item."""
    return Code(text, item, ONE)


def many(text: str, item: str) -> Code:
    """Return a piece that computes a list."""
    return Code(text, item, MANY)


def trailed(start: str, names: tuple[str, ...]) -> Code:
    """Return the elements at a path of names below an element."""
    if len(names) == 1:
        text = f"{start}.kids.get({names[0]!r}, NO_CHILDREN)"
    else:
        text = f"below{len(names)}({start}, {', '.join(map(repr, names))})"
    return Code(text, "element", MANY, trail=(start, names))


MOST_NAMES: Final = 4
"""Names of a path that are walked by one call."""


EMPTY: Final = Code("()", "none", MANY)
TRUE: Final = Code("True", "boolean", ONE)
FALSE: Final = Code("False", "boolean", ONE)


def widened(code: Code) -> Code:
    """Return the same items, telling their type at run time."""
    if code.item == ANY or code.item in NODES or code.item != "untyped":
        return replace(code, item=ANY if code.item not in NODES else code.item, loop=None)
    match code.count:
        case Count.ONE:
            return one(f"Untyped({code.text})", ANY)
        case Count.OPTIONAL:
            return Code(f"as_untyped({code.text})", ANY, OPTIONAL)
        case Count.MANY:
            return many(f"[Untyped(u) for u in {code.text}]", ANY)
