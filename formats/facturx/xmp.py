"""The XMP metadata of a hybrid invoice: what PDF/A-3 and Factur-X demand of it.

Sources: ISO 19005-3, 6.6 (identification and extension schemas); Factur-X 1.0, technical part
(namespace, property names, descriptions in our words).
"""

import datetime
from dataclasses import dataclass

from lxml import etree

from formats.facturx.levels import HybridLevel
from formats.xml import Limits, UnreadableDocumentError, parse

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PDFAID = "http://www.aiim.org/pdfa/ns/id/"
EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
PROPERTY = "http://www.aiim.org/pdfa/ns/property#"
XMP = "http://ns.adobe.com/xap/1.0/"
META = "adobe:ns:meta/"
FACTURX = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"

_HYBRIDS = (
    FACTURX,
    "urn:zugferd:pdfa:CrossIndustryDocument:invoice:2p0#",
    "urn:ferd:pdfa:CrossIndustryDocument:invoice:1p0#",
)
"""Factur-X and ZUGFeRD since 2.1, ZUGFeRD 2.0 and 1.0; some files spell them in lower case."""

_PROPERTIES = (
    ("DocumentFileName", "Name of the attached XML document"),
    ("DocumentType", "Kind of the attached document: INVOICE"),
    ("Version", "Version of the standard that the attached document follows"),
    ("ConformanceLevel", "Level (profile) of the attached document"),
)
_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_END = '\n<?xpacket end="w"?>'
_LIMITS = Limits(bytes=4 * 1024 * 1024, depth=64, elements=20_000)


@dataclass(frozen=True, slots=True)
class XmpClaims:
    """What the metadata of a PDF says about it; None where it says nothing."""

    pdfa_part: str | None = None
    pdfa_conformance: str | None = None
    document_type: str | None = None
    filename: str | None = None
    version: str | None = None
    conformance_level: str | None = None


def claims_of(packet: bytes) -> XmpClaims:
    """Return what an XMP packet says.

    Raises:
        UnreadableDocumentError: The packet is not XML that the parser takes.
    """
    root = parse(packet.strip(b"\0 \t\r\n"), _LIMITS)
    hybrid = {name: _hybrid(root, name) for name, _ in _PROPERTIES}
    return XmpClaims(
        pdfa_part=_value(root, {PDFAID}, "part"),
        pdfa_conformance=_value(root, {PDFAID}, "conformance"),
        document_type=hybrid["DocumentType"],
        filename=hybrid["DocumentFileName"],
        version=hybrid["Version"],
        conformance_level=hybrid["ConformanceLevel"],
    )


def _hybrid(root: etree._Element, name: str) -> str | None:
    return _value(root, {namespace.lower() for namespace in _HYBRIDS}, name)


def _value(root: etree._Element, namespaces: set[str], name: str) -> str | None:
    """Return a property of any rdf:Description, written as element or as attribute."""
    known = {namespace.lower() for namespace in namespaces}
    for description in root.iter(f"{{{RDF}}}Description"):
        for child in description.iterchildren("*"):
            tag = etree.QName(child)
            if tag.localname == name and (tag.namespace or "").lower() in known:
                return "".join(child.itertext()).strip()
        for key, value in description.attrib.items():
            tag = etree.QName(key)
            if tag.localname == name and (tag.namespace or "").lower() in known:
                return str(value).strip()
    return None


def hybrid_packet(packet: bytes | None, level: HybridLevel, modified: datetime.datetime) -> bytes:
    """Return the metadata of a PDF, made that of a PDF/A-3b with a hybrid invoice.

    What the packet said otherwise stays; older claims about PDF/A and Factur-X are replaced. The
    extension schemas stand in one bag, as ISO 19005-3 wants.

    Args:
        packet: The PDF's metadata so far.
        level: Of the attached XML.
        modified: With time zone.

    Raises:
        UnreadableDocumentError: The packet is not XML that the parser takes.
    """
    root = _rdf(packet)
    schemas = _extension_schemas(root)
    _forget(root)
    description = etree.SubElement(
        root, f"{{{RDF}}}Description", nsmap={"pdfaid": PDFAID, "fx": FACTURX, "xmp": XMP}
    )
    description.set(f"{{{RDF}}}about", "")
    for tag, text in (
        (f"{{{PDFAID}}}part", "3"),
        (f"{{{PDFAID}}}conformance", "B"),
        (f"{{{XMP}}}ModifyDate", modified.isoformat(timespec="seconds")),
        (f"{{{FACTURX}}}DocumentType", "INVOICE"),
        (f"{{{FACTURX}}}DocumentFileName", level.filename),
        (f"{{{FACTURX}}}Version", level.version),
        (f"{{{FACTURX}}}ConformanceLevel", level.value),
    ):
        etree.SubElement(description, tag).text = text
    schemas.append(_hybrid_schema())
    root.append(_described(schemas))
    whole = etree.Element(f"{{{META}}}xmpmeta", nsmap={"x": META})
    whole.append(root)
    text = etree.tostring(whole, encoding="unicode")
    return f"{_BEGIN}{text}{_END}".encode()


