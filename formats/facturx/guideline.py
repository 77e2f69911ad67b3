"""The specification identifier (BT-24) of an XML invoice, without reading the rest of it."""

from lxml import etree

from formats.xml import WHITESPACE, UnreadableDocumentError, parse, string_value


def guideline_of(xml: bytes) -> str | None:
    """Return BT-24 of a CII or UBL document; None if it has none or is not readable XML."""
    try:
        root = parse(xml)
    except UnreadableDocumentError:
        return None
    for element in root.iterdescendants("{*}GuidelineSpecifiedDocumentContextParameter"):
        identifier = element.find("{*}ID")
        if identifier is not None:
            return string_value(identifier).strip(WHITESPACE) or None
    custom: etree._Element | None = root.find("{*}CustomizationID")
    return None if custom is None else string_value(custom).strip(WHITESPACE) or None
