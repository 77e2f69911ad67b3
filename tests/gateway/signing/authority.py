"""Certification authorities of the tests: roots, what they issue, and files that carry it."""

import datetime
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from gateway.kit import clock
from gateway.signing.kinds import PrivateKey

DAY = datetime.timedelta(days=1)
NOW = clock.now().replace(hour=12, minute=0, second=0, microsecond=0)
"""Noon of the day on which the tests run: what is certified is valid then, whenever that is."""


def name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def p256() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


@dataclass(frozen=True)
class Authority:
    """Somebody who issues certificates."""

    key: PrivateKey
    certificate: x509.Certificate

    @classmethod
    def root(cls, text: str = "Test Root", now: datetime.datetime = NOW) -> "Authority":
        key = p256()
        return cls(key, _issued(text, key, name(text), key, now - 900 * DAY, now + 9000 * DAY))

    def under(self, text: str = "Test Issuer", now: datetime.datetime = NOW) -> "Authority":
        """Return an authority whose certificate this one issued."""
        key = p256()
        return Authority(
            key,
            _issued(
                text, key, self.certificate.subject, self.key, now - 800 * DAY, now + 8000 * DAY
            ),
        )

    def issue(
        self,
        key: PrivateKey | PublicKeyTypes,
        text: str = "Bakery d.o.o.",
        *,
        begins: datetime.datetime = NOW - DAY,
        ends: datetime.datetime = NOW + 365 * DAY,
        more: tuple[x509.ExtensionType, ...] = (),
    ) -> x509.Certificate:
        subject = self.certificate.subject
        return _issued(text, key, subject, self.key, begins, ends, ca=False, more=more)


def pem(*certificates: x509.Certificate) -> str:
    return "".join(one.public_bytes(Encoding.PEM).decode() for one in certificates)


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def _issued(  # noqa: PLR0913, PLR0917 - what a certificate says
    text: str,
    key: PrivateKey | PublicKeyTypes,
    issuer: x509.Name,
    by: PrivateKey,
    begins: datetime.datetime,
    ends: datetime.datetime,
    *,
    ca: bool = True,
    more: tuple[x509.ExtensionType, ...] = (),
) -> x509.Certificate:
    public: Any = key.public_key() if isinstance(key, PrivateKey) else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(text))
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    for extension in more:
        builder = builder.add_extension(extension, critical=False)
    digest = None if isinstance(by, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return builder.sign(by, digest)
