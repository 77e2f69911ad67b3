"""A local certificate authority: issues, revokes, tells of revocations (RFC 5280, RFC 6960)."""

import datetime
import threading
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509 import ocsp

from gateway.sandbox.kit import certificates
from gateway.sandbox.kit.certificates import Pair, Use
from gateway.sandbox.kit.clock import Clock
from gateway.sandbox.kit.ledger import Book

TABLE = """
create table if not exists certificate (
  serial     text primary key,
  subject    text not null,
  use        text not null,
  issued_at  text not null,
  not_after  text not null,
  revoked_at text,
  pem        text not null
);
"""
_SMALLEST_RSA = 2048  # bits
_CURVES = frozenset({"secp256r1", "secp384r1"})
_FRESH = datetime.timedelta(hours=1)  # for so long a list or an answer is good


class RequestError(ValueError):
    """It is no request for a certificate, or not one that is granted."""


class CertificateAuthority:
    """A root, and what it issued.

    Args:
        root: Its key and certificate.
        book: Where it keeps what it issued; with `TABLE`.
        clock: The time.
        here: Where it tells of revocations; written into what it issues.
    """

    def __init__(self, root: Pair, book: Book, clock: Clock, here: str = "") -> None:
        self.root = root
        self.here = here
        self._book = book
        self._clock = clock
        self._lock = threading.Lock()

    @classmethod
    def open(
        cls, directory: Path, common_name: str, book: Book, clock: Clock
    ) -> "CertificateAuthority":
        """Return the authority whose root is kept in a directory; make it the first time."""
        root = certificates.kept(
            directory, "ca", lambda: certificates.new_ca(common_name, clock.now())
        )
        return cls(root, book, clock)

    def issue_for(
        self, request: bytes, use: Use, *, serial: int | None = None
    ) -> x509.Certificate:
        """Return a certificate for a signing request (PKCS#10, PEM or DER), with its subject.

        Args:
            request: The request.
            use: What for.
            serial: The certificate's number; None: a random one.

        Raises:
            RequestError: It cannot be read, is not signed by its key, or the key is too weak.
        """
        try:
            pem = request.lstrip().startswith(b"-----")
            load = x509.load_pem_x509_csr if pem else x509.load_der_x509_csr
            asked = load(request)
            key = asked.public_key()
            signed = asked.is_signature_valid
        except (ValueError, TypeError, InvalidSignature) as error:
            raise RequestError(f"not a PKCS#10 request: {error}") from error
        if not signed:
            raise RequestError("the request is not signed by its key")
        strong = (isinstance(key, rsa.RSAPublicKey) and key.key_size >= _SMALLEST_RSA) or (
            isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES
        )
        if not strong or not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
            raise RequestError("the key is RSA of 2048 bits or more, or on P-256 or P-384")
        if not list(asked.subject):
            raise RequestError("the request names no subject")
        return self._enter(
            certificates.certificate(
                asked.subject,
                key,
                self.root,
                use,
                self._clock.now(),
                signed_by=self.root.key,
                here=self.here,
                serial=serial,
            ),
            use,
        )

    def issue(
        self, common_name: str, use: Use, *hosts: str, key: certificates.Key | None = None
    ) -> Pair:
        """Return a key with a certificate; a new one on P-256 where none is given."""
        key = key or certificates.new_key()
        made = certificates.certificate(
            certificates.name(common_name),
            key.public_key(),
            self.root,
            use,
            self._clock.now(),
            signed_by=self.root.key,
            hosts=hosts,
            here=self.here,
        )
        return Pair(key, self._enter(made, use))

    def revoke(self, serial: str, *, revoked: bool = True) -> None:
        """Revoke a certificate, or take that back (which no real authority does).

        Raises:
            KeyError: It was not issued here.
        """
        at = self._clock.now().isoformat() if revoked else None
        known = self._book.execute(
            "update certificate set revoked_at = ? where serial = ? returning serial", (at, serial)
        )
        if not known:
            raise KeyError(serial)

    def of_serial(self, serial: str) -> x509.Certificate | None:
        """Return what was issued under a serial number (hexadecimal); None when nothing was."""
        rows = self._book.execute("select pem from certificate where serial = ?", (serial,))
        return x509.load_pem_x509_certificate(rows[0]["pem"].encode()) if rows else None

    def is_revoked(self, certificate: x509.Certificate) -> bool:
        """Tell whether a certificate was revoked."""
        rows = self._book.execute(
            "select revoked_at from certificate where serial = ?", (serial_of(certificate),)
        )
        return bool(rows) and rows[0]["revoked_at"] is not None

    def issued(self) -> list[dict[str, Any]]:
        """Return what was issued, oldest first."""
        rows = self._book.execute("select * from certificate order by rowid")
        return [{name: row[name] for name in row.keys() if name != "pem"} for row in rows]  # noqa: SIM118 - a row is no mapping

    def crl(self, now: datetime.datetime | None = None) -> bytes:
        """Return the list of what is revoked, in DER; dated by the authority's clock, or `now`."""
        now = now or self._clock.now()
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.certificate.subject)
            .last_update(now)
            .next_update(now + _FRESH)
            .add_extension(x509.CRLNumber(int(now.timestamp() * 1000)), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.root.key.public_key()),
                critical=False,
            )
        )
        for row in self._book.execute("select * from certificate where revoked_at is not null"):
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(int(row["serial"], 16))
                .revocation_date(datetime.datetime.fromisoformat(row["revoked_at"]))
                .build()
            )
        return builder.sign(self.root.key, hashes.SHA256()).public_bytes(
            serialization.Encoding.DER
        )

    def ocsp(self, request: bytes) -> bytes:
        """Return the signed answer to a question about one certificate, in DER."""
        try:
            asked = ocsp.load_der_ocsp_request(request)
            serial = asked.serial_number
        except (ValueError, RuntimeError):  # it cannot be read, or asks about several
            return _unsuccessful(ocsp.OCSPResponseStatus.MALFORMED_REQUEST)
        rows = self._book.execute("select * from certificate where serial = ?", (f"{serial:x}",))
        if not rows:
            return _unsuccessful(ocsp.OCSPResponseStatus.UNAUTHORIZED)
        now = self._clock.now()
        row = rows[0]
        revoked_at = row["revoked_at"]
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=x509.load_pem_x509_certificate(row["pem"].encode()),
            issuer=self.root.certificate,
            algorithm=asked.hash_algorithm,
            cert_status=ocsp.OCSPCertStatus.REVOKED if revoked_at else ocsp.OCSPCertStatus.GOOD,
            this_update=now,
            next_update=now + _FRESH,
            revocation_time=datetime.datetime.fromisoformat(revoked_at) if revoked_at else None,
            revocation_reason=x509.ReasonFlags.unspecified if revoked_at else None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, self.root.certificate)
        for extension in asked.extensions:
            if isinstance(extension.value, x509.OCSPNonce):
                builder = builder.add_extension(extension.value, critical=False)
        return builder.sign(self.root.key, hashes.SHA256()).public_bytes(
            serialization.Encoding.DER
        )

    def _enter(self, made: x509.Certificate, use: Use) -> x509.Certificate:
        self._book.insert(
            "certificate",
            {
                "serial": serial_of(made),
                "subject": made.subject.rfc4514_string(),
                "use": str(use),
                "issued_at": self._clock.now().isoformat(),
                "not_after": made.not_valid_after_utc.isoformat(),
                "pem": made.public_bytes(serialization.Encoding.PEM).decode(),
            },
        )
        return made


def serial_of(certificate: x509.Certificate) -> str:
    """Return a certificate's serial number in hexadecimal digits, as it is named here."""
    return f"{certificate.serial_number:x}"


def _unsuccessful(status: ocsp.OCSPResponseStatus) -> bytes:
    response = ocsp.OCSPResponseBuilder.build_unsuccessful(status)
    return response.public_bytes(serialization.Encoding.DER)
