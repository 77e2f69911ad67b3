"""Who signs: the certificate of a login, and what of it counts (podpis-xades.md)."""

import datetime
import hashlib
import re

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.exceptions import InvalidInput, SignXMLException
from signxml.exceptions import InvalidSignature as WrongSignature
from signxml.xades.xades import XAdESVerifier

from gateway.sandbox.kit.ca import CertificateAuthority

_DS = "http://www.w3.org/2000/09/xmldsig#"
_XADES = "http://uri.etsi.org/01903/v1.3.2#"
_PERSON = ((re.compile(r"(?:PNOPL|PESEL).*?(\d{11})"), "Pesel"),
           (re.compile(r"(?:TINPL|NIP).*?(\d{10})"), "Nip"))  # fmt: skip
_ORGANIZATION = re.compile(r"VATPL.*?(\d{10})")
_ORGANIZATION_IDENTIFIER = x509.ObjectIdentifier("2.5.4.97")
Subject = tuple[str, str]
"""Kind and value: `Nip`, `Pesel` or `Fingerprint`."""


class NotSignedError(ValueError):
    """The signature is wrong; the rule that it breaks, and why."""

    def __init__(self, rule: str, why: str) -> None:
        super().__init__(why)
        self.rule = rule


def parsed(content: bytes) -> etree._Element:
    """Read XML without entities, declarations of types, or the network.

    Raises:
        ValueError: It is not XML, or has what it may not have.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root: etree._Element = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("a DOCTYPE is not taken")
    return root


def signer(content: bytes, root: etree._Element) -> x509.Certificate:
    """Return the certificate of whoever signed a document, all of it, once, with XAdES.

    Raises:
        NotSignedError: Nobody did.
    """
    signatures = list(root.iter(f"{{{_DS}}}Signature"))
    if not signatures:
        raise NotSignedError("K103", "no signature")
    if len(signatures) > 1:
        raise NotSignedError("K104", f"{len(signatures)} signatures")
    held = signatures[0].findtext(f".//{{{_DS}}}X509Certificate")
    if held is None or signatures[0].find(f".//{{{_XADES}}}SignedProperties") is None:
        raise NotSignedError("K105", "no certificate, or no signed properties")
    references = len(signatures[0].findall(f"{{{_DS}}}SignedInfo/{{{_DS}}}Reference"))
    try:
        pem = f"-----BEGIN CERTIFICATE-----\n{held.strip()}\n-----END CERTIFICATE-----"
        certificate = x509.load_pem_x509_certificate(pem.encode())
        found = XAdESVerifier().verify(
            content, x509_cert=certificate, expect_references=references
        )
    except (ValueError, TypeError, InvalidInput, WrongSignature, SignXMLException) as error:
        raise NotSignedError("K105", str(error)[:200]) from error
    covered = {one.signed_xml.tag for one in found if one.signed_xml is not None}
    if root.tag not in covered:
        raise NotSignedError("K105", "the signature does not cover the document")
    return certificate


def subject_of(certificate: x509.Certificate) -> Subject | None:
    """Return the NIP or PESEL of a certificate's subject; None where it has none."""
    for attribute in certificate.subject:
        text = str(attribute.value)
        if attribute.oid == NameOID.SERIAL_NUMBER:
            for pattern, kind in _PERSON:
                if found := pattern.search(text):
                    return kind, found.group(1)
        if attribute.oid == _ORGANIZATION_IDENTIFIER and (found := _ORGANIZATION.search(text)):
            return "Nip", found.group(1)
    return None


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of a certificate in hexadecimal digits."""
    der = certificate.public_bytes(serialization.Encoding.DER)
    return hashlib.sha256(der).hexdigest().upper()


def wrong_with(
    certificate: x509.Certificate,
    ca: CertificateAuthority,
    now: datetime.datetime,
    *,
    chained: bool,
) -> str | None:
    """Return what is wrong with a certificate, as the test environment sees it; None: nothing.

    Args:
        certificate: Of the login.
        ca: Ours, which knows what it revoked.
        now: The moment.
        chained: Whether self-made ones are refused (`verifyCertificateChain`).
    """
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        return "Nieważny certyfikat"
    try:
        certificate.verify_directly_issued_by(ca.root.certificate)
    except (ValueError, TypeError, InvalidSignature):
        return "Niezaufany łańcuch certyfikatów" if chained else None
    return "Certyfikat odwołany" if ca.is_revoked(certificate) else None
