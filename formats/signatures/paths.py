"""Ways from a certificate up to an anchor, within bounds: a hostile set may loop and branch."""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from formats.signatures.certificates import Certificate, UnreadableCertificateError

MAX_LENGTH = 8
"""Certificates between anchor and signer, the signer's included."""
MAX_STEPS = 256
"""Certificates tried as somebody's issuer, over all ways."""
MAX_PATHS = 16
"""Ways that are judged: each costs signatures to check."""

_Index = dict[object, list[Certificate]]


class TooManyPathsError(ValueError):
    """The certificates lead everywhere: no honest set does."""


@dataclass(frozen=True, slots=True)
class Path:
    """One way up.

    Attributes:
        anchor: The certificate that is believed as it is.
        below: From the one the anchor issued down to the one in question; empty when that is
            itself the anchor.
    """

    anchor: Certificate
    below: tuple[Certificate, ...]


def paths(
    leaf: Certificate,
    others: Sequence[bytes],
    anchors: tuple[bytes, ...],
    extra: tuple[bytes, ...],
) -> Iterator[Path]:
    """Yield ways from a certificate to an anchor, by names and key identifiers; shortest first.

    Signatures are not checked here. Certificates among `others` that cannot be read help nobody.

    Raises:
        TooManyPathsError: A bound was reached.
    """
    trusted = _index(anchors)
    pool = _merged(_index(extra), _read(others))
    if any(leaf == anchor for anchor in trusted.get(_subject(leaf), ())):
        yield Path(leaf, ())
    steps = made = 0
    waiting: list[tuple[Certificate, ...]] = [(leaf,)]  # root-most first
    while waiting:
        below = waiting.pop(0)
        for anchor in _issuers(below[0], trusted):
            made += 1
            if made > MAX_PATHS:
                raise TooManyPathsError(f"More than {MAX_PATHS} ways lead to an anchor.")
            yield Path(anchor, below)
        if len(below) == MAX_LENGTH:
            continue
        for issuer in _issuers(below[0], pool):
            steps += 1
            if steps > MAX_STEPS:
                raise TooManyPathsError("The certificates lead to one another in too many ways.")
            if all(
                _subject(issuer) != _subject(one) or _key(issuer) != _key(one) for one in below
            ):
                waiting.append((issuer, *below))


def _issuers(certificate: Certificate, index: _Index) -> list[Certificate]:
    """Return who may have issued it: the name fits, and the key's identifier where both say it."""
    wanted = certificate.parsed.authority_key_identifier
    found = []
    for one in index.get(certificate.parsed.issuer.hashable, ()):
        has = one.parsed.key_identifier
        if wanted is None or has is None or has == wanted:
            found.append(one)
    return found


def _subject(certificate: Certificate) -> object:
    return certificate.parsed.subject.hashable


def _key(certificate: Certificate) -> bytes:
    key: bytes = certificate.parsed.public_key.dump()
    return key


def _read(ders: Sequence[bytes]) -> _Index:
    index: _Index = {}
    for der in dict.fromkeys(ders):
        try:
            certificate = Certificate.read(der)
        except UnreadableCertificateError:
            continue
        index.setdefault(_subject(certificate), []).append(certificate)
    return index


@functools.lru_cache(maxsize=16)
def _index(ders: tuple[bytes, ...]) -> _Index:
    """Return a store's certificates by name; kept, because a store may have thousands."""
    return _read(ders)


def _merged(one: _Index, other: _Index) -> _Index:
    merged = {name: list(certificates) for name, certificates in other.items()}
    for name, certificates in one.items():
        known = merged.setdefault(name, [])
        known.extend(certificate for certificate in certificates if certificate not in known)
    return merged
