"""Confusion: a signature over the document whose parts are doubled, moved, emptied or replaced."""

import base64
import copy
import hashlib
import hmac
from collections.abc import Callable

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from lxml import etree

from formats.signatures.xml import canonical
from formats.signatures.xml.names import DS
from tests.formats.signatures import pki
from tests.formats.signatures.xml.forging import (
    TOTAL,
    Forgery,
    evil,
    first,
    forged,
    gone,
    made,
    replaced,
    without,
)
from tests.formats.signatures.xml.signed import signer

Change = Callable[[bytes], bytes]


def _tree(forgery: Forgery) -> Change:
    return lambda document: forged(document, forgery)


def _set(name: str, text: str) -> Change:
    def forgery(root: etree._Element) -> None:
        first(root, name).text = text

    return _tree(forgery)


def _algorithm(name: str, uri: str) -> Change:
    def forgery(root: etree._Element) -> None:
        first(root, name).set("Algorithm", uri)

    return _tree(forgery)


def _without(name: str) -> Change:
    return _tree(without(name))


def _doubled(name: str, place: int = 1) -> Change:
    def forgery(root: etree._Element) -> None:
        element = first(root, name)
        parent = element.getparent()
        assert parent is not None
        parent.insert(parent.index(element) + place, copy.deepcopy(element))

    return _tree(forgery)


def _split(name: str, aside: etree._Element) -> Change:
    """Put a comment, an instruction or an element into the text of an element."""

    def forgery(root: etree._Element) -> None:
        element = first(root, name)
        text = element.text or ""
        inside = copy.deepcopy(aside)
        element.text, inside.tail = text[:4], text[4:]
        element.append(inside)

    return _tree(forgery)


def _appended(parent: str, element: etree._Element) -> Change:
    return _tree(lambda root: first(root, parent).append(copy.deepcopy(element)))


def _attribute(name: str, key: str, value: str) -> Change:
    return _tree(lambda root: first(root, name).set(key, value))


def moved_to_front(root: etree._Element) -> None:
    root.insert(0, gone(first(root, "Signature")))


def swapped(root: etree._Element) -> None:
    signature = first(root, "Signature")
    signature.append(gone(first(root, "SignedInfo")))


def wrapped(root: etree._Element) -> etree._Element:
    bad = evil(root)
    bad.append(copy.deepcopy(root))
    return bad


def original_in_object(root: etree._Element) -> None:
    honest = copy.deepcopy(root)
    gone(first(honest, "Signature"))
    held = made("Object")
    held.append(honest)
    first(root, "Signature").append(held)
    next(root.iter(TOTAL)).text = "99999.00"


def evil_signed_info_first(root: etree._Element) -> None:
    signature = first(root, "Signature")
    other = copy.deepcopy(first(root, "SignedInfo"))
    first(other, "DigestValue").text = base64.b64encode(bytes(32)).decode()
    signature.insert(0, other)


def signed_info_in_object(root: etree._Element) -> None:
    held = made("Object")
    held.append(copy.deepcopy(first(root, "SignedInfo")))
    first(root, "Signature").append(held)


def hmac_with(secret: Callable[[], bytes]) -> Change:
    """Say it is an HMAC whose secret is what everybody knows (GHSA-6vx8-pcwv-xhf4)."""

    def forgery(root: etree._Element) -> None:
        first(root, "SignatureMethod").set(
            "Algorithm", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"
        )
        octets = canonical.canonical(
            first(root, "SignedInfo"), canonical.METHODS["http://www.w3.org/2001/10/xml-exc-c14n#"]
        )
        value = hmac.new(secret(), octets, hashlib.sha256).digest()
        first(root, "SignatureValue").text = base64.b64encode(value).decode()

    return _tree(forgery)


def _public() -> bytes:
    return signer().key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


_KEY = base64.b64encode(pki.root("Stranger", pki.ec_key("stranger")).der).decode()
_COMMENT, _INSTRUCTION = etree.Comment("x"), etree.ProcessingInstruction("x")

