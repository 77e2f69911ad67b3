"""Whom to believe, as people and programs say it: certificates in PEM or DER, or a directory."""

import base64
import binascii
import itertools
from collections.abc import Iterable
from pathlib import Path

from formats.signatures.certificates import Certificate, UnreadableCertificateError
from formats.signatures.trust import TrustStore
from gateway.signatures.pem import BrokenPemError, blocks

MAX_CERTIFICATES = 5_000
"""Of one store; all trusted lists of the European Union together have about so many."""

_SUFFIXES = {".pem", ".crt", ".cer", ".der"}


class NoCertificateError(ValueError):
    """There is no certificate where one was said to be."""


def certificates(content: bytes) -> tuple[bytes, ...]:
    """Return the certificates of a file in DER: PEM with any number, base64, or one in DER.

    Raises:
        NoCertificateError: There is none, one that cannot be read, or there are too many.
    """
    return tuple(one.der for one in _read(content))


def _read(content: bytes) -> tuple[Certificate, ...]:
    try:
        found = [_base64(text) for text in itertools.islice(blocks(content), MAX_CERTIFICATES + 1)]
        if not found:
            found = [content if content[:1] == b"\x30" else _base64(content)]
        _bounded(len(found))
        return tuple(Certificate.read(der) for der in found)
    except (BrokenPemError, UnreadableCertificateError) as error:
        raise NoCertificateError(str(error)) from error


def _bounded(count: int) -> None:
    if count > MAX_CERTIFICATES:
        raise NoCertificateError(f"More than {MAX_CERTIFICATES} certificates are not read.")


def _base64(content: bytes) -> bytes:
    try:
        return base64.b64decode(b"".join(content.split()), validate=True)
    except binascii.Error as error:
        raise NoCertificateError("It is neither PEM nor DER nor base64.") from error


def store_of(name: str, contents: Iterable[bytes]) -> TrustStore:
    """Return a trust store of some files' contents: those signed by themselves are its anchors.

    When none is, all are: somebody trusts a CA, or a signer, directly.

    Raises:
        NoCertificateError: One of them holds none, or there are too many.
    """
    every: dict[bytes, bool] = {}
    for content in contents:
        every |= {one.der: one.self_issued for one in _read(content)}
        _bounded(len(every))
    roots = tuple(der for der, itself in every.items() if itself)
    if not roots:
        return TrustStore(name, tuple(every))
    return TrustStore(name, roots, tuple(der for der, itself in every.items() if not itself))


def store_at(path: Path) -> TrustStore:
    """Read a trust store from a file, or from all certificates of a directory.

    Raises:
        NoCertificateError: There is none.
        OSError: It cannot be read.
    """
    return store_of(path.name, contents(path))


def contents(path: Path) -> list[bytes]:
    """Return the contents of a file, or of all files of a directory that say to be certificates.

    Raises:
        NoCertificateError: The directory has none.
        OSError: It cannot be read.
    """
    if not path.is_dir():
        return [path.read_bytes()]
    files = sorted(one for one in path.iterdir() if one.suffix.lower() in _SUFFIXES)
    if not files:
        raise NoCertificateError(f"{path} holds no {', '.join(sorted(_SUFFIXES))} file.")
    return [one.read_bytes() for one in files]
