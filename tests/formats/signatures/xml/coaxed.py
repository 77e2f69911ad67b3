"""A signer whose key is believed was made to sign something that must not be accepted."""

import base64
from collections.abc import Callable

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID as Usage
from lxml import etree

from formats.signatures.xml.names import DS, FILTER_2
from formats.xml import parse
from tests.formats.signatures import pki
from tests.formats.signatures.xml.forging import (
    Forgery,
    first,
    forged,
    gone,
    made,
    resigned,
    without,
)

Change = Callable[[bytes], bytes]
EXCLUSIVE = b"http://www.w3.org/2001/10/xml-exc-c14n#"
XSLT = "http://www.w3.org/TR/1999/REC-xslt-19991116"
XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"


def signed_anew(forgery: Forgery, by: Callable[[], pki.SoftwareSigner] | None = None) -> Change:
    return lambda one: resigned(forged(one, forgery), by() if by else None)


def _reference(key: str, value: str | None) -> Change:
    def forgery(root: etree._Element) -> None:
        reference = first(root, "Reference")
        if value is None:
            del reference.attrib[key]
        else:
            reference.set(key, value)

    return signed_anew(forgery)


def _transform(uri: str, *inside: etree._Element, place: int = 0) -> Change:
    def forgery(root: etree._Element) -> None:
        transform = made("Transform", Algorithm=uri)
        transform.extend(inside)
        first(root, "Transforms").insert(place, transform)

    return signed_anew(forgery)


def _xpath(expression: str) -> Change:
    return _transform(XPATH, made("XPath", expression), place=1)


def _filter(kind: str, expression: str) -> Change:
    inside = made(f"{{{FILTER_2}}}XPath", expression, Filter=kind)
    return _transform(FILTER_2, inside, place=1)


def _digest(uri: str) -> Change:
    return signed_anew(lambda root: first(root, "DigestMethod").set("Algorithm", uri))


def many_transforms(root: etree._Element) -> None:
    transforms = first(root, "Transforms")
    transforms.extend(made("Transform", Algorithm=EXCLUSIVE.decode()) for _ in range(9))


def no_transform(root: etree._Element) -> None:
    transforms = first(root, "Transforms")
    for one in list(transforms):
        transforms.remove(one)


def many_references(root: etree._Element) -> None:
    info, reference = first(root, "SignedInfo"), first(root, "Reference")
    written = etree.tostring(reference, with_tail=False)
    for _ in range(250):
        info.append(parse(written))


def parameter(root: etree._Element) -> None:
    first(root, "SignatureMethod").append(made("HMACOutputLength", "8"))


def prefix_list(root: etree._Element) -> None:
    first(root, "CanonicalizationMethod").append(made("{urn:x}InclusiveNamespaces"))


def bare_key(root: etree._Element) -> None:
    info = first(root, "KeyInfo")
    gone(first(root, "X509Data"))
    numbers = (
        _stranger().key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    )
    value = etree.SubElement(info, f"{{{DS}}}KeyValue")
    key = etree.SubElement(value, "{http://www.w3.org/2009/xmldsig11#}ECKeyValue")
    curve = etree.SubElement(key, "{http://www.w3.org/2009/xmldsig11#}NamedCurve")
    curve.set("URI", "urn:oid:1.2.840.10045.3.1.7")
    point = etree.SubElement(key, "{http://www.w3.org/2009/xmldsig11#}PublicKey")
    point.text = base64.b64encode(numbers).decode()


def _stranger() -> pki.SoftwareSigner:
    return pki.root("Stranger", pki.ec_key("stranger"), ca=False).signer()


def signed_by(entity: Callable[[], pki.Entity], *, before: bool = False) -> Change:
    """Sign anew with another key, its certificate in KeyInfo, or behind the honest one."""

    def change(document: bytes) -> bytes:
        stranger = entity().signer()
        written = base64.b64encode(stranger.chain[0]).decode()

        def forgery(root: etree._Element) -> None:
            if before:
                first(root, "X509Data").append(made("X509Certificate", written))
            else:
                first(root, "X509Certificate").text = written

        return resigned(forged(document, forgery), stranger)

    return change