WHOLE: dict[str, tuple[Change, str]] = {
    "text changed": (replaced(b">10.00<", b">99999.00<"), "refused"),
    "attribute changed": (replaced(b'"EUR"', b'"USD"'), "refused"),
    "element added": (_appended(TOTAL, etree.Element("x")), "refused"),
    "element removed": (_without(TOTAL), "refused"),
    "comment in a value": (_split(TOTAL, _COMMENT), "same"),
    "instruction in a value": (_split(TOTAL, _INSTRUCTION), "refused"),
    "signature moved": (_tree(moved_to_front), "same"),
    "signature doubled": (_doubled("Signature"), "refused"),
    "evil root around": (_tree(wrapped), "refused"),
    "original in Object": (_tree(original_in_object), "refused"),
    "reference removed": (_without("Reference"), "refused"),
    "reference doubled": (_doubled("Reference"), "refused"),
    "reference to a part": (_attribute("Reference", "URI", "#signature"), "refused"),
    "SignedInfo doubled": (_doubled("SignedInfo"), "refused"),
    "evil SignedInfo first": (_tree(evil_signed_info_first), "refused"),
    "SignedInfo in Object": (_tree(signed_info_in_object), "refused"),
    "SignedInfo removed": (_without("SignedInfo"), "refused"),
    "parts in another order": (_tree(swapped), "refused"),
    "SignatureValue doubled": (_doubled("SignatureValue"), "refused"),
    "SignatureValue removed": (_without("SignatureValue"), "refused"),
    "SignatureValue empty": (_set("SignatureValue", ""), "refused"),
    "SignatureValue of zeros": (
        _set("SignatureValue", base64.b64encode(bytes(64)).decode()),
        "refused",
    ),
    "SignatureValue in DER": (_set("SignatureValue", "MAYCAQECAQE="), "refused"),
    "comment in DigestValue": (_split("DigestValue", _COMMENT), "refused"),
    "instruction in DigestValue": (_split("DigestValue", _INSTRUCTION), "refused"),
    "element in DigestValue": (_split("DigestValue", etree.Element("x")), "refused"),
    "DigestValue doubled": (_doubled("DigestValue"), "refused"),
    "comment in SignatureValue": (_split("SignatureValue", _COMMENT), "refused"),
    "comment in X509Certificate": (_split("X509Certificate", _COMMENT), "refused"),
    "no canonicalization": (_without("CanonicalizationMethod"), "refused"),
    "unknown canonicalization": (_algorithm("CanonicalizationMethod", "urn:none"), "refused"),
    "canonicalization without name": (_algorithm("CanonicalizationMethod", ""), "refused"),
    "method none": (_algorithm("SignatureMethod", "none"), "refused"),
    "method SHA-1": (_algorithm("SignatureMethod", f"{DS}rsa-sha1"), "refused"),
    "method removed": (_without("SignatureMethod"), "refused"),
    "method doubled": (_doubled("SignatureMethod"), "refused"),
    "HMAC with the public key": (hmac_with(_public), "refused"),
    "HMAC with the certificate": (hmac_with(lambda: signer().chain[0]), "refused"),
    "HMAC with nothing": (hmac_with(lambda: b""), "refused"),
    "KeyInfo removed": (_without("KeyInfo"), "refused"),
    "KeyInfo doubled": (_doubled("KeyInfo"), "refused"),
    "another certificate": (_set("X509Certificate", _KEY), "refused"),
    "another certificate besides": (
        _appended("X509Data", made("X509Certificate", _KEY)),
        "same",
    ),
    "certificate of nonsense": (_set("X509Certificate", "bm9uc2Vuc2U="), "refused"),
    "namespace of Signature": (
        replaced(b"http://www.w3.org/2000/09/xmldsig#", b"http://www.w3.org/2000/09/xmldsig"),
        "none",
    ),
    "attribute on Signature": (_attribute("Signature", "ID", "x"), "refused"),
    "attribute on SignedInfo": (_attribute("SignedInfo", "{urn:x}a", "x"), "refused"),
    "attribute on SignatureValue": (_attribute("SignatureValue", "a", "x"), "refused"),
    "stranger in Signature": (_appended("Signature", etree.Element("x")), "refused"),
    "unsigned Object": (_appended("Signature", made("Object", "99999.00")), "refused"),
    "stranger in Reference": (_appended("Reference", etree.Element("x")), "refused"),
    "DOCTYPE": (lambda one: b"<!DOCTYPE x>" + one, "refused"),
    "entity": (
        lambda one: b'<!DOCTYPE x [<!ENTITY e "99999.00">]>' + one.replace(b"10.00", b"&e;"),
        "refused",
    ),
    "default attribute": (
        lambda one: b'<!DOCTYPE x [<!ATTLIST x Id ID "invoice">]>' + one,
        "refused",
    ),
    "relative namespace": (replaced(b"<i:Total ", b'<i:Total xmlns:r="relative" '), "refused"),
    "namespace that breaks out": (
        replaced(b"<i:Total ", b"<i:Total xmlns:r='urn:r\" x=\"1' "),
        "refused",
    ),
    "namespace with a reference": (
        replaced(b"<i:Total ", b'<i:Total xmlns:r="urn:r&#34; x=&#34;1" '),
        "refused",
    ),
    "cut short": (lambda one: one[:-10], "refused"),
    "in UTF-16 by name": (
        lambda one: b'<?xml version="1.0" encoding="UTF-16"?>' + one,
        "refused",
    ),
    "two documents": (lambda one: one + one, "refused"),
    "a Signature in DigestMethod": (_appended("DigestMethod", made("Signature")), "refused"),
}
"""Forgeries of a signature over the whole document."""
