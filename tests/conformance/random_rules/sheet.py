"""The stylesheet Saxon judges by: every check on its own, so that an error ends only itself."""

import copy

from lxml import etree

from tests.conformance.random_rules.schema import ENTRY, Schema
from tests.oracle.schematron_to_xslt import SVRL, XSL, stylesheet

_PLACE = (
    "if (self::*) then string(count(preceding::*) + count(ancestor::*))"
    " else if (. instance of attribute())"
    " then concat(count(../preceding::*) + count(../ancestor::*), '@', name()) else '/'"
)
_ERR = "http://www.w3.org/2005/xqt-errors"


def guarded(schema: Schema) -> bytes:
    """Return the stylesheet of a rule set, with `xsl:try` around every check.

    The variables of a rule are repeated in each: Saxon computes those before a `try` at once.
    """
    root = etree.fromstring(stylesheet({ENTRY: schema.source()}, ENTRY))
    for template in root.iterfind(f"{XSL}template"):
        if template.find(f"{SVRL}fired-rule") is None:
            continue
        variables = template.findall(f"{XSL}variable")
        for variable in variables:
            template.remove(variable)
        for check in [*template.findall(f"{XSL}choose"), *template.findall(f"{XSL}if")]:
            _guard(template, check, variables)
    return etree.tostring(root)


def _guard(
    template: etree._Element, check: etree._Element, variables: list[etree._Element]
) -> None:
    attempt = etree.Element(f"{XSL}try")
    template.replace(check, attempt)
    attempt.extend([copy.deepcopy(variable) for variable in variables])
    attempt.append(check)
    (location,) = check.iter(f"{XSL}attribute")
    for child in list(location):
        location.remove(child)
    etree.SubElement(location, f"{XSL}value-of", select=_PLACE)
    (found,) = [each for each in check.iter() if each.get("id")]
    caught = etree.SubElement(attempt, f"{XSL}catch", nsmap={"err": _ERR})
    stopped = etree.SubElement(caught, f"{SVRL}stopped", id=found.get("id", ""))
    stopped.append(copy.deepcopy(location))
    etree.SubElement(stopped, f"{XSL}value-of", select="$err:code")
