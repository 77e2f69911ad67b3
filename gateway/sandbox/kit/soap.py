"""SOAP 1.1 for authorities that speak it: opening what is asked, enclosing what is answered."""

from lxml import etree

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
MEDIA_TYPE = "text/xml; charset=utf-8"


class MalformedError(Exception):
    """What was sent is no question of an interface; the message is the fault's."""


def parsed(content: bytes) -> etree._Element:
    """Return a document's root; nothing is fetched or expanded.

    Raises:
        MalformedError: It is not well-formed, or has a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root: etree._Element = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise MalformedError("Error reading the XML stream") from None
    if root.getroottree().docinfo.doctype:
        raise MalformedError("Received event DTD, which is not allowed")
    return root


def opened(content: bytes) -> etree._Element:
    """Return the one element in an envelope's body.

    Raises:
        MalformedError: It is no envelope, or its body holds another number of elements.
    """
    root = parsed(content)
    body = root.find(f"{{{SOAP}}}Body")
    if root.tag != f"{{{SOAP}}}Envelope" or body is None:
        raise MalformedError("Not a SOAP 1.1 envelope")
    calls = [child for child in body if isinstance(child.tag, str)]
    if len(calls) != 1:
        raise MalformedError("Message part was not recognized")
    return calls[0]


def envelope() -> tuple[etree._Element, etree._Element]:
    """Return an empty envelope, and its body."""
    made = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"env": SOAP})
    etree.SubElement(made, f"{{{SOAP}}}Header")
    return made, etree.SubElement(made, f"{{{SOAP}}}Body")


def enclosed(answer: etree._Element) -> bytes:
    """Return an answer in an envelope."""
    made, body = envelope()
    body.append(answer)
    return etree.tostring(made, encoding="utf-8", xml_declaration=True)


def fault(words: str, side: str = "Server") -> bytes:
    """Return a fault, blamed on the `Server` or the `Client`."""
    made, body = envelope()
    element = etree.SubElement(body, f"{{{SOAP}}}Fault")
    etree.SubElement(element, "faultcode").text = f"env:{side}"
    etree.SubElement(element, "faultstring").text = words
    return etree.tostring(made, encoding="utf-8")
