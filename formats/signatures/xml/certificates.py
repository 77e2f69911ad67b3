"""X.509 certificates as far as a signature speaks of them.

Read with asn1crypto, which takes what old authorities wrote; the path is judged elsewhere.
"""

import contextlib
import functools
from collections.abc import Sequence
from dataclasses import dataclass, field

from asn1crypto import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from formats.signatures.xml.mathematics import PublicKey

LONGEST = 65_536
"""Bytes of one certificate."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says.

    Attributes:
        der: The certificate.
        subject: Its subject's name.
        issuer: Its issuer's name.
        serial: The number its issuer gave it.
        key_identifier: `SubjectKeyIdentifier`, if it has one.
        key: The public key; None for a kind that is not used here.
    """

    der: bytes
    subject: x509.Name = field(compare=False)
    issuer: x509.Name = field(compare=False)
    serial: int = field(compare=False)
    key_identifier: bytes | None = field(compare=False)
    key: PublicKey | None = field(compare=False)


@functools.lru_cache(maxsize=256)
def read_certificate(der: bytes) -> Certificate:
    """Read a certificate.

    Raises:
        ValueError: It is not one.
    """
    if len(der) > LONGEST:
        raise ValueError("the certificate is too long")
    try:
        parsed = x509.Certificate.load(der, strict=True)
        return Certificate(
            der,
            parsed.subject,
            parsed.issuer,
            int(parsed.serial_number),
            _identifier(parsed),
            _key(parsed.public_key.dump()),
        )
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise ValueError(f"not a certificate: {str(error)[:100]}") from None


def readable(written: Sequence[bytes]) -> list[Certificate]:
    """Return those of some certificates that can be read."""
    found = []
    for der in written:
        with contextlib.suppress(ValueError):
            found.append(read_certificate(der))
    return found


def _identifier(parsed: x509.Certificate) -> bytes | None:
    found = parsed.key_identifier
    return None if found is None else bytes(found)


def _key(der: bytes) -> PublicKey | None:
    try:
        return public_key(der)
    except ValueError:
        return None


def public_key(der: bytes) -> PublicKey:
    """Return a public key from `SubjectPublicKeyInfo`.

    Raises:
        ValueError: It is none, or of a kind that is not used here.
    """
    try:
        key = load_der_public_key(der)
    except (UnsupportedAlgorithm, TypeError) as error:
        raise ValueError(str(error)) from None
    if isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey | dsa.DSAPublicKey):
        return key
    raise ValueError("a kind of key that is not used here")


def same_key(one: PublicKey, other: PublicKey) -> bool:
    """Tell whether two public keys are the same."""
    return one == other
