"""Which algorithms are believed, until when, and the mathematics of checking with a public key.

What is not listed is refused. Dates: NIST SP 800-131A Rev. 2 disallows SHA-1 and keys below 112
bits of strength (RSA under 2048) for signatures made after 2013; RFC 6151 (March 2011) says MD5
must not be used for signatures at all. Very large RSA keys are refused because checking with
them is what a hostile certificate makes us pay for.
"""

import datetime
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import load_der_public_key

from formats.signatures.signer import Algorithm

FOREVER: Final = datetime.datetime.max.replace(tzinfo=datetime.UTC)
LEGACY_END: Final = datetime.datetime(2014, 1, 1, tzinfo=datetime.UTC)
"""SHA-1 and RSA under 2048 bits: not after 2013 (NIST SP 800-131A Rev. 2, tables 2 and 8)."""

DIGESTS: Final = {
    "sha256": FOREVER,
    "sha384": FOREVER,
    "sha512": FOREVER,
    "sha3_256": FOREVER,
    "sha3_384": FOREVER,
    "sha3_512": FOREVER,
    "sha1": LEGACY_END,
}
"""Digests and the moment from which they are no longer believed."""

CURVES: Final = frozenset(
    {
        *("secp256r1", "secp384r1", "secp521r1"),
        *("brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1"),
    }
)
RSA_BITS: Final = (2048, 8192)
RSA_BITS_BEFORE: Final = 1024
"""The shortest key until `LEGACY_END`."""

_HASHES: Final[dict[str, hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1(),  # noqa: S303 - for signatures from before 2014, see DIGESTS
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
    "sha3_256": hashes.SHA3_256(),
    "sha3_384": hashes.SHA3_384(),
    "sha3_512": hashes.SHA3_512(),
}

_DIGEST_OF: Final = {
    Algorithm.RSA_SHA1: "sha1",
    Algorithm.RSA_SHA256: "sha256",
    Algorithm.RSA_SHA384: "sha384",
    Algorithm.RSA_SHA512: "sha512",
    Algorithm.RSA_PSS_SHA256: "sha256",
    Algorithm.RSA_PSS_SHA384: "sha384",
    Algorithm.RSA_PSS_SHA512: "sha512",
    Algorithm.ECDSA_SHA256: "sha256",
    Algorithm.ECDSA_SHA384: "sha384",
    Algorithm.ECDSA_SHA512: "sha512",
    Algorithm.ED25519: "sha512",
}


def digest_name(algorithm: Algorithm) -> str:
    """Return the digest that goes with an algorithm; Ed25519's is SHA-512 (RFC 8419)."""
    return _DIGEST_OF[algorithm]


def digest(name: str, content: bytes) -> bytes:
    """Return the digest of some bytes.

    Raises:
        KeyError: `DIGESTS` does not list it.
    """
    hashing = hashes.Hash(_HASHES[name])
    hashing.update(content)
    return hashing.finalize()


def digest_problem(name: str, at: datetime.datetime) -> str | None:
    """Say why a digest is not believed at a moment, or return None."""
    until = DIGESTS.get(name)
    if until is None:
        return f"{name} is not among the digests that are believed"
    if at >= until:
        return f"{name} is not believed for signatures after {until - datetime.timedelta(1):%Y}"
    return None


def key_problem(key: PublicKeyTypes, at: datetime.datetime) -> str | None:
    """Say why a public key is not believed at a moment, or return None."""
    if isinstance(key, rsa.RSAPublicKey):
        least = RSA_BITS[0] if at >= LEGACY_END else RSA_BITS_BEFORE
        if not least <= key.key_size <= RSA_BITS[1]:
            return f"an RSA key of {key.key_size} bits: {least} to {RSA_BITS[1]} are believed"
        return None
    if isinstance(key, ec.EllipticCurvePublicKey):
        return None if key.curve.name in CURVES else f"the curve {key.curve.name} is not believed"
    if isinstance(key, ed25519.Ed25519PublicKey):
        return None
    return f"keys of the kind {type(key).__name__.lstrip('_')} are not believed"


def public_key(der: bytes) -> PublicKeyTypes | None:
    """Read a SubjectPublicKeyInfo; None when it is none of those we know."""
    try:
        return load_der_public_key(der)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None


def verify(  # noqa: PLR0913 - the parts of the question
    key: PublicKeyTypes,
    algorithm: Algorithm,
    signature: bytes,
    data: bytes,
    salt: int | None = None,
    *,
    digest: bytes | None = None,
) -> bool:
    """Tell whether a signature over `data` was made with the key's private half.

    Args:
        key: RSA, elliptic curve or Ed25519.
        algorithm: How it was signed. A key of another kind means no.
        signature: ECDSA in DER, as a `Signer` returns it.
        data: What was signed.
        salt: The length of the PSS salt where it is not the digest's.
        digest: Of `data`, by the algorithm's own digest, where it is known; not for Ed25519.
    """
    hashing = _HASHES[_DIGEST_OF[algorithm]]
    how: hashes.HashAlgorithm | Prehashed = hashing
    if digest is not None:
        how, data = Prehashed(hashing), digest
    try:
        match key:
            case rsa.RSAPublicKey() if algorithm.startswith("rsa-pss"):
                size = hashing.digest_size if salt is None else salt
                key.verify(signature, data, padding.PSS(padding.MGF1(hashing), size), how)
            case rsa.RSAPublicKey() if algorithm.startswith("rsa-pkcs1v15"):
                key.verify(signature, data, padding.PKCS1v15(), how)
            case ec.EllipticCurvePublicKey() if algorithm.startswith("ecdsa"):
                key.verify(signature, data, ec.ECDSA(how))
            case ed25519.Ed25519PublicKey() if algorithm is Algorithm.ED25519:
                key.verify(signature, data)
            case _:
                return False
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True
