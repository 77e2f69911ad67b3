"""XPath in transforms: the few expressions that leave signatures out, each known by its text.

No expression is evaluated: it would be the sender's program. What is known takes away whole
elements named `Signature`, or the one the transform stands in, which is all that enveloped
signatures need (XMLDSig 6.6.4, XPath Filter 2.0 section 4).
"""

import re
from typing import Literal

from lxml import etree

from formats.signatures.xml.names import DS, FILTER_2, children, ds, text
from formats.signatures.xml.rejection import constrained

Which = Literal["own", "all"]

_NAME = r"(?P<p>[A-Za-z_][\w.-]*)"
_AGAIN = r"(?P=p)"
_XPATH: tuple[tuple[re.Pattern[str], Which], ...] = (
    (re.compile(rf"not\(ancestor-or-self::{_NAME}:Signature\)"), "all"),
    (
        re.compile(
            rf"count\(ancestor-or-self::{_NAME}:Signature\|here\(\)/ancestor::{_AGAIN}:"
            rf"Signature\[1\]\)>count\(ancestor-or-self::{_AGAIN}:Signature\)"
        ),
        "own",
    ),
)
_SUBTRACTED: tuple[tuple[re.Pattern[str], Which], ...] = (
    (re.compile(rf"(?:/descendant::|//){_NAME}:Signature"), "all"),
    (re.compile(rf"here\(\)/ancestor::{_NAME}:Signature\[1\]"), "own"),
)
_SPACE = re.compile(r"[ \t\r\n]+")


def dropped_by_xpath(transform: etree._Element) -> Which:
    """Return which signatures an XPath transform takes away.

    Raises:
        Rejected: It holds another expression.
    """
    inside = children(transform)
    if [child.tag for child in inside] != [ds("XPath")]:
        raise constrained("reference", "An XPath transform holds one XPath.")
    return _known(inside[0], _XPATH)


def dropped_by_filter_2(transform: etree._Element) -> Which:
    """Return which signatures an XPath Filter 2.0 takes away.

    Raises:
        Rejected: It does anything but subtract them.
    """
    inside = children(transform)
    if [child.tag for child in inside] != [f"{{{FILTER_2}}}XPath"]:
        raise constrained("reference", "An XPath filter holds one XPath.")
    if inside[0].get("Filter") != "subtract":
        raise constrained("reference", "An XPath filter may subtract, nothing else.")
    return _known(inside[0], _SUBTRACTED)


def _known(element: etree._Element, forms: tuple[tuple[re.Pattern[str], Which], ...]) -> Which:
    written = _SPACE.sub("", text(element))
    for form, which in forms:
        match = form.fullmatch(written)
        # exclusive canonicalization of SignedInfo loses a prefix that only the text uses: then it
        # can mean nothing but XMLDSig's, or the digest is another
        if match and element.nsmap.get(match["p"], DS) == DS:
            return which
    raise constrained("reference", f"The XPath {written[:100]!r} is not one that is accepted.")
