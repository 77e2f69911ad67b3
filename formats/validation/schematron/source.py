"""Reads Schematron (ISO/IEC 19757-3) as it is published, with the query binding `xslt2`.

A schema for XPath 1.0 (`xslt`, or no binding) is read as XSLT 2.0 runs it (`backwards`).
What the standard leaves open is as the skeleton has it, the implementation with which nearly every
official rule set was compiled. What is met and not known is an error that names the element and
its line: a rule that is not understood may not be judged by, and not be left out. Left out is what
cannot change a verdict: titles, paragraphs, elements of other vocabularies, and a rule that stands
outside of every pattern, for no processor ever runs one.
"""

from collections.abc import Mapping

from formats.validation.schematron import phases
from formats.validation.schematron.abstraction import concrete
from formats.validation.schematron.expressions import Expressions
from formats.validation.schematron.inclusion import assemble
from formats.validation.schematron.model import Function, Let, Pattern, RuleSet
from formats.validation.schematron.node import SCHEMATRON, XSLT, Node, sch, xsl
from formats.validation.schematron.patterns import (
    is_variable,
    pattern_variables,
    read_let,
    read_pattern,
)
from formats.validation.schematron.visiting import visited
from formats.validation.xslt.instructions import read_function, read_key
from formats.validation.xslt.order import in_order

_BACKWARDS = {None, "xslt", "xpath"}
"""The standard's default is `xslt`, which is XSLT 1.0."""
_BINDINGS = _BACKWARDS | {"xslt2", "xpath2"}
_ATTRIBUTES = {
    "id",
    "icon",
    "see",
    "fpi",
    "schemaVersion",
    "queryBinding",
    "defaultPhase",
}
_READ_ELSEWHERE = {
    sch("ns"),
    sch("pattern"),
    sch("phase"),
    sch("title"),
    sch("p"),
    sch("diagnostics"),
    sch("properties"),
    sch("rule"),
    xsl("function"),
    xsl("key"),
}


def read(files: Mapping[str, bytes], entry: str, *, phase: str | None = None) -> RuleSet:
    """Return the rule set a schema states.

    Args:
        files: Content by path, with `/` between folders: the schema and all it includes.
        entry: The path of the schema.
        phase: The phase to judge by; None is the schema's default, else every pattern (`#ALL`).

    Raises:
        UnsupportedRuleError: It uses what is not known, is not XPath, or is not complete.
        UnreadableDocumentError: A file is not XML that may be read.
        KeyError: The entry is not among the files.
    """
    root = assemble(files, entry)
    if root.tag != sch("schema"):
        raise root.refused("is not a schema")
    _hold_to_what_is_known(root)
    schema = concrete(root)
    chosen = phases.choose(schema, phase)
    expressions = Expressions(
        _prefixes(schema), files, backwards=schema.get("queryBinding") in _BACKWARDS
    )
    diagnostics = _diagnostics(schema)
    functions = _functions(schema, expressions)
    variables: list[Let] = []
    patterns: list[Pattern] = []
    for child in (*schema.elements, *chosen.lets):
        if is_variable(child):
            variables.append(read_let(child, expressions))
        elif child.tag == sch("pattern") and chosen.activates(child):
            identifier = _unique(child.get("id") or f"pattern-{len(patterns) + 1}", patterns)
            variables.extend(pattern_variables(child, expressions))
            patterns.append(read_pattern(child, identifier, expressions, diagnostics))
    return RuleSet(
        title=next((child.text for child in schema.elements if child.tag == sch("title")), ""),
        variables=in_order(variables, functions),
        functions=functions,
        keys=tuple(expressions.xslt(node, read_key) for node in _all(schema, "key")),
        patterns=tuple(patterns),
        visited={pattern.id: visited(pattern) for pattern in patterns},
        documents=expressions.documents,
    )


def _hold_to_what_is_known(schema: Node) -> None:
    binding = schema.get("queryBinding")
    if binding not in _BINDINGS:
        raise schema.refused(f"has the query binding {binding!r}, which is not known")
    for name in schema.attributes:
        if not name.startswith("{") and name not in _ATTRIBUTES:
            raise schema.refused(f"has the attribute {name!r}, which is not known")
    for child in schema.elements:
        known = child.tag in _READ_ELSEWHERE or is_variable(child)
        if child.namespace in {SCHEMATRON, XSLT} and not known:
            raise child.refused("is not known in a schema")


def _prefixes(schema: Node) -> dict[str, str]:
    prefixes: dict[str, str] = {}
    for child in schema.elements:
        if child.tag == sch("ns"):
            prefix, uri = child.required("prefix").strip(), child.required("uri").strip()
            if prefixes.setdefault(prefix, uri) != uri:
                raise child.refused(f"declares the prefix {prefix!r} a second time")
    return prefixes


def _functions(schema: Node, expressions: Expressions) -> tuple[Function, ...]:
    found: dict[tuple[str, int], Function] = {}
    for node in _all(schema, "function"):
        function = expressions.xslt(node, read_function)
        if found.setdefault((function.name, len(function.parameters)), function) is not function:
            raise node.refused(f"declares {function.name} a second time")
    return tuple(found.values())


def _diagnostics(schema: Node) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for node in schema.walk():
        if node.tag == sch("diagnostic") and found.setdefault(node.required("id"), node) != node:
            raise node.refused("has the id of another diagnostic")
    return found


def _all(schema: Node, name: str) -> list[Node]:
    return [child for child in schema.elements if child.tag == xsl(name)]


def _unique(identifier: str, patterns: list[Pattern]) -> str:
    """Return the id, or one like it that no pattern has yet: patterns are told apart by it."""
    taken = {pattern.id for pattern in patterns}
    while identifier in taken:
        identifier += "'"
    return identifier
