"""What an assert or report says: text, and expressions whose values stand in it.

As the skeleton writes it: `emph`, `dir` and `span` are their text with a blank before and behind,
`name` is the name of the node (or of its `path`). Foreign elements say nothing, those of XSLT
included (the diagnostics of PINT for Oman have some, and are compiled without them). A diagnostic
is read like a message; SVRL reports it beside the message (`svrl:diagnostic-reference`).
"""

from collections.abc import Iterator

from formats.validation.schematron.expressions import Expressions
from formats.validation.schematron.node import SCHEMATRON, Node, sch
from formats.validation.xpath.syntax import Expression

_MARKUP = {sch("emph"), sch("dir"), sch("span")}


def message(node: Node, expressions: Expressions) -> tuple[str | Expression, ...]:
    """Return the parts of what an assert, report or diagnostic says, no two texts side by side.

    Raises:
        UnsupportedRuleError: An element of Schematron that does not belong there, or no XPath.
    """
    parts: list[str | Expression] = []
    for part in _parts(node, expressions):
        last = parts[-1] if parts else None
        if isinstance(part, str) and isinstance(last, str):
            parts[-1] = last + part
        else:
            parts.append(part)
    return tuple(parts)


def _parts(node: Node, expressions: Expressions) -> Iterator[str | Expression]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag == sch("value-of"):
            yield expressions.shown(child, "select")
        elif child.tag == sch("name"):
            yield expressions.parsed(child, f"name({child.get('path') or '.'})")
        elif child.tag in _MARKUP:
            yield " "
            yield from _parts(child, expressions)
            yield " "
        elif child.namespace == SCHEMATRON:
            raise child.refused("is not known in a message")
