"""PKCS #12 files of any content, written by hand: also those that no program writes."""

import hashlib
import hmac
import os
from collections.abc import Sequence

from asn1crypto import algos, cms, core, keys
from asn1crypto import pkcs12 as asn1
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from gateway.signing.pkcs12.stretching import MAC, Budget, Password, of_pkcs12

PASSWORD = "geslo"  # noqa: S105 - of the tests


def key_bag(key: PrivateKeyTypes) -> asn1.SafeBag:
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return asn1.SafeBag({"bag_id": "key_bag", "bag_value": keys.PrivateKeyInfo.load(der)})


def certificate_bag(certificate: x509.Certificate) -> asn1.SafeBag:
    parsed = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    value = core.ParsableOctetString(parsed.dump())
    bag = asn1.CertBag({"cert_id": "x509", "cert_value": value})
    return asn1.SafeBag({"bag_id": "cert_bag", "bag_value": bag})


def shrouded_bag(key: PrivateKeyTypes, iterations: int = 2048) -> asn1.SafeBag:
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    algorithm, sealed = sealed_by(der, iterations)
    hidden = keys.EncryptedPrivateKeyInfo(
        {"encryption_algorithm": algorithm, "encrypted_data": sealed}
    )
    return asn1.SafeBag({"bag_id": "pkcs8_shrouded_key_bag", "bag_value": hidden})


def plain(*bags: asn1.SafeBag) -> cms.ContentInfo:
    return cms.ContentInfo(
        {"content_type": "data", "content": core.OctetString(asn1.SafeContents(bags).dump())}
    )


def encrypted(*bags: asn1.SafeBag, iterations: int = 2048) -> cms.ContentInfo:
    algorithm, sealed = sealed_by(asn1.SafeContents(bags).dump(), iterations)
    info = {
        "content_type": "data",
        "content_encryption_algorithm": algorithm,
        "encrypted_content": sealed,
    }
    data = cms.EncryptedData({"version": "v0", "encrypted_content_info": info})
    return cms.ContentInfo({"content_type": "encrypted_data", "content": data})


def sealed_by(content: bytes, iterations: int) -> tuple[algos.EncryptionAlgorithm, bytes]:
    """Encrypt as PBES2 with AES-256; a hostile number of iterations is written, not done."""
    salt, iv = os.urandom(16), os.urandom(16)
    done = iterations if iterations <= 10_000 else 1
    key = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), salt, done, 32)
    padding = 16 - len(content) % 16
    encryptor = Cipher(AES(key), CBC(iv)).encryptor()
    sealed = encryptor.update(content + bytes([padding]) * padding) + encryptor.finalize()
    kdf = {
        "algorithm": "pbkdf2",
        "parameters": {
            "salt": core.OctetString(salt),
            "iteration_count": iterations,
            "key_length": 32,
            "prf": {"algorithm": "sha256"},
        },
    }
    algorithm = algos.EncryptionAlgorithm(
        {
            "algorithm": "pbes2",
            "parameters": {
                "key_derivation_func": kdf,
                "encryption_scheme": {"algorithm": "aes256_cbc", "parameters": iv},
            },
        }
    )
    return algorithm, sealed


def file(
    parts: Sequence[cms.ContentInfo], *, iterations: int = 2048, digest: str = "sha256"
) -> bytes:
    safe = asn1.AuthenticatedSafe(parts).dump()
    salt = os.urandom(8)
    size = hashlib.new(digest).digest_size
    done = iterations if iterations <= 10_000 else 1
    key = of_pkcs12(Password(PASSWORD).wide, salt, done, MAC, size, digest, Budget())
    mac = {
        "mac": {
            "digest_algorithm": {"algorithm": digest},
            "digest": hmac.digest(key, safe, digest),
        },
        "mac_salt": salt,
        "iterations": iterations,
    }
    content = cms.ContentInfo({"content_type": "data", "content": core.OctetString(safe)})
    written: bytes = asn1.Pfx({"version": "v3", "auth_safe": content, "mac_data": mac}).dump()
    return written
