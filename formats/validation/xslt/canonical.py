"""Comparing a piece of a stylesheet with the one that a generator always writes."""

import hashlib
from collections.abc import Collection

from lxml import etree

from formats.validation.xslt.reading import XSL, content, tag_of


def fingerprint(
    element: etree._Element,
    *,
    without: Collection[str] = (),
    attributes_without: Collection[str] = (),
) -> str:
    """Return the SHA-256 of what an element says.

    Comments, prefixes, the order of attributes and indentation do not count.

    Args:
        element: The piece.
        without: Elements that do not count, by Clark name.
        attributes_without: Elements whose attributes do not count, by Clark name.
    """
    form = _form(element, without, attributes_without)
    return hashlib.sha256(repr(form).encode()).hexdigest()


def _form(
    element: etree._Element, without: Collection[str], attributes_without: Collection[str]
) -> tuple[object, ...]:
    tag = tag_of(element)
    attributes = (
        []
        if tag in attributes_without
        else sorted((str(name), " ".join(str(value).split())) for name, value in element.items())
    )
    # `xsl:text` keeps what is only white space.
    inside: list[object] = [element.text] if tag == f"{XSL}text" else []
    for item in content(element):
        if isinstance(item, str):
            inside.append(item)
        elif tag_of(item) not in without:
            inside.append(_form(item, without, attributes_without))
    return tag, attributes, inside
