"""What SchXslt 1.x writes around the rules, recognised so that nothing else is left over."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from formats.validation.xslt.canonical import fingerprint
from formats.validation.xslt.reading import (
    SVRL,
    XSL,
    attributes,
    children,
    tag_of,
    unsupported,
)

SCHXSLT = "{https://doi.org/10.5281/zenodo.1495494}"

_PLACE_FUNCTION = "00464e5a1244e8ef9a96f4b16f87654abad977aa3b837abe9ecd7cad23448c82"
_ROOT = "3207182e7aef5f9f66bb5766396e836bac0933db2632a291371c62867c8f79a0"
"""Without metadata, prefixes and names: it collects the report, pattern by pattern."""

_FOR_THE_REST = {
    "f3de73ab98418eceee00ac21ff95a25e2abb14a72c3345fc675d1c387bd402b0",
    "1540d7f8cfdd9c7d379a5c31ef6fb76709b44e6c5e3b263ecc16fcc5d4759434",
}
"""In all modes: texts and attributes, dropped; elements, with all attributes and children."""

_PATTERN = "79cc3cb30e56b529779c33dae694e42a416c75110a9c2744be6f14ea75ae4b9b"
"""In the template of a group: a pattern's place in the report."""


@dataclass(slots=True)
class Scaffold:
    """The templates of a stylesheet, sorted.

    Attributes:
        title: Of the schema.
        patterns: Mode and id of each pattern by the key that SchXslt gave it, in order.
        modes: The rule templates of each mode.
    """

    title: str = ""
    patterns: dict[str, tuple[str, str]] = field(default_factory=dict)
    modes: dict[str, list[etree._Element]] = field(default_factory=dict)


def is_place_function(element: etree._Element) -> bool:
    """Tell whether this is `schxslt:location`, as SchXslt writes it."""
    return (
        tag_of(element) == f"{XSL}function"
        and element.nsmap.get((element.get("name") or "").partition(":")[0]) == SCHXSLT[1:-1]
        and fingerprint(element) == _PLACE_FUNCTION
    )


def scaffold(stylesheet: etree._Element, templates: Iterable[etree._Element]) -> Scaffold:
    """Sort the templates of a stylesheet.

    Raises:
        UnsupportedRuleError: There is one that SchXslt does not write, or one is missing.
    """
    result = Scaffold()
    rest, roots, groups = [], [], {}
    for template in templates:
        if template.get("mode") == "#all":
            rest.append(fingerprint(template))
        elif "name" in template.attrib:
            attributes(template, ("name",))
            groups[template.attrib["name"]] = template
        elif "mode" in template.attrib:
            attributes(template, ("match", "mode", "priority"))
            result.modes.setdefault(template.attrib["mode"], []).append(template)
        else:
            roots.append(template)
    if sorted(rest) != sorted(_FOR_THE_REST):
        raise unsupported(stylesheet, "its templates for what no rule wants are others")
    if len(roots) != 1 or _root_fingerprint(roots[0]) != _ROOT:
        raise unsupported(stylesheet, "its report is made in another way")
    _read_root(roots[0], groups, result)
    applied = {mode for mode, _ in result.patterns.values()}
    if unapplied := sorted(result.modes.keys() - applied):
        raise unsupported(stylesheet, f"modes that are never applied: {unapplied}")
    return result


def _read_root(root: etree._Element, groups: dict[str, etree._Element], result: Scaffold) -> None:
    for output in root.iterchildren(f"{SVRL}schematron-output"):
        result.title = output.get("title", "")
    for call in root.iter(f"{XSL}call-template"):
        attributes(call, ("name",))
        group = groups.pop(call.attrib["name"], None)
        if group is None:
            raise unsupported(call, "it calls what is not there")
        _read_group(group, result)
    if groups:
        raise unsupported(root, f"templates that are never called: {sorted(groups)}")


def _root_fingerprint(root: etree._Element) -> str:
    return fingerprint(
        root,
        without={f"{SVRL}metadata", f"{SVRL}ns-prefix-in-attribute-values"},
        attributes_without={f"{XSL}call-template", f"{SVRL}schematron-output"},
    )


def _read_group(group: etree._Element, result: Scaffold) -> None:
    *patterns, apply = children(group) or [group]
    attributes(apply, ("mode", "select"))
    if tag_of(apply) != f"{XSL}apply-templates" or apply.get("select") != "/" or children(apply):
        raise unsupported(apply, "not how a group of patterns is applied")
    mode = apply.attrib["mode"]
    if any(mode == known for known, _ in result.patterns.values()):
        raise unsupported(apply, f"applies {mode} twice")
    ids = {pattern_id for _, pattern_id in result.patterns.values()}
    for pattern in patterns:
        said = fingerprint(
            pattern, attributes_without={f"{SCHXSLT}pattern", f"{SVRL}active-pattern"}
        )
        attributes(pattern, ("id",))
        key = pattern.attrib["id"]
        if said != _PATTERN or key in result.patterns:
            raise unsupported(pattern, "not a pattern as SchXslt announces it")
        pattern_id = next(pattern.iter(f"{SVRL}active-pattern")).get("id", "")
        if not pattern_id or pattern_id in ids:
            pattern_id = key
        ids.add(pattern_id)
        result.patterns[key] = (mode, pattern_id)
