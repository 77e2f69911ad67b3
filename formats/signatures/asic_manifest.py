"""`ASiCManifest` (ETSI EN 319 162-1 A.4): which files a CAdES signature of a container covers."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from lxml import etree

from formats.xml import UnreadableDocumentError, parse

ASIC = "http://uri.etsi.org/02918/v1.2.1#"
DS = "http://www.w3.org/2000/09/xmldsig#"
_NAMESPACES = frozenset({ASIC, "http://uri.etsi.org/2918/v1.2.1#"})
"""The second is how TS 102 918 was misread by much software; the Norwegian samples have it."""

_DIGESTS = {
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
    "http://www.w3.org/2000/09/xmldsig#sha1": "sha1",
    "http://www.w3.org/2000/09/xmldsig#sha256": "sha256",  # no such identifier, and in use
}
_SHA256 = next(iter(_DIGESTS))


class ManifestError(ValueError):
    """It is no manifest, or says something that cannot be checked."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A file that the manifest names.

    Attributes:
        name: Of the file in the container.
        digest: `sha256` ...
        value: Its digest.
    """

    name: str
    digest: str
    value: bytes


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says.

    Attributes:
        signature: The name of the signature over the manifest.
        references: The files.
    """

    signature: str
    references: tuple[Reference, ...]


def read(content: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        ManifestError: See there.
    """
    try:
        root = parse(content)
    except UnreadableDocumentError as error:
        raise ManifestError(f"The manifest cannot be read: {error.message}") from error
    name = etree.QName(root)
    if name.localname != "ASiCManifest" or name.namespace not in _NAMESPACES:
        raise ManifestError(f"{name.localname} is no ASiCManifest.")
    signatures = _children(root, "SigReference")
    if len(signatures) != 1:
        raise ManifestError(f"The manifest names {len(signatures)} signatures.")
    references = tuple(_reference(one) for one in _children(root, "DataObjectReference"))
    names = [reference.name for reference in references]
    if not references or len(set(names)) != len(names):
        raise ManifestError("The manifest names no file, or one twice.")
    return Manifest(_uri(signatures[0]), references)


def write(signature: str, files: Sequence[tuple[str, str, bytes]]) -> bytes:
    """Write a manifest.

    Args:
        signature: The name of the signature that will be made over it.
        files: Name, media type and SHA-256 of each file.
    """
    root = etree.Element(etree.QName(ASIC, "ASiCManifest"), nsmap={"asic": ASIC, "ds": DS})
    reference = etree.SubElement(root, etree.QName(ASIC, "SigReference"))
    reference.set("URI", quote(signature))
    reference.set("MimeType", "application/pkcs7-signature")
    for name, kind, digest in files:
        one = etree.SubElement(root, etree.QName(ASIC, "DataObjectReference"))
        one.set("URI", quote(name))
        one.set("MimeType", kind)
        etree.SubElement(one, etree.QName(DS, "DigestMethod")).set("Algorithm", _SHA256)
        value = base64.b64encode(digest).decode("ascii")
        etree.SubElement(one, etree.QName(DS, "DigestValue")).text = value
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _children(parent: etree._Element, name: str) -> list[etree._Element]:
    return [
        one for one in parent if isinstance(one.tag, str) and etree.QName(one).localname == name
    ]


def _uri(element: etree._Element) -> str:
    uri = element.get("URI")
    if not uri:
        raise ManifestError("A reference names nothing.")
    return unquote(uri)


def _reference(element: etree._Element) -> Reference:
    methods, values = _children(element, "DigestMethod"), _children(element, "DigestValue")
    if len(methods) != 1 or len(values) != 1:
        raise ManifestError("A reference has no digest, or several.")
    digest = _DIGESTS.get(methods[0].get("Algorithm", ""))
    if digest is None:
        raise ManifestError(f"The digest {methods[0].get('Algorithm')} is not known.")
    text = "".join(values[0].itertext())
    try:
        value = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ManifestError("A digest is not base64.") from error
    return Reference(_uri(element), digest, value)
