"""A document made from the rules alone, for the sets whose publisher gives no example."""

from lxml import etree

from tests.conformance.mutations.expressions import alternatives, paths
from tests.conformance.rule_sets.checks import Checks
from tests.conformance.rule_sets.inventory import RuleSet
from tests.conformance.rule_sets.subjects import Subject


def skeleton(rule_set: RuleSet, checks: Checks) -> Subject:
    """Return a document with every path that the rules look at, each once and with a text."""
    root = etree.Element(rule_set.row.roots[0])
    for check in checks.checks:
        for pattern in alternatives(check.context):
            for _, steps in paths(pattern, checks.namespaces)[:1]:
                home = _below(root, steps)
                for _, inner in paths(check.test, checks.namespaces):
                    _below(home, inner)
    for element in root.iter("*"):
        if len(element) == 0:
            element.text = "1"
    content = etree.tostring(root, encoding="utf-8")
    return Subject(f"{rule_set.name}#skeleton", content, str(root.tag))


def _below(home: etree._Element, steps: tuple[str, ...]) -> etree._Element:
    for step in steps:
        if step == home.getroottree().getroot().tag:
            home = home.getroottree().getroot()
        elif step == "..":
            parent = home.getparent()
            home = parent if parent is not None else home
        elif step.startswith("@"):
            home.set(step[1:], "x")
        else:
            child = home.find(step)
            home = child if child is not None else etree.SubElement(home, step)
    return home
