"""The signed form in which a request travels: XMLDSig, enveloped, in an envelope of SOAP 1.1.

The manual fixes all of it, RSA-SHA1 with SHA-1 included: "uvijek RSA-SHA1". Such a signature is
the same each time, so a message has the same bytes each time. Nobody believes anything because of
it but CIS; the connection has TLS besides. Source: Porezna uprava, Tehnička specifikacija za
korisnike 2.6, chapter 7.
"""

import base64
import hashlib

from cryptography import x509
from lxml import etree

from formats.binding.markup import escape
from formats.hr_cis.elements import PREFIX
from formats.hr_cis.messages import InvoiceRequest, write_request
from formats.signatures.signer import Algorithm, Signer, SignerError
from formats.xml import parse

MEDIA_TYPE = "text/xml; charset=utf-8"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"

_DS = "http://www.w3.org/2000/09/xmldsig#"
_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_ROOT = "RacunZahtjev"

# In canonical form, as it is digested: libxml2 would lose the default namespace (see
# `formats.signatures.xml.canonical`).
_SIGNED_INFO = (
    '<SignedInfo{scope}><CanonicalizationMethod Algorithm="{exclusive}"></CanonicalizationMethod>'
    '<SignatureMethod Algorithm="{ds}rsa-sha1"></SignatureMethod>'
    '<Reference URI="#{root}"><Transforms>'
    '<Transform Algorithm="{ds}enveloped-signature"></Transform>'
    '<Transform Algorithm="{exclusive}"></Transform></Transforms>'
    '<DigestMethod Algorithm="{ds}sha1"></DigestMethod>'
    "<DigestValue>{digest}</DigestValue></Reference></SignedInfo>"
)
_SIGNATURE = (
    '<Signature xmlns="{ds}">{info}<SignatureValue>{value}</SignatureValue><KeyInfo><X509Data>'
    "<X509Certificate>{certificate}</X509Certificate><X509IssuerSerial>"
    "<X509IssuerName>{issuer}</X509IssuerName><X509SerialNumber>{serial}</X509SerialNumber>"
    "</X509IssuerSerial></X509Data></KeyInfo></Signature>"
)
_ENVELOPE = (
    '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="{soap}">'
    "<soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>"
)


def sealed(request: InvoiceRequest, signer: Signer) -> bytes:
    """Return a request, signed and in its envelope.

    Args:
        request: What CIS is told.
        signer: The taxpayer's RSA key, with the certificate that FINA or another Croatian issuer
            gave for fiscalization.

    Raises:
        CisError: The message's id is no UUID.
        SignerError: The key has no certificate, or does not sign so.
    """
    plain = write_request(request)
    digest = hashlib.sha1(_canonical(plain), usedforsecurity=False).digest()
    parts = {"ds": _DS, "exclusive": _EXCLUSIVE, "root": _ROOT, "digest": _packed(digest)}
    info = _SIGNED_INFO.format(scope=f' xmlns="{_DS}"', **parts)
    leaf = _leaf(signer)
    value = signer.sign(info.encode(), Algorithm.RSA_SHA1)
    signature = _SIGNATURE.format(
        ds=_DS,
        info=_SIGNED_INFO.format(scope="", **parts),
        value=_packed(value),
        certificate=_packed(signer.certificate_chain[0]),
        issuer=escape(leaf.issuer.rfc4514_string()),
        serial=leaf.serial_number,
    )
    end = f"</{PREFIX}:{_ROOT}>"
    body = plain.removesuffix(end) + signature + end
    return _ENVELOPE.format(soap=SOAP, body=body).encode()


def _leaf(signer: Signer) -> x509.Certificate:
    if not signer.certificate_chain:
        raise SignerError("CIS wants the certificate beside the signature, and there is none")
    return x509.load_der_x509_certificate(signer.certificate_chain[0])


def _canonical(written: str) -> bytes:
    """Return the exclusive canonical form of a document."""
    root = parse(written.encode())
    found: bytes = etree.tostring(root.getroottree(), method="c14n", exclusive=True)
    return found


def _packed(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
