"""The checks of a compiled rule set as texts: what there is to fire, and what it looks at."""

import re
from dataclasses import dataclass

from lxml import etree

from formats import xml

_XSL = "{http://www.w3.org/1999/XSL/Transform}"
_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
_LIMITS = xml.Limits(bytes=64 * 1024 * 1024, elements=2_000_000)


@dataclass(frozen=True, slots=True)
class Check:
    """An assert or report.

    Attributes:
        rule: Its id; `unnamed` when it has none.
        context: The pattern of its rule, white space made single spaces.
        test: Its expression, likewise.
    """

    rule: str
    context: str
    test: str


@dataclass(frozen=True, slots=True)
class Checks:
    """All checks of a rule set, and the prefixes its expressions use."""

    checks: tuple[Check, ...]
    namespaces: dict[str, str]


def read_checks(stylesheet: bytes) -> Checks:
    """Return the checks of a stylesheet, of the skeleton's or SchXslt's making."""
    root = xml.parse(stylesheet, _LIMITS)
    found = []
    for element in root.iter(f"{_SVRL}failed-assert", f"{_SVRL}successful-report"):
        template = next(element.iterancestors(f"{_XSL}template"))
        fired = next(template.iter(f"{_SVRL}fired-rule"), None)
        context = _said(fired, "context") if fired is not None else template.get("match", "")
        found.append(
            Check(_said(element, "id") or "unnamed", _flat(context), _flat(_said(element, "test")))
        )
    namespaces = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
    default = root.get("xpath-default-namespace")
    return Checks(tuple(found), namespaces | ({"": default} if default else {}))


def _said(element: etree._Element, name: str) -> str:
    """Return an attribute, written as one or made by `xsl:attribute`."""
    for child in element.iterchildren(f"{_XSL}attribute"):
        if child.get("name") == name:
            return xml.string_value(child)
    # In a stylesheet, braces in an attribute are doubled.
    return re.sub(r"\{\{|\}\}", lambda brace: brace[0][0], element.get(name, ""))


def _flat(text: str) -> str:
    return " ".join(text.split())
