"""Decryption: what was wrapped for the ministry, and what was encrypted with a session's key."""

import base64
import binascii
import hashlib

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gateway.sandbox.kit.certificates import Pair
from gateway.sandbox.ksef.ask import Ask
from gateway.sandbox.ksef.shelf import Json

_OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
_BLOCK = 128
_KEY, _IV = 32, 16


class CipherError(ValueError):
    """It cannot be decrypted."""


def key_id(pair: Pair) -> str:
    """Return `publicKeyId`."""
    info = pair.certificate.public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(hashlib.sha256(info).digest()).decode()


def unwrapped(ask: Ask, text: object, usage: str, said: Json) -> bytes:
    """Return what was wrapped for one of our keys.

    Raises:
        RuleBrokenError: Another key is named.
        CipherError: It cannot be decrypted.
    """
    named = said.get("publicKeyId")
    good = named is None or named == key_id(ask.office.keys[usage])
    ask.must("K107", kept=good, details=f"Klucz o identyfikatorze {named} nie jest wspierany.")
    try:
        wrapped = base64.b64decode(str(text), validate=True)
        return ask.office.private(usage).decrypt(wrapped, _OAEP)
    except (ValueError, binascii.Error) as error:
        raise CipherError("not wrapped for this key") from error


def session_key(ask: Ask, said: Json) -> tuple[bytes, bytes] | None:
    """Return key and IV of an `EncryptionInfo`; None where they cannot be had."""
    try:
        key = unwrapped(ask, said.get("encryptedSymmetricKey"), "SymmetricKeyEncryption", said)
        iv = base64.b64decode(str(said.get("initializationVector")), validate=True)
    except (CipherError, binascii.Error):
        return None
    return (key, iv) if (len(key), len(iv)) == (_KEY, _IV) else None


def decrypted(content: bytes, key: bytes, iv: bytes) -> bytes:
    """Return what was encrypted with AES-256-CBC and PKCS #7.

    Raises:
        CipherError: It was not.
    """
    cipher = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    unpadder = PKCS7(_BLOCK).unpadder()
    try:
        plain = cipher.update(content) + cipher.finalize()
        return unpadder.update(plain) + unpadder.finalize()
    except ValueError as error:
        raise CipherError("not encrypted with this key") from error


def encrypted(content: bytes, key: bytes, iv: bytes) -> bytes:
    """Return content under AES-256-CBC and PKCS #7: parts of an export."""
    padder = PKCS7(_BLOCK).padder()
    cipher = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return cipher.update(padder.update(content) + padder.finalize()) + cipher.finalize()


def digest(content: bytes) -> str:
    """Return SHA-256 in base64."""
    return base64.b64encode(hashlib.sha256(content).digest()).decode()
