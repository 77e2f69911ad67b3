"""Signatures of XML, as the manual fixes them: checking requests, making answers.

Source: Tehnička specifikacija za korisnike 2.6, chapter 7. Requests are in exclusive canonical
form, answers in the inclusive one; both are RSA-SHA1. libxml2 canonicalizes what stands under a
default namespace in ways of its own, so each part is put into a document of its own first.
"""

import base64
import binascii
import hashlib
import hmac

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import etree

from gateway.sandbox.kit.certificates import Pair

_DS = "http://www.w3.org/2000/09/xmldsig#"
_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"

_SKELETON = """<ds:Signature xmlns:ds="{ds}"><ds:SignedInfo>\
<ds:CanonicalizationMethod Algorithm="{c14n}"/><ds:SignatureMethod Algorithm="{ds}rsa-sha1"/>\
<ds:Reference URI="#{id}"><ds:Transforms><ds:Transform Algorithm="{ds}enveloped-signature"/>\
<ds:Transform Algorithm="{c14n}"/></ds:Transforms><ds:DigestMethod Algorithm="{ds}sha1"/>\
<ds:DigestValue>{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue/>\
<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data>\
</ds:KeyInfo></ds:Signature>"""


class UnsignedError(Exception):
    """A signature does not hold; the message says why."""


def certificate_in(request: etree._Element) -> x509.Certificate | None:
    """Return the certificate beside a request's signature, proven or not."""
    held = _children(request, "Signature/KeyInfo/X509Data/X509Certificate")
    try:
        return x509.load_der_x509_certificate(_bytes(held[0])) if len(held) == 1 else None
    except ValueError:
        return None


def verify(request: etree._Element, certificate: x509.Certificate) -> None:
    """Return when a request is signed as a whole, by the key of a certificate.

    Raises:
        UnsignedError: It is not.
    """
    signatures = _children(request, "Signature")
    if len(signatures) != 1 or len(list(request.iter(f"{{{_DS}}}Signature"))) != 1:
        raise UnsignedError("there is not one signature, in the root")
    info = _only(signatures[0], "SignedInfo")
    _methods(info, request.get("Id"))
    digest = hashlib.sha1(_without(request), usedforsecurity=False).digest()
    if not hmac.compare_digest(digest, _bytes(_only(info, "Reference/DigestValue"))):
        raise UnsignedError("the digest is another")
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise UnsignedError("the key is not RSA")
    value = _bytes(_only(signatures[0], "SignatureValue"))
    try:
        key.verify(value, _canonical(_alone(info), exclusive=True), padding.PKCS1v15(), _SHA1)
    except InvalidSignature:
        raise UnsignedError("the value is another") from None


def sealed(envelope: bytes, by: Pair) -> bytes:
    """Return an envelope whose answer is signed; what was signed before is signed anew."""
    root = etree.fromstring(envelope)
    answer = root[0][0]
    for old in answer.findall(f"{{{_DS}}}Signature"):
        answer.remove(old)
    skeleton = _SKELETON.format(
        ds=_DS,
        c14n=_INCLUSIVE,
        id=answer.get("Id"),
        digest=_packed(hashlib.sha1(_canonical(_alone(answer)), usedforsecurity=False).digest()),
        certificate=_packed(by.der),
    )
    answer.append(etree.fromstring(skeleton))
    signature = etree.fromstring(etree.tostring(root))[0][0][-1]
    octets = _canonical(_alone(signature[0]))
    if not isinstance(by.key, rsa.RSAPrivateKey):
        raise TypeError("answers are signed with RSA")
    answer[-1][1].text = _packed(by.key.sign(octets, padding.PKCS1v15(), _SHA1))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


_SHA1 = hashes.SHA1()  # noqa: S303 - the manual's


def _without(request: etree._Element) -> bytes:
    """Return a request's canonical form without its signature; what follows that stays."""
    whole = _alone(request)
    (signature,) = _children(whole, "Signature")
    before = signature.getprevious()
    if signature.tail and before is not None:
        before.tail = (before.tail or "") + signature.tail
    elif signature.tail:
        whole.text = (whole.text or "") + signature.tail
    whole.remove(signature)
    return _canonical(whole, exclusive=True)


def _methods(info: etree._Element, identifier: str | None) -> None:
    """Return when a signature is of the one form that is taken."""
    transforms = _children(info, "Reference/Transforms/Transform")
    said = {
        "CanonicalizationMethod": _only(info, "CanonicalizationMethod").get("Algorithm"),
        "SignatureMethod": _only(info, "SignatureMethod").get("Algorithm"),
        "DigestMethod": _only(info, "Reference/DigestMethod").get("Algorithm"),
        "URI": _only(info, "Reference").get("URI"),
        "Transforms": [one.get("Algorithm") for one in transforms],
    }
    wanted = {
        "CanonicalizationMethod": _EXCLUSIVE,
        "SignatureMethod": f"{_DS}rsa-sha1",
        "DigestMethod": f"{_DS}sha1",
        "URI": f"#{identifier}",
        "Transforms": [f"{_DS}enveloped-signature", _EXCLUSIVE],
    }
    for name, value in wanted.items():
        if said[name] != value:
            raise UnsignedError(f"{name} is {said[name]}")


def _children(node: etree._Element, path: str) -> list[etree._Element]:
    return node.findall("/".join(f"{{{_DS}}}{name}" for name in path.split("/")))


def _only(node: etree._Element, path: str) -> etree._Element:
    found = _children(node, path)
    if len(found) != 1:
        raise UnsignedError(f"there is not one {path}")
    return found[0]


def _alone(node: etree._Element) -> etree._Element:
    """Return an element as the root of a document, with the namespaces in its scope."""
    return etree.fromstring(etree.tostring(node, with_tail=False))


def _canonical(root: etree._Element, *, exclusive: bool = False) -> bytes:
    found: bytes = etree.tostring(root.getroottree(), method="c14n", exclusive=exclusive)
    return found


def _bytes(node: etree._Element) -> bytes:
    try:
        return base64.b64decode("".join((node.text or "").split()), validate=True)
    except binascii.Error:
        return b""


def _packed(content: bytes) -> str:
    return base64.b64encode(content).decode()
