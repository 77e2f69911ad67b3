"""Properties of XAdES that are not the signer's, or say what they must not."""

import base64

from lxml import etree

from formats.signatures.xml.names import DS, SIGNED_PROPERTIES, XADES
from formats.xml import parse
from tests.formats.signatures import pki
from tests.formats.signatures.xml.coaxed import Change, signed_anew, signed_by
from tests.formats.signatures.xml.forging import (
    Forgery,
    first,
    forged,
    gone,
    replaced,
    resigned,
)


def _properties(root: etree._Element) -> etree._Element:
    return first(root, f"{{{XADES}}}SignedProperties")


def _xades(old: bytes, new: bytes) -> Change:
    return lambda one: resigned(replaced(old, new)(one))


def second_properties(root: etree._Element) -> None:
    properties = _properties(root)
    fake = parse(etree.tostring(properties, with_tail=False))
    fake.set("Id", "fake")
    parent = properties.getparent()
    assert parent is not None
    parent.insert(0, fake)


def second_qualifying(root: etree._Element) -> None:
    held = first(root, "Object")
    parent = held.getparent()
    assert parent is not None
    fake = parse(etree.tostring(held, with_tail=False))
    _properties(fake).set("Id", "fake")
    parent.append(fake)


def properties_elsewhere(root: etree._Element) -> None:
    root.append(gone(_properties(root)))


def properties_among_unsigned(root: etree._Element) -> None:
    qualifying = first(root, f"{{{XADES}}}QualifyingProperties")
    held = etree.SubElement(qualifying, f"{{{XADES}}}UnsignedProperties")
    held.append(gone(_properties(root)))


def type_on_another(root: etree._Element) -> None:
    for reference in first(root, "SignedInfo").findall(f"{{{DS}}}Reference"):
        reference.set("Type", SIGNED_PROPERTIES)


def fake_counter_signature(root: etree._Element) -> None:
    qualifying = first(root, f"{{{XADES}}}QualifyingProperties")
    held = qualifying
    for name in ("UnsignedProperties", "UnsignedSignatureProperties", "CounterSignature"):
        held = etree.SubElement(held, f"{{{XADES}}}{name}")
    twin = parse(etree.tostring(first(root, "Signature"), with_tail=False))
    held.append(twin)


_DIGEST = b"<xades:CertDigest>"


def properties_copied_behind(root: etree._Element) -> None:
    properties = _properties(root)
    fake = parse(etree.tostring(properties, with_tail=False))
    fake.set("Id", "fake")
    parent = properties.getparent()
    assert parent is not None
    parent.append(fake)


def properties_copied_to_the_unsigned(root: etree._Element) -> None:
    qualifying = first(root, f"{{{XADES}}}QualifyingProperties")
    fake = parse(etree.tostring(_properties(root), with_tail=False))
    fake.set("Id", "fake")
    etree.SubElement(qualifying, f"{{{XADES}}}UnsignedProperties").append(fake)


def properties_in_base64(held: bytes) -> Forgery:
    def forgery(root: etree._Element) -> None:
        properties = _properties(root)
        for child in list(properties):
            properties.remove(child)
        properties.text = base64.b64encode(held).decode()
        transform = list(root.iter(f"{{{DS}}}Transform"))[-1]
        transform.set("Algorithm", f"{DS}base64")

    return forgery


def time_twice(root: etree._Element) -> None:
    time = first(root, f"{{{XADES}}}SigningTime")
    parent = time.getparent()
    assert parent is not None
    parent.insert(0, parse(etree.tostring(time, with_tail=False)))


def certificate_by_md5(root: etree._Element) -> None:
    held = first(root, f"{{{XADES}}}CertDigest")
    held[0].set("Algorithm", "http://www.w3.org/2001/04/xmldsig-more#md5")


def issuer_of_nonsense(root: etree._Element) -> None:
    first(root, f"{{{XADES}}}IssuerSerialV2").text = "AAAA"


XADES_COAXED: dict[str, Change] = {
    "signing time changed": replaced(b"2026-06-01T12:00:00Z", b"2026-01-01T12:00:00Z"),
    "signing time of nonsense": _xades(b"2026-06-01T12:00:00Z", b"yesterday"),
    "signing time on no day": _xades(b"2026-06-01T12:00:00Z", b"2026-02-30T12:00:00Z"),
    "certificate's digest of two kinds": _xades(
        _DIGEST, _DIGEST + b'<ds:DigestMethod Algorithm="urn:x"/>'
    ),
    "no signing certificate": _xades(b"SigningCertificateV2", b"Other"),
    "two SignedProperties": signed_anew(second_properties),
    "two QualifyingProperties": signed_anew(second_qualifying),
    "properties elsewhere": signed_anew(properties_elsewhere),
    "properties among the unsigned": signed_anew(properties_among_unsigned),
    "a copy of the properties behind": lambda one: forged(one, properties_copied_behind),
    "a copy among the unsigned": lambda one: forged(one, properties_copied_to_the_unsigned),
    "type on every reference": signed_anew(type_on_another),
    "properties in base64": signed_anew(properties_in_base64(b"<other/>")),
    "properties that are no XML": signed_anew(properties_in_base64(b"other")),
    "signing time twice": signed_anew(time_twice),
    "certificate by MD5": signed_anew(certificate_by_md5),
    "issuer of nonsense": signed_anew(issuer_of_nonsense),
    "no type": _xades(f' Type="{SIGNED_PROPERTIES}"'.encode(), b""),
    "type of another edition": _xades(SIGNED_PROPERTIES.encode(), b"urn:other"),
    "properties of another signature": _xades(b'Target="#signature"', b'Target="#other"'),
    "properties of a signature without id": _xades(b' Id="signature">', b">"),
    "counter signature of something else": lambda one: forged(one, fake_counter_signature),
    "certificate of somebody else": signed_by(
        lambda: pki.house()[1].issue("x", key=pki.ec_key("x"))
    ),
    "namespace of XAdES": _xades(XADES.encode(), b"http://uri.etsi.org/01903/v9#"),
}
"""Forgeries of a XAdES signature over the whole document; none is accepted."""
