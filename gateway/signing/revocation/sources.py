"""Where a certificate says that its revocation is told, and what is asked there. Pure."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID

from formats.signatures.revocation import MAX_BYTES

_MOST = 2  # of each kind: real certificates name one, sometimes two
_LONGEST = 2000  # characters of an address, as `kit/outbound` has it
_MOST_ANSWER = 64 * 1024
_UNREADABLE = (
    x509.ExtensionNotFound,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who can be asked about a certificate.

    Attributes:
        kind: `ocsp` or `crl`.
        url: Where.
        question: What is sent (OCSP); None where a list is fetched.
        most: Bytes of an answer that are read.
    """

    kind: str
    url: str
    question: bytes | None
    most: int

    @property
    def name(self) -> str:
        """Under which its answer is kept: the same list serves all that were issued with it."""
        if self.question is None:
            return f"crl {self.url}"
        return f"ocsp {self.url} {hashlib.sha256(self.question).hexdigest()}"


def sources(certificate: x509.Certificate, issuer: x509.Certificate) -> tuple[Source, ...]:
    """Return who can be asked about a certificate, best first: responders, then lists."""
    responders = _web(_responders(certificate))
    question = _question(certificate, issuer) if responders else b""
    return (
        *(Source("ocsp", url, question, _MOST_ANSWER) for url in responders),
        *(Source("crl", url, None, MAX_BYTES) for url in _web(_lists(certificate))),
    )


def names_anybody(certificate: x509.Certificate) -> bool:
    """Tell whether a certificate says of anybody that he can be asked about it."""
    return bool(_web(_responders(certificate)) or _web(_lists(certificate)))


def _question(certificate: x509.Certificate, issuer: x509.Certificate) -> bytes:
    """Return the question as every responder understands it (RFC 5019 2.1.1): SHA-1, no nonce.

    The digest is a name here and protects nothing. Without a nonce responders answer from what
    they signed before; how old that may be, `next_update` says.
    """
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA1())  # noqa: S303 - see above
    return builder.build().public_bytes(Encoding.DER)


def _responders(certificate: x509.Certificate) -> list[x509.GeneralName]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess)
    except _UNREADABLE:
        return []
    return [
        one.access_location
        for one in found.value
        if one.access_method == AuthorityInformationAccessOID.OCSP
    ]


def _lists(certificate: x509.Certificate) -> list[x509.GeneralName]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints)
    except _UNREADABLE:
        return []
    return [name for point in found.value for name in point.full_name or ()]


def _web(names: Iterable[x509.GeneralName]) -> tuple[str, ...]:
    """Return those that are addresses of the web; directories (ldap) are not asked."""
    urls = [one.value for one in names if isinstance(one, x509.UniformResourceIdentifier)]
    plain = [
        url
        for url in dict.fromkeys(urls)
        if url.lower().startswith(("http://", "https://")) and len(url) <= _LONGEST
    ]
    return tuple(plain[:_MOST])
