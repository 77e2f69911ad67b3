"""Answers as CIS signs them: inclusive canonical form, RSA-SHA1. Made by hand, not by our code."""

import base64
import hashlib

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import etree

from formats.hr_cis import InvoiceResponse, write_response
from tests.formats.signatures.pki import Entity

DS = "http://www.w3.org/2000/09/xmldsig#"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
TNS = "http://www.apis-it.hr/fin/2012/types/f73"
INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
ENVELOPE = f'<soap:Envelope xmlns:soap="{SOAP}"><soap:Body>%s</soap:Body></soap:Envelope>'


def answer(response: InvoiceResponse, by: Entity, **changes: str) -> bytes:
    """Return a signed answer in its envelope; `changes` are other algorithms."""
    body = write_response(response)
    return (ENVELOPE % signed(body, by, **changes)).encode()


def signed(
    body: str, by: Entity, *, method: str = f"{DS}rsa-sha1", digest: str = f"{DS}sha1"
) -> str:
    """Return an element of an answer with a signature that stands last in it."""
    scope = {"soap": SOAP, "tns": TNS}
    root = etree.fromstring(body, None)
    name = root.get("Id")
    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in scope.items())
    canonical = body.replace(f' xmlns:tns="{TNS}"', declared, 1).encode()
    assert etree.tostring(etree.fromstring(canonical), method="c14n") == canonical
    made = hashlib.new(digest.rpartition("#")[2], canonical).digest()
    info = (
        f'<SignedInfo xmlns="{DS}"%s><CanonicalizationMethod Algorithm="{INCLUSIVE}">'
        f'</CanonicalizationMethod><SignatureMethod Algorithm="{method}"></SignatureMethod>'
        f'<Reference URI="#{name}"><Transforms>'
        f'<Transform Algorithm="{DS}enveloped-signature"></Transform>'
        f'<Transform Algorithm="{INCLUSIVE}"></Transform></Transforms>'
        f'<DigestMethod Algorithm="{digest}"></DigestMethod>'
        f"<DigestValue>{base64.b64encode(made).decode()}</DigestValue></Reference></SignedInfo>"
    )
    key = by.key
    assert isinstance(key, rsa.RSAPrivateKey)
    value = key.sign((info % declared).encode(), padding.PKCS1v15(), hashes.SHA1())  # noqa: S303
    signature = (
        f'<Signature xmlns="{DS}">{(info % "").replace(f" xmlns={chr(34)}{DS}{chr(34)}", "", 1)}'
        f"<SignatureValue>{base64.b64encode(value).decode()}</SignatureValue><KeyInfo><X509Data>"
        f"<X509Certificate>{base64.b64encode(by.der).decode()}</X509Certificate>"
        "</X509Data></KeyInfo></Signature>"
    )
    cut = body.rindex("</")
    return body[:cut] + signature + body[cut:]
