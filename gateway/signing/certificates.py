"""Certificates as they are given: read, matched with their key, in order with their issuers."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gateway.signing import kinds
from gateway.signing.kinds import WeakKeyError
from gateway.signing.problems import KeyRefusedProblem, Unfit

MOST_BYTES = 64 * 1024
"""Of all that is sent as certificates, in PEM."""

_MOST = 12
_LONGEST_CHAIN = 8


@dataclass(frozen=True, slots=True)
class Chain:
    """A certificate with its issuers.

    Attributes:
        leaf: The key's own.
        issuers: Its issuer first, as far as they are known, without the root.
    """

    leaf: x509.Certificate
    issuers: tuple[x509.Certificate, ...] = ()

    @property
    def der(self) -> tuple[bytes, ...]:
        """All of it in DER, the key's own first."""
        return tuple(one.public_bytes(Encoding.DER) for one in (self.leaf, *self.issuers))


def read(text: str) -> list[x509.Certificate]:
    """Read certificates in PEM: one, or several in any order.

    Raises:
        KeyRefusedProblem: There are none, too many, or one cannot be read.
    """
    if len(text) > MOST_BYTES:
        raise _refused("too_large", f"Send at most {MOST_BYTES} bytes of certificates.")
    try:
        found = x509.load_pem_x509_certificates(text.encode())
    except (ValueError, UnsupportedAlgorithm, x509.InvalidVersion):
        raise _refused(
            "unreadable", "This is no certificate in PEM (-----BEGIN CERTIFICATE-----)."
        ) from None
    if len(found) > _MOST:
        raise _refused("too_large", f"Send at most {_MOST} certificates.")
    return found


def _refused(reason: Unfit, detail: str) -> KeyRefusedProblem:
    return KeyRefusedProblem(reason, detail, "/certificate")


def spki(certificate: x509.Certificate) -> bytes:
    """Return the public key of a certificate as it is compared (SubjectPublicKeyInfo, DER).

    Raises:
        KeyRefusedProblem: It is of a kind that nobody here knows.
    """
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        raise KeyRefusedProblem(
            "unsupported", "The certificate holds a public key of an unknown kind."
        ) from None
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def of_key(
    public_key: bytes, given: Sequence[x509.Certificate], more: Iterable[x509.Certificate] = ()
) -> Chain:
    """Return the certificate of a key and its issuers.

    Args:
        public_key: The key's, as `spki` writes it.
        given: What was sent.
        more: Further ones, to complete the chain from.

    Raises:
        KeyRefusedProblem: None of them is the key's.
    """
    if not given:
        raise KeyRefusedProblem("no_certificate", "There is no certificate.")
    own = [one for one in given if _is_of(one, public_key)]
    if not own:
        raise KeyRefusedProblem(
            "other_key",
            "The certificate belongs to another key: its public key is not this one's. Ask for a"
            " certificate with the request (CSR) of this very key.",
        )
    leaf = max(own, key=lambda one: one.not_valid_after_utc)
    return Chain(leaf, _issuers(leaf, [*given, *more]))


def check_dates(leaf: x509.Certificate, now: datetime.datetime, *, early: bool = True) -> None:
    """Refuse a certificate that is of no use.

    Args:
        leaf: The certificate.
        now: When.
        early: Whether one that is valid only later is taken: a successor, prepared.

    Raises:
        KeyRefusedProblem: It has expired, or is not yet valid.
    """
    if leaf.not_valid_after_utc < now:
        raise KeyRefusedProblem(
            "expired", f"The certificate expired on {leaf.not_valid_after_utc:%Y-%m-%d %H:%M} UTC."
        )
    if not early and now < leaf.not_valid_before_utc:
        raise KeyRefusedProblem(
            "not_yet_valid",
            f"The certificate is valid from {leaf.not_valid_before_utc:%Y-%m-%d %H:%M} UTC on. Say"
            " from when the key is to sign (active_from), not before that.",
        )


def check_kind(leaf: x509.Certificate) -> str:
    """Return the kind of a certificate's key.

    Raises:
        KeyRefusedProblem: We do not sign with such a key.
    """
    try:
        return kinds.kind_of(leaf.public_key())
    except WeakKeyError as error:
        raise KeyRefusedProblem("weak_key", f"The key is not taken: {error}.") from None


def fingerprint(certificate: x509.Certificate) -> bytes:
    """Return the SHA-256 of a certificate: its name everywhere."""
    return certificate.fingerprint(hashes.SHA256())


def _is_of(certificate: x509.Certificate, public_key: bytes) -> bool:
    try:
        return spki(certificate) == public_key
    except KeyRefusedProblem:
        return False


def _issuers(
    leaf: x509.Certificate, pool: Sequence[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    """Return who issued a certificate, and who issued that, up to but without a root."""
    chain: list[x509.Certificate] = []
    last = leaf
    while len(chain) < _LONGEST_CHAIN and last.issuer != last.subject:
        found = next((one for one in pool if issued(one, last)), None)
        if found is None or found in chain or found.issuer == found.subject:
            break
        chain.append(found)
        last = found
    return tuple(chain)


def issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Tell whether one certificate was issued by the holder of another: name and signature."""
    if issuer.subject != certificate.issuer:
        return False
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True
