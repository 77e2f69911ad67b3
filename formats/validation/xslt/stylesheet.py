"""Schematron compiled to XSLT 2.0, read back into the rule set it was compiled from.

Nothing of a stylesheet is run, and nothing is left out silently: the pieces that a generator
always writes are recognised, the rules are read, and anything else is refused.
"""

from collections.abc import Mapping

from lxml import etree

from formats import xml
from formats.validation.schematron.model import RuleSet
from formats.validation.xslt import schxslt, skeleton
from formats.validation.xslt.declarations import Declarations
from formats.validation.xslt.order import in_order
from formats.validation.xslt.reading import (
    XSL,
    Source,
    attributes,
    children,
    tag_of,
    unsupported,
)
from formats.validation.xslt.skeleton_scaffold import is_own_global, scaffold

_LIMITS = xml.Limits(
    bytes=64 * 1024 * 1024, depth=40, elements=2_000_000, attributes_in_all=2_000_000
)
"""The deepest official stylesheet has 12 levels; each takes some calls of Python to read."""


def read(files: Mapping[str, bytes], entry: str) -> RuleSet:
    """Read a stylesheet made by the ISO skeleton or by SchXslt.

    Args:
        files: The stylesheet and the documents it opens, by the names it calls them.
        entry: Name of the stylesheet.

    Raises:
        UnreadableDocumentError: A file is not XML.
        UnsupportedRuleError: Something in it is not understood; the message says where.
    """
    stylesheet = xml.parse(files[entry], _LIMITS)
    documents = {name: content for name, content in files.items() if name != entry}
    for content in documents.values():
        xml.parse(content, _LIMITS)
    if tag_of(stylesheet) not in {f"{XSL}stylesheet", f"{XSL}transform"}:
        raise unsupported(stylesheet, "not a stylesheet")
    attributes(
        stylesheet, ("version",), ("xpath-default-namespace", "exclude-result-prefixes", "id")
    )
    if stylesheet.get("version") != "2.0":
        raise unsupported(stylesheet, "not XSLT 2.0")
    source = Source(
        files=documents.keys(),
        default_element_namespace=stylesheet.get("xpath-default-namespace", ""),
    )
    if schxslt.made(stylesheet):
        return schxslt.rule_set(source, stylesheet, documents)
    return _skeleton(source, stylesheet, documents)


def _skeleton(source: Source, stylesheet: etree._Element, documents: dict[str, bytes]) -> RuleSet:
    declared = Declarations()
    for element in children(stylesheet):
        if not is_own_global(element):
            declared.add(source, element)
    around = scaffold(stylesheet, declared.templates)
    patterns, visited = skeleton.patterns(source, around)
    return RuleSet(
        title=around.title,
        variables=in_order(declared.variables, declared.functions),
        functions=tuple(declared.functions),
        keys=tuple(declared.keys),
        patterns=patterns,
        visited=visited,
        locations="skeleton",
        documents=documents,
    )
