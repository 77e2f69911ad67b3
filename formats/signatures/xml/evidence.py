"""XAdES-LT: certificates and revocation data that a signature carries, for its path.

Nobody signed them, and nobody needs to: each speaks for itself, by its issuer's signature.
"""

import contextlib

from lxml import etree

from formats.signatures.xml.names import binary, local
from formats.signatures.xml.qualifying import Qualifying, is_named
from formats.signatures.xml.rejection import Rejected

_MOST = 32


def carried(
    properties: Qualifying | None,
) -> tuple[tuple[bytes, ...], tuple[bytes, ...], tuple[bytes, ...]]:
    """Return the certificates, revocation lists and OCSP answers among the unsigned properties."""
    unsigned = properties.unsigned if properties else ()
    certificates = _held(unsigned, "CertificateValues", "EncapsulatedX509Certificate")
    crls = _held(unsigned, "RevocationValues", "EncapsulatedCRLValue")
    ocsps = _held(unsigned, "RevocationValues", "EncapsulatedOCSPValue")
    return certificates, crls, ocsps


def _held(unsigned: tuple[etree._Element, ...], where: str, name: str) -> tuple[bytes, ...]:
    found: list[bytes] = []
    for element in unsigned:
        written = element.iter("*") if is_named(element, where) else ()
        for one in written:
            if local(one) == name and len(found) < _MOST:
                with contextlib.suppress(Rejected):  # what is not base64 helps nobody
                    found.append(binary(one))
    return tuple(found)
