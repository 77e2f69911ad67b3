"""A small certification authority for tests: certificates, lists, answers, and signers."""

import datetime
import functools
from collections.abc import Sequence
from dataclasses import dataclass, field

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID as Usage
from cryptography.x509.oid import NameOID

from formats.signatures.signer import Algorithm, SignerError

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
UTC = datetime.UTC
START = datetime.datetime(2026, 1, 1, tzinfo=UTC)
NOW = datetime.datetime(2026, 6, 1, 12, tzinfo=UTC)
END = datetime.datetime(2028, 1, 1, tzinfo=UTC)
DAY = datetime.timedelta(days=1)
SIGNING = (True, True)
DER = serialization.Encoding.DER


@functools.cache
def rsa_key(name: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    del name  # one key a name
    return rsa.generate_private_key(65537, bits)


@functools.cache
def ec_key(name: str, curve: type[ec.EllipticCurve] = ec.SECP256R1) -> ec.EllipticCurvePrivateKey:
    del name
    return ec.generate_private_key(curve())


@functools.cache
def edwards_key(name: str) -> ed25519.Ed25519PrivateKey:
    del name
    return ed25519.Ed25519PrivateKey.generate()


def named(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "SI"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Test"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def key_usage(*names: str) -> x509.KeyUsage:
    every = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
        *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    return x509.KeyUsage(**{one: one in names for one in every})


@dataclass(frozen=True)
class Entity:
    """A certificate, its key, and those above it."""

    certificate: x509.Certificate
    key: Key
    above: tuple["Entity", ...] = field(default=())

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(DER)

    @property
    def chain(self) -> tuple[bytes, ...]:
        """Its own certificate, then those above it without the root."""
        return (self.der, *(one.der for one in self.above[:-1]))

    def issue(  # noqa: PLR0913 - everything a certificate may say
        self,
        common: str,
        *,
        key: Key | None = None,
        ca: bool = False,
        length: int | None = None,
        usage: x509.KeyUsage | None = None,
        extended: Sequence[x509.ObjectIdentifier] = (),
        extended_critical: bool = False,
        start: datetime.datetime = START,
        end: datetime.datetime = END,
        digest: hashes.HashAlgorithm | None = None,
        names: Sequence[x509.GeneralName] = (),
        constraints: x509.NameConstraints | None = None,
        extra: Sequence[tuple[x509.ExtensionType, bool]] = (),
        plain: bool = False,
    ) -> "Entity":
        own = key or ec_key(common)
        if usage is None:
            usage = (
                key_usage("key_cert_sign", "crl_sign")
                if ca
                else key_usage("digital_signature", "content_commitment")
            )
        extensions: list[tuple[x509.ExtensionType, bool]] = list(extra)
        if not plain:
            extensions += [
                (x509.BasicConstraints(ca, length if ca else None), True),
                (usage, True),
            ]
        if extended:
            extensions.append((x509.ExtendedKeyUsage(extended), extended_critical))
        if names:
            extensions.append((x509.SubjectAlternativeName(names), False))
        if constraints is not None:
            extensions.append((constraints, True))
        certificate = certified(
            named(common), own, self.certificate.subject, self.key, extensions, start, end, digest
        )
        return Entity(certificate, own, (self, *self.above))

    def crl(
        self,
        revoked: Sequence[tuple["Entity", datetime.datetime]] = (),
        *,
        made: datetime.datetime = NOW - DAY,
        until: datetime.datetime = NOW + DAY,
        key: Key | None = None,
    ) -> bytes:
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(made)
            .next_update(until)
        )
        for entity, moment in revoked:
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(entity.certificate.serial_number)
                .revocation_date(moment)
                .build()
            )
        signed = builder.sign(key or self.key, _digest(key or self.key))  # type: ignore[arg-type]
        return signed.public_bytes(DER)

    def ocsp(  # noqa: PLR0913 - everything an answer may say
        self,
        about: "Entity",
        revoked: datetime.datetime | None = None,
        *,
        by: "Entity | None" = None,
        made: datetime.datetime = NOW - DAY,
        until: datetime.datetime = NOW + DAY,
        unknown: bool = False,
    ) -> bytes:
        status = ocsp.OCSPCertStatus.GOOD if revoked is None else ocsp.OCSPCertStatus.REVOKED
        responder = by or self
        builder = (
            ocsp.OCSPResponseBuilder()
            .add_response(
                about.certificate,
                self.certificate,
                hashes.SHA256(),
                ocsp.OCSPCertStatus.UNKNOWN if unknown else status,
                made,
                until,
                revoked,
                None,
            )
            .responder_id(ocsp.OCSPResponderEncoding.HASH, responder.certificate)
            .certificates([responder.certificate])
        )
        return builder.sign(responder.key, _digest(responder.key)).public_bytes(DER)

    def signer(self, algorithm: Algorithm | None = None) -> "SoftwareSigner":
        return SoftwareSigner(self.key, self.chain, algorithm)


