"""Keys of tests: a `Signer` over a key made a moment ago, with a certificate it gave itself."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from formats.signatures.signer import Algorithm

_NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
_FROM = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
_UNTIL = datetime.datetime(2040, 1, 1, tzinfo=datetime.UTC)

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class TestSigner:
    """A software key; as faithful to the protocol as the vault's."""

    __test__ = False

    key: PrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def algorithm(self) -> Algorithm:
        rsa_key = isinstance(self.key, rsa.RSAPrivateKey)
        return Algorithm.RSA_SHA256 if rsa_key else Algorithm.ECDSA_SHA256

    @property
    def certificate(self) -> x509.Certificate:
        builder = x509.CertificateBuilder(_NAME, _NAME, self.key.public_key(), 1, _FROM, _UNTIL)
        return builder.sign(self.key, hashes.SHA256())

    @property
    def certificate_chain(self) -> Sequence[bytes]:
        return (self.certificate.public_bytes(Encoding.DER),)

    def sign(self, data: bytes, algorithm: Algorithm | None = None) -> bytes:
        assert algorithm in {None, self.algorithm}
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(data, ec.ECDSA(hashes.SHA256()))


def rsa_signer() -> TestSigner:
    return TestSigner(rsa.generate_private_key(65537, 2048))
