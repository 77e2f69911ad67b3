"""Which nodes a pattern has to be offered: what its contexts can match, and no more.

The standard offers every node but text to every pattern. Releases of the skeleton offer less: the
older ones `@*|*` to every pattern of a schema; the newer ones look for `(` anywhere in the
contexts and walk `*`, or `*|comment()|processing-instruction()` when there is none, and never
come to an attribute (their test for `@` also asks for a parent of the root).

Offering a node that no context can match changes nothing, so here the last steps of the contexts
decide: attributes when one is on the attribute axis, comments and instructions when one asks for
those or for `node()`, else elements. That is the verdict of the standard, and that of every
published compiled form but one: PINT of the Emirates has two rules about an attribute and was
compiled by a newer skeleton, so that in its compiled form they never run.
"""

from collections.abc import Iterator
from typing import Literal

from formats.validation.schematron.model import Pattern, UnsupportedRuleError, Visited
from formats.validation.xpath.syntax import (
    Call,
    Expression,
    Filter,
    KindTest,
    Path,
    Sequence,
    SetOperation,
    Step,
)

_Kind = Literal["element", "attribute", "other"]


def visited(pattern: Pattern) -> Visited:
    """Return the nodes to offer to a pattern.

    Raises:
        UnsupportedRuleError: Its contexts ask for attributes and for comments or instructions:
            no official schema does, and no walk does both.
    """
    kinds = {
        kind for rule in pattern.rules for context in rule.context for kind in _matched(context)
    }
    if {"attribute", "other"} <= kinds:
        raise UnsupportedRuleError(
            f"pattern {pattern.id!r} asks for attributes and for comments or instructions"
        )
    if "attribute" in kinds:
        return "elements and attributes"
    return "elements, comments and instructions" if "other" in kinds else "elements"


def _matched(context: Expression) -> Iterator[_Kind]:
    """Yield the kinds of nodes an expression may return, as far as the contexts differ."""
    match context:
        case Path(steps=()):
            pass  # The root itself is always offered.
        case Path(steps=(*_, last)):
            yield from _matched(last)
        case Step():
            yield from _stepped_on(context)
        case Filter(primary=primary):
            yield from _matched(primary)
        case SetOperation(left=left, right=right):
            yield from _matched(left)
            yield from _matched(right)
        case Sequence(items=items):
            for item in items:
                yield from _matched(item)
        case Call(name="key" | "id"):
            # XSLT 2.0, 5.5.2: a pattern may begin with these; a key may find attributes.
            yield "attribute"
        case _:
            raise UnsupportedRuleError(f"a context that cannot be matched: {context!r}"[:300])


def _stepped_on(step: Step) -> Iterator[_Kind]:
    match step:
        case Step(axis="attribute") | Step(test=KindTest(kind="attribute")):
            yield "attribute"
        case Step(test=KindTest(kind="comment" | "processing-instruction")):
            yield "other"
        case Step(axis=axis, test=KindTest(kind="node")):
            yield "other"
            if axis not in {"child", "descendant"}:
                yield "attribute"  # `self::node()` may stay at one.
        case _:
            yield "element"
