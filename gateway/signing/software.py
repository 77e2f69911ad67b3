"""Signing with a key that is in this process while it is needed, and nowhere readable."""

from collections.abc import Sequence
from typing import NoReturn

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from typing_extensions import override

from formats.signatures.signer import Algorithm, SignerError
from gateway.signing import kinds
from gateway.signing.kinds import PrivateKey

_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,  # see `Algorithm`
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


class SoftwareSigner:
    """A `Signer` over a private key in memory. It says nothing of it, however it is asked.

    Args:
        key: The key.
        certificate_chain: Its own certificate first, in DER; empty for a bare key.
        algorithm: What it signs with when nobody says otherwise; None: the usual of its kind.
    """

    __slots__ = ("_algorithm", "_allowed", "_chain", "_key")

    def __init__(
        self,
        key: PrivateKey,
        certificate_chain: Sequence[bytes] = (),
        algorithm: Algorithm | None = None,
    ) -> None:
        self._key = key
        self._chain = tuple(certificate_chain)
        self._allowed = kinds.algorithms(kinds.kind_of(key.public_key()))
        self._algorithm = algorithm or self._allowed[0]

    @property
    def algorithm(self) -> Algorithm:
        """What it signs with when nobody says otherwise."""
        return self._algorithm

    @property
    def certificate_chain(self) -> Sequence[bytes]:
        """Its own certificate first, in DER."""
        return self._chain

    @property
    def private(self) -> PrivateKey:
        """The key itself, for `tls` alone."""
        return self._key

    def sign(self, data: bytes, algorithm: Algorithm | None = None) -> bytes:
        """Return the signature over `data`; see `Signer.sign`.

        Raises:
            SignerError: The key does not do this algorithm.
        """
        wanted = algorithm or self._algorithm
        if wanted not in self._allowed:
            raise SignerError(f"this key does not sign with {wanted}")
        try:
            return _signed(self._key, data, wanted)
        except (ValueError, UnsupportedAlgorithm) as error:
            raise SignerError(f"the key cannot sign with {wanted}") from error

    @override
    def __repr__(self) -> str:
        return "SoftwareSigner(...)"

    @override
    def __reduce__(self) -> NoReturn:
        raise TypeError("a private key does not leave its process")


def to_pkcs8(key: PrivateKey) -> bytes:
    """Return a key as it is sealed; for nothing else."""
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def from_pkcs8(content: bytes) -> PrivateKey:
    """Return a key that was unsealed: whoever sealed it had checked it."""
    return kinds.signing_key(
        load_der_private_key(content, None, unsafe_skip_rsa_key_validation=True)
    )


def _signed(key: PrivateKey, data: bytes, algorithm: Algorithm) -> bytes:
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(data)
    scheme, _, name = algorithm.value.rpartition("-")
    digest = _HASHES[name]()
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(data, ec.ECDSA(digest))
    if scheme == "rsa-pss":
        salt = padding.PSS(mgf=padding.MGF1(digest), salt_length=digest.digest_size)
        return key.sign(data, salt, digest)
    return key.sign(data, padding.PKCS1v15(), digest)
