"""Writing KeyInfo (XMLDSig 4.5)."""

from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from formats.signatures.xml.certificates import Certificate
from formats.signatures.xml.form import KeyPart, SigningError
from formats.signatures.xml.keys import CURVES
from formats.signatures.xml.names import DSIG11
from formats.signatures.xml.writing import element, escaped, packed, with_attributes

_CURVES = {curve.name: uri for uri, curve in CURVES.items()}


def write_key_info(
    chain: Sequence[Certificate], parts: Sequence[KeyPart], identifier: str | None
) -> str:
    """Return `ds:KeyInfo`.

    Args:
        chain: The signer's certificates, its own first.
        parts: What it holds.
        identifier: Its id, if it needs one.

    Raises:
        SigningError: The key has no form here.
    """
    data: list[str] = []
    values: list[str] = []
    for part in parts:
        if part == "certificates":
            data += [element("ds:X509Certificate", packed(one.der)) for one in chain]
        elif part == "certificate":
            data.append(element("ds:X509Certificate", packed(chain[0].der)))
        elif part == "issuer-serial":
            data.append(write_issuer_serial("ds:X509IssuerSerial", chain[0]))
        else:
            values.append(element("ds:KeyValue", _key_value(chain[0])))
    held = [*values, *([element("ds:X509Data", *data)] if data else [])]
    return element("ds:KeyInfo", *held, Id=identifier)


def write_issuer_serial(name: str, certificate: Certificate) -> str:
    """Return the issuer's name (RFC 4514) and the number it gave the certificate."""
    issuer = x509.load_der_x509_certificate(certificate.der).issuer.rfc4514_string()
    return element(
        name,
        element("ds:X509IssuerName", escaped(issuer)),
        element("ds:X509SerialNumber", str(certificate.serial)),
    )


def _key_value(certificate: Certificate) -> str:
    key = certificate.key
    if isinstance(key, rsa.RSAPublicKey):
        numbers = key.public_numbers()
        return element(
            "ds:RSAKeyValue",
            element("ds:Modulus", packed(_octets(numbers.n))),
            element("ds:Exponent", packed(_octets(numbers.e))),
        )
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES:
        point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return with_attributes(
            "dsig11:ECKeyValue",
            {"xmlns:dsig11": DSIG11},
            element("dsig11:NamedCurve", URI=_CURVES[key.curve.name]),
            element("dsig11:PublicKey", packed(point)),
        )
    raise SigningError("The certificate's key cannot be written as a KeyValue.")


def _octets(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8)
