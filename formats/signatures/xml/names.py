"""Namespaces and identifiers of XML signatures, and reading an element strictly.

XMLDSig 1.1 (https://www.w3.org/TR/xmldsig-core1/), XAdES (ETSI EN 319 132-1, TS 101 903).
"""

import base64
import binascii

from lxml import etree

from formats.signatures.xml.rejection import rejected
from formats.xml import WHITESPACE

DS = "http://www.w3.org/2000/09/xmldsig#"
DSIG11 = "http://www.w3.org/2009/xmldsig11#"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
FILTER_2 = "http://www.w3.org/2002/06/xmldsig-filter2"
XML = "http://www.w3.org/XML/1998/namespace"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
XADES_141 = "http://uri.etsi.org/01903/v1.4.1#"
XADES_EDITIONS = (XADES, "http://uri.etsi.org/01903/v1.2.2#", "http://uri.etsi.org/01903/v1.1.1#")
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"

ENVELOPED = DS + "enveloped-signature"
BASE64 = DS + "base64"
XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"

MANIFEST = DS + "Manifest"
SIGNED_PROPERTIES = "http://uri.etsi.org/01903#SignedProperties"
COUNTERSIGNED = "http://uri.etsi.org/01903#CountersignedSignature"


def ds(name: str) -> str:
    """Return a name of XMLDSig as lxml writes it."""
    return f"{{{DS}}}{name}"


def xades(name: str) -> str:
    """Return a name of XAdES 1.3.2 as lxml writes it."""
    return f"{{{XADES}}}{name}"


def children(parent: etree._Element) -> list[etree._Element]:
    """Return the child elements, without comments and processing instructions."""
    return [child for child in parent if isinstance(child.tag, str)]


def only(parent: etree._Element, name: str) -> etree._Element:
    """Return the one child of this name.

    Raises:
        Rejected: There is none, or more than one: whoever takes the first is fooled.
    """
    found = parent.findall(name)
    if len(found) != 1:
        raise rejected(
            "format", f"{local(parent)} holds {len(found)} {local_name(name)}, and not one."
        )
    return found[0]


def optional(parent: etree._Element, name: str) -> etree._Element | None:
    """Return the child of this name; None when there is none.

    Raises:
        Rejected: There is more than one.
    """
    return only(parent, name) if parent.find(name) is not None else None


def text(element: etree._Element) -> str:
    """Return what an element of text says, without white space around it.

    Raises:
        Rejected: It holds an element, a comment or an instruction: readers would see two texts.
    """
    if len(element):
        raise rejected("format", f"{local(element)} holds more than text.")
    return (element.text or "").strip(WHITESPACE)


def binary(element: etree._Element) -> bytes:
    """Return the bytes that an element holds in base64.

    Raises:
        Rejected: It holds more than text, or it is not base64.
    """
    return from_base64(text(element), local(element))


def from_base64(written: str, where: str) -> bytes:
    """Return the bytes; white space may stand anywhere (XML Schema part 2, 3.2.16).

    Raises:
        Rejected: It is not base64.
    """
    packed = written.translate(_NO_SPACE)
    try:
        return base64.b64decode(packed.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise rejected("format", f"{where} is not base64.") from None


_NO_SPACE = str.maketrans("", "", WHITESPACE)


def algorithm(element: etree._Element) -> str:
    """Return what an element names in `Algorithm`.

    Raises:
        Rejected: It names nothing.
    """
    named = element.get("Algorithm")
    if not named:
        raise rejected("format", f"{local(element)} names no algorithm.")
    return named


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace, for people."""
    return local_name(str(element.tag))


def local_name(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]
