"""Digests and signature methods: what can be computed.

A method that is known but too weak is still computed: an old signature can be mathematically
right, and the report says both; what is believed, and until when, says
`formats.signatures.algorithms`. What is not in these tables is not computed at all.
The identifiers: RFC 9231, XMLDSig 1.1 section 6.
"""

import hashlib
from dataclasses import dataclass
from typing import Literal

from cryptography.hazmat.primitives import hashes

from formats.signatures.signer import Algorithm

Kind = Literal["rsa", "rsa-pss", "ecdsa", "dsa"]

_DS = "http://www.w3.org/2000/09/xmldsig#"
_ENC = "http://www.w3.org/2001/04/xmlenc#"
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_MORE_2007 = "http://www.w3.org/2007/05/xmldsig-more#"
_DSIG11 = "http://www.w3.org/2009/xmldsig11#"

DIGESTS = {
    f"{_ENC}sha256": "sha256",
    f"{_MORE}sha384": "sha384",
    f"{_ENC}sha512": "sha512",
    f"{_MORE_2007}sha3-256": "sha3_256",
    f"{_MORE_2007}sha3-384": "sha3_384",
    f"{_MORE_2007}sha3-512": "sha3_512",
    f"{_MORE}sha224": "sha224",
    f"{_DS}sha1": "sha1",
    f"{_MORE}md5": "md5",
}
"""Digest methods by identifier."""

DIGEST_URIS = {name: uri for uri, name in DIGESTS.items()}

MOST_RSA = 8192
"""More take a verifier too long; `MOST_EXPONENT` likewise."""

MOST_EXPONENT = 64


@dataclass(frozen=True, slots=True)
class Method:
    """A signature method.

    Attributes:
        kind: The key's kind and the padding.
        digest: `sha256` ...
    """

    kind: Kind
    digest: str


METHODS = {
    f"{_MORE}rsa-sha256": Method("rsa", "sha256"),
    f"{_MORE}rsa-sha384": Method("rsa", "sha384"),
    f"{_MORE}rsa-sha512": Method("rsa", "sha512"),
    f"{_MORE_2007}sha256-rsa-MGF1": Method("rsa-pss", "sha256"),
    f"{_MORE_2007}sha384-rsa-MGF1": Method("rsa-pss", "sha384"),
    f"{_MORE_2007}sha512-rsa-MGF1": Method("rsa-pss", "sha512"),
    f"{_MORE}ecdsa-sha256": Method("ecdsa", "sha256"),
    f"{_MORE}ecdsa-sha384": Method("ecdsa", "sha384"),
    f"{_MORE}ecdsa-sha512": Method("ecdsa", "sha512"),
    f"{_MORE}rsa-sha224": Method("rsa", "sha224"),
    f"{_MORE}ecdsa-sha224": Method("ecdsa", "sha224"),
    f"{_MORE}ecdsa-sha1": Method("ecdsa", "sha1"),
    f"{_MORE_2007}sha1-rsa-MGF1": Method("rsa-pss", "sha1"),
    f"{_DS}rsa-sha1": Method("rsa", "sha1"),
    f"{_MORE}rsa-md5": Method("rsa", "md5"),
    f"{_DS}dsa-sha1": Method("dsa", "sha1"),
    f"{_DSIG11}dsa-sha256": Method("dsa", "sha256"),
}
"""Signature methods by identifier. HMAC is none of them: who checks one could have made it."""

SIGNER_METHODS = {
    Algorithm.RSA_SHA256: f"{_MORE}rsa-sha256",
    Algorithm.RSA_SHA384: f"{_MORE}rsa-sha384",
    Algorithm.RSA_SHA512: f"{_MORE}rsa-sha512",
    Algorithm.RSA_PSS_SHA256: f"{_MORE_2007}sha256-rsa-MGF1",
    Algorithm.RSA_PSS_SHA384: f"{_MORE_2007}sha384-rsa-MGF1",
    Algorithm.RSA_PSS_SHA512: f"{_MORE_2007}sha512-rsa-MGF1",
    Algorithm.ECDSA_SHA256: f"{_MORE}ecdsa-sha256",
    Algorithm.ECDSA_SHA384: f"{_MORE}ecdsa-sha384",
    Algorithm.ECDSA_SHA512: f"{_MORE}ecdsa-sha512",
}
"""What we sign with: the accepted ones that the `Signer` protocol has."""

HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
    "sha224": hashes.SHA224(),
    "sha1": hashes.SHA1(),  # noqa: S303 - to say of an old signature that it is right but weak
    "md5": hashes.MD5(),  # noqa: S303
}


def digest(name: str, content: bytes) -> bytes:
    """Return the digest of bytes by one of the names in `DIGESTS`."""
    return hashlib.new(name, content, usedforsecurity=False).digest()
