"""SOAP 1.1 around everything, and the faults that the AEAT answers with.

A fault of `Client` is about what was sent; one of `Server` is the AEAT's own trouble, and the same
may be sent again.
"""

import re

from lxml import etree

from formats.verifactu.names import SOAP
from formats.xml import UnreadableDocumentError, parse, string_value

MEDIA_TYPE = "text/xml; charset=utf-8"

_ENVELOPE = f"{{{SOAP}}}Envelope"
_BODY = f"{{{SOAP}}}Body"
_FAULT = f"{{{SOAP}}}Fault"
_CODE = re.compile(r"[Cc][oó]digo\[([0-9]{4})\]\.?\s*")


class Fault(Exception):  # noqa: N818 - SOAP's own word
    """The whole request was turned away.

    Attributes:
        side: `Client` or `Server`: who is to blame.
        code: The AEAT's, four digits; None where it gives none.
        text: What it says.
    """

    def __init__(self, side: str, code: str | None, text: str) -> None:
        super().__init__(f"{side}: {text}")
        self.side, self.code, self.text = side, code, text


def envelope(body: str) -> bytes:
    """Return an envelope around an element."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="{SOAP}">'
        f"<soapenv:Header/><soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>"
    ).encode()


def is_envelope(root: etree._Element) -> bool:
    """Tell whether an element is an envelope."""
    return root.tag == _ENVELOPE


def content(root: etree._Element) -> etree._Element:
    """Return the one element in an envelope's body.

    Raises:
        UnreadableDocumentError: It has no body, or another number of elements.
        Fault: The element is one.
    """
    body = root.find(_BODY)
    inside = [] if body is None else list(body.iterchildren(etree.Element))
    if len(inside) != 1:
        raise UnreadableDocumentError("not-soap", "An envelope's body holds one element.")
    if inside[0].tag == _FAULT:
        raise _fault(inside[0])
    return inside[0]


def opened(answer: bytes) -> etree._Element:
    """Return what is in an envelope.

    Raises:
        UnreadableDocumentError: It is no envelope.
        Fault: It holds one.
    """
    root = parse(answer)
    if not is_envelope(root):
        raise UnreadableDocumentError("not-soap", f"{root.tag!s} is no SOAP 1.1 envelope.")
    return content(root)


def _fault(node: etree._Element) -> Fault:
    said = {
        etree.QName(one).localname: string_value(one) for one in node if isinstance(one.tag, str)
    }
    side = said.get("faultcode", "").rpartition(":")[2]
    text = said.get("faultstring", "").strip()
    found = _CODE.search(text)
    return Fault(side, found[1] if found else None, text)
