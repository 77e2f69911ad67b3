"""Keys of taxpayers, where a mark on an invoice is a digest of a signature (ZOI, ZKI).

Only the key itself can make such a mark again. An authority that gives taxpayers their
certificates with the keys (`POST /test-taxpayers/{number}`) keeps them to look at marks. Whoever
asks for a certificate with a key of his own may show that key afterwards
(`PUT /__sandbox/keys/{serial}`); else his marks are not judged, which is noted.
"""

import hashlib
from abc import ABC, abstractmethod
from urllib.parse import parse_qs

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from gateway.sandbox.kit import replies
from gateway.sandbox.kit.ca import CertificateAuthority, serial_of
from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.certificates import Pair, Use, new_rsa_key
from gateway.sandbox.kit.ledger import Book
from gateway.sandbox.kit.public import PEM
from gateway.sandbox.kit.replies import Reply

TABLE = """
create table if not exists known_key (
  serial text primary key,
  owner  text not null,
  pem    text not null
);
"""
_PKCS12 = "application/x-pkcs12"


class KnownKeys(ABC):
    """Who is known, and by which keys.

    A protocol adds what taxpayers are called (`enrol`, `owner_of`).

    Args:
        book: Where keys are kept.
        ca: Who certifies them.
        written: How a taxpayer stands in the subject of a certificate: `OU={}`.
        digest: Of the signature, of which a mark is the MD5 digest.
    """

    def __init__(
        self, book: Book, ca: CertificateAuthority, *, written: str, digest: hashes.HashAlgorithm
    ) -> None:
        self._book = book
        self._ca = ca
        self._written = written
        self._digest = digest

    @abstractmethod
    def enrol(self, owner: str) -> Pair:
        """Return a new key with a certificate, as the authority gives them to taxpayers.

        Raises:
            ValueError: Nobody can be called that.
        """

    @abstractmethod
    def owner_of(self, certificate: x509.Certificate) -> str | None:
        """Return whose a certificate is; None where it does not say."""

    def enrolled(self, call: Call) -> Reply:
        """Answer who wants a key for the taxpayer at the end of the path.

        Key, certificate and CA: PEM, or PKCS#12 with `?password=`.
        """
        password = parse_qs(call.query).get("password", [None])[0]
        try:
            with self._book.writing():
                pair = self.enrol(call.parts[-1])
        except ValueError as error:
            return replies.as_json({"error": str(error)}, 422)
        root = self._ca.root
        if password is None:
            return replies.plain(201, pair.key_pem + pair.pem + root.pem, PEM)
        closed = serialization.BestAvailableEncryption(password.encode())
        content = pkcs12.serialize_key_and_certificates(
            pair.name.encode(), pair.key, pair.certificate, [root.certificate], closed
        )
        return replies.plain(201, content, _PKCS12)

    def certify(self, owner: str, subject: x509.Name, use: Use) -> Pair:
        """Return a new key with a certificate, and keep it."""
        pair = certified(self._ca, subject, use)
        self._keep(owner, pair)
        return pair

    def show(self, serial: str, pem: str) -> None:
        """Keep the key of a certificate that was asked for with a key of somebody's own.

        Raises:
            KeyError: No such certificate was issued.
            ValueError: It is not its key, or the certificate does not say whose it is.
        """
        certificate = self._ca.of_serial(serial)
        if certificate is None:
            raise KeyError(serial)
        key = serialization.load_pem_private_key(pem.encode(), None)
        owner = self.owner_of(certificate)
        if not isinstance(key, rsa.RSAPrivateKey) or owner is None:
            raise ValueError("a key is RSA, and its certificate names a taxpayer")
        if key.public_key() != certificate.public_key():
            raise ValueError("it is not the certificate's key")
        self._keep(owner, Pair(key, certificate))

    def all_known(self, owner: str) -> bool:
        """Tell whether every certificate of a taxpayer came with its key, or its key was shown."""
        rows = self._book.execute(
            "select 1 from certificate where subject like ? and serial not in"
            " (select serial from known_key) limit 1",
            (f"%{self._written.format(owner)}%",),
        )
        return not rows

    def marks(self, owner: str, content: str) -> set[str]:
        """Return the marks that a taxpayer's keys make of a text; none where none is known."""
        made = set()
        for row in self._book.execute("select pem from known_key where owner = ?", (owner,)):
            key = serialization.load_pem_private_key(
                row["pem"].encode(), None, unsafe_skip_rsa_key_validation=True
            )  # checked when it was kept; checking it each time takes far longer
            if isinstance(key, rsa.RSAPrivateKey):
                signature = key.sign(content.encode(), padding.PKCS1v15(), self._digest)
                made.add(hashlib.md5(signature, usedforsecurity=False).hexdigest())
        return made

    def _keep(self, owner: str, pair: Pair) -> None:
        self._book.execute(
            "insert or replace into known_key values (?, ?, ?)",
            (serial_of(pair.certificate), owner, pair.key_pem.decode()),
        )


def certified(ca: CertificateAuthority, subject: x509.Name, use: Use) -> Pair:
    """Return a new key, certified under a name."""
    key = new_rsa_key()
    return Pair(key, ca.issue_for(asked(subject, key), use))


def asked(subject: x509.Name, key: rsa.RSAPrivateKey) -> bytes:
    """Return a signing request (PKCS#10, PEM)."""
    made = x509.CertificateSigningRequestBuilder().subject_name(subject)
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def names_in(request: bytes) -> set[str]:
    """Return what a signing request calls its subject; what is unreadable calls it nothing."""
    try:
        pem = request.lstrip().startswith(b"-----")
        load = x509.load_pem_x509_csr if pem else x509.load_der_x509_csr
        return {str(one.value) for one in load(request).subject}
    except ValueError:
        return set()