def _rdf(packet: bytes | None) -> etree._Element:
    if packet is None:
        return etree.Element(f"{{{RDF}}}RDF", nsmap={"rdf": RDF})
    root = parse(packet.strip(b"\0 \t\r\n"), _LIMITS)
    found = root if root.tag == f"{{{RDF}}}RDF" else root.find(f".//{{{RDF}}}RDF")
    if found is None:
        raise UnreadableDocumentError("unknown-root", "The PDF's metadata is not XMP.")
    return found


def _extension_schemas(root: etree._Element) -> list[etree._Element]:
    """Take the extension schemas out of the tree, but for those of hybrid invoices."""
    kept = []
    for schemas in list(root.iter(f"{{{EXTENSION}}}schemas")):
        for item in schemas.iter(f"{{{RDF}}}li"):
            uri = item.find(f".//{{{SCHEMA}}}namespaceURI")
            if uri is None:
                continue
            known = {namespace.lower() for namespace in _HYBRIDS}
            if (uri.text or "").strip().lower() not in known:
                kept.append(item)
        parent = schemas.getparent()
        if parent is not None:
            parent.remove(schemas)
    return kept


def _forget(root: etree._Element) -> None:
    """Remove every older claim about PDF/A, Factur-X and the last change."""
    known = {namespace.lower() for namespace in (*_HYBRIDS, PDFAID)}

    def stale(name: str) -> bool:
        tag = etree.QName(name)
        modify = tag.namespace == XMP and tag.localname == "ModifyDate"
        return modify or (tag.namespace or "").lower() in known

    for description in list(root.iter(f"{{{RDF}}}Description")):
        for child in list(description.iterchildren("*")):
            if stale(str(child.tag)):
                description.remove(child)
        for key in [str(key) for key in description.attrib if stale(str(key))]:
            del description.attrib[key]
        if len(description) == 0 and set(description.attrib) <= {f"{{{RDF}}}about"}:
            root.remove(description)


def _hybrid_schema() -> etree._Element:
    item = _resource()
    for name, text in (
        ("schema", "Factur-X PDFA Extension Schema"),
        ("namespaceURI", FACTURX),
        ("prefix", "fx"),
    ):
        etree.SubElement(item, f"{{{SCHEMA}}}{name}").text = text
    properties = etree.SubElement(etree.SubElement(item, f"{{{SCHEMA}}}property"), f"{{{RDF}}}Seq")
    for name, meaning in _PROPERTIES:
        entry = _resource()
        for key, text in (
            ("name", name),
            ("valueType", "Text"),
            ("category", "external"),
            ("description", meaning),
        ):
            etree.SubElement(entry, f"{{{PROPERTY}}}{key}").text = text
        properties.append(entry)
    return item


def _resource() -> etree._Element:
    item = etree.Element(
        f"{{{RDF}}}li", nsmap={"rdf": RDF, "pdfaSchema": SCHEMA, "pdfaProperty": PROPERTY}
    )
    item.set(f"{{{RDF}}}parseType", "Resource")
    return item


def _described(schemas: list[etree._Element]) -> etree._Element:
    description = etree.Element(
        f"{{{RDF}}}Description", nsmap={"rdf": RDF, "pdfaExtension": EXTENSION}
    )
    description.set(f"{{{RDF}}}about", "")
    bag = etree.SubElement(
        etree.SubElement(description, f"{{{EXTENSION}}}schemas"), f"{{{RDF}}}Bag"
    )
    bag.extend(schemas)
    return description
