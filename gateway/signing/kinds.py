"""Kinds of keys: which we take, what each is called, and what it signs with."""

from collections.abc import Mapping
from types import MappingProxyType

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes

from formats.signatures.signer import Algorithm

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey

LEAST_RSA_BITS = 2048
MOST_RSA_BITS = 8192  # beyond it one signature takes a second
_RSA_EXPONENT = 65537

CURVES: Mapping[str, type[ec.EllipticCurve]] = MappingProxyType(
    {"p-256": ec.SECP256R1, "p-384": ec.SECP384R1, "p-521": ec.SECP521R1}
)
"""Names of kinds -> the curves of FIPS 186-5 that we take."""

GENERATED = ("rsa-2048", "rsa-3072", "rsa-4096", *CURVES, "ed25519")
"""Kinds that the vault makes."""

_RSA = (
    *(Algorithm.RSA_SHA256, Algorithm.RSA_SHA384, Algorithm.RSA_SHA512),
    *(Algorithm.RSA_PSS_SHA256, Algorithm.RSA_PSS_SHA384, Algorithm.RSA_PSS_SHA512),
    Algorithm.RSA_SHA1,  # for marks that a law asks for; never anybody's default
)
_EC: Mapping[str, tuple[Algorithm, ...]] = MappingProxyType(
    {
        "p-256": (Algorithm.ECDSA_SHA256, Algorithm.ECDSA_SHA384, Algorithm.ECDSA_SHA512),
        "p-384": (Algorithm.ECDSA_SHA384, Algorithm.ECDSA_SHA256, Algorithm.ECDSA_SHA512),
        "p-521": (Algorithm.ECDSA_SHA512, Algorithm.ECDSA_SHA256, Algorithm.ECDSA_SHA384),
    }
)


class WeakKeyError(ValueError):
    """We do not sign with such a key; the message says why."""


def kind_of(key: PublicKeyTypes) -> str:
    """Return what a key is called: `rsa-3072`, `p-256`, `ed25519`.

    Raises:
        WeakKeyError: It is too short, too long, or of a sort we do not sign with.
    """
    if isinstance(key, rsa.RSAPublicKey):
        bits = key.key_size
        if not LEAST_RSA_BITS <= bits <= MOST_RSA_BITS:
            raise WeakKeyError(
                f"an RSA key of {bits} bits is not taken: {LEAST_RSA_BITS} to {MOST_RSA_BITS}"
            )
        if key.public_numbers().e < _RSA_EXPONENT:
            raise WeakKeyError(f"an RSA key whose exponent is less than {_RSA_EXPONENT}")
        return f"rsa-{bits}"
    if isinstance(key, ec.EllipticCurvePublicKey):
        for name, curve in CURVES.items():
            if isinstance(key.curve, curve):
                return name
        raise WeakKeyError(f"the curve {key.curve.name} is not taken: {', '.join(CURVES)}")
    if isinstance(key, ed25519.Ed25519PublicKey):
        return "ed25519"
    raise WeakKeyError("only RSA, elliptic curve (P-256, P-384, P-521) and Ed25519 keys sign")


def signing_key(key: PrivateKeyTypes) -> PrivateKey:
    """Return a private key that signs, of a kind we take.

    Raises:
        WeakKeyError: It is none.
    """
    kind_of(key.public_key())
    if isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey):
        return key
    raise WeakKeyError("only RSA, elliptic curve and Ed25519 keys sign")


def algorithms(kind: str) -> tuple[Algorithm, ...]:
    """Return what a kind can sign with, its usual algorithm first."""
    if kind.startswith("rsa-"):
        return _RSA
    return _EC.get(kind, (Algorithm.ED25519,))


def generate(kind: str) -> PrivateKey:
    """Make a key of one of the `GENERATED` kinds."""
    if kind == "ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    if kind in CURVES:
        return ec.generate_private_key(CURVES[kind]())
    return rsa.generate_private_key(_RSA_EXPONENT, int(kind.removeprefix("rsa-")))
