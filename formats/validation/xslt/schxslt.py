"""What SchXslt 1.x makes of Schematron, read back.

A group of patterns is one mode. A rule's template passes its node on to the next template that
matches (`xsl:next-match`), with the ids of the patterns that have had their rule for it: so in
each pattern the first rule that matches counts, as in Schematron. What no rule wants, and what
every rule passes on in the end, goes down to all attributes and children.
"""

from lxml import etree

from formats.validation.schematron.model import Pattern, Rule, RuleSet, Visited
from formats.validation.xslt.checks import statements
from formats.validation.xslt.declarations import Declarations
from formats.validation.xslt.order import in_order
from formats.validation.xslt.reading import XSL, Source, children, unsupported
from formats.validation.xslt.schxslt_rules import details, rule_parts
from formats.validation.xslt.schxslt_scaffold import Scaffold, is_place_function, scaffold
from formats.validation.xslt.templates import by_precedence, context

_VISITED: Visited = "elements and attributes"
"""Texts, comments and instructions too, but `context` refuses rules for them."""


def made(stylesheet: etree._Element) -> bool:
    """Tell whether SchXslt made a stylesheet: it tells places with a function of its own."""
    return any(is_place_function(element) for element in stylesheet.iterchildren(f"{XSL}function"))


def rule_set(source: Source, stylesheet: etree._Element, documents: dict[str, bytes]) -> RuleSet:
    """Read a stylesheet of SchXslt.

    Raises:
        UnsupportedRuleError: Something that SchXslt does not write, or that is not understood.
    """
    declared = Declarations()
    for element in children(stylesheet):
        if not is_place_function(element):
            declared.add(source, element)
    around = scaffold(stylesheet, declared.templates)
    patterns = _patterns(source, around)
    return RuleSet(
        title=around.title,
        variables=in_order(declared.variables, declared.functions),
        functions=tuple(declared.functions),
        keys=tuple(declared.keys),
        patterns=patterns,
        visited={pattern.id: _VISITED for pattern in patterns},
        locations="schxslt",
        documents=documents,
    )


def _patterns(source: Source, around: Scaffold) -> tuple[Pattern, ...]:
    """Return the patterns in the order of the report, which puts each one's rules together."""
    rules: dict[str, list[Rule]] = {key: [] for key in around.patterns}
    # Patterns by a template after which they may have no more rules, so that what the template
    # does differently from the others has no effect.
    closed: dict[str, etree._Element] = {}
    for mode, templates in around.modes.items():
        for template in by_precedence(templates):
            parts = rule_parts(template)
            if around.patterns.get(parts.key, ("", ""))[0] != mode:
                raise unsupported(template, f"a rule of the pattern {parts.key}, not in its mode")
            if parts.key in closed:
                raise unsupported(closed[parts.key], "it is not the last rule that it could hide")
            if parts.always and rules[parts.key]:
                raise unsupported(template, "it fires even when an earlier rule did")
            if parts.body is None or parts.marks != parts.key:
                closed[parts.key] = closed[parts.marks] = template
            if parts.body is not None:
                body = statements(source, parts.body, details)
                rules[parts.key].append(Rule(context(source, template, _VISITED), body))
    return tuple(
        Pattern(pattern_id, tuple(rules[key])) for key, (_, pattern_id) in around.patterns.items()
    )
