"""TLS with a client certificate, and no readable private key on any disk.

OpenSSL's own way into a context, which Python gives, wants the key by the name of a file. So the
file is one in memory (`memfd_create`): it has no name in any directory, and is gone when it is
closed. Where the system has none, it is a temporary file of mode 0600, removed before this
function returns. In both the key is encrypted with a password of 32 random bytes that only this
function knows, so that a copy of memory files, of a disk or of a crashed process's leavings shows
nothing. What stays is the context, whose key OpenSSL keeps in the memory of the process: as any
software key that is used.

A key on a token cannot be used this way: OpenSSL would need an engine or provider for PKCS #11,
which Python's `ssl` does not offer. Such keys sign; they do not open connections.
"""

import os
import secrets
import ssl
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)

from gateway.signing.kinds import PrivateKey

_PASSWORD_BYTES = 32


def client_context(
    key: PrivateKey, chain: Sequence[bytes], trust: str | None = None
) -> ssl.SSLContext:
    """Return a context that shows a certificate to whom it connects.

    Args:
        key: The private key.
        chain: Its certificate first, in DER, then its issuers.
        trust: PEM of the only certificates to trust; None trusts the machine's.
    """
    context = ssl.create_default_context(cadata=trust)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    password = secrets.token_hex(_PASSWORD_BYTES).encode()
    private = key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password)
    )
    certificates = "".join(ssl.DER_cert_to_PEM_cert(one) for one in chain)
    with _file(private + certificates.encode()) as path:
        context.load_cert_chain(path, password=password)
    return context


@contextmanager
def _file(content: bytes) -> Iterator[str]:
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("credential", os.MFD_CLOEXEC)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            yield f"/proc/self/fd/{descriptor}"
        return
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        yield file.name
