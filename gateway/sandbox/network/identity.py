"""The access point's own keys: a CA made at first start, and the leaf that signs what it says."""

import base64
import datetime
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.x509.oid import NameOID

_LIFETIME = datetime.timedelta(days=5 * 365)
_COORDINATE = 32  # bytes of r and of s in an ES256 signature (RFC 7518 section 3.4)


@dataclass(frozen=True, slots=True)
class Identity:
    """Signs receipts, refusals and signals as flattened JWS (RFC 7515), ES256.

    Attributes:
        key: The leaf's private key.
        certificate: The leaf, issued by the CA in `ca.pem`.
    """

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def name(self) -> str:
        """The access point's name: the leaf's common name."""
        attribute = self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0]
        return str(attribute.value)

    def seal(self, kind: str, statement: dict[str, Any]) -> str:
        """Return a statement as signed JSON text (flattened); see `seal_compact`.

        Args:
            kind: `receipt`, `refusal` or `signal`: part of the signed header, so that one can
                never be passed off as another.
            statement: What is said.
        """
        protected, payload, signature = self.seal_compact(kind, statement).split(".")
        return json.dumps({"payload": payload, "protected": protected, "signature": signature})

    def seal_compact(self, kind: str, statement: dict[str, Any]) -> str:
        """Return a statement as a header field carries it: the compact serialization."""
        leaf = self.certificate.public_bytes(serialization.Encoding.DER)
        header = {
            "alg": "ES256",
            "typ": f"sandbox-network-{kind}+jws",
            "x5c": [base64.b64encode(leaf).decode()],
        }
        protected = _base64url(json.dumps(header, separators=(",", ":")).encode())
        payload = _base64url(json.dumps(statement, ensure_ascii=False).encode())
        der = self.key.sign(f"{protected}.{payload}".encode(), ec.ECDSA(hashes.SHA256()))
        signature = b"".join(part.to_bytes(_COORDINATE) for part in decode_dss_signature(der))
        return f"{protected}.{payload}.{_base64url(signature)}"


def open_identity(directory: Path, now: datetime.datetime) -> Identity:
    """Read the keys under a directory, or make them: `ca.pem`, `ca.key`, `leaf.pem`, `leaf.key`.

    Private keys are mode 0600. `ca.pem` is the trust anchor to give to the gateway.
    """
    leaf_path = directory / "leaf.pem"
    if not leaf_path.exists():  # written last: its presence means that all four are complete
        _create(directory, now)
    key = serialization.load_pem_private_key((directory / "leaf.key").read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("leaf.key is not an EC key")
    return Identity(key, x509.load_pem_x509_certificate(leaf_path.read_bytes()))


def _create(directory: Path, now: datetime.datetime) -> None:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    ca_key, leaf_key = (
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP256R1()),
    )
    ca_name, leaf_name = (
        _name("Sandbox network CA"),
        _name("Sandbox network access point"),
    )
    ca = (
        _builder(ca_name, ca_name, ca_key, now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certificates=True), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    leaf = (
        _builder(leaf_name, ca_name, leaf_key, now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certificates=False), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    _write_key(directory / "ca.key", ca_key)
    _write_key(directory / "leaf.key", leaf_key)
    (directory / "ca.pem").write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    (directory / "leaf.pem").write_bytes(leaf.public_bytes(serialization.Encoding.PEM))


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime.datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + _LIFETIME)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    content = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
