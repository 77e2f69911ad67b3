"""Who signs: the one door to a private key, wherever it is (D14).

A software key, a token behind PKCS#11 and a key service in a cloud look the same from here. What
is signed is decided by the format; how, by the key's owner, who may allow fewer algorithms than
the key could do.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol


class Algorithm(StrEnum):
    """How bytes are signed: the key's kind, the padding and the digest.

    RSA-SHA1 is here for marks and messages that a law asks for (Croatia's ZKI and requests to CIS,
    Portugal's chain), never for a signature that we verify.
    """

    RSA_SHA256 = "rsa-pkcs1v15-sha256"
    RSA_SHA384 = "rsa-pkcs1v15-sha384"
    RSA_SHA512 = "rsa-pkcs1v15-sha512"
    RSA_PSS_SHA256 = "rsa-pss-sha256"
    RSA_PSS_SHA384 = "rsa-pss-sha384"
    RSA_PSS_SHA512 = "rsa-pss-sha512"
    ECDSA_SHA256 = "ecdsa-sha256"
    ECDSA_SHA384 = "ecdsa-sha384"
    ECDSA_SHA512 = "ecdsa-sha512"
    ED25519 = "ed25519"
    RSA_SHA1 = "rsa-pkcs1v15-sha1"


class SignerError(RuntimeError):
    """The key cannot be used: it is gone, locked, or does not do what was asked."""


class Signer(Protocol):
    """A private key that never shows itself.

    Attributes:
        algorithm: What it signs with when nobody says otherwise.
        certificate_chain: X.509 certificates in DER, its own first, then up to but without the
            root; empty for a bare key.
    """

    @property
    def algorithm(self) -> Algorithm:
        """What it signs with when nobody says otherwise."""
        ...

    @property
    def certificate_chain(self) -> Sequence[bytes]:
        """Its own certificate first, in DER."""
        ...

    def sign(self, data: bytes, algorithm: Algorithm | None = None) -> bytes:
        """Return the signature over `data`, which the signer digests itself.

        Args:
            data: What is signed.
            algorithm: Instead of the usual one.

        Returns:
            RSA: as long as the modulus. ECDSA: DER (X9.62, `Ecdsa-Sig-Value`); XML signatures and
            JWS take the two numbers side by side, and turn it round themselves. Ed25519: 64 bytes.

        Raises:
            SignerError: The key cannot be used, or not with this algorithm.
        """
        ...
