"""The authority's seal on a UPO: XAdES-BES, enveloped, ECDSA with SHA-256.

libxml2 canonicalizes what stands under a default namespace in ways of its own, so documents that
are sealed here have a prefix instead, and nothing below depends on it.
"""

import base64
import datetime
import hashlib

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from lxml import etree

from gateway.sandbox.kit.certificates import Pair

_DS = "http://www.w3.org/2000/09/xmldsig#"
_XADES = "http://uri.etsi.org/01903/v1.3.2#"
_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
_SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
_COORDINATE = 32
_SKELETON = """<ds:Signature xmlns:ds="{ds}" Id="seal"><ds:SignedInfo>\
<ds:CanonicalizationMethod Algorithm="{c14n}"/>\
<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"/>\
<ds:Reference URI=""><ds:Transforms>\
<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>\
<ds:Transform Algorithm="{c14n}"/></ds:Transforms>\
<ds:DigestMethod Algorithm="{sha}"/><ds:DigestValue>{content}</ds:DigestValue></ds:Reference>\
<ds:Reference URI="#seal-properties" Type="http://uri.etsi.org/01903#SignedProperties">\
<ds:Transforms><ds:Transform Algorithm="{c14n}"/></ds:Transforms>\
<ds:DigestMethod Algorithm="{sha}"/><ds:DigestValue/></ds:Reference></ds:SignedInfo>\
<ds:SignatureValue/><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}\
</ds:X509Certificate></ds:X509Data></ds:KeyInfo><ds:Object>\
<xades:QualifyingProperties xmlns:xades="{xades}" Target="#seal">\
<xades:SignedProperties Id="seal-properties"><xades:SignedSignatureProperties>\
<xades:SigningTime>{at}</xades:SigningTime><xades:SigningCertificateV2><xades:Cert>\
<xades:CertDigest><ds:DigestMethod Algorithm="{sha}"/><ds:DigestValue>{known}</ds:DigestValue>\
</xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties>\
</xades:SignedProperties></xades:QualifyingProperties></ds:Object></ds:Signature>"""


def sealed(document: bytes, by: Pair, at: datetime.datetime) -> bytes:
    """Return a document with a seal in its root."""
    root = etree.fromstring(document)
    skeleton = _SKELETON.format(
        ds=_DS,
        xades=_XADES,
        c14n=_C14N,
        sha=_SHA256,
        content=_digest(_canonical(root)),
        certificate=base64.b64encode(by.der).decode(),
        known=_digest(by.der),
        at=f"{at:%Y-%m-%dT%H:%M:%SZ}",
    )
    written = etree.tostring(root, encoding="unicode")
    cut = written.rindex("</")
    whole = etree.fromstring((written[:cut] + skeleton + written[cut:]).encode())
    signature = whole[-1]
    properties = signature.find(f".//{{{_XADES}}}SignedProperties")
    info = signature.find(f"{{{_DS}}}SignedInfo")
    assert properties is not None  # noqa: S101 - written above
    assert info is not None  # noqa: S101 - written above
    info[-1][-1].text = _digest(_canonical(properties))
    signature[1].text = _signed(_canonical(info), by)
    made: bytes = etree.tostring(whole, encoding="UTF-8", xml_declaration=True)
    return made


def _canonical(element: etree._Element) -> bytes:
    written: bytes = etree.tostring(element, method="c14n", exclusive=True)
    return written


def _digest(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def _signed(content: bytes, by: Pair) -> str:
    """Return the two numbers of ECDSA side by side, as XML signatures want them."""
    if not isinstance(by.key, ec.EllipticCurvePrivateKey):
        raise TypeError("the seal is one of ECDSA")
    numbers = decode_dss_signature(by.key.sign(content, ec.ECDSA(hashes.SHA256())))
    return base64.b64encode(b"".join(one.to_bytes(_COORDINATE) for one in numbers)).decode()
