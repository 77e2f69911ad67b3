"""Reads concrete patterns: their rules, and the variables in them."""

from collections.abc import Mapping
from typing import Literal

from formats.validation.schematron.expressions import Expressions
from formats.validation.schematron.message import message
from formats.validation.schematron.model import Check, Let, Pattern, Rule, Statement
from formats.validation.schematron.node import SCHEMATRON, XSLT, Node, sch, xsl
from formats.validation.xslt.instructions import read_variable

_KINDS: Mapping[str, Literal["assert", "report"]] = {
    sch("assert"): "assert",
    sch("report"): "report",
}
_SAID = {sch("title"), sch("p")}
_RICH = {"id", "icon", "see", "fpi"}
"""What any element may say of itself; attributes with a prefix say nothing to Schematron."""
_PATTERN = _RICH | {"name", "abstract"}
_RULE = _RICH | {"context", "flag", "role", "subject", "abstract"}
_CHECK = _RICH | {"test", "flag", "role", "subject", "diagnostics", "properties"}
_LET = {"name", "value", "as"}


def read_pattern(
    node: Node, identifier: str, expressions: Expressions, diagnostics: Mapping[str, Node]
) -> Pattern:
    """Return a pattern with its rules that are not abstract.

    Args:
        node: The concrete pattern.
        identifier: Its id.
        expressions: Reads its XPath.
        diagnostics: Of the schema, by id.

    Raises:
        UnsupportedRuleError: It holds what is not understood.
    """
    _hold_to(node, _PATTERN)
    rules = []
    for child in _children(node):
        if child.tag == sch("rule"):
            _hold_to(child, _RULE)
            if (child.get("abstract") or "false").strip() != "true":
                rules.append(_rule(child, expressions, diagnostics))
        elif not is_variable(child):
            raise child.refused("is not known in a pattern")
    return Pattern(identifier, tuple(rules))


def pattern_variables(node: Node, expressions: Expressions) -> tuple[Let, ...]:
    """Return the variables that stand in a pattern: the skeleton makes them global."""
    return tuple(read_let(child, expressions) for child in _children(node) if is_variable(child))


def is_variable(node: Node) -> bool:
    """Tell whether an element declares a variable."""
    return node.tag in {sch("let"), xsl("variable"), xsl("param")}


def read_let(node: Node, expressions: Expressions) -> Let:
    """Return the variable an element declares."""
    if node.namespace == XSLT:
        return expressions.xslt(node, read_variable)
    _hold_to(node, _LET)
    return expressions.let(node)


def _rule(node: Node, expressions: Expressions, diagnostics: Mapping[str, Node]) -> Rule:
    body: list[Statement] = []
    for child in _children(node):
        if child.tag in _KINDS:
            body.append(_check(child, expressions, diagnostics))
        elif child.tag != xsl("param") and is_variable(child):
            body.append(read_let(child, expressions))
        else:
            raise child.refused("is not known in a rule")
    return Rule(expressions.context(node), tuple(body))


def _check(node: Node, expressions: Expressions, diagnostics: Mapping[str, Node]) -> Check:
    _hold_to(node, _CHECK)
    references = (node.get("diagnostics") or "").split()
    for name in references:
        if name not in diagnostics:
            raise node.refused(f"refers to the diagnostic {name!r}, which is not there")
    return Check(
        id=node.get("id") or "",
        kind=_KINDS[node.tag],
        test=expressions.expression(node, "test"),
        severity=node.get("flag") or node.get("role") or "",
        message=message(node, expressions),
        diagnostics=tuple(message(diagnostics[name], expressions) for name in references),
    )


def _children(node: Node) -> list[Node]:
    """Return the children that can mean anything for a verdict.

    Titles and paragraphs go, and elements that are neither Schematron nor XSLT: those are for
    other programs (ISO/IEC 19757-3, 5.2).
    """
    return [
        child
        for child in node.elements
        if child.namespace in {SCHEMATRON, XSLT} and child.tag not in _SAID
    ]


def _hold_to(node: Node, known: set[str]) -> None:
    for name in node.attributes:
        if not name.startswith("{") and name not in known:
            raise node.refused(f"has the attribute {name!r}, which is not known")
