"""Keys and certificates of a local authority: making them, keeping them in files."""

import datetime
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

LIFETIME = datetime.timedelta(days=5 * 365)
_BEFORE = datetime.timedelta(days=1)  # whose clock is behind ours is served too


class Use(StrEnum):
    """What a certificate is for."""

    CA = "ca"
    CLIENT_TLS = "client-tls"
    SEAL = "seal"
    SERVER_TLS = "server-tls"
    SIGNATURE = "signature"
    TIME_STAMPING = "time-stamping"


_EXTENDED: Mapping[Use, tuple[x509.ObjectIdentifier, bool]] = {
    Use.CLIENT_TLS: (ExtendedKeyUsageOID.CLIENT_AUTH, False),
    Use.SERVER_TLS: (ExtendedKeyUsageOID.SERVER_AUTH, False),
    Use.SEAL: (x509.ObjectIdentifier("1.3.6.1.4.1.32473.7.1"), False),  # RFC 5612: nobody's
    Use.TIME_STAMPING: (ExtendedKeyUsageOID.TIME_STAMPING, True),  # RFC 3161, 2.3: critical
}


Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
"""On P-256, or of 2048 bits."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A private key and its certificate.

    Attributes:
        key: Its key.
        certificate: Issued for it.
    """

    key: Key
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        """The certificate's bytes."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        """The certificate as text."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        """The key as text, in the clear (PKCS#8)."""
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    @property
    def name(self) -> str:
        """The certificate's common name."""
        found = self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(found[0].value) if found else ""

    def sign(self, content: bytes) -> bytes:
        """Return the key's signature over bytes with SHA-256: PKCS #1 v1.5, or ECDSA in DER."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(content, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(content, ec.ECDSA(hashes.SHA256()))

    def save(self, directory: Path, stem: str) -> None:
        """Write `stem.key` (mode 0600), then `stem.pem`: where that is, both are complete."""
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = directory / f"{stem}.key"
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(self.key_pem)
        (directory / f"{stem}.pem").write_bytes(self.pem)

    @classmethod
    def load(cls, directory: Path, stem: str) -> "Pair":
        """Read what `save` wrote."""
        key = serialization.load_pem_private_key((directory / f"{stem}.key").read_bytes(), None)
        if not isinstance(key, Key):
            raise TypeError(f"{stem}.key is neither an EC nor an RSA key")
        certificate = x509.load_pem_x509_certificate((directory / f"{stem}.pem").read_bytes())
        return cls(key, certificate)


def kept(directory: Path, stem: str, make: Callable[[], Pair]) -> Pair:
    """Return the pair in a directory; make it where there is none."""
    if not (directory / f"{stem}.pem").exists():
        make().save(directory, stem)
    return Pair.load(directory, stem)


def new_key() -> ec.EllipticCurvePrivateKey:
    """Return a new key on P-256."""
    return ec.generate_private_key(ec.SECP256R1())


def new_rsa_key() -> rsa.RSAPrivateKey:
    """Return a new RSA key, for protocols that know no other."""
    return rsa.generate_private_key(65537, 2048)


def new_ca(common_name: str, now: datetime.datetime) -> Pair:
    """Return a new root."""
    key = new_key()
    subject = name(common_name)
    return Pair(key, certificate(subject, key.public_key(), None, Use.CA, now, signed_by=key))


def new_leaf(
    common_name: str, ca: Pair, use: Use, now: datetime.datetime, *, like: Key | None = None
) -> Pair:
    """Return a new key, of the kind of another one, with a certificate of a root."""
    key = new_rsa_key() if isinstance(like, rsa.RSAPrivateKey) else new_key()
    made = certificate(name(common_name), key.public_key(), ca, use, now, signed_by=ca.key)
    return Pair(key, made)


def certificate(  # noqa: PLR0913 - what a certificate says
    subject: x509.Name,
    public_key: CertificatePublicKeyTypes,
    issuer: Pair | None,
    use: Use,
    now: datetime.datetime,
    *,
    signed_by: Key,
    lifetime: datetime.timedelta = LIFETIME,
    hosts: Sequence[str] = (),
    here: str = "",
    serial: int | None = None,
) -> x509.Certificate:
    """Return a certificate.

    Args:
        subject: Whose it is.
        public_key: For this key.
        issuer: By whom; None for a root.
        use: What for.
        now: It is in force from a day before.
        signed_by: The issuer's key.
        lifetime: How long it is in force.
        hosts: Names and addresses of a server.
        here: Where its issuer tells of revocations: below `/crl` and `/ocsp`.
        serial: Its number; None: a random one.
    """
    named = subject if issuer is None else issuer.certificate.subject
    is_ca = use is Use.CA
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(named)
        .public_key(public_key)
        .serial_number(serial or x509.random_serial_number())
        .not_valid_before(now - _BEFORE)
        .not_valid_after(now + lifetime)
        .add_extension(x509.BasicConstraints(is_ca, 0 if is_ca else None), critical=True)
        .add_extension(_usage(use), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_by.public_key()),
            critical=False,
        )
    )
    if use in _EXTENDED:
        purpose, critical = _EXTENDED[use]
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=critical)
    if hosts:
        names = x509.SubjectAlternativeName([_general(host) for host in hosts])
        builder = builder.add_extension(names, critical=False)
    if here and not is_ca:
        point = x509.DistributionPoint(_uri(f"{here}/crl"), None, None, None)
        access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, *_uri(f"{here}/ocsp"))
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        builder = builder.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
    return builder.sign(signed_by, hashes.SHA256())


def name(common_name: str) -> x509.Name:
    """Return a distinguished name of a common name alone."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _uri(address: str) -> list[x509.GeneralName]:
    return [x509.UniformResourceIdentifier(address)]


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _usage(use: Use) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=use is not Use.CA,
        content_commitment=use in {Use.SEAL, Use.SIGNATURE},
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=use is Use.CA,
        crl_sign=use is Use.CA,
        encipher_only=False,
        decipher_only=False,
    )
