"""The ministry's seal: whose UPO is believed."""

import datetime
from collections.abc import Iterable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from formats.ksef_api import upo
from formats.ksef_api.upo import Upo
from formats.signatures.trust import Terms, TrustStore

_SEALING = x509.ObjectIdentifier("1.3.6.1.4.1.32473.7.1")
"""What only the local authority's own certificate is for (RFC 5612: nobody's number)."""


class Seal:
    """Certificates that are believed.

    A CA that certifies others, too, is not enough: the seal's own certificate must be named, or be
    one for nothing but sealing.

    Args:
        certificates: In DER.
    """

    def __init__(self, certificates: tuple[bytes, ...]) -> None:
        self._store = TrustStore("ksef", certificates)

    @classmethod
    def load(cls, path: Path) -> "Seal":
        """Read them from a PEM file.

        Raises:
            OSError, ValueError: There is none.
        """
        return cls.of(x509.load_pem_x509_certificates(path.read_bytes()))

    @classmethod
    def of(cls, certificates: Iterable[x509.Certificate]) -> "Seal":
        """Return the seal of those certificates."""
        return cls(tuple(one.public_bytes(Encoding.DER) for one in certificates))

    def opened(self, document: bytes, now: datetime.datetime) -> Upo:
        """Return what a sealed UPO says.

        Raises:
            UpoError: It is not sealed by whom it should be.
        """
        return upo.verified(document, Terms(self._store, at=now), is_seal=self._is_own)

    def _is_own(self, certificate: bytes) -> bool:
        if certificate in self._store.anchors:
            return True
        try:
            read = x509.load_der_x509_certificate(certificate)
            usage = read.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        except (ValueError, x509.ExtensionNotFound):
            return False
        return list(usage) == [_SEALING]
