"""What the ISO skeleton (XSLT 2.0 version) makes of Schematron, read back.

A pattern is a mode: a template per rule, with priorities from 1000 up backwards, and two templates
for nodes that no rule wants. The template of the root applies the modes one after the other.
"""

from collections.abc import Sequence

from lxml import etree

from formats.validation.schematron.model import Pattern, Rule, Visited
from formats.validation.xslt.checks import Details, message, statements
from formats.validation.xslt.reading import (
    SVRL,
    XSL,
    Source,
    attributes,
    children,
    tag_of,
    text_only,
    unsupported,
)
from formats.validation.xslt.skeleton_scaffold import Scaffold
from formats.validation.xslt.templates import by_precedence, context, priority

_VISITED: dict[str, Visited] = {
    "*": "elements",
    "@*|*": "elements and attributes",
    "*|comment()|processing-instruction()": "elements, comments and instructions",
}
_RULES_FROM = 0
"""Priorities below are those of the templates for what no rule wants, -1 and -2."""


def patterns(source: Source, scaffold: Scaffold) -> tuple[tuple[Pattern, ...], dict[str, Visited]]:
    """Return the patterns in the order they are applied, and what each visits.

    Raises:
        UnsupportedRuleError: Something that the skeleton does not write.
    """
    found: list[Pattern] = []
    visited: dict[str, Visited] = {}
    for mode, title in scaffold.applied:
        # Ids may be missing or be given twice; modes are unique.
        name = title if title and title not in visited else mode
        while name in visited:
            name += "'"
        visited[name] = _visited(scaffold.modes[mode])
        rules = _rules(source, scaffold.modes[mode], visited[name])
        found.append(Pattern(name, rules))
    return tuple(found), visited


def _rules(
    source: Source, templates: Sequence[etree._Element], visited: Visited
) -> tuple[Rule, ...]:
    return tuple(
        _rule(source, template, visited)
        for template in by_precedence(templates)
        if priority(template) >= _RULES_FROM
    )


def _rule(source: Source, template: etree._Element, visited: Visited) -> Rule:
    inside = children(template)
    if len(inside) < 2 or tag_of(inside[0]) != f"{SVRL}fired-rule":  # noqa: PLR2004 - first, last
        raise unsupported(template, "a rule that does not say that it fired")
    attributes(inside[0], ("context",), ("id", "role", "flag"))
    text_only(inside[0])
    return Rule(context(source, template, visited), statements(source, inside[1:-1], details))


def _visited(templates: Sequence[etree._Element]) -> Visited:
    """Return what a mode offers to its rules: every template must go on to the same nodes."""
    selections = set()
    others = []
    for template in templates:
        if priority(template) >= _RULES_FROM:
            selections.add(_descent(template, children(template)[-1:]))
        else:
            others.append((template.get("match"), template.get("priority")))
            if template.get("match") == "text()":
                if children(template):
                    raise unsupported(template, "a template for text that does something")
            else:
                selections.add(_descent(template, children(template)))
    if sorted(others) != [("@*|node()", "-2"), ("text()", "-1")]:
        raise unsupported(templates[0], f"unknown templates for what no rule wants: {others}")
    if len(selections) != 1:
        raise unsupported(templates[0], f"the templates of its mode visit {sorted(selections)}")
    if (selection := selections.pop()) not in _VISITED:
        raise unsupported(templates[0], f"its mode visits {selection}")
    return _VISITED[selection]


def _descent(template: etree._Element, last: list[etree._Element]) -> str:
    """Return what a template visits next; without that, nothing below its node is judged."""
    match last:
        case [apply] if tag_of(apply) == f"{XSL}apply-templates":
            attributes(apply, ("mode", "select"))
            if apply.get("mode") != template.get("mode") or children(apply):
                raise unsupported(apply, "it goes on in another way")
            return apply.get("select", "")
        case _:
            raise unsupported(template, "it does not go on")


def details(source: Source, element: etree._Element) -> Details:
    """Read a `svrl:failed-assert` or `svrl:successful-report`."""
    attributes(element, ("test",))
    said: dict[str, str] = {}
    texts = []
    diagnostics = []
    for child in children(element):
        match tag_of(child):
            case "{http://www.w3.org/1999/XSL/Transform}attribute":
                attributes(child, ("name",))
                name = child.get("name", "")
                if name in said or name not in {"id", "flag", "role", "location"}:
                    raise unsupported(child, f"{name} is not expected here")
                said[name] = _location(child) if name == "location" else text_only(child)
            case "{http://purl.oclc.org/dsdl/svrl}text":
                texts.append(message(source, child))
            case "{http://purl.oclc.org/dsdl/svrl}diagnostic-reference":
                attributes(child, ("diagnostic",))
                diagnostics += [message(source, each) for each in _texts(child)]
            case _:
                raise unsupported(child, "not understood in a check")
    if len(texts) != 1 or "location" not in said:
        raise unsupported(element, "a check has one text and one location")
    severity = said.get("flag") or said.get("role") or ""
    return Details(said.get("id", ""), severity, texts[0], tuple(diagnostics))


def _texts(element: etree._Element) -> list[etree._Element]:
    inside = children(element)
    for child in inside:
        if tag_of(child) != f"{SVRL}text":
            raise unsupported(child, "not understood in a diagnostic")
    return inside


def _location(element: etree._Element) -> str:
    match children(element):
        case [apply] if tag_of(apply) == f"{XSL}apply-templates":
            if dict(apply.attrib) == {"mode": "schematron-select-full-path", "select": "."}:
                return "as every skeleton tells it"
    raise unsupported(element, "a place that is told in another way")