def _issued(common: str, **said: object) -> Callable[[], pki.Entity]:
    return lambda: pki.house()[1].issue(common, key=pki.ec_key(common), **said)  # type: ignore[arg-type]


COAXED: dict[str, Change] = {
    "no URI": _reference("URI", None),
    "URI of a server": _reference("URI", "http://localhost/evil.xml"),
    "URI of a file": _reference("URI", "file:///etc/hostname"),
    "URI of a relative file": _reference("URI", "../evil.xml"),
    "pointer to everything": _reference("URI", "#xpointer(//*)"),
    "pointer to nothing": _reference("URI", "#xpointer(id(''))"),
    "URI of one sign": _reference("URI", "#"),
    "URI of the signature": _reference("URI", "#signature"),
    "URI of the value": _reference("URI", "#signature-value"),
    "XSLT": _transform(XSLT, made("{http://www.w3.org/1999/XSL/Transform}stylesheet")),
    "unknown transform": _transform("urn:unknown"),
    "transform without name": _transform(""),
    "many transforms": signed_anew(many_transforms),
    "no transform in Transforms": signed_anew(no_transform),
    "base64 of XML": _transform(f"{DS}base64", place=1),
    "XPath of nothing": _xpath("not(self::node())"),
    "XPath of everything": _xpath("true()"),
    "XPath of one element": _xpath("ancestor-or-self::i:Total"),
    "XPath without parts": _xpath("not(ancestor-or-self::i:Total)"),
    "XPath of more than signatures": _xpath(
        "not(ancestor-or-self::ds:Signature) and not(ancestor-or-self::i:Total)"
    ),
    "XPath of another Signature": _transform(
        XPATH, etree.Element(f"{{{DS}}}XPath", nsmap={"ds": "urn:x"}), place=1
    ),
    "two XPaths": _transform(XPATH, made("XPath", "true()"), made("XPath", "true()")),
    "filter that intersects": _filter("intersect", "/descendant::ds:Signature"),
    "filter that unites": _filter("union", "//*"),
    "filter that subtracts the rest": _filter("subtract", "//*"),
    "filter of two": _transform(FILTER_2, made("x"), made("y"), place=1),
    "no signature in a canonical form": _transform(f"{DS}enveloped-signature", place=2),
    "digest MD5": _digest("http://www.w3.org/2001/04/xmldsig-more#md5"),
    "digest SHA-1": _digest(f"{DS}sha1"),
    "digest SHA-224": _digest("http://www.w3.org/2001/04/xmldsig-more#sha224"),
    "digest unknown": _digest("urn:unknown"),
    "no digest": lambda one: resigned(
        forged(one, lambda root: setattr(first(root, "DigestValue"), "text", "")), digests=False
    ),
    "digest cut short": lambda one: resigned(
        forged(one, lambda root: setattr(first(root, "DigestValue"), "text", "AAAA")),
        digests=False,
    ),
    "no reference": signed_anew(without("Reference")),
    "many references": signed_anew(many_references),
    "method with a parameter": signed_anew(parameter),
    "canonicalization with a parameter": signed_anew(prefix_list),
    "self-signed": signed_by(lambda: pki.root("Stranger", pki.ec_key("stranger"), ca=False)),
    "self-signed besides the honest one": signed_by(
        lambda: pki.root("Stranger", pki.ec_key("stranger"), ca=False), before=True
    ),
    "root of the same name": signed_by(
        lambda: pki.root("Root", pki.ec_key("false root")).issue("RSA", key=pki.ec_key("false"))
    ),
    "expired": signed_by(_issued("expired", end=pki.NOW - pki.DAY)),
    "not yet valid": signed_by(_issued("early", start=pki.NOW + pki.DAY)),
    "of a CA": signed_by(lambda: pki.house()[1]),
    "for other purposes": signed_by(_issued("keys", usage=pki.key_usage("key_encipherment"))),
    "for time stamps": signed_by(
        _issued("stamps", extended=[Usage.TIME_STAMPING], extended_critical=True)
    ),
    "a bare key": lambda one: resigned(forged(one, bare_key), _stranger()),
}
"""Forgeries of a signature over the whole document, signed anew; none is accepted."""
