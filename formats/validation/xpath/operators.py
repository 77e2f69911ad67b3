"""The operators of XPath 2.0, how tightly they bind (A.4), and what each makes of its operands."""

from typing import Literal as OneOf
from typing import NamedTuple, cast

from formats.validation.xpath.syntax import (
    Arithmetic,
    Comparison,
    Expression,
    Logical,
    Range,
    SetOperation,
)

Family = OneOf["logical", "general", "value", "node", "range", "arithmetic", "set", "type"]


class Operator(NamedTuple):
    """An operator.

    Attributes:
        spelling: As the syntax tree has it (`eq` is `=`, `|` is `union`).
        level: How tightly it binds; more is tighter.
        family: What it is.
        associates: Whether `a op b op c` may be written; it is then read from the left.
    """

    spelling: str
    level: int
    family: Family
    associates: bool = True


_VALUE = {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}

WORDS: dict[str, Operator] = {
    "or": Operator("or", 1, "logical"),
    "and": Operator("and", 2, "logical"),
    **{word: Operator(sign, 3, "value", associates=False) for word, sign in _VALUE.items()},
    "is": Operator("is", 3, "node", associates=False),
    "to": Operator("to", 4, "range", associates=False),
    "div": Operator("div", 6, "arithmetic"),
    "idiv": Operator("idiv", 6, "arithmetic"),
    "mod": Operator("mod", 6, "arithmetic"),
    "union": Operator("union", 7, "set"),
    "intersect": Operator("intersect", 8, "set"),
    "except": Operator("except", 8, "set"),
    "instance": Operator("instance", 9, "type", associates=False),
    "treat": Operator("treat", 10, "type", associates=False),
    "castable": Operator("castable", 11, "type", associates=False),
    "cast": Operator("cast", 12, "type", associates=False),
}

SYMBOLS: dict[str, Operator] = {
    **{sign: Operator(sign, 3, "general", associates=False) for sign in _VALUE.values()},
    "<<": Operator("<<", 3, "node", associates=False),
    ">>": Operator(">>", 3, "node", associates=False),
    "+": Operator("+", 5, "arithmetic"),
    "-": Operator("-", 5, "arithmetic"),
    "*": Operator("*", 6, "arithmetic"),
    "|": Operator("union", 7, "set"),
}


def apply(operator: Operator, operands: list[Expression]) -> Expression:
    """Return the expression of an operator between operands: two, for a logical one or more."""
    if operator.family == "logical":
        return Logical(cast(OneOf["or", "and"], operator.spelling), tuple(operands))
    left, right = operands
    if operator.family == "range":
        return Range(left, right)
    if operator.family == "arithmetic":
        spelling = cast(OneOf["+", "-", "*", "div", "idiv", "mod"], operator.spelling)
        return Arithmetic(spelling, left, right)
    if operator.family == "set":
        return SetOperation(
            cast(OneOf["union", "intersect", "except"], operator.spelling), left, right
        )
    return Comparison(
        cast(OneOf["general", "value", "node"], operator.family),
        cast(OneOf["=", "!=", "<", "<=", ">", ">=", "is", "<<", ">>"], operator.spelling),
        left,
        right,
    )