def certified(  # noqa: PLR0913, PLR0917
    subject: x509.Name,
    key: Key,
    issuer: x509.Name,
    issuer_key: Key,
    extensions: Sequence[tuple[x509.ExtensionType, bool]],
    start: datetime.datetime,
    end: datetime.datetime,
    digest: hashes.HashAlgorithm | None = None,
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(issuer_key, digest or _digest(issuer_key))  # type: ignore[arg-type]


def signed_with_sha1(entity: Entity, key: rsa.RSAPrivateKey) -> bytes:
    """Sign a certificate again as it was done until 2013; `cryptography` no longer does."""
    parsed = asn1_x509.Certificate.load(entity.der)
    parsed["tbs_certificate"]["signature"] = {"algorithm": "sha1_rsa"}
    parsed["signature_algorithm"] = {"algorithm": "sha1_rsa"}
    body = parsed["tbs_certificate"].dump(force=True)
    parsed["signature_value"] = key.sign(body, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303
    der: bytes = parsed.dump(force=True)
    return der


def _digest(key: Key) -> hashes.HashAlgorithm | None:
    return None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()


def root(common: str = "Root", key: Key | None = None, **limits: object) -> Entity:
    own = key or ec_key(common)
    start, end = limits.get("start", START), limits.get("end", END)
    assert isinstance(start, datetime.datetime)
    assert isinstance(end, datetime.datetime)
    extensions: list[tuple[x509.ExtensionType, bool]] = [
        (x509.BasicConstraints(ca=bool(limits.get("ca", True)), path_length=None), True),
        (key_usage("key_cert_sign", "crl_sign"), True),
    ]
    constraints = limits.get("constraints")
    if isinstance(constraints, x509.NameConstraints):
        extensions.append((constraints, True))
    name = named(common)
    return Entity(certified(name, own, name, own, extensions, start, end), own)


@functools.cache
def house() -> tuple[Entity, Entity, Entity]:
    """Return a root, a CA under it, and a signer under that."""
    top = root()
    middle = top.issue("Issuing CA", ca=True, length=0)
    return top, middle, middle.issue("Signer", key=rsa_key("Signer"))


@functools.cache
def stamping() -> Entity:
    """Return a time stamping authority under the same root."""
    return house()[0].issue("Time stamps", extended=[Usage.TIME_STAMPING], extended_critical=True)


@dataclass(frozen=True)
class SoftwareSigner:
    """A `Signer` over a key in memory."""

    key: Key
    chain: Sequence[bytes]
    chosen: Algorithm | None = None

    @property
    def algorithm(self) -> Algorithm:
        if self.chosen is not None:
            return self.chosen
        if isinstance(self.key, rsa.RSAPrivateKey):
            return Algorithm.RSA_SHA256
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            return Algorithm.ECDSA_SHA256
        return Algorithm.ED25519

    @property
    def certificate_chain(self) -> Sequence[bytes]:
        return self.chain

    def sign(self, data: bytes, algorithm: Algorithm | None = None) -> bytes:
        wanted = algorithm or self.algorithm
        digest = {
            "1": hashes.SHA1(),  # noqa: S303
            "256": hashes.SHA256(),
            "384": hashes.SHA384(),
            "512": hashes.SHA512(),
        }.get(wanted.rpartition("sha")[2])
        match self.key:
            case rsa.RSAPrivateKey() if digest and wanted.startswith("rsa-pss"):
                scheme = padding.PSS(padding.MGF1(digest), digest.digest_size)
                return self.key.sign(data, scheme, digest)
            case rsa.RSAPrivateKey() if digest and wanted.startswith("rsa"):
                return self.key.sign(data, padding.PKCS1v15(), digest)
            case ec.EllipticCurvePrivateKey() if digest and wanted.startswith("ecdsa"):
                return self.key.sign(data, ec.ECDSA(digest))
            case ed25519.Ed25519PrivateKey() if wanted is Algorithm.ED25519:
                return self.key.sign(data)
        raise SignerError(f"this key does not do {wanted}")
