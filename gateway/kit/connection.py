"""Who answered: the address, and what TLS showed of it."""

import hashlib
import socket
import ssl
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Connection:
    """The other end of a connection, as it was when it was made.

    Attributes:
        address: The IP address that the host's name led to.
        port: Its port.
        protocol: `TLSv1.3`; None without TLS.
        cipher: The suite, in the words of OpenSSL.
        certificate: What it showed of itself: X.509, DER. Trusted already, or there would be no
            connection.
    """

    address: str
    port: int
    protocol: str | None = None
    cipher: str | None = None
    certificate: bytes | None = None

    @property
    def peer(self) -> str | None:
        """SHA-256 of the certificate in hexadecimal; None without TLS."""
        return None if self.certificate is None else hashlib.sha256(self.certificate).hexdigest()


def connection_of(connected: socket.socket) -> Connection:
    """Describe a connection; of one with TLS, after its handshake.

    Raises:
        OSError: The other side has gone.
    """
    address, port = connected.getpeername()[:2]
    if not isinstance(connected, ssl.SSLSocket):
        return Connection(address, port)
    suite = connected.cipher()
    return Connection(
        address,
        port,
        protocol=connected.version(),
        cipher=suite[0] if suite else None,
        certificate=connected.getpeercert(binary_form=True),
    )
