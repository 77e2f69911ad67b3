"""KeyInfo: the certificates and keys a signature says it was made with.

It is a claim that nobody signed: what is found here is only tried. Trust comes from the
certificate's path, and from `SigningCertificate` under XAdES.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from lxml import etree

from formats.signatures.xml.algorithms import DIGESTS, digest
from formats.signatures.xml.certificates import Certificate, public_key, read_certificate
from formats.signatures.xml.distinguished import says
from formats.signatures.xml.document import Document
from formats.signatures.xml.mathematics import PublicKey
from formats.signatures.xml.names import (
    DSIG11,
    WSSE,
    algorithm,
    binary,
    children,
    ds,
    only,
    optional,
    text,
)
from formats.signatures.xml.rejection import Rejected, constrained, rejected

MOST_CERTIFICATES = 32

CURVES: dict[str, ec.EllipticCurve] = {
    "urn:oid:1.2.840.10045.3.1.7": ec.SECP256R1(),
    "urn:oid:1.3.132.0.34": ec.SECP384R1(),
    "urn:oid:1.3.132.0.35": ec.SECP521R1(),
    "urn:oid:1.3.132.0.10": ec.SECP256K1(),
    "urn:oid:1.3.36.3.3.2.8.1.1.7": ec.BrainpoolP256R1(),
    "urn:oid:1.3.36.3.3.2.8.1.1.11": ec.BrainpoolP384R1(),
    "urn:oid:1.3.36.3.3.2.8.1.1.13": ec.BrainpoolP512R1(),
}
"""Named curves by identifier (RFC 5480, RFC 5639)."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What KeyInfo holds.

    Attributes:
        certificates: In the order they stand, then those handed in that it names.
        key: A bare public key, if it holds one.
    """

    certificates: tuple[Certificate, ...] = ()
    key: PublicKey | None = None


def claimed(
    key_info: etree._Element | None,
    document: Document,
    *,
    known: Sequence[bytes],
    unnamed: Sequence[bytes],
) -> Claimed:
    """Read a KeyInfo.

    Args:
        key_info: `ds:KeyInfo`, if there is one.
        document: Where it stands, for tokens that it names by id.
        known: Certificates in DER that the caller has, to be found by issuer and number, subject
            or key identifier.
        unnamed: Certificates in DER that are tried when there is no KeyInfo.

    Raises:
        Rejected: It is malformed, or its keys are several.
    """
    try:
        if key_info is None:
            return Claimed(tuple(read_certificate(der) for der in unnamed))
        key_info = _referenced(key_info, document)
        found = _certificates(key_info, document)
        keys = _keys(key_info)
        named = _named(key_info, [read_certificate(der) for der in known])
    except ValueError as error:
        raise rejected("certificate", f"KeyInfo cannot be read: {error}") from None
    if len(found) > MOST_CERTIFICATES or len(keys) > 1:
        raise constrained("certificate", "KeyInfo holds too many keys or certificates.")
    both = dict.fromkeys((*found, *named))
    return Claimed(tuple(both), keys[0] if keys else None)


def _referenced(key_info: etree._Element, document: Document) -> etree._Element:
    """Return the KeyInfo that a KeyInfoReference names, once (XMLDSig 1.1, 4.5.10)."""
    pointer = key_info.find(f"{{{DSIG11}}}KeyInfoReference")
    if pointer is None:
        return key_info
    found = _with_id(pointer.get("URI") or "", document)
    return found if found is not None and found.tag == ds("KeyInfo") else key_info


def _certificates(key_info: etree._Element, document: Document) -> list[Certificate]:
    written = list(key_info.iter(ds("X509Certificate")))
    token = f"{{{WSSE}}}SecurityTokenReference/{{{WSSE}}}Reference"
    for reference in key_info.findall(token):
        written += _token(reference.get("URI") or "", document)
    return [read_certificate(binary(one)) for one in written[: MOST_CERTIFICATES + 1]]


def _token(uri: str, document: Document) -> list[etree._Element]:
    """Return the certificate that a WS-Security token reference names (X.509 profile 3.2.1)."""
    found = _with_id(uri, document)
    name = f"{{{WSSE}}}BinarySecurityToken"
    return [found] if found is not None and found.tag == name else []


def _with_id(uri: str, document: Document) -> etree._Element | None:
    try:
        return document.element(uri.removeprefix("#"))
    except Rejected:
        return None


def _keys(key_info: etree._Element) -> list[PublicKey]:
    keys = [_key_value(one) for one in key_info.findall(ds("KeyValue"))]
    keys += [
        public_key(binary(one)) for one in key_info.findall(f"{{{DSIG11}}}DEREncodedKeyValue")
    ]
    return [key for key in keys if key is not None]


def _key_value(element: etree._Element) -> PublicKey | None:
    inside = children(element)
    if len(inside) != 1:
        raise rejected("format", "KeyValue holds one key.")
    value = inside[0]
    if value.tag == ds("RSAKeyValue"):
        numbers = rsa.RSAPublicNumbers(
            _number(only(value, ds("Exponent"))), _number(only(value, ds("Modulus")))
        )
        return numbers.public_key()
    if value.tag == f"{{{DSIG11}}}ECKeyValue":
        named = optional(value, f"{{{DSIG11}}}NamedCurve")
        curve = None if named is None else CURVES.get(named.get("URI") or "")
        if curve is None:
            return None
        point = binary(only(value, f"{{{DSIG11}}}PublicKey"))
        return ec.EllipticCurvePublicKey.from_encoded_point(curve, point)
    if value.tag == ds("DSAKeyValue") and value.find(ds("P")) is not None:
        parameters = dsa.DSAParameterNumbers(
            *(_number(only(value, ds(name))) for name in ("P", "Q", "G"))
        )
        return dsa.DSAPublicNumbers(_number(only(value, ds("Y"))), parameters).public_key()
    return None


def _number(element: etree._Element) -> int:
    """Return a number (XMLDSig 4.1, `ds:CryptoBinary`)."""
    written = binary(element)
    if len(written) > 2048:  # noqa: PLR2004 - 16,384 bits: nobody's key
        raise ValueError("a number is too long")
    return int.from_bytes(written)


def _named(key_info: etree._Element, known: Sequence[Certificate]) -> list[Certificate]:
    return [
        one
        for data in key_info.iter(ds("X509Data"))
        for one in known
        if any(_names(child, one) for child in children(data))
    ]


def _names(element: etree._Element, certificate: Certificate) -> bool:
    """Tell whether a child of X509Data means a certificate (XMLDSig 4.5.4)."""
    if element.tag == ds("X509IssuerSerial"):
        return is_issuer_serial(element, certificate)
    if element.tag == ds("X509SubjectName"):
        return says(text(element), certificate.subject)
    if element.tag == ds("X509SKI"):
        return binary(element) == certificate.key_identifier
    if element.tag == f"{{{DSIG11}}}X509Digest":
        name = DIGESTS.get(algorithm(element), "md5")
        return name != "md5" and digest(name, certificate.der) == binary(element)
    return False


def is_issuer_serial(element: etree._Element, certificate: Certificate) -> bool:
    """Tell whether X509IssuerName and X509SerialNumber are those of a certificate."""
    number = text(only(element, ds("X509SerialNumber")))
    name = text(only(element, ds("X509IssuerName")))
    return number == str(certificate.serial) and says(name, certificate.issuer)
