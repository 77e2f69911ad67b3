"""TLS for a local authority: its own certificate, and those of callers that its CA issued."""

import ssl
import threading
import time
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from gateway.kit.clock import now
from gateway.sandbox.kit.ca import CertificateAuthority

_FRESH = 1200  # seconds a list of revocations is used for; it is good for an hour


class Tls:
    """Makes contexts for connections: callable, so that a revocation counts at once.

    A certificate that is not of the CA, not in force or revoked ends the handshake. One need not
    be shown: an operation that wants one looks at `Call.peer`.

    Args:
        directory: Holds `ca.pem`, `server.pem` and `server.key`; the list of revocations is
            written there.
        authority: Who issued what callers show.
    """

    def __init__(self, directory: Path, authority: CertificateAuthority) -> None:
        self._directory = directory
        self._authority = authority
        self._lock = threading.Lock()
        self._context: ssl.SSLContext | None = None
        self._made_at = 0.0

    def __call__(self) -> ssl.SSLContext:
        """Return the context for the next connection."""
        with self._lock:
            stale = time.monotonic() - self._made_at > _FRESH
            if self._context is None or stale:
                self._context, self._made_at = self._made(), time.monotonic()
            return self._context

    def renew(self) -> None:
        """Look at the revocations again."""
        with self._lock:
            self._context = None

    def _made(self) -> ssl.SSLContext:
        listed = self._directory / "crl.pem"
        crl = x509.load_der_x509_crl(self._authority.crl(now()))  # TLS has the machine's clock
        listed.write_bytes(crl.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self._directory / "server.pem", self._directory / "server.key")
        context.load_verify_locations(cafile=str(self._directory / "ca.pem"))
        context.load_verify_locations(cafile=str(listed))
        context.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
        context.verify_mode = ssl.CERT_OPTIONAL
        context.num_tickets = 0  # a resumed session would not be asked for its certificate again
        return context
