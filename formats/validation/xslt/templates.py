"""Rule templates: their priority, what they match, and the order in which they get a node."""

import re
from collections.abc import Iterable
from decimal import Decimal

from lxml import etree

from formats.validation.schematron.model import Visited
from formats.validation.xpath.syntax import (
    Call,
    Expression,
    Filter,
    KindTest,
    Path,
    SetOperation,
    Step,
)
from formats.validation.xslt.reading import Source, unsupported

_NUMBER = re.compile(r"-?(?:[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})")


def priority(template: etree._Element) -> Decimal:
    """Return the priority a template declares."""
    text = template.get("priority", "").strip()
    if not _NUMBER.fullmatch(text):
        raise unsupported(template, f"no priority: {text[:20]!r}")
    return Decimal(text)


def by_precedence(templates: Iterable[etree._Element]) -> list[etree._Element]:
    """Return the templates of a mode, the one that is tried first in front.

    The highest priority goes first; of equal ones the last in the file (section 6.4: a
    processor that does not stop takes that one, and `xsl:next-match` goes back from it).
    """
    ranks = [(priority(template), place, template) for place, template in enumerate(templates)]
    return [template for _, _, template in sorted(ranks, reverse=True)]


def context(source: Source, template: etree._Element, visited: Visited) -> tuple[Expression, ...]:
    """Return what a rule template matches.

    Raises:
        UnsupportedRuleError: The pattern is none, or matches nodes of a kind that the template's
            mode offers in some places of a document and not in others.
    """
    alternatives = source.pattern(template, "match")
    for alternative in alternatives:
        for last in _last_steps(alternative):
            if last is None:
                raise unsupported(template, "match is no pattern")
            # The built-in rule of the document node offers the comments and instructions around
            # the root element, whatever the templates select.
            match last:
                case Step(test=KindTest(kind=kind)) if kind not in _KINDS[visited]:
                    raise unsupported(template, f"a rule for {kind}() nodes")
    return alternatives


def _last_steps(expression: Expression) -> list[Step | Call | Path | None]:
    """Return what the nodes of a pattern must be themselves; None for what is no pattern.

    `(/a | /b)[$condition]` is one of XSLT 3.0, which the oracle takes in XSLT 2.0 too.
    """
    match expression:
        case Step() | Path(steps=()) | Call(name="key" | "id"):
            return [expression]
        case Path(steps=(*_, last)):
            return _last_steps(last)
        case Filter(primary=primary):
            return _last_steps(primary)
        case SetOperation(operator="union", left=left, right=right):
            return _last_steps(left) + _last_steps(right)
        case _:
            return [None]


_ALWAYS = {"element", "attribute", "document-node"}
_KINDS: dict[Visited, set[str]] = {
    "elements": _ALWAYS,
    "elements and attributes": _ALWAYS,
    "elements, comments and instructions": _ALWAYS | {"comment", "processing-instruction"},
}
