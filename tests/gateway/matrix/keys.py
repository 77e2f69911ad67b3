"""Keys that entities of the matrix bring to the vault, the same ones for each."""

import base64
import datetime
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

_BEGINS = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
_ENDS = datetime.datetime(2999, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Brought:
    """A key with its certificate.

    Attributes:
        body: How it is brought.
        certificate: In PEM.
    """

    body: dict[str, object]
    certificate: str

    @classmethod
    def made(cls, text: str) -> "Brought":
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(_BEGINS)
            .not_valid_after(_ENDS)
            .sign(key, hashes.SHA256())
        )
        file = serialize_key_and_certificates(
            None, key, certificate, None, BestAvailableEncryption(b"geslo")
        )
        body: dict[str, object] = {
            "name": text,
            "purposes": ["document-seal"],
            "pkcs12": base64.b64encode(file).decode(),
            "password": "geslo",
        }
        return cls(body, certificate.public_bytes(Encoding.PEM).decode())


HELD, NEXT, BROUGHT = Brought.made("held"), Brought.made("next"), Brought.made("brought")
