"""Encryption: AES-256-CBC for what is sent, RSA-OAEP for its key; random bytes are arguments.

OAEP is written out here (RFC 8017, section 7.1.1) because its seed must be one: with the same
arguments the same bytes come out. Only the public half is used, so nothing secret depends on time.

Of the ciphertext: sesja-interaktywna.md says that the IV stands before it, open-api.json and the
ministry's own clients say that it is told when the session is opened, and stands nowhere else.
The latter is what is done.
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY_BYTES = 32
IV_BYTES = 16
SEED_BYTES = 32
"""What OAEP with SHA-256 needs: as long as the digest."""
_BLOCK = 128  # bits


class EncryptionError(ValueError):
    """It cannot be encrypted or read like this; the message says why."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key of the ministry.

    Attributes:
        key: The key.
        id: `publicKeyId`: SHA-256 of the key (SubjectPublicKeyInfo in DER), base64.
    """

    key: rsa.RSAPublicKey
    id: str

    @classmethod
    def of(cls, certificate: bytes) -> "PublicKey":
        """Read it out of a certificate in DER.

        Raises:
            EncryptionError: There is no RSA key in it.
        """
        try:
            key = x509.load_der_x509_certificate(certificate).public_key()
        except ValueError as error:
            raise EncryptionError(f"not a certificate: {error}") from error
        if not isinstance(key, rsa.RSAPublicKey):
            raise EncryptionError("the key is not one of RSA")
        info = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return cls(key, digest(info))


@dataclass(frozen=True, slots=True)
class SessionKey:
    """What a session's content is encrypted with.

    Attributes:
        key: 32 random bytes.
        iv: 16 random bytes; the API knows one for all that a session carries.
    """

    key: bytes
    iv: bytes

    def __post_init__(self) -> None:
        """Refuse other lengths."""
        if (len(self.key), len(self.iv)) != (KEY_BYTES, IV_BYTES):
            raise EncryptionError("the key has 32 bytes, and the IV 16")

    def encrypt(self, content: bytes) -> bytes:
        """Return content in AES-256-CBC with PKCS #7 padding."""
        update, end = self.encrypting()
        return update(content) + end()

    def encrypting(self) -> tuple[Callable[[bytes], bytes], Callable[[], bytes]]:
        """Return what encrypts piece by piece, and what ends it."""
        padder = PKCS7(_BLOCK).padder()
        cipher = Cipher(AES256(self.key), CBC(self.iv)).encryptor()

        def update(piece: bytes) -> bytes:
            return cipher.update(padder.update(piece))

        def end() -> bytes:
            return cipher.update(padder.finalize()) + cipher.finalize()

        return update, end

    def decrypt(self, content: bytes) -> bytes:
        """Return what was encrypted: parts of an export come like this.

        Raises:
            EncryptionError: It was not encrypted with this key.
        """
        cipher = Cipher(AES256(self.key), CBC(self.iv)).decryptor()
        unpadder = PKCS7(_BLOCK).unpadder()
        try:
            plain = cipher.update(content) + cipher.finalize()
            return unpadder.update(plain) + unpadder.finalize()
        except ValueError as error:
            raise EncryptionError(f"not encrypted with this key: {error}") from error

    def told(self, key: PublicKey, seed: bytes) -> dict[str, str]:
        """Return `EncryptionInfo`: this key for the ministry alone.

        Args:
            key: The ministry's key for symmetric keys.
            seed: 32 random bytes.
        """
        return {
            "encryptedSymmetricKey": base64.b64encode(wrap(self.key, key, seed)).decode(),
            "initializationVector": base64.b64encode(self.iv).decode(),
            "publicKeyId": key.id,
        }


def digest(content: bytes) -> str:
    """Return the SHA-256 of bytes as the API writes it: base64, 44 characters."""
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def wrap(secret: bytes, key: PublicKey, seed: bytes) -> bytes:
    """Return a secret under RSAES-OAEP with SHA-256 and MGF1-SHA-256 (RFC 8017, 7.1.1).

    Args:
        secret: At most 62 bytes less than the key has.
        key: The receiver's.
        seed: 32 random bytes, never used again.

    Raises:
        EncryptionError: It is too long for the key, or the seed is not of the right length.
    """
    numbers = key.key.public_numbers()
    size = (key.key.key_size + 7) // 8
    label = hashlib.sha256(b"").digest()
    room = size - len(secret) - 2 * len(label) - 2
    if room < 0 or len(seed) != SEED_BYTES:
        raise EncryptionError("the secret is too long, or the seed has not 32 bytes")
    block = label + bytes(room) + b"\x01" + secret
    masked = _xor(block, _mask(seed, len(block)))
    encoded = b"\0" + _xor(seed, _mask(masked, SEED_BYTES)) + masked
    return pow(int.from_bytes(encoded), numbers.e, numbers.n).to_bytes(size)


def _mask(seed: bytes, length: int) -> bytes:
    """Return MGF1-SHA-256 (RFC 8017, B.2.1)."""
    blocks = range((length + SEED_BYTES - 1) // SEED_BYTES)
    made = b"".join(hashlib.sha256(seed + one.to_bytes(4)).digest() for one in blocks)
    return made[:length]


def _xor(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one) ^ int.from_bytes(other)).to_bytes(len(one))
